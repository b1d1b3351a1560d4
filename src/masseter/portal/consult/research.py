"""The patient's consent to the registry: as it was signed, and the way to withdraw it."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from masseter.journey.consult.actions import withdraw_research_consent
from masseter.journey.consult.models import ResearchConsent
from masseter.portal.consult.consents import MyStandingConsentView


class MyResearchConsentView(MyStandingConsentView):
    """What I agreed to, and withdrawing."""

    template = "portal/consult/research.html"
    page_name = "My consent to the registry"
    success = _("Your consent is withdrawn. Nothing of you goes into a new release.")
    kind: ClassVar = ResearchConsent
    page: ClassVar = "research_consent"
    consent: ResearchConsent

    def withdraw(self, reason: str) -> None:
        withdraw_research_consent(by=self.by, research_consent=self.consent, reason=reason)

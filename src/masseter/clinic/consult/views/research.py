"""The consent to the registry: read, signed on screen, shown, withdrawn."""

from __future__ import annotations

from typing import ClassVar

from masseter.clinic.consult.views.standing import StandingConsentView, Subject, TakeStandingConsentView
from masseter.core.consult.research import SECTIONS
from masseter.journey.consult.actions import take_research_consent, withdraw_research_consent
from masseter.journey.consult.models import ResearchConsent

REGISTRY = Subject(
    kind=ResearchConsent,
    name="consent to the registry",
    sections=SECTIONS,
    agree="I have read this text, or it was read to me, and I agree that my course goes into the registry.",
    take_page="research_consent_take",
    page="research_consent",
    withdrawing="From then on no new release holds anything of the patient. Earlier ones stay.",
    withdrawn="No release since then holds anything of the patient.",
)


class TakeResearchConsentView(TakeStandingConsentView[ResearchConsent]):
    """Read the text together and sign it. It holds for every case of the patient."""

    page_name = "Taking consent to the registry"
    success = "The consent to the registry is signed."
    about: ClassVar = REGISTRY
    sign = staticmethod(take_research_consent)


class ResearchConsentView(StandingConsentView[ResearchConsent]):
    """A consent to the registry as it was signed; it is withdrawn here, with a reason."""

    page_name = "Consent to the registry"
    success = "The consent is withdrawn. No new release holds anything of the patient."
    about: ClassVar = REGISTRY

    def withdraw(self, reason: str) -> None:
        withdraw_research_consent(by=self.by, research_consent=self.consent, reason=reason)

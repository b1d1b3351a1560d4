"""The patient's consent to photographs: as it was signed, with the pictures, and the way to withdraw it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from masseter.journey.consult.actions import withdraw_photograph_consent
from masseter.journey.consult.models import PhotographConsent
from masseter.journey.ground.rights import Right
from masseter.journey.results.models import Photograph
from masseter.journey.results.photographs.queries import photograph_of, photographs_under
from masseter.portal.consult.consents import MyStandingConsentView
from masseter.ui.pages import Context
from masseter.ui.pictures import picture_answer
from masseter.ui.records import RecordPage


class MyPhotographConsentView(MyStandingConsentView):
    """What I agreed to, the pictures that were taken, and withdrawing."""

    template = "portal/consult/photographs.html"
    page_name = "My consent to photographs"
    success = _("Your consent is withdrawn. Nobody in the clinic sees the pictures any more.")
    kind: ClassVar = PhotographConsent
    page: ClassVar = "photograph_consent"
    consent: PhotographConsent

    def withdraw(self, reason: str) -> None:
        withdraw_photograph_consent(by=self.by, photograph_consent=self.consent, reason=reason)

    def context(self) -> Context:
        return {**super().context(), "photographs": photographs_under(self.consent)}


class MyPictureView(RecordPage):
    """One picture of my own face."""

    right: ClassVar = Right.OWN_CARE
    page_name = "My picture"
    photograph: Photograph

    def load(self) -> None:
        self.photograph = photograph_of(self.by, int(self.kwargs["photograph"]))

    def shown_record(self) -> Photograph:
        return self.photograph

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return picture_answer(self.photograph)

"""The patient's consent to photographs: as it was signed, with the pictures, and the way to withdraw it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from masseter.journey.consult.actions import withdraw_photograph_consent
from masseter.journey.consult.models import PhotographConsent
from masseter.journey.consult.photograph_consents import photograph_consent_of
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.results.models import Photograph
from masseter.journey.results.photographs.queries import photograph_of, photographs_under
from masseter.portal.consult.consents import NO_REASON, WithdrawForm
from masseter.ui.pages import Context, FormPage
from masseter.ui.pictures import picture_answer
from masseter.ui.records import RecordPage


class MyPhotographConsentView(RecordPage, FormPage):
    """What I agreed to, the pictures that were taken, and withdrawing."""

    right: ClassVar = Right.OWN_CARE
    template = "portal/consult/photographs.html"
    page_name = "My consent to photographs"
    form_class = WithdrawForm
    success = "Your consent is withdrawn. Nobody in the clinic sees the pictures any more."
    consent: PhotographConsent

    def load(self) -> None:
        self.consent = photograph_consent_of(self.by, int(self.kwargs["photograph_consent"]))

    def shown_record(self) -> Patient:
        return self.consent.patient

    def subject(self) -> PhotographConsent:
        return self.consent

    def act(self, form: forms.Form) -> str:
        reason = form.cleaned_data["reason"].strip() or NO_REASON
        withdraw_photograph_consent(by=self.by, photograph_consent=self.consent, reason=reason)
        return reverse("my_photograph_consent", args=[self.consent.pk])

    def context(self) -> Context:
        return {"consent": self.consent, "photographs": photographs_under(self.consent)}


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

"""The consent to photographs: read, signed on screen, shown, withdrawn."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.consult.forms import ConsentForm
from masseter.clinic.people.chart import PatientPage
from masseter.clinic.people.forms import ReasonForm
from masseter.core.consult.photographs import SECTIONS, photograph_consent_version
from masseter.journey.consult.actions import take_photograph_consent, withdraw_photograph_consent
from masseter.journey.consult.models import PhotographConsent
from masseter.journey.consult.photograph_consents import photograph_consent_of, photograph_consents_of
from masseter.journey.ground.rights import Right
from masseter.ui.pages import Context, FormPage


class PhotographConsentForm(ConsentForm):
    """The signature under the consent to photographs."""

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        self.fields[
            "has_read"
        ].label = "I have read this text, or it was read to me, and I agree to the photographs."


class TakePhotographConsentView(PatientPage, FormPage):
    """Read the text together and sign it. It holds for every case of the patient."""

    right: ClassVar = Right.TAKE_CONSENT
    template = "clinic/consult/photograph_consent_take.html"
    page_name = "Taking consent to photographs"
    form_class = PhotographConsentForm
    success = "The consent to photographs is signed."

    def initial(self) -> dict[str, Any]:
        return {"text_version": photograph_consent_version()}

    def act(self, form: forms.Form) -> str:
        consent = take_photograph_consent(by=self.by, patient=self.patient, **form.cleaned_data)
        return reverse("photograph_consent", args=[consent.pk])

    def context(self) -> Context:
        return {
            **super().context(),
            "sections": SECTIONS,
            "before": photograph_consents_of(self.patient),
        }


class PhotographConsentView(PatientPage, FormPage):
    """A consent to photographs as it was signed; it is withdrawn here, with a reason."""

    right: ClassVar = Right.TAKE_CONSENT
    template = "clinic/consult/photograph_consent.html"
    page_name = "Consent to photographs"
    form_class = ReasonForm
    success = "The consent is withdrawn. The photographs taken under it are shown to nobody any more."
    consent: PhotographConsent

    def load(self) -> None:
        self.consent = photograph_consent_of(self.by, int(self.kwargs["photograph_consent"]))
        self.patient = self.consent.patient

    def subject(self) -> PhotographConsent:
        return self.consent

    def act(self, form: forms.Form) -> str:
        reason = form.cleaned_data["reason"]
        withdraw_photograph_consent(by=self.by, photograph_consent=self.consent, reason=reason)
        return reverse("photograph_consent", args=[self.consent.pk])

    def context(self) -> Context:
        return {**super().context(), "consent": self.consent}

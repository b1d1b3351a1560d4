"""The patient's own consents: each as it was signed, and the way to withdraw it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from masseter.core.consult.at_home import ReleaseState
from masseter.journey.accounts.queries import clinic_of
from masseter.journey.consult.actions import withdraw_consent
from masseter.journey.consult.models import Case, Consent, PhotographConsent, ResearchConsent
from masseter.journey.consult.queries import cases_of, consent_of, consents_of_patient
from masseter.journey.consult.releases import questions_of, releases_of_patient, standing_of, text_of
from masseter.journey.consult.standing import StandingConsent
from masseter.journey.consult.standing_consents import standing_consent_of, standing_consents_of
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import own_record
from masseter.knowledge.load import load
from masseter.ui.pages import Context, FormPage
from masseter.ui.paper.answer import as_pdf
from masseter.ui.paper.consent import consent_paper
from masseter.ui.paper.typst import render
from masseter.ui.records import RecordPage

NO_REASON = "No reason was given."


class WithdrawForm(forms.Form):
    """Withdrawing needs no reason; one that is written is kept."""

    reason = forms.CharField(
        label=_("Why (only if you wish to say)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@dataclass(frozen=True, kw_only=True)
class ConsentLine:
    """One consent as a patient reads it."""

    consent: Consent
    about: str
    product: str
    signed: datetime
    withdrawn: datetime | None


class MyConsentsView(RecordPage):
    """Every consent that the patient gave, the newest first."""

    right: ClassVar = Right.OWN_CARE
    template = "portal/consult/consents.html"
    page_name = "My consents"
    patient: Patient

    def load(self) -> None:
        self.patient = own_record(self.by)

    def shown_record(self) -> Patient:
        return self.patient

    def context(self) -> Context:
        zone = self.by.zone
        photographs = standing_consents_of(PhotographConsent, self.patient)
        research = standing_consents_of(ResearchConsent, self.patient)
        cases = [one for one in cases_of(self.by, self.patient) if one.state == Case.State.OPEN]
        titles = load().conditions
        return {
            "to_sign": [
                (titles[one.case.condition].story.title, one)
                for one in releases_of_patient(self.by, self.patient)
                if standing_of(self.by, one, text_of(self.by, one)) is ReleaseState.OPEN
            ],
            "asked": [(one, one.case_id) for case in cases for one in questions_of(case)],
            "to_read": [(titles[one.condition].story.title, one.pk) for one in cases],
            "lines": [line_of(one, zone) for one in consents_of_patient(self.by, self.patient)],
            "standing": [
                *((_("Photographs of my face"), "my_photograph_consent", one) for one in photographs),
                *((_("My course in the registry"), "my_research_consent", one) for one in research),
            ],
        }


class MyConsentView(RecordPage, FormPage):
    """One consent with the text that was signed; it can be withdrawn here."""

    right: ClassVar = Right.OWN_CARE
    template = "portal/consult/consent.html"
    page_name = "My consent"
    form_class = WithdrawForm
    success = _("Your consent is withdrawn. Your clinic sees it at once.")
    consent: Consent

    def load(self) -> None:
        self.consent = consent_of(self.by, int(self.kwargs["consent"]))

    def shown_record(self) -> Patient:
        return self.consent.patient

    def subject(self) -> Consent:
        return self.consent

    def act(self, form: forms.Form) -> str:
        reason = form.cleaned_data["reason"].strip() or NO_REASON
        withdraw_consent(by=self.by, consent=self.consent, reason=reason)
        return reverse("my_consent", args=[self.consent.pk])

    def context(self) -> Context:
        return {"consent": self.consent, "line": line_of(self.consent, self.by.zone)}


def line_of(consent: Consent, zone: str) -> ConsentLine:
    """A consent in the patient's words and the clinic's time."""
    knowledge, local = load(), ZoneInfo(zone)
    product = knowledge.products.get(consent.product)
    return ConsentLine(
        consent=consent,
        about=knowledge.conditions[consent.case.condition].plain_name,
        product=product.brand if product else "",
        signed=consent.signed_at.astimezone(local),
        withdrawn=consent.withdrawn_at.astimezone(local) if consent.withdrawn_at else None,
    )


class MyConsentPdfView(RecordPage):
    """A consent as paper, to keep."""

    right: ClassVar = Right.OWN_CARE
    page_name = "My consent as PDF"
    consent: Consent

    def load(self) -> None:
        self.consent = consent_of(self.by, int(self.kwargs["consent"]))

    def shown_record(self) -> Patient:
        return self.consent.patient

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = consent_paper(self.consent, clinic_of(self.by))
        return as_pdf(render("consent", data), f"consent-{self.consent.patient.number}-{self.consent.pk}")


class MyStandingConsentView(RecordPage, FormPage):
    """A consent that stands for the person, as it was signed; it can be withdrawn here."""

    right: ClassVar = Right.OWN_CARE
    form_class = WithdrawForm
    kind: ClassVar[type[StandingConsent]]
    page: ClassVar[str]  # the name of its address, without the 'my_'
    consent: StandingConsent

    def load(self) -> None:
        self.consent = standing_consent_of(self.kind, self.by, int(self.kwargs[self.page]))

    def shown_record(self) -> Patient:
        patient: Patient = self.consent.patient  # type: ignore[attr-defined]  # every kind has one
        return patient

    def subject(self) -> StandingConsent:
        return self.consent

    def withdraw(self, reason: str) -> None:
        """Do it, by the action of the kind."""
        raise NotImplementedError

    def act(self, form: forms.Form) -> str:
        self.withdraw(form.cleaned_data["reason"].strip() or NO_REASON)
        return reverse(f"my_{self.page}", args=[self.consent.pk])

    def context(self) -> Context:
        return {"consent": self.consent}

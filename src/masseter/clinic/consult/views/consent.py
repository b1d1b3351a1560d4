"""Consent: read, signed on screen, shown, withdrawn."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from masseter.clinic.consult.at_home import home_lines
from masseter.clinic.consult.forms import ConsentForm, products
from masseter.clinic.people.chart import CasePage
from masseter.clinic.people.forms import ReasonForm
from masseter.journey.accounts.queries import clinic_of
from masseter.journey.consult.actions import take_consent, withdraw_consent
from masseter.journey.consult.models import Consent
from masseter.journey.consult.queries import consent_of, consents_of, standings_of
from masseter.journey.consult.verdicts import consent_text_of
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.knowledge.load import load
from masseter.ui.pages import Context, FormPage
from masseter.ui.paper.answer import as_pdf
from masseter.ui.paper.consent import consent_paper, use_words
from masseter.ui.paper.typst import render


class ConsentTextPage(CasePage, FormPage):
    """A page about the consent's text of today, for the product of the address or for all."""

    def load(self) -> None:
        super().load()
        self.product = self.request.GET.get("product", "")
        if self.product and self.product not in load().products:
            raise NotHere("There is no such product.")
        self.text = consent_text_of(self.by, self.case, product=self.product)


class TakeConsentView(ConsentTextPage):
    """Read the text together and sign it. The product may be chosen first (`?product=`)."""

    right: ClassVar = Right.TAKE_CONSENT
    template = "clinic/consult/consent_take.html"
    page_name = "Taking consent"
    form_class = ConsentForm
    success = "The consent is signed."

    def initial(self) -> dict[str, Any]:
        return {"text_version": self.text.version}

    def act(self, form: forms.Form) -> str:
        consent = take_consent(by=self.by, case=self.case, product=self.product, **form.cleaned_data)
        return reverse("consent", args=[consent.pk])

    def context(self) -> Context:
        more = {"text": self.text, "product": self.product, "products": products(("", "Any product"))}
        asked = standings_of(self.patient, self.case).get("questions_before_consent")
        newest = (asked.waits or asked.stands) if asked is not None else None
        more["questions"] = newest.value if newest is not None else ""
        more |= home_lines(self.by, self.case)
        return {**super().context(), **more, "before": consents_of(self.case)}


class ConsentView(CasePage):
    """A consent as it was signed."""

    right: ClassVar = Right.SEE_CHART
    template = "clinic/consult/consent.html"
    page_name = "Consent"
    consent: Consent

    def load(self) -> None:
        self.consent = consent_of(self.by, int(self.kwargs["consent"]))
        self.case, self.patient = self.consent.case, self.consent.patient

    def context(self) -> Context:
        named = load().conditions[self.case.condition].diagnoses
        diagnosis = next((each.name for each in named if each.code == self.consent.diagnosis), "any")
        told = {"consent": self.consent, "diagnosis": diagnosis, "use": use_words(self.consent)}
        return {**super().context(), **told}


class ConsentPdfView(ConsentView):
    """A consent as paper."""

    page_name = "Consent as PDF"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = consent_paper(self.consent, clinic_of(self.by))
        return as_pdf(render("consent", data), f"consent-{self.patient.number}-{self.consent.pk}")


class WithdrawConsentView(ConsentView, FormPage):
    """Withdraw a consent, with a reason."""

    right: ClassVar = Right.TAKE_CONSENT
    template = "clinic/consult/consent_withdraw.html"
    page_name = "Withdrawing consent"
    form_class = ReasonForm
    success = "The consent is withdrawn. No treatment can go on with it."

    def subject(self) -> Consent:
        return self.consent

    def act(self, form: forms.Form) -> str:
        withdraw_consent(by=self.by, consent=self.consent, reason=form.cleaned_data["reason"])
        return reverse("consent", args=[self.consent.pk])

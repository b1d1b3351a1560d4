"""A patient's carers: seen, invited with the patient's consent, ended with the reason."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.urls import reverse

from masseter.clinic.people.chart import PatientPage
from masseter.clinic.people.forms import CarerForm, ReasonForm
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.people.actions import end_proxy, invite_carer
from masseter.journey.people.models import Proxy
from masseter.journey.people.proxies import proxies_of, proxy_of
from masseter.ui.pages import Context, FormPage


class CarersView(PatientPage, FormPage):
    """Who may see the record beside the clinic, and inviting somebody for the patient."""

    right = Right.KEEP_PEOPLE
    template = "clinic/people/carers.html"
    page_name = "Carers"
    form_class = CarerForm

    def act(self, form: forms.Form) -> str:
        told = dict(form.cleaned_data)
        scope = told.pop("scope")
        proxy, code = invite_carer(by=self.by, patient=self.patient, may_write=scope == "write", **told)
        # Shown once: only its digest is kept.
        messages.success(
            self.request,
            f"A letter is on its way to {proxy.email}. Hand this code over to {proxy.name}, in person or by "
            f"telephone: {code}. It is shown this once.",
        )
        return reverse("patient_carers", args=[self.patient.pk])

    def context(self) -> Context:
        return {
            **super().context(),
            "carers": proxies_of(self.by, self.patient),
            "today": clock.today(self.by.zone),
        }


class EndCarerView(PatientPage, FormPage):
    """End a carer's access at once."""

    right = Right.KEEP_PEOPLE
    template = "clinic/people/carer_end.html"
    page_name = "Carers"
    form_class = ReasonForm
    success = "The access has ended."
    proxy: Proxy

    def load(self) -> None:
        self.proxy = proxy_of(self.by, int(self.kwargs["proxy"]))
        self.patient = self.proxy.patient

    def act(self, form: forms.Form) -> str:
        end_proxy(by=self.by, proxy=self.proxy, reason=form.cleaned_data["reason"])
        return reverse("patient_carers", args=[self.patient.pk])

    def context(self) -> Context:
        return {**super().context(), "carer": self.proxy}

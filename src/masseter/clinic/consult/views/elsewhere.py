"""Toxin treatments given in other places: each one counts for the interval."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.consult.forms import ElsewhereForm
from masseter.clinic.people.chart import PatientPage
from masseter.clinic.people.forms import ReasonForm
from masseter.journey.consult.actions import add_elsewhere_treatment, withdraw_elsewhere_treatment
from masseter.journey.consult.models import ElsewhereTreatment
from masseter.journey.consult.passport.seal import unsealed
from masseter.journey.consult.queries import elsewhere_of, elsewhere_treatment_of
from masseter.journey.ground.rights import Right
from masseter.ui.pages import Context, FormPage


class ElsewhereView(PatientPage, FormPage):
    """List and add toxin treatments given elsewhere."""

    right: ClassVar = Right.CONSULT
    template = "clinic/consult/elsewhere.html"
    page_name = "Toxin treatments elsewhere"
    form_class = ElsewhereForm
    success = "The treatment elsewhere is on record."

    def act(self, form: forms.Form) -> str:
        add_elsewhere_treatment(by=self.by, patient=self.patient, **form.cleaned_data)
        return self.request.get_full_path()

    def context(self) -> Context:
        rows = elsewhere_of(self.patient).order_by("-given_on")
        keys = [unsealed(one.passport).fingerprint if one.passport else "" for one in rows]
        treatments = list(zip(rows, keys, strict=True))
        return {**super().context(), "treatments": treatments}


class WithdrawElsewhereView(PatientPage, FormPage):
    """Take back an entry made in error."""

    right: ClassVar = Right.CONSULT
    template = "clinic/consult/elsewhere_withdraw.html"
    page_name = "Treatment elsewhere taken back"
    form_class = ReasonForm
    success = "The entry is taken back."
    elsewhere: ElsewhereTreatment

    def load(self) -> None:
        self.elsewhere = elsewhere_treatment_of(self.by, int(self.kwargs["elsewhere"]))
        self.patient = self.elsewhere.patient

    def act(self, form: forms.Form) -> str:
        withdraw_elsewhere_treatment(by=self.by, elsewhere=self.elsewhere, reason=form.cleaned_data["reason"])
        return reverse("elsewhere", args=[self.patient.pk])

    def context(self) -> Context:
        return {**super().context(), "elsewhere": self.elsewhere}

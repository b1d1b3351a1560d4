"""A case: opening it, its overview, closing it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.consult.overview import consult_parts
from masseter.clinic.people.chart import CasePage, PatientPage
from masseter.clinic.people.forms import OpenCaseForm, ReasonForm
from masseter.clinic.people.steps import Known, way_of
from masseter.journey.consult.actions import close_case, open_case
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import latest_assessment, valid_consent
from masseter.journey.follow_up.payer import has_payer_criteria
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.inject.queries import treatments_of
from masseter.journey.people.queries import patient_of
from masseter.journey.plan.queries import plans_of
from masseter.ui.pages import Context, FormPage


class OpenCaseView(PatientPage, FormPage):
    """Open a case of one condition for a patient (`?patient=`)."""

    right: ClassVar = Right.CONSULT
    template = "clinic/consult/case_open.html"
    page_name = "Opening a case"
    form_class = OpenCaseForm
    success = "The case is open."

    def load(self) -> None:
        chosen = self.request.GET.get("patient", "")
        if not chosen.isdecimal():
            raise NotHere("There is no such patient.")
        self.patient = patient_of(self.by, int(chosen))

    def initial(self) -> dict[str, Any]:
        return {"condition": self.request.GET.get("condition", "")}

    def act(self, form: forms.Form) -> str:
        case = open_case(by=self.by, patient=self.patient, condition=form.cleaned_data["condition"])
        return reverse("case", args=[case.pk])


class CaseView(CasePage):
    """One case: the seven steps, the parts of the consultation, plans and treatments."""

    right: ClassVar = Right.SEE_CHART
    template = "clinic/consult/case.html"
    page_name = "Case"

    def context(self) -> Context:
        treatments = treatments_of(self.by, self.case)
        plans = plans_of(self.by, self.case)
        saved, consent = latest_assessment(self.case), valid_consent(self.case)
        known = Known(
            verdict=saved,
            has_consent=consent is not None,
            plan=next((plan for plan in plans if plan.is_running), None),
            treatment=treatments[-1] if treatments else None,
        )
        way = way_of(self.by, self.case, known)
        return {
            "has_payer_criteria": has_payer_criteria(self.by, self.case),
            **super().context(),
            "parts": consult_parts(self.by, self.case, saved, consent),
            "plans": plans,
            "treatments": treatments[::-1],
            "saved": saved,
            "next": way.next,
            "steps": way.steps,
        }


class CloseCaseView(CasePage, FormPage):
    """Close a case with a reason."""

    right: ClassVar = (Right.CONSULT, Right.REVIEW)
    template = "clinic/consult/case_close.html"
    page_name = "Closing a case"
    form_class = ReasonForm
    success = "The case is closed."

    def subject(self) -> Case:
        return self.case

    def act(self, form: forms.Form) -> str:
        close_case(by=self.by, case=self.case, reason=form.cleaned_data["reason"])
        return reverse("patient", args=[self.patient.pk])

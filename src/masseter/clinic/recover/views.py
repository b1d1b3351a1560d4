"""Symptoms after a treatment: asking, answering a check, and unwanted effects."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.people.chart import CasePage
from masseter.clinic.people.forms import ReasonForm
from masseter.clinic.recover.presenters import check_rows, event_rows
from masseter.clinic.recover.reporting import reporting_of
from masseter.clinic.recover.tracing import lot_lines, trace_of
from masseter.core.recover.aftercare import advice_for
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import last_treatment, treatment_of
from masseter.journey.recover import queries
from masseter.journey.recover.actions import (
    add_adverse_event,
    answer_check,
    change_adverse_event,
    check_symptoms,
    see_adverse_event,
)
from masseter.journey.recover.models import AdverseEvent, SymptomCheck
from masseter.journey.recover.traces import treated_from
from masseter.journey.stock.models import Lot
from masseter.journey.stock.queries import lot_of
from masseter.knowledge.load import load
from masseter.ui.observations import groups_of
from masseter.ui.pages import Context, FormPage
from masseter.ui.records import RecordPage
from masseter.ui.symptoms import (
    AdverseForm,
    SymptomForm,
    open_questions,
    questions_for,
    reason_lines,
    said_yes,
)

SEEN = "seen"


class TreatmentPage(CasePage):
    """A page about the days after one treatment."""

    treatment: Treatment

    def load(self) -> None:
        self.treatment = treatment_of(self.by, int(self.kwargs["treatment"]))
        self.case, self.patient = self.treatment.case, self.treatment.patient

    @property
    def day(self) -> int:
        """Days since the treatment."""
        given = queries.given_on(self.by, self.treatment)
        return max((clock.today(self.by.zone) - given).days, 0)

    def context(self) -> Context:
        return {**super().context(), "treatment": self.treatment, "day": self.day}


class SymptomsView(TreatmentPage, FormPage):
    """Ask about symptoms, with the checks so far and the advice of the day."""

    right: ClassVar = Right.RECORD_SYMPTOMS
    template = "clinic/recover/symptoms.html"
    page_name = "Symptoms"
    form_class = SymptomForm

    def form_options(self) -> dict[str, Any]:
        return {
            "types": questions_for(self.case.condition),
            "today": clock.today(self.by.zone),
            "reported_by": "clinician",
        }

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, SymptomForm)
        check = check_symptoms(by=self.by, treatment=self.treatment, facts=form.facts)
        return reverse("symptom_check", args=[check.pk])

    def context(self) -> Context:
        knowledge = load()
        condition = knowledge.conditions[self.case.condition]
        return {
            **super().context(),
            "checks": check_rows(queries.checks_of(self.by, self.treatment), self.by.zone),
            "advice": advice_for(knowledge=knowledge, condition=condition, day=self.day),
            "events": event_rows(queries.adverse_events_of(self.by, self.case)),
        }

    def show(self, more: Context, status: int = 200) -> Any:  # Any: as the page's own signature
        more["groups"] = groups_of(more["form"])
        return super().show(more, status)


class CheckView(CasePage, FormPage):
    """One symptom check with its answer and reasons; a clinician says what was done."""

    right: ClassVar = Right.RECORD_SYMPTOMS
    template = "clinic/recover/check.html"
    page_name = "Symptom check"
    form_class = ReasonForm
    success = "The check is answered."
    check: SymptomCheck

    def load(self) -> None:
        self.check = queries.check_of(self.by, int(self.kwargs["check"]))
        self.case, self.patient = self.check.case, self.check.patient

    def act(self, form: forms.Form) -> str:
        try:
            answer_check(by=self.by, check=self.check, note=form.cleaned_data["reason"])
        except Refused as refusal:
            raise Refused(refusal.sentence, field="reason" if refusal.field else None) from refusal
        return reverse("symptom_check", args=[self.check.pk])

    def context(self) -> Context:
        return {
            **super().context(),
            "check": self.check,
            "reasons": reason_lines(self.check),
            "said": said_yes(self.check),
            "questions": open_questions(self.check, plain=False),
        }


class AdverseListView(CasePage):
    """All unwanted effects of a case."""

    right: ClassVar = Right.SEE_CHART
    template = "clinic/recover/adverse_list.html"
    page_name = "Unwanted effects"

    def context(self) -> Context:
        return {
            **super().context(),
            "events": event_rows(queries.adverse_events_of(self.by, self.case)),
            "treatment": last_treatment(self.by, self.case),
        }


class AddAdverseView(TreatmentPage, FormPage):
    """Record an unwanted effect."""

    right: ClassVar = Right.RECORD_SYMPTOMS
    template = "clinic/recover/adverse.html"
    page_name = "Unwanted effect"
    form_class = AdverseForm
    success = "The unwanted effect is on record."

    def form_options(self) -> dict[str, Any]:
        return {"conditions": [self.case.condition]}

    def initial(self) -> dict[str, Any]:
        return {"effect": self.request.GET.get("effect", "")}

    def act(self, form: forms.Form) -> str:
        add_adverse_event(by=self.by, treatment=self.treatment, **form.cleaned_data)
        return reverse("adverse_list", args=[self.case.pk])


class AdverseView(CasePage, FormPage):
    """Change an unwanted effect: how bad it is now, whether it is over."""

    right: ClassVar = Right.RECORD_SYMPTOMS
    template = "clinic/recover/adverse.html"
    page_name = "Unwanted effect"
    form_class = AdverseForm
    success = "The changes were saved."
    event: AdverseEvent

    def load(self) -> None:
        self.event = queries.adverse_of(self.by, int(self.kwargs["adverse"]))
        self.case, self.patient = self.event.case, self.event.patient

    def subject(self) -> AdverseEvent:
        return self.event

    def form_options(self) -> dict[str, Any]:
        return {"conditions": [self.case.condition]}

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.event, name) for name in AdverseForm.base_fields}

    def act(self, form: forms.Form) -> str:
        if SEEN not in self.request.POST:
            change_adverse_event(by=self.by, event=self.event, **form.cleaned_data)
        # Who changes it has looked at it.
        if SEEN in self.request.POST or self.event.is_unseen:
            see_adverse_event(by=self.by, event=self.event)
        return reverse("adverse_list", args=[self.case.pk])

    def context(self) -> Context:
        place = self.by.jurisdiction
        reporting = reporting_of(self.event.treatment, place)
        trace = trace_of(self.by, self.event)
        return {**super().context(), "event": self.event, "reporting": reporting, "trace": trace}


class LotEffectsView(RecordPage):
    """Everybody who was treated from one lot, by record number, with the unwanted effects on record."""

    right: ClassVar = Right.SEE_CHART
    template = "clinic/recover/lot_effects.html"
    page_name = "Unwanted effects after a lot"
    lot: Lot

    def load(self) -> None:
        self.lot = lot_of(self.by, int(self.kwargs["lot"]))

    def shown_record(self) -> Lot:
        return self.lot

    def context(self) -> Context:
        told = lot_lines(self.lot, treated_from(self.by, [self.lot]), "", self.by.zone)
        return {"lot": self.lot, "told": told}

"""The patient's days after the treatment: advice, symptom check, unwanted effects."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.core.recover.aftercare import advice_for
from masseter.journey.audit.actions import log_opening
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import treatments_of
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import own_record
from masseter.journey.recover import queries
from masseter.journey.recover.actions import add_adverse_event, check_symptoms
from masseter.journey.recover.models import SymptomCheck
from masseter.knowledge.load import load
from masseter.ui.observations import groups_of
from masseter.ui.pages import Context, FormPage, Page
from masseter.ui.symptoms import AdverseForm, SymptomForm, open_questions, questions_for, reason_lines


class AfterTreatment(Page):
    """A page about the patient's newest treatment; without one it says so."""

    right: ClassVar = Right.OWN_CARE
    page_name: ClassVar[str]
    patient: Patient
    treatment: Treatment | None

    def load(self) -> None:
        self.patient = own_record(self.by)
        treatments = treatments_of(self.by, self.patient)
        self.treatment = treatments[-1] if treatments else None
        if self.request.method in ("GET", "HEAD"):
            log_opening(by=self.by, patient=self.patient, page=self.page_name)

    @property
    def day(self) -> int:
        """Days since the treatment."""
        if self.treatment is None:
            return 0
        given = queries.given_on(self.by, self.treatment)
        return max((clock.today(self.by.zone) - given).days, 0)

    def context(self) -> Context:
        return {"patient": self.patient, "treatment": self.treatment, "day": self.day}


class MyAftercareView(AfterTreatment):
    """The advice of today and what comes next."""

    template = "portal/recover/aftercare.html"
    page_name = "My aftercare"

    def context(self) -> Context:
        if self.treatment is None:
            return super().context()
        knowledge = load()
        condition = knowledge.conditions[self.treatment.case.condition]
        today = advice_for(knowledge=knowledge, condition=condition, day=self.day)
        later = [
            advice
            for advice in knowledge.aftercare
            if advice.from_day > self.day and (not advice.conditions or condition.code in advice.conditions)
        ]
        later.sort(key=lambda advice: advice.from_day)
        return {**super().context(), "advice": today, "later": later}


class WithTreatment(AfterTreatment, FormPage):
    """A form about the newest treatment.

    Raises: NotHere where there was none.
    """

    treatment: Treatment

    def load(self) -> None:
        super().load()
        self.treatment = queries.newest_treatment(self.by)


class MySymptomsView(WithTreatment):
    """One screen of yes and no, with the answer at once."""

    template = "portal/recover/symptoms.html"
    page_name = "My symptoms"
    form_class = SymptomForm

    def form_options(self) -> dict[str, Any]:
        return {
            "types": questions_for(self.treatment.case.condition),
            "today": clock.today(self.by.zone),
            "reported_by": "patient",
            "plain": True,
        }

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, SymptomForm)
        check = check_symptoms(by=self.by, treatment=self.treatment, facts=form.facts)
        return reverse("my_symptom_check", args=[check.pk])

    def show(self, more: Context, status: int = 200) -> Any:  # Any: as the page's own signature
        more["groups"] = groups_of(more["form"])
        return super().show(more, status)


class MyCheckView(Page):
    """The answer to a symptom check, with every reason."""

    right: ClassVar = Right.OWN_CARE
    template = "portal/recover/check.html"
    check: SymptomCheck

    def load(self) -> None:
        self.check = queries.check_of(self.by, int(self.kwargs["check"]))
        if self.request.method in ("GET", "HEAD"):
            log_opening(by=self.by, patient=self.check.patient, page="My symptom check")

    def context(self) -> Context:
        return {
            "check": self.check,
            "reasons": reason_lines(self.check),
            "questions": open_questions(self.check, plain=True),
        }


class MyAdverseView(WithTreatment):
    """Tell the clinic of an unwanted effect."""

    template = "portal/recover/adverse.html"
    page_name = "My unwanted effects"
    form_class = AdverseForm
    success = "Thank you. Your clinic sees what you wrote."

    def form_options(self) -> dict[str, Any]:
        return {"condition": self.treatment.case.condition, "plain": True}

    def make_form(
        self, data: Any = None, files: Any = None
    ) -> forms.Form:  # Any: as the page's own signature
        form = super().make_form(data, files)
        # What was done about it is the clinic's to write.
        del form.fields["action_taken"]
        return form

    def act(self, form: forms.Form) -> str:
        add_adverse_event(by=self.by, treatment=self.treatment, **form.cleaned_data)
        return reverse("my_aftercare")

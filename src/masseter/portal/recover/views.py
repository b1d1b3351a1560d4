"""The patient's days after the treatment: advice, symptom check, unwanted effects."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from masseter.core.recover.grade import GRADES
from masseter.journey.consult.queries import cases_of, elsewhere_of
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import treatments_of
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import own_record
from masseter.journey.recover import queries
from masseter.journey.recover.actions import add_adverse_event, check_symptoms, grade_of_event
from masseter.journey.recover.models import AdverseEvent, SymptomCheck
from masseter.portal.follow_up.presenters import standings
from masseter.portal.recover import presenters
from masseter.portal.recover.guide import guides
from masseter.ui.emergency import help_in, numbers_elsewhere
from masseter.ui.forms import OneField
from masseter.ui.own_symptoms import OwnSymptomForm
from masseter.ui.pages import Context, FormPage
from masseter.ui.records import RecordPage
from masseter.ui.symptoms import (
    AdverseForm,
    event_words,
    open_questions,
    questions_for,
    reason_lines,
)


class AfterTreatment(RecordPage):
    """A page about the treatments that the patient may still feel; without any it says so."""

    right: ClassVar[Right | tuple[Right, ...]] = Right.OWN_CARE
    patient: Patient
    given: list[Treatment]
    treatments: list[Treatment]

    def load(self) -> None:
        self.patient = own_record(self.by)
        self.given = treatments_of(self.by, self.patient)
        self.treatments = queries.in_aftercare(self.by, self.given, self.today)

    def shown_record(self) -> Patient:
        return self.patient

    @property
    def today(self) -> date:
        return clock.today(self.by.zone)

    def context(self) -> Context:
        return {"patient": self.patient, "after": presenters.after(self.by, self.treatments, self.today)}


class MyAftercareView(AfterTreatment):
    """Where today stands, the days ahead with their dates, and the advice of today."""

    right: ClassVar = (Right.OWN_CARE, Right.SEE_OWN)
    template = "portal/recover/aftercare.html"
    page_name = "My aftercare"

    def context(self) -> Context:
        cases = cases_of(self.by, self.patient)
        elsewhere = list(elsewhere_of(self.patient))
        told = standings(self.by, cases, self.given, elsewhere, self.today) if self.treatments else []
        both = zip(
            presenters.after(self.by, self.treatments, self.today),
            guides(self.by, self.treatments, told, self.today),
            strict=True,
        )
        return {**super().context(), "both": list(both)}


class WithTreatment(AfterTreatment, FormPage):
    """A form about one of the treatments; where there are several, the form asks which.

    Raises: NotHere where there was none.
    """

    opens_untreated: ClassVar = False

    def load(self) -> None:
        super().load()
        if not self.treatments and not (self.opens_untreated and self.request.method == "GET"):
            raise NotHere(gettext("There is no treatment on record yet."))

    @property
    def conditions(self) -> list[str]:
        return list(dict.fromkeys(one.case.condition for one in self.treatments))

    def make_form(
        self, data: Any = None, files: Any = None
    ) -> forms.Form:  # Any: as the page's own signature
        form = super().make_form(data, files)
        if len(self.treatments) > 1:
            choices = presenters.choices(self.by, self.treatments, self.today)
            form.fields["treatment"] = OneField(label=_("Which treatment is it about?"), choices=choices)
            form.order_fields(["treatment"])
        return form

    def meant(self, form: forms.Form) -> list[Treatment]:
        """The treatment that was chosen; all of them where the patient does not know."""
        chosen = form.cleaned_data.pop("treatment", "")
        return [one for one in self.treatments if str(one.pk) == chosen] or self.treatments

    def meant_by(self, form: forms.Form, began: date | None) -> Treatment:
        """The treatment that was chosen; else the last one given by the day on which it began, where told."""
        meant = self.meant(form)
        earlier = [one for one in meant if began is None or queries.given_on(self.by, one) <= began]
        return (earlier or meant)[0]


class MySymptomsView(WithTreatment):
    """One screen of yes and no, with the answer at once.

    Without a treatment on record, as after one elsewhere, there is nothing to judge by: the page says whom
    to call, and never that there is no such page.
    """

    opens_untreated: ClassVar = True

    template = "portal/recover/symptoms.html"
    page_name = "My symptoms"
    form_class = OwnSymptomForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().get(request, *args, **kwargs) if self.treatments else RecordPage.show(self, {})

    def context(self) -> Context:
        return {**super().context(), "help": help_in(self.by.jurisdiction)}

    def form_options(self) -> dict[str, Any]:
        return {
            "types": questions_for(*self.conditions),
            "today": self.today,
            "reported_by": "patient",
            "plain": True,
        }

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, OwnSymptomForm)
        treatment, *others = self.meant(form)
        check = check_symptoms(by=self.by, treatment=treatment, facts=form.facts, also=others)
        return reverse("my_symptom_check", args=[check.pk])

    def show(self, more: Context, status: int = 200) -> Any:  # Any: as the page's own signature
        more["groups"] = more["form"].lists()
        return super().show(more, status)


class MyCheckView(RecordPage):
    """The answer to a symptom check, with every reason."""

    right: ClassVar = Right.OWN_CARE
    template = "portal/recover/check.html"
    page_name = "My symptom check"
    check: SymptomCheck

    def load(self) -> None:
        self.check = queries.check_of(self.by, int(self.kwargs["check"]))

    def shown_record(self) -> Patient:
        return self.check.patient

    def context(self) -> Context:
        return {
            "check": self.check,
            "reasons": reason_lines(self.check),
            "help": help_in(self.by.jurisdiction),
            "elsewhere": numbers_elsewhere(self.by.jurisdiction),
            "questions": open_questions(self.check, plain=True),
        }


class MyAdverseView(WithTreatment):
    """Tell the clinic of an unwanted effect."""

    template = "portal/recover/adverse.html"
    page_name = "My unwanted effects"
    form_class = AdverseForm

    def form_options(self) -> dict[str, Any]:
        return {"conditions": self.conditions, "plain": True}

    def make_form(
        self, data: Any = None, files: Any = None
    ) -> forms.Form:  # Any: as the page's own signature
        form = super().make_form(data, files)
        # What was done about it is the clinic's to write.
        del form.fields["action_taken"]
        return form

    def act(self, form: forms.Form) -> str:
        treatment = self.meant_by(form, form.cleaned_data["started_on"])
        event = add_adverse_event(by=self.by, treatment=treatment, **form.cleaned_data)
        return reverse("my_adverse_told", args=[event.pk])


class MyAdverseToldView(RecordPage):
    """After telling of an unwanted effect: whom to call now where it is bad, else that it was received."""

    right: ClassVar = Right.OWN_CARE
    page_name = "My unwanted effect"
    template = "portal/recover/adverse_told.html"
    event: AdverseEvent

    def load(self) -> None:
        self.event = queries.adverse_of(self.by, int(self.kwargs["adverse"]))

    def shown_record(self) -> Patient:
        return self.event.patient

    def context(self) -> Context:
        name = event_words(self.event, plain=True)
        grades = {grade_of_event(self.by, self.event)}
        grades |= {"emergency"} if self.event.is_serious else set()
        grades |= {"call"} if self.event.needs_a_call else set()
        return {
            "event": self.event,
            "name": name,
            "grade": next(one for one in GRADES if one in grades),
            "is_named": bool(self.event.effect),
            "is_severe": self.event.needs_a_call,
            "help": help_in(self.by.jurisdiction),
        }

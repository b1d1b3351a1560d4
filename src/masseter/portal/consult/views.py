"""The intake at home: the patient's own answers, which a clinician looks at before the visit."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.core.consult.flags import raised_red_flags
from masseter.journey.consult.actions import answer_intake
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import case_of, cases_of, standings_of
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import own_record
from masseter.knowledge.load import load
from masseter.ui.observations import ObservationForm, groups_of, intake_types, known_values
from masseter.ui.pages import Context, FormPage
from masseter.ui.records import RecordPage


class OwnIntake(RecordPage):
    """The patient who is signed in, and the open case that the intake is about (`?case=` of several)."""

    right: ClassVar = Right.OWN_CARE
    patient: Patient
    case: Case | None

    def load(self) -> None:
        self.patient = own_record(self.by)
        self.cases = [one for one in cases_of(self.by, self.patient) if one.state == Case.State.OPEN]
        chosen = self.request.GET.get("case", "")
        if chosen and not chosen.isdecimal():
            raise NotHere("There is no such record.")
        first = self.cases[0] if self.cases else None
        self.case = case_of(self.by, int(chosen)) if chosen else first

    def shown_record(self) -> Patient:
        return self.patient

    def context(self) -> Context:
        conditions = load().conditions
        links = [
            {
                "name": conditions[one.condition].plain_name,
                "url": f"?case={one.pk}",
                "is_now": one == self.case,
            }
            for one in self.cases
        ]
        return {"patient": self.patient, "case": self.case, "links": links if len(links) > 1 else []}


class MyIntakeView(OwnIntake, FormPage):
    """Answer the questions before the visit; each may be left open."""

    template = "portal/consult/intake.html"
    page_name = "My answers"
    form_class = ObservationForm

    def load(self) -> None:
        super().load()
        self.types = [
            type_ for type_ in intake_types(self.case.condition if self.case else None) if type_.question
        ]

    def form_options(self) -> dict[str, Any]:
        known = known_values(standings_of(self.patient, self.case), self.types)
        return {
            "types": self.types,
            "today": clock.today(self.by.zone),
            "reported_by": "patient",
            "birth_date": self.patient.birth_date,
            "known": {code: one.value for code, one in known.items()},
            "plain": True,
        }

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, ObservationForm)
        answer_intake(by=self.by, patient=self.patient, case=self.case, facts=form.facts)
        chosen = f"?case={self.case.pk}" if self.case is not None else ""
        return reverse("my_intake_done") + chosen

    def show(self, more: Context, status: int = 200) -> Any:
        more["groups"] = groups_of(more["form"])
        return super().show(more, status)


class MyIntakeDoneView(OwnIntake):
    """Thanks for the answers; where a warning sign is among them, what to do now."""

    template = "portal/consult/intake_done.html"
    page_name = "My answers, sent"

    def context(self) -> Context:
        knowledge = load()
        facts = {code: one.waits or one.stands for code, one in standings_of(self.patient, self.case).items()}
        flags = raised_red_flags(
            knowledge=knowledge,
            facts={code: fact for code, fact in facts.items() if fact is not None},
            condition=knowledge.conditions[self.case.condition] if self.case is not None else None,
            jurisdiction=self.by.jurisdiction,
        )
        return {**super().context(), "flags": flags}

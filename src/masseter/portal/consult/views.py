"""The intake at home: the patient's own answers, which a clinician looks at before the visit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from masseter.core.consult.flags import raised_red_flags
from masseter.core.facts import Observation as Fact
from masseter.core.findings import Finding
from masseter.journey.consult.actions import answer_intake
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import case_of, cases_of, standings_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import own_record
from masseter.knowledge.load import load
from masseter.knowledge.model import ObservationType
from masseter.portal.consult.steps import IntakeStep, first_open, steps_of
from masseter.ui.observations import ObservationForm, groups_of, intake_types, known_values
from masseter.ui.pages import Context, FormPage
from masseter.ui.records import RecordPage

EVERY = "all"


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

    def questions(self) -> list[ObservationType]:
        """What the patient is asked: what concerns everybody, and the condition of the case."""
        types = intake_types(self.case.condition if self.case is not None else None)
        return [type_ for type_ in types if type_.question]

    def query(self, **more: object) -> str:
        """The query that keeps the case chosen, and whatever else is asked."""
        asked = {"case": self.case.pk, **more} if self.case is not None else more
        return f"?{urlencode(asked)}" if asked else ""

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
    """Answer the questions before the visit, step by step; each may be left open, and each step is saved.

    `?step=` names a step, or 'all' for every question on one page. Without it the first step with an open
    question is shown, and a form that names none may answer any question.
    """

    template = "portal/consult/intake.html"
    page_name = "My answers"
    form_class = ObservationForm
    step: IntakeStep | None

    def load(self) -> None:
        super().load()
        self.types = self.questions()
        self.standings = standings_of(self.patient, self.case)
        self.steps = steps_of(self.types, self.standings)
        self.step = self._step(self.request.GET.get("step", ""))

    def _step(self, asked: str) -> IntakeStep | None:
        if asked == EVERY or (not asked and self.request.method == "POST"):
            return None
        if not asked:
            return first_open(self.steps)
        found = next((one for one in self.steps if str(one.number) == asked), None)
        if found is None:
            raise NotHere("There is no such step.")
        return found

    def form_options(self) -> dict[str, Any]:
        types = self.types if self.step is None else self.step.types
        known = known_values(self.standings, types)
        return {
            "types": types,
            "today": clock.today(self.by.zone),
            "reported_by": "patient",
            "birth_date": self.patient.birth_date,
            "known": {code: one.value for code, one in known.items()},
            "plain": True,
        }

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, ObservationForm)
        answer_intake(by=self.by, patient=self.patient, case=self.case, facts=form.facts)
        if self.step is None or self.step.number == len(self.steps) or self._tells_a_flag(form):
            return reverse("my_intake_done") + self.query()
        return self._url(self.step.number + 1)

    def _tells_a_flag(self, form: ObservationForm) -> bool:
        """A warning sign is among the answers just given: what to do now comes before the next question."""
        alone = flags_of(self.by, self.case, form.facts)
        return bool(alone)

    def _url(self, step: int | str) -> str:
        return reverse("my_intake") + self.query(step=step)

    def context(self) -> Context:
        now = self.step
        return {
            **super().context(),
            "step": now,
            "steps": [(one, self._url(one.number), one == now) for one in self.steps],
            "is_last": now is None or now.number == len(self.steps),
            "address": self._url(now.number if now is not None else EVERY),
            "before": self._url(now.number - 1) if now is not None and now.number > 1 else "",
            "whole": self._url(EVERY),
            "needs": reverse("my_needs") + self.query(),
            "medicines": reverse("my_medicines") + self.query(),
            "asks_medicines": now is not None and any(one.code == "medicines" for one in now.types),
        }

    def show(self, more: Context, status: int = 200) -> Any:
        more["groups"] = groups_of(more["form"])
        return super().show(more, status)


class MyIntakeDoneView(OwnIntake):
    """Thanks for the answers; where a warning sign is among them, what to do now."""

    template = "portal/consult/intake_done.html"
    page_name = "My answers, sent"

    def context(self) -> Context:
        standings = standings_of(self.patient, self.case)
        facts = {code: one.waits or one.stands for code, one in standings.items()}
        steps = steps_of(self.questions(), standings)
        following = first_open(steps)
        return {
            **super().context(),
            "flags": flags_of(self.by, self.case, {code: fact for code, fact in facts.items() if fact}),
            "still_open": sum(one.still_open for one in steps),
            "go_on": reverse("my_intake") + self.query(step=following.number) if following else "",
        }


def flags_of(by: Actor, case: Case | None, facts: Mapping[str, Fact]) -> tuple[Finding, ...]:
    """The warning signs that these facts show."""
    knowledge = load()
    return raised_red_flags(
        knowledge=knowledge,
        facts=facts,
        condition=knowledge.conditions[case.condition] if case is not None else None,
        jurisdiction=by.jurisdiction,
    )

"""What all forms of observations have in common."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from masseter.clinic.consult.presenters import value_of, waiting_answers
from masseter.clinic.people.chart import CasePage
from masseter.core.facts import Observation, is_too_old
from masseter.journey.consult.actions import record_observations
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import facts_of, notes_of, standings_of
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.knowledge.model import ObservationType
from masseter.ui.observations import (
    ObservationForm,
    as_typed,
    groups_of,
    known_values,
    with_compact_sides,
)
from masseter.ui.pages import Context, FormPage

# Asked as observations and kept in the contact record too: the form starts with what is known there.
ON_RECORD = ("sex", "weight_kg")
OLD_ANSWER = "Answered on {day}: {answer}. Ask again; left open, it stays as it was."
CONTRADICTION = "On record: {row.before}. The patient now says: {row.answer}. Choose what holds."


class RecordView(CasePage, FormPage):
    """A form of observations; which ones, the page says."""

    right: ClassVar = Right.CONSULT
    form_class = ObservationForm
    types: list[ObservationType]

    def load(self) -> None:
        super().load()
        self.today = clock.today(self.by.zone)
        self.standing = standings_of(self.patient, self.case)
        self.types = self.asked()

    def asked(self) -> list[ObservationType]:
        """The observations of this page."""
        return []

    def subject(self) -> Case:
        return self.case

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        form = super().make_form(data, files)
        assert isinstance(form, ObservationForm)
        for row in waiting_answers(self.standing, [type_.code for type_ in self.types]):
            if row.differs:
                form.fields[row.code].help_text = CONTRADICTION.format(row=row)
        for code, known in self.too_old().items():
            told = OLD_ANSWER.format(answer=value_of(known), day=f"{known.observed_on:%-d %B %Y}")
            form.fields[code].help_text = told
        return with_compact_sides(form)

    def initial(self) -> dict[str, Any]:
        if not {type_.code for type_ in self.types} & set(ON_RECORD):
            return {}
        recorded = facts_of(self.case, today=self.today, standing=self.standing)
        return {code: as_typed(recorded[code].value) for code in ON_RECORD if code in recorded}

    def form_options(self) -> dict[str, Any]:
        # A contradiction starts empty: it is settled by choosing, and left open it stays as it is. So does
        # an answer that is too old: it is asked again, not confirmed by the way.
        old = self.too_old()
        settled = {code: one for code, one in self.standing.items() if not one.differs and code not in old}
        known = known_values(settled, self.types)
        return {
            "types": self.types,
            "today": self.today,
            "reported_by": "clinician",
            "birth_date": self.patient.birth_date,
            "known": {code: one.value for code, one in known.items()},
        }

    def too_old(self) -> dict[str, Observation]:
        """What stands for questions of this page and is too old to be relied on."""
        known = known_values(self.standing, self.types)
        return {
            type_.code: known[type_.code]
            for type_ in self.types
            if type_.code in known and is_too_old(known[type_.code], type_, self.today)
        }

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, ObservationForm)
        record_observations(by=self.by, patient=self.patient, case=self.case, facts=form.facts)
        return self.onward()

    def onward(self) -> str:
        """Where to go after saving."""
        return reverse("candidacy", args=[self.case.pk])

    def show(self, more: Context, status: int = 200) -> HttpResponse:
        more["groups"] = groups_of(more["form"])
        more["notes"] = notes_of(self.patient, self.case)
        return super().show(more, status)

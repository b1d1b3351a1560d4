"""The examination of a condition: palpation, movements, counts, tests."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.consult.questions import examination_types
from masseter.clinic.people.chart import CasePage
from masseter.journey.consult.actions import record_observations
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import facts_of, standings_of
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.ui.observations import ObservationForm, groups_of, known_values, with_compact_sides
from masseter.ui.pages import Context, FormPage


class ExaminationView(CasePage, FormPage):
    """Record what was found; what was not examined stays unknown."""

    right: ClassVar = Right.CONSULT
    template = "clinic/consult/examination.html"
    page_name = "Examination"
    form_class = ObservationForm
    success = "The examination is saved."

    def load(self) -> None:
        super().load()
        self.today = clock.today(self.by.zone)
        facts = facts_of(self.case, today=self.today)
        self.types = examination_types(self.case.condition, facts)

    def subject(self) -> Case:
        return self.case

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        form = super().make_form(data, files)
        assert isinstance(form, ObservationForm)
        return with_compact_sides(form)

    def form_options(self) -> dict[str, Any]:
        known = known_values(standings_of(self.patient, self.case), self.types)
        return {
            "types": self.types,
            "today": self.today,
            "reported_by": "clinician",
            "birth_date": self.patient.birth_date,
            "known": {code: one.value for code, one in known.items()},
        }

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, ObservationForm)
        record_observations(by=self.by, patient=self.patient, case=self.case, facts=form.facts)
        return reverse("diagnosis", args=[self.case.pk])

    def show(self, more: Context, status: int = 200) -> Any:
        more["groups"] = groups_of(more["form"])
        return super().show(more, status)

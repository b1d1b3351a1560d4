"""The intake: what the patient answered, confirmed or asked by the clinician."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.consult.presenters import waiting_answers
from masseter.clinic.people.chart import CasePage
from masseter.journey.consult.actions import record_observations
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import standings_of
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.ui.observations import ObservationForm, groups_of, intake_types, known_values
from masseter.ui.pages import Context, FormPage


class IntakeView(CasePage, FormPage):
    """Look through the patient's answers, ask what is open, and confirm."""

    right: ClassVar = Right.CONSULT
    template = "clinic/consult/intake.html"
    page_name = "Intake"
    form_class = ObservationForm
    success = "The intake is confirmed."

    def load(self) -> None:
        super().load()
        self.types = intake_types(self.case.condition)
        self.standing = standings_of(self.patient, self.case)

    def subject(self) -> Case:
        return self.case

    def form_options(self) -> dict[str, Any]:
        known = known_values(self.standing, self.types)
        return {
            "types": self.types,
            "today": clock.today(self.by.zone),
            "reported_by": "clinician",
            "birth_date": self.patient.birth_date,
            "known": {code: one.value for code, one in known.items()},
        }

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, ObservationForm)
        record_observations(by=self.by, patient=self.patient, case=self.case, facts=form.facts)
        return reverse("case", args=[self.case.pk])

    def show(self, more: Context, status: int = 200) -> Any:
        more["groups"] = groups_of(more["form"])
        return super().show(more, status)

    def context(self) -> Context:
        waiting = waiting_answers(self.standing, [type_.code for type_ in self.types])
        return {**super().context(), "waiting": waiting, "differing": [row for row in waiting if row.differs]}

"""The patient's first page, and who looked at the record."""

from __future__ import annotations

from typing import ClassVar

from masseter.journey.calendar.models import Appointment
from masseter.journey.calendar.queries import next_appointment
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import cases_of, elsewhere_of
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.inject.queries import treatments_of
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import looks_at, own_record
from masseter.portal.follow_up.presenters import standings
from masseter.portal.home.presenters import look_lines, tasks
from masseter.ui.pages import Context
from masseter.ui.records import RecordPage


class OwnPage(RecordPage):
    """A page about the patient who is signed in."""

    right: ClassVar = Right.OWN_CARE
    patient: Patient

    def load(self) -> None:
        self.patient = own_record(self.by)

    def shown_record(self) -> Patient:
        return self.patient


class MyHomeView(OwnPage):
    """What to do today, and what comes next."""

    template = "portal/home/home.html"
    page_name = "My first page"

    def context(self) -> Context:
        today = clock.today(self.by.zone)
        cases = [one for one in cases_of(self.by, self.patient) if one.state == Case.State.OPEN]
        treatments = treatments_of(self.by, self.patient)
        appointment = next_appointment(self.by, self.patient)
        has_review = appointment is not None and appointment.kind == Appointment.Kind.REVIEW
        elsewhere = list(elsewhere_of(self.patient))
        return {
            "patient": self.patient,
            "today": today,
            "tasks": tasks(self.by, self.patient, cases, treatments, today, has_review=has_review),
            "appointment": appointment,
            "standings": standings(self.by, cases, treatments, elsewhere, today),
            "has_case": bool(cases),
            "has_treatment": bool(treatments),
        }


class MyAccessView(OwnPage):
    """Who looked at the record and who wrote in it."""

    template = "portal/home/access.html"
    page_name = "Who looked"

    def context(self) -> Context:
        return {"looks": look_lines(looks_at(self.by, self.patient), self.by)}

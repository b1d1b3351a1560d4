"""The patient's first page, and who looked at the record."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from django.urls import reverse

from masseter.journey.calendar.models import Appointment
from masseter.journey.calendar.queries import next_appointment
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import cases_of, elsewhere_of
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.inject.queries import treatments_of
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import MOST_LOOKS, looks_at, own_record
from masseter.portal.follow_up.presenters import standings
from masseter.portal.home.forms import LooksForm
from masseter.portal.home.presenters import look_lines, tasks
from masseter.ui.pages import Context
from masseter.ui.records import RecordPage


class OwnPage(RecordPage):
    """A page about the patient who is signed in."""

    right: ClassVar[Right | tuple[Right, ...]] = Right.OWN_CARE
    patient: Patient

    def load(self) -> None:
        self.patient = own_record(self.by)

    def shown_record(self) -> Patient:
        return self.patient


class MyHomeView(OwnPage):
    """What to do today, and what comes next."""

    right: ClassVar = (Right.OWN_CARE, Right.SEE_OWN)
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
            "tasks": [
                task
                for task in tasks(self.by, self.patient, cases, treatments, today, has_review=has_review)
                if self.by.may(Right.OWN_CARE) or self._is_open_diary(task.url)
            ],
            "is_own": self.by.may(Right.OWN_CARE),
            "appointment": appointment,
            "standings": standings(self.by, cases, treatments, elsewhere, today),
            "has_case": bool(cases),
            "has_treatment": bool(treatments),
        }

    def _is_open_diary(self, url: str) -> bool:
        """What a carer may do today: write the diary, where that was allowed."""
        return self.by.may(Right.WRITE_OWN_DIARY) and urlsplit(url).path == reverse("my_diary")


class MyAccessView(OwnPage):
    """Who looked at the record and who wrote in it: all, or those that are looked for."""

    template = "portal/home/access.html"
    page_name = "Who looked"

    def context(self) -> Context:
        form = LooksForm(self.request.GET or None)
        looks = looks_at(self.by, self.patient, wanted=form.wanted())
        return {
            "form": form,
            "looks": look_lines(looks, self.by),
            "is_filtered": form.is_bound,
            "limit": MOST_LOOKS if len(looks) == MOST_LOOKS else 0,
            "may_ask": self.by.may(Right.OWN_CARE),
        }

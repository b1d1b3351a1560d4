"""The calendar: a day or a week, booking, moving, and what became of an appointment."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from masseter.clinic.calendar.forms import BookForm, StateForm, WhenForm
from masseter.clinic.calendar.presenters import appointment_row, day_lists, state_choices, week_of
from masseter.journey.accounts.models import User
from masseter.journey.calendar import queries
from masseter.journey.calendar.actions import book_appointment, move_appointment, set_appointment_state
from masseter.journey.calendar.models import Appointment
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import find, patient_of
from masseter.ui.pages import Context, FormPage, Page
from masseter.ui.records import RecordPage

SEARCH_LETTERS = 100


class CalendarView(Page):
    """The appointments of a day (`?day=`) or of its week (`?week=1`)."""

    right = Right.KEEP_CALENDAR
    template = "clinic/calendar/calendar.html"

    def context(self) -> Context:
        today = clock.today(self.by.zone)
        day = _day(self.request.GET.get("day", "")) or today
        is_week = bool(self.request.GET.get("week"))
        days = week_of(day) if is_week else [day]
        found = queries.appointments_on(self.by, days[0], len(days))
        step = timedelta(days=len(days))
        return {
            "day": day,
            "today": today,
            "is_week": is_week,
            "days": day_lists(found, days, self.by.zone),
            "earlier": _safe(day, -step),
            "later": _safe(day, step),
        }


class AddAppointmentView(RecordPage, FormPage):
    """Book an appointment for a patient (`?patient=`); without one, the patient is looked up first."""

    right = Right.KEEP_CALENDAR
    template = "clinic/calendar/add.html"
    page_name = "Booking an appointment"
    form_class = BookForm
    success = "The appointment is booked."
    patient: Patient | None = None

    def load(self) -> None:
        chosen = self.request.GET.get("patient", "")
        if chosen and not chosen.isdecimal():
            raise NotHere("There is no such patient.")
        if chosen:
            self.patient = patient_of(self.by, int(chosen))

    def shown_record(self) -> Patient | None:
        return self.patient

    def initial(self) -> dict[str, Any]:
        asked = self.request.GET
        starts = {key: asked[key][:SEARCH_LETTERS] for key in ("kind", "condition", "day") if asked.get(key)}
        return {"day": clock.today(self.by.zone), **starts}

    def form_options(self) -> dict[str, Any]:
        return {"zone": self.by.zone, "clinicians": queries.clinicians(self.by)}

    def act(self, form: forms.Form) -> str:
        if self.patient is None:
            raise NotHere("There is no such patient.")
        data = form.cleaned_data
        booked = book_appointment(
            by=self.by,
            patient=self.patient,
            kind=data["kind"],
            starts_at=data["starts"],
            minutes=data["minutes"],
            condition=data["condition"],
            with_user=_clinician(queries.clinicians(self.by), data["with_user"]),
            note=data["note"],
        )
        return _calendar(data["day"]) + f"#a{booked.pk}"

    def context(self) -> Context:
        text = self.request.GET.get("q", "")[:SEARCH_LETTERS]
        found = find(self.by, text) if text and self.patient is None else []
        return {"patient": self.patient, "query": text, "found": found}


class AppointmentPage(RecordPage):
    """A page about one appointment."""

    right = Right.KEEP_CALENDAR
    page_name = "Appointment"
    appointment: Appointment

    def load(self) -> None:
        self.appointment = queries.appointment_of(self.by, int(self.kwargs["appointment"]))

    def shown_record(self) -> Appointment:
        return self.appointment

    def context(self) -> Context:
        return {
            "row": appointment_row(self.appointment, self.by.zone),
            "condition": self.appointment.condition,
            "choices": state_choices(self.appointment),
            "may_open_case": self.by.may(Right.CONSULT),
        }


class AppointmentView(AppointmentPage):
    """One appointment and what can be done with it."""

    template = "clinic/calendar/appointment.html"


class MoveView(AppointmentPage, FormPage):
    """Give an appointment another time."""

    template = "clinic/calendar/move.html"
    form_class = WhenForm
    success = "The appointment was moved."

    def subject(self) -> Appointment:
        return self.appointment

    def initial(self) -> dict[str, Any]:
        row = appointment_row(self.appointment, self.by.zone)
        starts: Any = row["starts"]  # Any: a row holds whatever the page shows
        return {
            "day": starts.date(),
            "starts_at": starts.time(),
            "minutes": self.appointment.minutes,
            "with_user": self.appointment.with_user_id or "",
        }

    def form_options(self) -> dict[str, Any]:
        return {"zone": self.by.zone, "clinicians": queries.clinicians(self.by)}

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        move_appointment(
            by=self.by,
            appointment=self.appointment,
            starts_at=data["starts"],
            minutes=data["minutes"],
            with_user=_clinician(queries.clinicians(self.by), data["with_user"]),
        )
        return _calendar(data["day"])


class StateView(AppointmentPage, FormPage):
    """Say what became of an appointment."""

    template = "clinic/calendar/state.html"
    form_class = StateForm
    success = "Noted."

    def form_options(self) -> dict[str, Any]:
        return {"choices": state_choices(self.appointment)}

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        set_appointment_state(by=self.by, appointment=self.appointment, state=data["state"], why=data["why"])
        row = appointment_row(self.appointment, self.by.zone)
        starts: Any = row["starts"]  # Any: a row holds whatever the page shows
        return _calendar(starts.date())


def _clinician(people: list[User], chosen: int | None) -> User | None:
    return next((one for one in people if one.pk == chosen), None)


def _calendar(day: date) -> str:
    return reverse("calendar") + "?" + urlencode({"day": day.isoformat()})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _safe(day: date, step: timedelta) -> date | None:
    try:
        return day + step
    except OverflowError:
        return None

"""The calendar: a day or a week, one appointment, and what became of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from masseter.clinic.calendar.forms import StateForm
from masseter.clinic.calendar.grid import Shown, grid_of
from masseter.clinic.calendar.presenters import appointment_row, day_lists, state_choices, week_of
from masseter.journey.calendar import queries
from masseter.journey.calendar.actions import set_appointment_state
from masseter.journey.calendar.free import rota
from masseter.journey.calendar.models import Appointment
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.ui.calendar_file import as_calendar_file
from masseter.ui.pages import Context, FormPage, Page
from masseter.ui.records import RecordPage


class CalendarView(Page):
    """A day (`?day=`) or its week (`?week=1`), by person or by room (`?by=room`), all or one (`?who=`)."""

    right = Right.KEEP_CALENDAR
    template = "clinic/calendar/calendar.html"

    def context(self) -> Context:
        today = clock.today(self.by.zone)
        day = _day(self.request.GET.get("day", "")) or today
        is_week = bool(self.request.GET.get("week"))
        days = week_of(day) if is_week else [day]
        found = queries.appointments_on(self.by, days[0], len(days))
        step = timedelta(days=len(days))
        shown = Shown(
            is_week=is_week,
            is_by_room=self.request.GET.get("by") == "room",
            who=_whole(self.request.GET.get("who", "")),
        )
        known = rota(self.by, days[0], len(days))
        grid = grid_of(known, found, days, shown, now=clock.now())
        return {
            "day": day,
            "today": today,
            "is_week": is_week,
            "shown": shown,
            "grid": grid,
            "days": day_lists(grid.visits, days, self.by.zone),
            "earlier": _safe(day, -step),
            "later": _safe(day, step),
            "may_set_up": self.by.may(Right.SET_UP_CALENDAR),
            "waiting_count": len(queries.waiting_list(self.by)),
            "asked": queries.asked_times(self.by),
        }


class AppointmentPage(RecordPage):
    """A page about one appointment."""

    right = Right.KEEP_CALENDAR
    page_name = "Appointment"
    appointment: Appointment

    def load(self) -> None:
        self.appointment = queries.appointment_of(self.by, int(self.kwargs["appointment"]))

    def shown_record(self) -> Appointment:
        return self.appointment

    def starts(self) -> datetime:
        """When it begins, in the clinic's zone."""
        return self.appointment.starts_at.astimezone(ZoneInfo(self.by.zone))

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


class AppointmentFileView(AppointmentPage):
    """One appointment as a file for any calendar."""

    page_name = "Appointment as a calendar file"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_calendar_file(self.appointment)


class StateView(AppointmentPage, FormPage):
    """Say what became of an appointment. When one is cancelled, who waits for such a time is shown."""

    template = "clinic/calendar/state.html"
    form_class = StateForm
    success = "Noted."

    def initial(self) -> dict[str, Any]:
        return {"state": self.request.GET.get("state", "")[:20]}

    def form_options(self) -> dict[str, Any]:
        return {"choices": state_choices(self.appointment)}

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        set_appointment_state(
            by=self.by,
            appointment=self.appointment,
            state=data["state"],
            why=data["why"],
            said_by=data["said_by"] or Appointment.SaidBy.CLINIC,
        )
        is_free_again = data["state"] in {Appointment.State.CANCELLED, Appointment.State.MISSED}
        if is_free_again and self.appointment.starts_at > clock.now():
            return reverse("appointment_fill", args=[self.appointment.pk])
        return reverse("calendar") + f"?day={self.starts().date().isoformat()}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def _safe(day: date, step: timedelta) -> date | None:
    try:
        return day + step
    except OverflowError:
        return None

"""Booking an appointment and moving one: what is typed, what is free, and what speaks against it."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from masseter.clinic.calendar.forms import BookForm, Choosable, WhenForm, picked
from masseter.clinic.calendar.free import FreeDay, choosable, free_days
from masseter.clinic.calendar.views import AppointmentPage
from masseter.journey.calendar import queries
from masseter.journey.calendar.free import free_times
from masseter.journey.calendar.models import Appointment, Waiting
from masseter.journey.follow_up.booking import book_visit, earliest_for, early_words, move_visit
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import find, patient_of
from masseter.ui.forms import parse_day
from masseter.ui.pages import Context, FormPage
from masseter.ui.records import RecordPage

SEARCH_LETTERS = 100


class TimePage(RecordPage, FormPage):
    """A page on which a time is chosen: it shows what is free, and from when on a treatment is due."""

    _known: Choosable | None = None

    @property
    def known(self) -> Choosable:
        """Whom and which rooms may be named; read once."""
        if self._known is None:
            self._known = choosable(self.by)
        return self._known

    def form_options(self) -> dict[str, Any]:
        return {"choosable": self.known}

    def typed(self, name: str) -> str:
        """What stands in a field now: what was typed, else how the form opens."""
        if self.request.method == "POST":
            return str(picked(self.request.POST).get(name, ""))
        return str(self.initial().get(name) or "")

    def kind_now(self) -> str:
        """The kind of visit that is chosen now."""
        kind = self.typed("kind")
        return kind if kind in Appointment.Kind.values else Appointment.Kind.CONSULTATION

    def around(self, patient: Patient, condition: str, *, but: int | None = None) -> Context:
        """The free times from the day that stands in the form, and the earliest day of a treatment."""
        kind = self.kind_now()
        due = earliest_for(self.by, patient, kind, condition)
        today = clock.today(self.by.zone)
        first = max(_day(self.typed("day")) or today, today, due.earliest if due else today)
        minutes = _whole(self.typed("minutes")) or self.known.lengths[kind]
        person, room = _whole(self.typed("with_user")), _whole(self.typed("room"))
        person = person if person in self.known.people else None
        room = room if room in self.known.rooms else None
        found = free_times(
            self.by,
            kind=kind,
            first=first,
            minutes=minutes,
            person=person,
            room=room,
            patient=patient,
            but=but,
        )
        days: list[FreeDay] = free_days(found, self.known, minutes=minutes, person=person, room=room)
        early = early_words(due) if due is not None and due.earliest > today else ""
        return {
            "free_days": days,
            "free_kind": Appointment.Kind(kind).label,
            "early": early,
            "may_set_up": self.by.may(Right.SET_UP_CALENDAR),
        }


class AddAppointmentView(TimePage):
    """Book an appointment for a patient (`?patient=`); without one, the patient is looked up first.

    `?waiting=` books for somebody on the waiting list, who then waits no longer.
    """

    right = Right.KEEP_CALENDAR
    template = "clinic/calendar/add.html"
    page_name = "Booking an appointment"
    form_class = BookForm
    success = "The appointment is booked."
    patient: Patient | None = None
    waiting: Waiting | None = None

    def load(self) -> None:
        if waits := number_in(self.request.GET.get("waiting", "")):
            self.waiting = queries.waiting_of(self.by, waits)
            self.patient = self.waiting.patient
        elif chosen := number_in(self.request.GET.get("patient", "")):
            self.patient = patient_of(self.by, chosen)

    def shown_record(self) -> Patient | None:
        return self.patient

    def initial(self) -> dict[str, Any]:
        asked = self.request.GET
        names = ("kind", "condition", "day", "starts_at", "with_user", "room")
        starts = {key: asked[key][:SEARCH_LETTERS] for key in names if asked.get(key)}
        own = {"kind": self.waiting.kind, "condition": self.waiting.condition} if self.waiting else {}
        return {"day": clock.today(self.by.zone), **starts, **own}

    def act(self, form: forms.Form) -> str:
        if self.patient is None or not isinstance(form, BookForm):
            raise NotHere("There is no such patient.")
        data = form.cleaned_data
        booked = book_visit(
            by=self.by,
            patient=self.patient,
            kind=data["kind"],
            condition=data["condition"],
            note=data["note"],
            waiting=self.waiting,
            wanted=form.wanted(data["kind"]),
        )
        return calendar_url(data["day"]) + f"#a{booked.pk}"

    def context(self) -> Context:
        if self.patient is not None:
            around = self.around(self.patient, self.typed("condition"))
            return {"patient": self.patient, "waiting": self.waiting, **around}
        text = self.request.GET.get("q", "")[:SEARCH_LETTERS]
        return {"patient": None, "query": text, "found": find(self.by, text) if text else []}


class MoveView(AppointmentPage, TimePage):
    """Give an appointment another time."""

    template = "clinic/calendar/move.html"
    form_class = WhenForm
    success = "The appointment was moved."

    def subject(self) -> Appointment:
        return self.appointment

    def initial(self) -> dict[str, Any]:
        starts = self.starts()
        return {
            "kind": self.appointment.kind,
            "day": starts.date(),
            "starts_at": starts.time(),
            "minutes": self.appointment.minutes,
            "with_user": self.appointment.with_user_id or "",
            "room": self.appointment.room_id or "",
        }

    def kind_now(self) -> str:
        return self.appointment.kind

    def act(self, form: forms.Form) -> str:
        if not isinstance(form, WhenForm):
            raise NotHere("There is no such appointment.")
        move_visit(by=self.by, appointment=self.appointment, wanted=form.wanted(self.appointment.kind))
        return calendar_url(form.cleaned_data["day"])

    def context(self) -> Context:
        one = self.appointment
        return {**super().context(), **self.around(one.patient, one.condition, but=one.pk)}


def calendar_url(day: date) -> str:
    """The calendar's page of a day."""
    return reverse("calendar") + "?" + urlencode({"day": day.isoformat()})


def number_in(text: str) -> int:
    """A record's number out of an address; 0 where none is given.

    Raises: NotHere for what is no number.
    """
    if text and not (text.isascii() and text.isdecimal() and len(text) < 18):
        raise NotHere("There is no such record.")
    return int(text or 0)


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None


def _day(text: str) -> date | None:
    try:
        return parse_day(text)
    except ValueError:
        return None

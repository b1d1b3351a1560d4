"""The waiting list: who waits, for what, since when, and which free times suit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from masseter.clinic.calendar.booking import SEARCH_LETTERS, TimePage, calendar_url, number_in
from masseter.clinic.calendar.forms import WhenForm
from masseter.clinic.calendar.free import free_days, is_suiting, suiting
from masseter.clinic.calendar.presenters import appointment_row, waiting_row
from masseter.clinic.calendar.views import AppointmentPage
from masseter.clinic.calendar.waiting_forms import OffForm, WaitForm
from masseter.journey.calendar import queries
from masseter.journey.calendar.free import free_times
from masseter.journey.calendar.models import Waiting
from masseter.journey.calendar.visit_types import visit_lengths
from masseter.journey.calendar.waiting_actions import stop_waiting, wait_for_visit
from masseter.journey.follow_up.booking import earliest_for, offer_visit
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import find, patient_of
from masseter.ui.pages import Context, FormPage, Page
from masseter.ui.records import RecordPage


class WaitingListView(Page):
    """Everybody who waits, the longest first, and the times that patients picked themselves."""

    right = Right.KEEP_CALENDAR
    template = "clinic/calendar/waiting.html"

    def context(self) -> Context:
        zone = self.by.zone
        now = clock.now()
        return {
            "rows": [waiting_row(one, zone, now) for one in queries.waiting_list(self.by)],
            "asked": [appointment_row(one, zone) for one in queries.asked_times(self.by)],
        }


class AddWaitingView(RecordPage, FormPage):
    """Put a patient (`?patient=`) on the waiting list; without one, the patient is looked up first."""

    right = Right.KEEP_CALENDAR
    template = "clinic/calendar/waiting_add.html"
    page_name = "Putting on the waiting list"
    form_class = WaitForm
    success = "On the waiting list."
    patient: Patient | None = None

    def load(self) -> None:
        if chosen := number_in(self.request.GET.get("patient", "")):
            self.patient = patient_of(self.by, chosen)

    def shown_record(self) -> Patient | None:
        return self.patient

    def initial(self) -> dict[str, Any]:
        asked = self.request.GET
        return {key: asked[key][:SEARCH_LETTERS] for key in ("kind", "condition") if asked.get(key)}

    def act(self, form: forms.Form) -> str:
        if self.patient is None:
            raise NotHere("There is no such patient.")
        waiting = wait_for_visit(by=self.by, patient=self.patient, **form.cleaned_data)
        return reverse("waiting", args=[waiting.pk])

    def context(self) -> Context:
        text = self.request.GET.get("q", "")[:SEARCH_LETTERS]
        found = find(self.by, text) if text and self.patient is None else []
        return {"patient": self.patient, "query": text, "found": found}


class WaitingPage(RecordPage):
    """A page about one line of the waiting list."""

    right = Right.KEEP_CALENDAR
    page_name = "Waiting for a visit"
    waiting: Waiting

    def load(self) -> None:
        self.waiting = queries.waiting_of(self.by, int(self.kwargs["waiting"]))

    def shown_record(self) -> Waiting:
        return self.waiting

    def context(self) -> Context:
        return {"row": waiting_row(self.waiting, self.by.zone, clock.now())}


class WaitingView(WaitingPage, TimePage):
    """Who waits, the free times that suit, and the offer of one."""

    template = "clinic/calendar/waiting_one.html"
    form_class = WhenForm
    success = "The time is offered, and kept until it is answered."

    def subject(self) -> Waiting:
        return self.waiting

    def initial(self) -> dict[str, Any]:
        return {"day": self.request.GET.get("day", "")[:SEARCH_LETTERS]}

    def kind_now(self) -> str:
        return self.waiting.kind

    def act(self, form: forms.Form) -> str:
        if not isinstance(form, WhenForm):
            raise NotHere("There is no such request.")
        offer_visit(by=self.by, waiting=self.waiting, wanted=form.wanted(self.waiting.kind))
        return reverse("waiting_list")

    def context(self) -> Context:
        one = self.waiting
        if one.state != Waiting.State.WAITING:
            return super().context()
        due = earliest_for(self.by, one.patient, one.kind, one.condition)
        today = clock.today(self.by.zone)
        first = max(one.from_on or today, today, due.earliest if due else today)
        found = free_times(self.by, kind=one.kind, first=first, patient=one.patient)
        minutes = self.known.lengths[one.kind]
        fitting = suiting(found, one, self.by.zone)
        return {
            **super().context(),
            "free_days": free_days(fitting, self.known, minutes=minutes),
            "may_set_up": self.by.may(Right.SET_UP_CALENDAR),
        }


class StopWaitingView(WaitingPage, FormPage):
    """Take somebody off the list, with the reason."""

    template = "clinic/calendar/waiting_off.html"
    form_class = OffForm
    success = "Taken off the waiting list."

    def subject(self) -> Waiting:
        return self.waiting

    def act(self, form: forms.Form) -> str:
        stop_waiting(by=self.by, waiting=self.waiting, why=form.cleaned_data["why"])
        return reverse("waiting_list")


class FillView(AppointmentPage):
    """A time that is free again, and those who wait and whom it suits."""

    template = "clinic/calendar/fill.html"
    page_name = "Who could come instead"

    def context(self) -> Context:
        gone, zone = self.appointment, self.by.zone
        lengths = visit_lengths(self.by)
        fitting = [
            waiting_row(one, zone, clock.now())
            for one in queries.waiting_list(self.by)
            if one.patient_id != gone.patient_id
            and is_suiting(gone.starts_at, one, zone)
            and lengths[one.kind].minutes <= gone.minutes
        ]
        return {
            **super().context(),
            "fitting": fitting,
            "is_coming": gone.starts_at > clock.now(),
            "back": calendar_url(self.starts().date()),
            "day": self.starts().date(),
        }

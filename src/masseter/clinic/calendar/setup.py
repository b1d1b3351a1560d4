"""Setting the calendar up: how long visits take, rooms, hours, and who is away."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.calendar.presenters import absence_row
from masseter.clinic.calendar.setup_forms import (
    AbsenceForm,
    CloseForm,
    HoursForm,
    RoomForm,
    VisitTypeForm,
    hours_words,
)
from masseter.journey.accounts.models import User
from masseter.journey.calendar import queries
from masseter.journey.calendar.free import open_rooms
from masseter.journey.calendar.models import Absence, Kind, Room
from masseter.journey.calendar.setup_actions import (
    add_absence,
    add_room,
    change_visit_type,
    close_room,
    rename_room,
    set_hours,
    withdraw_absence,
)
from masseter.journey.calendar.visit_types import visit_lengths
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.ui.calendar_words import weekday_choices
from masseter.ui.pages import Context, FormPage, Page


class SetupView(Page):
    """Everything that the calendar rests on, on one page."""

    right = Right.SET_UP_CALENDAR
    template = "clinic/calendar/setup.html"

    def context(self) -> Context:
        hours = queries.hours_of(self.by)
        people = [
            {"id": one.pk, "name": str(one), "hours": _week(hours_words(hours.get(one.pk, [])))}
            for one in queries.clinicians(self.by)
        ]
        types = [{"label": Kind(kind).label, "length": one} for kind, one in visit_lengths(self.by).items()]
        return {
            "types": types,
            "rooms": open_rooms(self.by),
            "people": people,
            "absences": [absence_row(one, self.by.zone) for one in queries.coming_absences(self.by)],
        }


class SetupForm(FormPage):
    """A form that leads back to the overview."""

    right: ClassVar = Right.SET_UP_CALENDAR
    template = "clinic/calendar/setup_form.html"
    title: ClassVar[str] = ""
    submit: ClassVar[str] = "Save"
    lead: ClassVar[str] = ""

    def act(self, form: forms.Form) -> str:
        self.do(form.cleaned_data)
        return reverse("calendar_setup")

    def do(self, data: dict[str, Any]) -> None:  # Any: a form's cleaned data
        """Do the one thing with what was typed."""
        raise TypeError(f"{type(self).__name__} does nothing")

    def context(self) -> Context:
        return {"title": self.title, "submit": self.submit, "lead": self.lead}


class VisitTypeView(SetupForm):
    """How long one kind of visit takes."""

    form_class = VisitTypeForm
    success = "Saved. Visits that are booked keep their length."

    def load(self) -> None:
        self.kind = str(self.kwargs["kind"])
        if self.kind not in Kind.values:
            raise NotHere("There is no such kind of visit.")

    def initial(self) -> dict[str, Any]:
        one = visit_lengths(self.by)[self.kind]
        return {"minutes": one.minutes, "needs_room": one.needs_room, "is_offered": one.is_offered}

    def do(self, data: dict[str, Any]) -> None:  # Any: a form's cleaned data
        change_visit_type(by=self.by, kind=self.kind, **data)

    def context(self) -> Context:
        return {**super().context(), "title": Kind(self.kind).label, "unit": "minutes"}


class AddRoomView(SetupForm):
    """A new room."""

    form_class = RoomForm
    title = "Add a room"
    submit = "Add"

    def do(self, data: dict[str, Any]) -> None:  # Any: a form's cleaned data
        add_room(by=self.by, **data)


class RoomPage(SetupForm):
    """A form about one room."""

    room: Room

    def load(self) -> None:
        self.room = queries.room_of(self.by, int(self.kwargs["room"]))

    def subject(self) -> Room:
        return self.room


class RenameRoomView(RoomPage):
    """Another name for a room."""

    form_class = RoomForm
    title = "Rename a room"

    def initial(self) -> dict[str, Any]:
        return {"name": self.room.name}

    def do(self, data: dict[str, Any]) -> None:  # Any: a form's cleaned data
        rename_room(by=self.by, room=self.room, **data)


class CloseRoomView(RoomPage):
    """Use a room no longer."""

    form_class = CloseForm
    submit = "Yes, close it"
    lead = "It is offered no longer. What was held in it stays on record."

    def do(self, data: dict[str, Any]) -> None:  # Any: a form's cleaned data
        close_room(by=self.by, room=self.room)

    def context(self) -> Context:
        return {**super().context(), "title": f"Close {self.room}"}


class HoursView(SetupForm):
    """When one person sees patients."""

    form_class = HoursForm
    success = "Saved."
    lead = "For example 9:00–12:30, 13:30–17:00. Empty: a day off."
    person: User

    def load(self) -> None:
        people = {one.pk: one for one in queries.clinicians(self.by)}
        found = people.get(int(self.kwargs["person"]))
        if found is None:
            raise NotHere("There is no such person.")
        self.person = found

    def initial(self) -> dict[str, Any]:
        words = hours_words(queries.hours_of(self.by).get(self.person.pk, []))
        return {f"day{weekday}": text for weekday, text in words.items()}

    def do(self, data: dict[str, Any]) -> None:  # Any: a form's cleaned data
        set_hours(by=self.by, user=self.person, hours=data["hours"])

    def context(self) -> Context:
        return {**super().context(), "title": f"Hours of {self.person}"}


class AddAbsenceView(SetupForm):
    """Somebody is away, or the clinic is closed."""

    form_class = AbsenceForm
    title = "Somebody is away, or the clinic is closed"
    success = "Saved. Visits that are booked then stay where they are: look whether one has to be moved."
    lead = "Without a time, whole days count."

    def form_options(self) -> dict[str, Any]:
        return {"people": {one.pk: one for one in queries.clinicians(self.by)}, "zone": self.by.zone}

    def act(self, form: forms.Form) -> str:
        super().act(form)
        return reverse("calendar") + f"?day={form.cleaned_data['from_on'].isoformat()}"

    def do(self, data: dict[str, Any]) -> None:  # Any: a form's cleaned data
        people = {one.pk: one for one in queries.clinicians(self.by)}
        add_absence(
            by=self.by,
            user=people.get(data["user"]),
            starts_at=data["starts"],
            ends_at=data["ends"],
            words=data["words"],
        )


class EndAbsenceView(SetupForm):
    """Take an absence back."""

    form_class = CloseForm
    submit = "Yes, take it back"
    absence: Absence

    def load(self) -> None:
        self.absence = queries.absence_of(self.by, int(self.kwargs["absence"]))

    def subject(self) -> Absence:
        return self.absence

    def do(self, data: dict[str, Any]) -> None:  # Any: a form's cleaned data
        withdraw_absence(by=self.by, absence=self.absence)

    def context(self) -> Context:
        who = str(self.absence.user) if self.absence.user else "The clinic"
        return {**super().context(), "title": f"{who}: not away after all?"}


def _week(words: dict[int, str]) -> list[tuple[str, str]]:
    """Weekday and hours, without the days off."""
    return [(name, words[int(number)]) for number, name in weekday_choices() if int(number) in words]

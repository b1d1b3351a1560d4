"""Forms of the calendar. Times are the clinic's own; what is free is judged in the action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from masseter.core.free_times import is_skipped, moment
from masseter.journey.accounts.models import User
from masseter.journey.calendar.models import Appointment, Room
from masseter.journey.follow_up.booking import Wanted
from masseter.knowledge.load import load
from masseter.ui.forms import DayField, OneField

LENGTHS = (10, 15, 20, 30, 45, 60, 75, 90, 120)


@dataclass(frozen=True, kw_only=True)
class Choosable:
    """Whom, which rooms and which lengths a form offers, and the clinic's zone."""

    zone: str
    people: Mapping[int, User]
    rooms: Mapping[int, Room]
    lengths: Mapping[str, int]


class WhenForm(forms.Form):
    """When, how long, with whom and where; `wanted()` is what was chosen.

    `pick` is a free time that was chosen with one press: it stands for day, time, person and room, and
    everything else that was typed stays.
    """

    day = DayField(label="Day")
    starts_at = forms.TimeField(label="Time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.TypedChoiceField(label="Length", coerce=int, required=False, empty_value=None)
    with_user = forms.TypedChoiceField(label="With", coerce=int, required=False, empty_value=None)
    room = forms.TypedChoiceField(label="Room", coerce=int, required=False, empty_value=None)
    outside_hours = forms.BooleanField(label="Take this time all the same", required=False)
    early_reason = forms.CharField(label="Why before that day?", required=False, max_length=300)

    def __init__(
        self, data: Any = None, *args: Any, choosable: Choosable, **options: Any
    ) -> None:  # Any: Django's
        super().__init__(picked(data), *args, **options)
        self.choosable = choosable
        usual = sorted({*LENGTHS, *choosable.lengths.values(), *_own_length(options)})
        lengths = [("", "As usual for this visit"), *((one, f"{one} minutes") for one in usual)]
        people = [("", "Whoever is free"), *((one.pk, str(one)) for one in choosable.people.values())]
        rooms = [("", "The first free room"), *((one.pk, str(one)) for one in choosable.rooms.values())]
        for name, choices in (("minutes", lengths), ("with_user", people), ("room", rooms)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field
        if not choosable.rooms:
            del self.fields["room"]

    def clean(self) -> dict[str, Any]:  # Any: as Django's own signature
        cleaned = super().clean() or self.cleaned_data
        day, time = cleaned.get("day"), cleaned.get("starts_at")
        if day and time:
            if is_skipped(day, time, self.choosable.zone):
                self.add_error("starts_at", "The clocks change on that day: there is no such time.")
            cleaned["starts"] = moment(day, time, self.choosable.zone)
        return cleaned

    def wanted(self, kind: str) -> Wanted:
        """What was chosen, for a visit of this kind."""
        data = self.cleaned_data
        return Wanted(
            starts_at=data["starts"],
            minutes=data["minutes"] or self.choosable.lengths[kind],
            with_user=self.choosable.people.get(data["with_user"]),
            room=self.choosable.rooms.get(data.get("room")),  # type: ignore[arg-type]  # None is in no mapping
            outside_hours=data["outside_hours"],
            early_reason=data["early_reason"],
        )


class BookForm(WhenForm):
    """A new appointment."""

    kind = forms.ChoiceField(
        label="What for", choices=Appointment.Kind.choices, initial=Appointment.Kind.CONSULTATION
    )
    condition = forms.ChoiceField(label="Condition", required=False)
    note = forms.CharField(
        label="Note for the team",
        required=False,
        max_length=300,
        help_text="Everybody who sees the calendar reads it.",
    )
    field_order = ("kind", "condition", "day", "starts_at", "minutes", "with_user", "room", "note")

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        self.fields["condition"].choices = condition_choices()  # type: ignore[attr-defined]  # a choice field


class StateForm(forms.Form):
    """What became of an appointment."""

    state = OneField(label="What happened?")
    said_by = OneField(label="Who cancels?", choices=Appointment.SaidBy.choices, required=False)
    why = forms.CharField(label="Reason", required=False, max_length=300)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:  # Any: Django's
        super().__init__(*args, **options)
        self.fields["state"].choices = choices  # type: ignore[attr-defined]  # a choice field


def condition_choices() -> list[tuple[str, str]]:
    """The conditions in their order, and none."""
    conditions = sorted(load().conditions.values(), key=lambda one: one.order)
    return [("", "Not said"), *[(one.code, one.name) for one in conditions]]


def pick_value(start: datetime, zone: str, person: int | None, room: int | None) -> str:
    """A free time as its button sends it."""
    local = start.astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%dT%H:%M}|{person or ''}|{room or ''}"


def picked(data: Any) -> Any:  # Any: a form's data as Django has it
    """What was typed, with the free time that was pressed in its place."""
    parts = (data.get("pick", "") if data else "").split("|")
    if len(parts) != 3:
        return data
    day, _, time = parts[0].partition("T")
    put = {"day": day, "starts_at": time, "with_user": parts[1], "room": parts[2], "outside_hours": ""}
    changed = data.copy()
    for name, value in put.items():
        changed[name] = value
    return changed


def _own_length(options: Mapping[str, Any]) -> Iterable[int]:  # Any: a form's options
    """The length that a visit has already, which may be none of the usual ones."""
    own = (options.get("initial") or {}).get("minutes")
    return [own] if own else []

"""Forms that set the calendar up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from masseter.core.free_times import moment
from masseter.journey.accounts.models import User
from masseter.journey.calendar.models import WorkingHours
from masseter.journey.calendar.setup_actions import Stretch
from masseter.ui.calendar_words import weekday_choices
from masseter.ui.forms import DayField, WholeNumberField

STRETCH = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*(?:-|–|to)\s*(\d{1,2})(?:[:.](\d\d))?", re.ASCII)
UNREADABLE = "Write from and until, such as 9:00–12:30, 13:30–17:00. Leave it empty for a day off."


class VisitTypeForm(forms.Form):
    """What a kind of visit takes."""

    minutes = WholeNumberField(label="Length")
    needs_room = forms.BooleanField(label="It needs a room", required=False)
    is_offered = forms.BooleanField(
        label="Patients may pick a free time themselves",
        required=False,
        help_text="The time is kept for them until the desk has confirmed it.",
    )

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if not 5 <= minutes <= 480 or minutes % 5:
            raise ValidationError("Enter 5 to 480 minutes, in steps of 5.")
        return minutes


class RoomForm(forms.Form):
    """A room's name."""

    name = forms.CharField(max_length=60)


class CloseForm(forms.Form):
    """Closing a room and taking an absence back take no more than the confirmation."""


class HoursForm(forms.Form):
    """When one person sees patients: a field for each weekday. Cleans to `hours`, a list of stretches."""

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        for number, name in weekday_choices():
            self.fields[f"day{number}"] = forms.CharField(label=name, required=False, max_length=100)

    def clean(self) -> dict[str, Any]:  # Any: as Django's own signature
        cleaned = super().clean() or self.cleaned_data
        hours: list[Stretch] = []
        for weekday in range(7):
            try:
                hours += [
                    (weekday, start, end) for start, end in read_hours(cleaned.get(f"day{weekday}", ""))
                ]
            except ValueError as error:
                self.add_error(f"day{weekday}", str(error))
        cleaned["hours"] = hours
        return cleaned


class AbsenceForm(forms.Form):
    """Who is away, from when until when; whole days where no time is given. Cleans to `starts`, `ends`."""

    user = forms.TypedChoiceField(label="Who", coerce=int, required=False, empty_value=None)
    from_on = DayField(label="From")
    from_at = forms.TimeField(
        label="Time", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    until_on = DayField(label="Until, and with")
    until_at = forms.TimeField(
        label="Until what time",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    words = forms.CharField(
        label="Note", required=False, max_length=100, help_text="Everybody who sees the calendar reads it."
    )

    def __init__(
        self, *args: Any, people: Mapping[int, User], zone: str, **options: Any
    ) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        self.people, self.zone = people, zone
        choices = [("", "The whole clinic is closed"), *((key, str(one)) for key, one in people.items())]
        self.fields["user"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:  # Any: as Django's own signature
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("from_on"), cleaned.get("until_on")
        if first and last:
            if last >= date.max:
                self.add_error("until_on", "That day is too far away.")
                return cleaned
            cleaned["starts"] = moment(first, cleaned.get("from_at") or time.min, self.zone)
            until = cleaned.get("until_at")
            end, at = (last, until) if until else (last + timedelta(days=1), time.min)
            cleaned["ends"] = moment(end, at, self.zone)
            if cleaned["starts"] >= cleaned["ends"]:
                self.add_error("until_on", "It ends before it begins.")
        return cleaned


def read_hours(text: str) -> list[tuple[time, time]]:
    """Stretches out of what was typed, such as '9:00–12:30, 13:30–17'.

    Raises: ValueError with a sentence.
    """
    found = []
    for part in (one.strip() for one in re.split(r"[,;]", text)):
        if not part:
            continue
        match = STRETCH.fullmatch(part)
        if match is None:
            raise ValueError(UNREADABLE)
        numbers = [int(one or 0) for one in match.groups()]
        try:
            start, end = time(numbers[0], numbers[1]), time(numbers[2], numbers[3])
        except ValueError:
            raise ValueError(UNREADABLE) from None
        if start >= end:
            raise ValueError("Hours end after they begin, on the same day.")
        found.append((start, end))
    found.sort()
    if any(later[0] < earlier[1] for earlier, later in pairwise(found)):
        raise ValueError("Two stretches of hours of one day overlap.")
    return found


def hours_words(rows: Iterable[WorkingHours]) -> dict[int, str]:
    """The hours of each weekday as they are typed."""
    told: dict[int, list[str]] = {}
    for row in rows:
        told.setdefault(row.weekday, []).append(f"{row.starts:%H:%M}–{row.ends:%H:%M}")
    return {weekday: ", ".join(parts) for weekday, parts in told.items()}

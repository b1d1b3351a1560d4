"""Forms of the calendar. Times are the clinic's own; what is free is judged in the action."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from masseter.journey.accounts.models import User
from masseter.journey.calendar.models import Appointment
from masseter.knowledge.load import load
from masseter.ui.forms import DayField, OneField

LENGTHS = (10, 15, 20, 30, 45, 60, 90, 120)


class WhenForm(forms.Form):
    """When, how long, and with whom; cleans to `starts`, a moment in the clinic's zone."""

    day = DayField(label="Day")
    starts_at = forms.TimeField(label="Time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.TypedChoiceField(
        label="Length", coerce=int, choices=[(one, f"{one} minutes") for one in LENGTHS], initial=30
    )
    with_user = forms.TypedChoiceField(label="With", coerce=int, required=False, empty_value=None)

    def __init__(
        self, *args: Any, zone: str, clinicians: list[User], **options: Any
    ) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        self.zone = ZoneInfo(zone)
        people = [(one.pk, str(one)) for one in clinicians]
        self.fields["with_user"].choices = [("", "Whoever is free"), *people]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:  # Any: as Django's own signature
        cleaned = super().clean() or self.cleaned_data
        day, time = cleaned.get("day"), cleaned.get("starts_at")
        if day and time:
            starts = datetime.combine(day, time, self.zone)
            if starts.astimezone(UTC).astimezone(self.zone).time() != time:
                self.add_error("starts_at", "The clocks change on that day: there is no such time.")
            cleaned["starts"] = starts
        return cleaned


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
    field_order = ("kind", "condition", "day", "starts_at", "minutes", "with_user", "note")

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        conditions = sorted(load().conditions.values(), key=lambda one: one.order)
        choices = [("", "Not said"), *[(one.code, one.name) for one in conditions]]
        self.fields["condition"].choices = choices  # type: ignore[attr-defined]  # a choice field


class StateForm(forms.Form):
    """What became of an appointment."""

    state = OneField(label="What happened?")
    why = forms.CharField(label="Reason", required=False, max_length=300)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:  # Any: Django's
        super().__init__(*args, **options)
        self.fields["state"].choices = choices  # type: ignore[attr-defined]  # a choice field

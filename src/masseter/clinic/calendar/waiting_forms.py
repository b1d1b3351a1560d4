"""Forms of the waiting list."""

from __future__ import annotations

from typing import Any

from django import forms

from masseter.clinic.calendar.forms import condition_choices
from masseter.journey.calendar.models import Kind
from masseter.ui.calendar_words import part_choices, weekday_choices
from masseter.ui.forms import DayField, ManyField


class WaitForm(forms.Form):
    """What somebody waits for, and the times that suit."""

    kind = forms.ChoiceField(label="What for", choices=Kind.choices, initial=Kind.REVIEW)
    condition = forms.ChoiceField(label="Condition", required=False)
    days = ManyField(label="Days that suit", required=False, help_text="None ticked: any day.")
    parts = ManyField(label="Times of day that suit", required=False, help_text="None ticked: any time.")
    from_on = DayField(label="Not before", required=False)
    words = forms.CharField(label="In their own words", required=False, max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        for name, choices in (
            ("condition", condition_choices()),
            ("days", weekday_choices()),
            ("parts", part_choices()),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean_days(self) -> list[int]:
        return [int(one) for one in self.cleaned_data["days"]]


class OffForm(forms.Form):
    """Why somebody is taken off the list."""

    why = forms.CharField(label="Why?", max_length=300)

"""Forms of storage and temperatures: they shape what was typed."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms

from masseter.clinic.inject.forms import MomentField
from masseter.clinic.stock.alert_forms import text_of
from masseter.journey.stock.models import StorageUnit
from masseter.ui.forms import ManyField, OneField, WholeNumberField

MOST_BYTES = 20_000_000
MOST_DEGREES = 1000
ORDERS = [
    ("auto", "Find out from the file"),
    ("day_first", "Day first: 31/12/2026"),
    ("month_first", "Month first: 12/31/2026"),
]


class UnitForm(forms.Form):
    """A place of storage."""

    name = forms.CharField(label="Name", max_length=100, help_text="As it stands on its door.")
    place = OneField(
        label="What it is",
        choices=StorageUnit.Place.choices,
        error_messages={"required": "Choose what it is."},
    )
    longest_minutes = WholeNumberField(
        label="Longest time between two readings",
        initial=60,
        help_text="A longer time without a reading is shown as a gap.",
    )


class EndUnitForm(forms.Form):
    """A place that is not used any more."""

    reason = forms.CharField(
        label="Reason",
        max_length=1000,
        help_text="Such as: broken and taken away.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write why it is not used any more."},
    )
    sure = forms.BooleanField(
        label="It is empty, and no vial is put into it again.",
        error_messages={"required": "Look that it is empty, and tick this."},
    )


class ReadOffForm(forms.Form):
    """One temperature that was read off."""

    celsius = forms.CharField(label="Temperature", max_length=8, help_text="Such as 4.5 or −18.")
    at = MomentField(label="When")
    note = forms.CharField(label="Note", max_length=150, required=False)

    def __init__(self, *args: Any, zone: str, **options: Any) -> None:  # Any: as Django's own
        super().__init__(*args, **options)
        self.fields["at"] = MomentField(label="When", zone=zone)
        self.order_fields(["celsius", "at", "note"])

    def clean_celsius(self) -> Any:  # Any: a Decimal out of a CharField
        from decimal import Decimal, InvalidOperation

        text = self.cleaned_data["celsius"].strip().replace(",", ".").replace("\u2212", "-")
        try:
            value = Decimal(text)
        except InvalidOperation as problem:
            raise forms.ValidationError("Enter a number, such as 4.5.") from problem
        if not value.is_finite() or abs(value) > MOST_DEGREES:
            raise forms.ValidationError("Enter a number, such as 4.5.")
        return value.quantize(Decimal("0.01"))


class ImportForm(forms.Form):
    """The file of a temperature logger."""

    file = forms.FileField(label="File of the logger", help_text="CSV, as the logger’s program exports it.")
    zone = forms.ChoiceField(label="Times are in", help_text="Counts where the file itself names no zone.")
    order = OneField(label="Dates such as 03/04/2026", choices=ORDERS, initial="auto")

    def __init__(self, *args: Any, zone: str, **options: Any) -> None:  # Any: as Django's own
        super().__init__(*args, **options)
        others = [each for each in sorted(available_timezones()) if "/" in each and each != zone]
        choices = [(zone, f"{zone} (the clinic’s clock)"), ("UTC", "UTC"), *((each, each) for each in others)]
        self.fields["zone"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("file"):
            try:
                data["text"] = text_of(data["file"], most=MOST_BYTES)
            except forms.ValidationError as problem:
                self.add_error("file", problem)
        return data


class MoveForm(forms.Form):
    """Vials of a lot, and where they go."""

    vials = ManyField(label="Vials", error_messages={"required": "Choose the vials."})
    unit = forms.ChoiceField(label="Put into", error_messages={"required": "Choose the place."})
    at = MomentField(label="When")
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=1000,
        help_text="Needed where the label does not name such a place.",
    )

    def __init__(
        self,
        *args: Any,
        zone: str,
        units: list[tuple[str, str]],
        vials: list[tuple[str, str]],
        **options: Any,
    ) -> None:  # Any: as Django's own
        super().__init__(*args, **options)
        self.fields["at"] = MomentField(label="When", zone=zone)
        self.fields["vials"].choices = vials  # type: ignore[attr-defined]  # a ManyField
        self.fields["unit"].choices = [("", "Choose"), *units]  # type: ignore[attr-defined]  # a ChoiceField
        self.order_fields(["vials", "unit", "at", "reason"])


class DecideForm(forms.Form):
    """What becomes of vials after an excursion, and why."""

    vials = ManyField(label="Vials", error_messages={"required": "Choose the vials."})
    do = OneField(
        label="What to do",
        choices=[("release", "Release for use: the maker said so"), ("discard", "Throw away")],
        error_messages={"required": "Choose what to do."},
    )
    reason = forms.CharField(
        label="Why",
        max_length=2000,
        help_text="The maker’s answer: who, when, what.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write what was decided and why."},
    )

    def __init__(self, *args: Any, vials: list[tuple[str, str]], **options: Any) -> None:  # Any: as Django's
        super().__init__(*args, **options)
        self.fields["vials"].choices = vials  # type: ignore[attr-defined]  # a ManyField

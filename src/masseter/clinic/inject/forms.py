"""Forms of the treatment pages: they shape what was typed; what is safe is judged in core."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from masseter.clinic.inject.diluents import diluent_choices
from masseter.clinic.inject.ledger import read_discarded
from masseter.clinic.inject.rows import GivenRow, Read, read, rows_from
from masseter.clinic.plan.forms import MlField, typed_reasons
from masseter.core.inject.today import TodayAnswers
from masseter.core.inject.types import TimeOut
from masseter.core.plan.types import PlannedPoint
from masseter.ui.forms import ManyField, OneField, WholeNumberField

LOCAL = "%Y-%m-%dT%H:%M"
NEW_TODAY = ("infection", "pregnancy", "news")
IDENTIFIERS = ("name", "birth_date", "number", "other")


class MomentField(forms.CharField):
    """A local day and time; cleans to a moment of the clinic's zone, or None where left empty."""

    def __init__(self, *, zone: str = "UTC", **options: Any) -> None:  # Any: Django's own field options
        super().__init__(
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL), **options
        )
        self.zone = zone

    def clean(self, value: object) -> Any:  # Any: narrower than CharField's own str
        text = super().clean(value)
        try:
            moment = datetime.strptime(text[:16].replace(" ", "T"), LOCAL) if text else None
        except ValueError as error:
            raise forms.ValidationError("Enter day and time, such as 2026-11-23 14:30.") from error
        return moment.replace(tzinfo=ZoneInfo(self.zone)) if moment else None


class VialsField(ManyField):
    """Vials by their number. Whether one may be used is said by the check, with the reason."""

    def valid_value(self, value: object) -> bool:
        text = str(value)
        return text.isascii() and text.isdigit() and len(text) < 19


class DiluentField(forms.ChoiceField):
    """What went into the vial, of the house's list; left empty it was not said."""

    def __init__(self, **options: Any) -> None:  # Any: Django's own field options
        choices = [("", "Not said"), *diluent_choices()]
        super().__init__(label="Diluent used", required=False, choices=choices, **options)


class ScanField(forms.CharField):
    """A code as a scanner types it."""

    def __init__(self, **options: Any) -> None:  # Any: Django's own field options
        attrs = {"spellcheck": "false", "autocomplete": "off"}
        given = {
            "help_text": "May stay empty.",
            "required": False,
            "max_length": 400,
            "strip": False,
            **options,
        }
        super().__init__(widget=forms.TextInput(attrs=attrs), **given)


class GivenForm(forms.Form):
    """What was given, point by point, as rows of the face map's table; start, minutes and note."""

    started_at = MomentField(label="Started")
    minutes = WholeNumberField(label="Minutes", required=False, help_text="Empty: until now.", max_length=4)
    note = forms.CharField(
        label="Note", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        zone: str,
        plan: Sequence[PlannedPoint],
        protocol: str,
        **options: Any,  # Any: as Django's own
    ) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, MomentField):
                field.zone = zone
        self.plan, self.protocol = tuple(plan), protocol
        self.read = Read(given=(), left_out={}, problems=())
        self.discarded: dict[int, Decimal] = {}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.read = read(self.rows(), self.plan, self.protocol)
        for problem in self.read.problems:
            self.add_error(None, problem)
        try:
            self.discarded = read_discarded(self.data)
        except forms.ValidationError as problem:
            self.add_error("vials", problem)
        minutes = data.get("minutes")
        if minutes is not None and not 1 <= minutes <= 600:
            self.add_error("minutes", "Enter from 1 to 600 minutes.")
        return data

    def rows(self) -> list[GivenRow]:
        """The rows as they were posted."""
        return rows_from(self.data, self.plan)

    def reasons(self) -> dict[str, str]:
        """The typed reasons by the key of their finding."""
        return typed_reasons(self.data)

    def times(self, now: datetime) -> tuple[datetime, datetime]:
        """From when to when the treatment went."""
        data = self.cleaned_data
        started: datetime = data.get("started_at") or now
        minutes = data.get("minutes")
        ended = started + timedelta(minutes=minutes) if minutes else max(now, started)
        # Typed times are whole minutes: the minute under way counts as over.
        is_under_way = now < ended < now + timedelta(minutes=1)
        return started, now if is_under_way else ended


class PrepareForm(GivenForm):
    """Time-out, vials, what was given, and the signature, on one page."""

    identifiers = forms.MultipleChoiceField(
        required=False, choices=[(kind, kind) for kind in IDENTIFIERS], widget=forms.CheckboxSelectMultiple
    )
    consent_confirmed = forms.BooleanField(required=False)
    plan_confirmed = forms.BooleanField(required=False)
    allergies_confirmed = forms.BooleanField(required=False)
    nothing_new = forms.BooleanField(required=False)
    new_today = forms.MultipleChoiceField(
        required=False, choices=[(kind, kind) for kind in NEW_TODAY], widget=forms.CheckboxSelectMultiple
    )
    vials = VialsField(label="Vials", required=False)
    vial_confirmed = forms.BooleanField(required=False)
    vial_code = forms.CharField(
        label="Scan the cartons",
        help_text="One code a line. Product, size, lot and expiry are compared with the stock.",
        required=False,
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
    )
    diluent_ml = MlField(label="Diluent into each vial", required=False)
    diluent = DiluentField()
    mixed = OneField(label="Reconstituted", required=False, choices=[("now", "now"), ("earlier", "earlier")])
    opened_at = MomentField(label="Reconstituted at", required=False)

    def __init__(
        self, *args: Any, vials: list[tuple[str, str]], **options: Any
    ) -> None:  # Any: as Django's own
        super().__init__(*args, **options)
        self.fields["vials"].choices = vials  # type: ignore[attr-defined]  # a ManyField

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("nothing_new") and data.get("new_today"):
            self.add_error("nothing_new", "Either nothing is new today, or what you have ticked: untick one.")
        mixed, opened_at = data.get("mixed"), data.get("opened_at")
        if mixed == "earlier" and opened_at is None and "opened_at" not in self.errors:
            self.add_error("opened_at", "Enter day and time of the reconstitution.")
        if mixed == "now" and opened_at is not None:
            self.add_error("opened_at", "Choose ‘earlier’, or clear this time.")
        return data

    def taps_seen(self) -> int | None:
        """The newest tap at the chair that the form was filled in from."""
        text = str(self.data.get("taps_seen", ""))
        return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None

    def time_out(self) -> TimeOut:
        """What was confirmed aloud."""
        data = self.cleaned_data
        return TimeOut(
            identifiers=tuple(data.get("identifiers", ())),
            consent_confirmed=bool(data.get("consent_confirmed")),
            plan_confirmed=bool(data.get("plan_confirmed")),
            allergies_confirmed=bool(data.get("allergies_confirmed")),
            today=self.today(),
        )

    def today(self) -> TodayAnswers:
        """The answers of the day: nothing new, or what was ticked and the rest no; else not asked."""
        new = self.cleaned_data.get("new_today") or ()
        if not new and not self.cleaned_data.get("nothing_new"):
            return TodayAnswers()
        return TodayAnswers(infection="infection" in new, pregnancy="pregnancy" in new, news="news" in new)


class AmendForm(GivenForm):
    """A corrected record with its reason."""

    amendment_reason = forms.CharField(
        label="Why is the record corrected?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write why the record is corrected."},
    )
    injector = forms.ChoiceField(label="Given by")
    vials = VialsField(label="Vials", required=False)
    diluent_ml = MlField(label="Diluent", required=False)
    diluent = DiluentField()
    opened_at = MomentField(label="Reconstituted", required=False)
    field_order = ("amendment_reason",)

    def __init__(
        self, *args: Any, vials: list[tuple[str, str]], injectors: list[tuple[str, str]], **options: Any
    ) -> None:  # Any: as Django's own
        super().__init__(*args, **options)
        self.fields["vials"].choices = vials  # type: ignore[attr-defined]  # a ManyField
        self.fields["injector"].choices = injectors  # type: ignore[attr-defined]  # a ChoiceField


class OpenVialForm(forms.Form):
    """A vial that is reconstituted before the treatment begins."""

    vial = forms.ChoiceField(label="Vial", required=False)
    diluent_ml = MlField(label="Diluent", required=False)
    diluent = DiluentField()
    opened_at = MomentField(label="Time")
    carton_code = ScanField(label="Scan the carton")
    label_code = ScanField(label="Scan the vial")

    def __init__(
        self,
        *args: Any,
        zone: str,
        vials: list[tuple[str, str]],
        **options: Any,  # Any: as Django's own
    ) -> None:
        super().__init__(*args, **options)
        self.fields["vial"].choices = vials  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["opened_at"] = MomentField(label="Time", zone=zone)

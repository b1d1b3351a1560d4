"""Diary and questionnaires as forms, for patients and for staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from masseter.core.findings import Finding
from masseter.core.results.parts import alarm_findings, parts_of
from masseter.core.results.score import TOTAL, AnswerValue, InvalidAnswer, score
from masseter.journey.results.diary import DiaryField, Value, fields_of, limits_of
from masseter.knowledge.load import load
from masseter.knowledge.model import Instrument, Item
from masseter.ui.forms import DayField, NumberField, OneField, ScaleField, WholeNumberField
from masseter.ui.languages.told import told

YES_NO = (("yes", later("Yes")), ("no", later("No")))
YES: dict[object, bool] = {"yes": True, "no": False}
TEN = Decimal(10)


class DiaryDayForm(forms.Form):
    """Which day of the diary: asked first, so that what it holds already is seen before it changes."""

    day = DayField(label=later("Day"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        self.today = today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(gettext("This day is in the future."))
        return day


class DiaryForm(forms.Form):
    """A day or week of the diary: what the person chose, else the condition's own. The address says which."""

    def __init__(
        self,
        *args: Any,  # Any: as Django's own signature
        condition: str,
        plain: bool = False,
        weekly: bool = False,
        chosen: Sequence[str] | None = None,
        **options: Any,  # Any: as Django's own signature
    ) -> None:
        super().__init__(*args, **options)
        self.diary = fields_of(load().conditions[condition], chosen)
        for field in self.diary:
            self.fields[field.code] = _diary_field(field, plain=plain, weekly=weekly)
        note = forms.Textarea(attrs={"rows": 2})
        asked = _("Anything else about these days") if weekly else _("Anything else about this day")
        label = asked if plain else "Note"
        self.fields["note"] = forms.CharField(label=label, required=False, max_length=1000, widget=note)

    def values(self) -> dict[str, Value]:
        """The typed values as the diary keeps them."""
        typed = {field.code: self.cleaned_data.get(field.code) for field in self.diary}
        return {code: YES.get(value, value) for code, value in typed.items()}


def diary_initial(values: dict[str, Any]) -> dict[str, Any]:  # Any: as kept in JSON
    """What a form shows of a day that is kept already."""
    return {code: _typed(value) for code, value in values.items()}


class ScoreForm(forms.Form):
    """A questionnaire: its items, or its total alone where the wording is licensed."""

    day = DayField(label=later("Day"))

    def __init__(
        self,
        *args: Any,  # Any: as Django's own signature
        instrument: Instrument,
        for_staff: bool = True,
        **options: Any,  # Any: as Django's own signature
    ) -> None:
        super().__init__(*args, **options)
        self.instrument = instrument
        for item in items_of(instrument):
            self.fields[item.code] = _item_field(instrument, item)
        if for_staff:
            self.fields["is_baseline"] = forms.BooleanField(
                label="This is the baseline that later scores are held against", required=False
            )
            note = forms.Textarea(attrs={"rows": 2})
            self.fields["note"] = forms.CharField(label="Note", required=False, max_length=1000, widget=note)

    def answers(self) -> dict[str, AnswerValue]:
        """The typed answers, ready to be scored."""
        return {item.code: self.cleaned_data.get(item.code) for item in items_of(self.instrument)}


def items_of(instrument: Instrument) -> tuple[Item, ...]:
    """The questions that are asked: the items, or the total alone."""
    if instrument.items and not instrument.total_only:
        return instrument.items
    label = gettext("Total of the %(questionnaire)s") % {"questionnaire": told(instrument.short_name)}
    return (Item(code=TOTAL, label=label, low=instrument.low, high=instrument.high),)


def total_words(instrument: Instrument, answers: dict[str, AnswerValue]) -> str:
    """What the answers so far come to, or why there is no total yet."""
    try:
        found = score(instrument, answers)
    except InvalidAnswer as error:
        return error.sentence
    if found.total is None:
        return f"No total yet. {found.reason}"
    words = f"The total is {found.total} {instrument.unit}"
    words += f" ({found.band})" if found.band else ""
    words += "; missing answers were filled in by the mean." if found.is_prorated else "."
    return f"{words}{_parts_words(instrument, answers)}"


def alarms_in(form: forms.Form) -> tuple[Finding, ...]:
    """The warning signs that what was typed into a questionnaire raises, saved or not."""
    if not isinstance(form, ScoreForm) or not form.is_bound:
        return ()
    form.is_valid()
    try:
        return alarm_findings(form.instrument, form.answers(), load())
    except InvalidAnswer:
        return ()


def _parts_words(instrument: Instrument, answers: dict[str, AnswerValue]) -> str:
    parts = [each for each in parts_of(instrument, answers) if each.total is not None]
    words = (f"{each.part.name} {each.total}{f' ({each.band})' if each.band else ''}" for each in parts)
    return f" {'; '.join(words)}." if parts else ""


def _typed(value: Any) -> Any:  # Any: as kept in JSON
    return ("yes" if value else "no") if isinstance(value, bool) else value


def _diary_field(field: DiaryField, *, plain: bool, weekly: bool) -> forms.Field:
    asked = field.weekly if weekly and field.weekly else field.plain
    label = gettext(asked) if plain else field.label
    if field.kind == "yes_no":
        return OneField(label=label, choices=YES_NO, required=False)
    if field.kind == "scale":
        limits = limits_of(field)
        return ScaleField(
            label=label,
            required=False,
            low=int(limits.low),
            high=int(limits.high),
            low_words=gettext(field.low_words) if field.low_words else "",
            high_words=gettext(field.high_words) if field.high_words else "",
        )
    return WholeNumberField(label=label, required=False)


def _item_field(instrument: Instrument, item: Item) -> forms.Field:
    if item.choices:
        pairs = [(one.code, one.label) for one in item.choices]
        return OneField(label=item.label, choices=pairs, required=False)
    is_scale = item.low == 0 and item.high == TEN and item.code != TOTAL
    if is_scale and (instrument.step >= 1 or instrument.method != "single"):
        return ScaleField(label=item.label, required=False, low_words="not at all", high_words="the worst")
    field = NumberField(
        label=item.label,
        required=False,
        help_text=gettext("From %(low)s to %(high)s.") % {"low": f"{item.low:f}", "high": f"{item.high:f}"},
    )
    field.unit = instrument.unit if item.code == TOTAL or instrument.method == "single" else ""  # type: ignore[attr-defined]  # read by c-field
    return field

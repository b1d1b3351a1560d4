"""Form fields of the look: they shape an answer; what is plausible is judged in core."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from masseter.core.reading import THOUSANDS
from masseter.knowledge.model import Choice, ObservationType
from masseter.ui.languages.told import told

Choices = Iterable[tuple[str, str]]
Words = str | Promise
NO_PAIN, WORST_PAIN = _("No pain"), _("Worst pain imaginable")
UNKNOWN = "unknown"
THREE_VALUES = (("yes", _("Yes")), ("no", _("No")), (UNKNOWN, _("Don’t know")))
DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")


class SignaturePad(forms.HiddenInput):
    """A drawing pad; the value is an SVG path on a 600 by 200 field."""

    is_hidden = False
    input_type = "hidden"


class PainScale(forms.RadioSelect):
    """0 to 10 as large buttons; `low_words` and `high_words` stand under the ends."""

    def __init__(self, *, low_words: Words = NO_PAIN, high_words: Words = WORST_PAIN) -> None:
        super().__init__()
        self.low_words = low_words
        self.high_words = high_words


class DateInput(forms.DateInput):
    """The browser's own date field; a typed date is understood as well."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:  # Any: Django's signature
        context = super().get_context(name, value, attrs)
        typed = context["widget"]["value"]
        if typed and not re.fullmatch(r"\d{4}-\d\d-\d\d", typed):
            # A date field would show nothing of what was typed.
            context["widget"]["type"] = "text"
        return context


class ThreeValuedField(forms.ChoiceField):
    """Yes, no or don't know; left empty it was not asked. Cleans to 'yes', 'no', 'unknown' or ''."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:  # Any: Django's own field options
        super().__init__(choices=THREE_VALUES, **options)


class NumberField(forms.CharField):
    """A number with a decimal comma or point; cleans to Decimal, or None where left empty."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "shape": _("Enter a number, such as 4 or 4.5, without a thousands separator."),
        "thousands": _("Write the number without a mark for thousands."),
    }
    shape = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,6})?", re.ASCII)
    inputmode = "decimal"

    def clean(self, value: object) -> Any:  # Any: narrower than CharField's own str
        text = super().clean(value).strip()
        if not text:
            return None
        if not self.shape.fullmatch(text):
            raise ValidationError(self.error_messages["shape"], code="shape")
        if THOUSANDS.fullmatch(text):
            # 1.000 is a thousand to some and one to others: nobody may guess which.
            raise ValidationError(self.error_messages["thousands"], code="thousands")
        return self.to_number(text)

    def to_number(self, text: str) -> Decimal | int:
        return Decimal(text.replace(",", "."))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        return attrs | {"inputmode": self.inputmode, "autocomplete": "off"}


class WholeNumberField(NumberField):
    """A whole number; cleans to int, or None where left empty."""

    default_error_messages: ClassVar[dict[str, Any]] = {"shape": _("Enter a whole number, such as 12.")}
    shape = re.compile(r"[+-]?\d{1,9}", re.ASCII)
    inputmode = "numeric"

    def to_number(self, text: str) -> Decimal | int:
        return int(text)


class DayField(forms.DateField):
    """A date, picked or typed (2026-11-23, 23.11.2026, 23/11/2026, 23 November 2026)."""

    widget = DateInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Enter a date, such as 2026-11-23 or 23/11/2026.")
    }

    def __init__(self, **options: Any) -> None:  # Any: Django's own field options
        super().__init__(input_formats=DATE_FORMATS, **options)

    def to_python(self, value: Any) -> date | None:  # Any: as Django's own signature
        if isinstance(value, str) and not value.isascii():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class ScaleField(forms.TypedChoiceField):
    """A score from `low` to `high` as large buttons; cleans to int, or None where left empty."""

    def __init__(
        self,
        *,
        low: int = 0,
        high: int = 10,
        low_words: Words = NO_PAIN,
        high_words: Words = WORST_PAIN,
        **options: Any,  # Any: Django's own field options
    ) -> None:
        choices = [(str(number), str(number)) for number in range(low, high + 1)]
        widget = PainScale(low_words=low_words, high_words=high_words)
        super().__init__(choices=choices, coerce=int, empty_value=None, widget=widget, **options)


class ManyField(forms.MultipleChoiceField):
    """Several of a list, as cards with a box each; cleans to a list of codes."""

    widget = forms.CheckboxSelectMultiple


class OneField(forms.ChoiceField):
    """One of a list, as cards with a radio button each; cleans to a code, or '' where left empty."""

    widget = forms.RadioSelect


class SignatureField(forms.CharField):
    """A drawn signature; cleans to an SVG path of M and L with whole numbers, or ''."""

    widget = SignaturePad
    default_error_messages: ClassVar[dict[str, Any]] = {
        "shape": _("The drawn signature could not be read. Clear it and sign again.")
    }
    shape = re.compile(r"(?:[ML]\d{1,3} \d{1,3})*", re.ASCII)

    def __init__(self, **options: Any) -> None:  # Any: Django's own field options
        super().__init__(max_length=60_000, **options)

    def clean(self, value: object) -> str:
        path: str = super().clean(value)
        if not self.shape.fullmatch(path):
            raise ValidationError(self.error_messages["shape"], code="shape")
        return path


def parse_day(text: str) -> date:
    """A typed date in one of the accepted forms.

    Raises: ValueError.
    """
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValueError(text)


def _pairs(choices: tuple[Choice, ...], *, plain: bool) -> list[tuple[str, str]]:
    return [(one.code, told(one.plain or one.label) if plain else one.label) for one in choices]


def field_for(type_: ObservationType, *, plain: bool = False, required: bool = False) -> forms.Field:
    """The form field that asks for one observation.

    It only shapes the answer: limits are judged by `core.facts`. `plain` words choices for patients.
    The unit is on the field as `field.unit` and is printed by the `c-field` component.
    """
    common: dict[str, Any] = {  # Any: Django's own field options
        "label": told(type_.question) if plain else type_.label,
        "help_text": told(type_.help),
        "required": required,
    }
    field = _bare_field(type_, common, plain=plain)
    field.unit = told(type_.unit)  # type: ignore[attr-defined]  # read by the c-field component
    return field


def _bare_field(type_: ObservationType, common: dict[str, Any], *, plain: bool) -> forms.Field:
    match type_.kind:
        case "boolean":
            return ThreeValuedField(**common)
        case "integer" if type_.low == 0 and type_.high == 10:
            return ScaleField(low_words=_("None"), high_words=_("Worst imaginable"), **common)
        case "integer":
            return WholeNumberField(**common)
        case "decimal":
            return NumberField(**common)
        case "date":
            return DayField(**common)
        case "choice":
            return OneField(choices=_pairs(type_.choices, plain=plain), **common)
        case "choices":
            return ManyField(choices=_pairs(type_.choices, plain=plain), **common)
        case "text":
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, **common)

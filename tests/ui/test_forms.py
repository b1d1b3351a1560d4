"""Fields shape what is typed: odd notations are refused with a sentence and kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from masseter.knowledge.model import Choice, ObservationKind, ObservationType
from masseter.ui.forms import (
    DayField,
    ManyField,
    NumberField,
    OneField,
    ScaleField,
    SignatureField,
    ThreeValuedField,
    WholeNumberField,
    field_for,
)


def observation(kind: ObservationKind, **more: object) -> ObservationType:
    given = {"code": "x", "label": "Label", "question": "Question?", "group": "g", "order": 1, **more}
    return ObservationType(kind=kind, asked_in=("intake",), **given)  # type: ignore[arg-type]  # a test's own mix


@pytest.mark.parametrize(
    "text", ["1,000.5", "1 000", "1e3", "NaN", "inf", "४", "٣", "4..5", "--4", ".", "4,"]
)
def test_number_in_an_odd_notation_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        NumberField().clean(text)


@pytest.mark.parametrize("text", ["4.5", "4,0", "1e2", "٣", "x"])
def test_whole_number_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        WholeNumberField().clean(text)


@pytest.mark.parametrize("text", ["tomorrow", "31.02.2026", "٢٠٢٦-١١-٢٣", "2026-13-01"])
def test_date_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        DayField().clean(text)


@pytest.mark.parametrize("path", ["M1 2<script>", "M1 2C3 4", "javascript:", "M-1 2", "M1000 2"])
def test_signature_that_the_pad_does_not_make_is_refused(path: str) -> None:
    with pytest.raises(ValidationError):
        SignatureField().clean(path)


def test_number_takes_comma_and_point() -> None:
    assert NumberField().clean(" 4,5 ") == NumberField().clean("4.50") == Decimal("4.5")


def test_empty_answers_are_not_zero_and_not_no() -> None:
    assert NumberField(required=False).clean("") is None
    assert WholeNumberField(required=False).clean("") is None
    assert ScaleField(required=False).clean("") is None
    assert ThreeValuedField(required=False).clean("") == ""


@pytest.mark.parametrize("text", ["2026-11-23", "23.11.2026", "23/11/2026", "23 November 2026"])
def test_date_may_be_typed_in_several_forms(text: str) -> None:
    assert DayField().clean(text) == date(2026, 11, 23)


def test_date_field_keeps_a_wrong_date_in_sight() -> None:
    class One(forms.Form):
        day = DayField()

    shown = str(One({"day": "tomorrow"})["day"])

    assert 'type="text"' in shown
    assert 'value="tomorrow"' in shown


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("boolean", ThreeValuedField),
        ("integer", WholeNumberField),
        ("decimal", NumberField),
        ("date", DayField),
        ("choice", OneField),
        ("choices", ManyField),
        ("text", forms.CharField),
    ],
)
def test_field_for_each_kind_of_observation(kind: ObservationKind, field: type[forms.Field]) -> None:
    assert type(field_for(observation(kind))) is field


def test_field_for_a_whole_scale_of_ten_is_a_row_of_buttons() -> None:
    scale = observation("integer", low=Decimal(0), high=Decimal(10))

    assert isinstance(field_for(scale), ScaleField)


def test_field_for_patients_uses_the_question_and_plain_choices() -> None:
    side = observation("choice", choices=(Choice(code="l", label="Sinistra", plain="Left"),), unit="mm")

    field = field_for(side, plain=True)

    assert field.label == "Question?"
    assert list(field.choices) == [("l", "Left")]  # type: ignore[attr-defined]  # it is a OneField
    assert field.unit == "mm"  # type: ignore[attr-defined]  # set for the c-field component

"""Numbers as they are typed: what could be misread is asked again, what is absurd breaks nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from masseter.ui.forms import NumberField, WholeNumberField


@pytest.mark.parametrize(
    "typed",
    [
        "1,000",
        "2.500",
        "10,000",
        "1,000,000",
        "-1,500",
        "1 000",
        "1'000",
        "1e3",
        "٣",
        "１００",
        "NaN",
        "Infinity",
    ],
)
def test_number_that_two_readers_read_differently_is_refused(typed: str) -> None:
    """1,000 units of an earlier treatment kept as 1 would count as nothing against the limit."""
    with pytest.raises(ValidationError):
        NumberField().clean(typed)


@pytest.mark.parametrize("field", [NumberField(), WholeNumberField()])
@pytest.mark.parametrize("typed", ["9" * 10, "9" * 5000, "-" + "9" * 5000, "1." + "0" * 5000])
def test_number_longer_than_any_is_refused_with_a_sentence(field: NumberField, typed: str) -> None:
    with pytest.raises(ValidationError):
        field.clean(typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2,5", "2.5"),
        ("0,125", "0.125"),
        ("0.005", "0.005"),
        ("1000", "1000"),
        ("1234.567", "1234.567"),
        ("-2", "-2"),
    ],
)
def test_plain_number_is_read(typed: str, expected: str) -> None:
    assert NumberField().clean(typed) == Decimal(expected)

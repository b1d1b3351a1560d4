"""Doses are bound to their product, typed numbers are read strictly, and rounding has one rule."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from masseter.core.quantities import (
    Dose,
    InvalidQuantity,
    MixedProducts,
    Volume,
    parse_ml,
    parse_units,
    plain,
    round_to_graduation,
    shown_units,
    sum_doses,
)


@pytest.mark.parametrize(
    "number", ["-1", "NaN", "sNaN", "Infinity", "-Infinity", "1E+20", "1E-10", "1E-999999"]
)
def test_dose_impossible_is_refused(number: str) -> None:
    with pytest.raises(InvalidQuantity):
        Dose(Decimal(number), "alfa")


def test_dose_without_product_is_refused() -> None:
    with pytest.raises(InvalidQuantity):
        Dose(Decimal(1), "")


def test_dose_of_two_products_neither_adds_nor_compares() -> None:
    one, other = Dose(Decimal(1), "alfa"), Dose(Decimal(1), "beta")

    for bring_together in (
        lambda: one + other,
        lambda: one - other,
        lambda: one < other,
        lambda: one <= other,
        lambda: one > other,
        lambda: one >= other,
        lambda: sum_doses([one, other], "alfa"),
    ):
        with pytest.raises(MixedProducts):
            bring_together()
    assert one != other


def test_dose_below_zero_by_subtraction_is_refused() -> None:
    with pytest.raises(InvalidQuantity):
        Dose(Decimal(1), "alfa") - Dose(Decimal(2), "alfa")


def test_dose_of_one_product_adds_exactly() -> None:
    small, large = Dose(Decimal("0.1"), "alfa"), Dose(Decimal("0.2"), "alfa")

    assert small + large == Dose(Decimal("0.3"), "alfa")
    assert large - small == Dose(Decimal("0.1"), "alfa")
    assert small < large
    assert small <= large
    assert large > small
    assert large >= small
    assert sum_doses([], "alfa") == Dose(Decimal(0), "alfa")


def test_volume_adds_and_refuses_negative() -> None:
    assert Volume(Decimal("0.1")) + Volume(Decimal("0.2")) == Volume(Decimal("0.3"))
    assert Volume(Decimal("0.3")) - Volume(Decimal("0.2")) == Volume(Decimal("0.1"))
    with pytest.raises(InvalidQuantity):
        Volume(Decimal("0.1")) - Volume(Decimal("0.2"))


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "-1", "+1", "1e3", "1E3", "0x1", "1 000", "1 0", "1'000", "1,000", "1.000", "12,500",
        "1,000.5", "1.000,5", "1..2", "1.2.3", ".5", "5.", "05", "00", "١٢", "５", "²", "½", "NaN", "inf",
        "100000", "9" * 5000, "1.2345", "10 U", "1\n2", "1_000", "--1", "٫5", "1\u00a0000",
    ],
)  # fmt: skip
def test_units_typed_wrongly_are_refused(typed: str) -> None:
    with pytest.raises(InvalidQuantity) as refused:
        parse_units(typed)

    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("typed", ["", "1,000", "1000", "0.12345", "-0.1", "1e-2"])
def test_ml_typed_wrongly_are_refused(typed: str) -> None:
    with pytest.raises(InvalidQuantity):
        parse_ml(typed)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("0", "0"), ("5", "5"), (" 2.5 ", "2.5"), ("2,5", "2.5"), ("0.125", "0.125"), ("0,125", "0.125"),
     ("12345", "12345"), ("2.50", "2.50"), ("1250.125", "1250.125")],
)  # fmt: skip
def test_units_typed_with_point_or_comma_are_read(typed: str, read: str) -> None:
    assert parse_units(typed) == Decimal(read)


def test_ml_typed_with_four_places_is_read() -> None:
    assert parse_ml("0.0625") == Decimal("0.0625")


@pytest.mark.parametrize("graduation", ["0", "-0.01", "NaN"])
def test_rounding_without_a_graduation_is_refused(graduation: str) -> None:
    with pytest.raises(InvalidQuantity):
        round_to_graduation(Fraction(1), Decimal(graduation))


def test_rounding_a_negative_volume_is_refused() -> None:
    with pytest.raises(InvalidQuantity):
        round_to_graduation(Fraction(-1, 100), Decimal("0.01"))


@pytest.mark.parametrize(
    ("volume", "graduation", "drawn"),
    [
        ("0.0625", "0.01", "0.06"),
        ("0.125", "0.01", "0.12"),
        ("0.125", "0.05", "0.1"),
        ("0.14", "0.05", "0.15"),
        ("0.775", "0.01", "0.77"),
        ("0.775", "0.02", "0.78"),
        ("0.03", "0.02", "0.02"),
        ("0.375", "0.05", "0.35"),
        ("0.1", "0.01", "0.1"),
        ("0.0051", "0.01", "0.01"),
    ],
)
def test_rounding_goes_to_the_nearest_mark_and_half_way_down(
    volume: str, graduation: str, drawn: str
) -> None:
    assert round_to_graduation(Decimal(volume), Decimal(graduation)) == Decimal(drawn)


def test_rounding_an_endless_fraction_is_exact() -> None:
    assert round_to_graduation(Fraction(10, 120), Decimal("0.01")) == Decimal("0.08")


def test_units_are_shown_in_the_steps_of_the_product() -> None:
    assert shown_units(Fraction(25, 3), Decimal("0.1")) == Decimal("8.3")


@pytest.mark.parametrize(
    ("number", "words"),
    [(Decimal("2.50"), "2.5"), (Decimal("1E+2"), "100"), (Decimal(0), "0"), (Fraction(1, 3), "0.3333")],
)
def test_number_in_a_sentence_has_no_trailing_zeros(number: Decimal | Fraction, words: str) -> None:
    assert plain(number) == words

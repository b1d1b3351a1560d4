"""Billing units: given rounded up, discarded down, never above the label together."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masseter.core.plan.billing import BillingLines, billing_code, billing_lines
from masseter.core.quantities import InvalidQuantity
from masseter.knowledge.load import load
from masseter.knowledge.model import BillingCode
from tests.core.builders import EVIDENCE


def lines(product: str, given_units: int, opened: int) -> BillingLines:
    code = billing_code(product, load(), "US")
    assert code is not None
    return billing_lines(code, given=Fraction(given_units), opened=Fraction(opened))


def test_more_given_than_opened_is_refused() -> None:
    with pytest.raises(InvalidQuantity):
        lines("botox", 201, 200)


def test_brand_that_is_not_billed_has_no_code() -> None:
    assert billing_code("jeuveau", load(), "US") is None
    assert billing_code("botox", load(), "UK") is None


@pytest.mark.parametrize(
    ("product", "given_units", "opened", "administered", "discarded", "modifier"),
    [
        ("botox", 155, 200, 155, 45, "JW"),
        ("dysport", 480, 500, 96, 4, "JW"),
        ("dysport", 483, 500, 97, 3, "JW"),
        ("myobloc", 2350, 2500, 24, 1, "JW"),
        ("myobloc", 2450, 2500, 25, 0, "JZ"),
        ("botox", 200, 200, 200, 0, "JZ"),
        ("myobloc", 50, 2500, 1, 0, ""),
        ("dysport", 1, 500, 1, 0, ""),
        ("dysport", 5, 500, 1, 99, "JW"),
    ],
)
def test_published_examples(
    product: str, given_units: int, opened: int, administered: int, discarded: int, modifier: str
) -> None:
    found = lines(product, given_units, opened)

    assert (found.administered, found.discarded) == (administered, discarded)
    assert (found.discarded_modifier or found.no_discard_modifier) == modifier


@given(st.sampled_from(["botox", "dysport", "myobloc"]), st.integers(0, 3000), st.integers(0, 3000))
def test_both_lines_never_exceed_the_label(product: str, first: int, second: int) -> None:
    given_units, opened = sorted((first, second))
    code = billing_code(product, load(), "US")
    assert code is not None

    found = lines(product, given_units, opened)

    assert found.administered * code.units >= Decimal(given_units)
    assert found.discarded * code.units <= opened - given_units


CODE = BillingCode(
    code="J1", system="S", products=("alfa",), jurisdiction="US", units=Decimal(10), evidence=EVIDENCE
)


def told(given_units: str, opened: str) -> tuple[int, int, str, str]:
    made = billing_lines(CODE, given=Fraction(given_units), opened=Fraction(opened))
    assert (made.code, made.per_unit) == ("J1", 10)
    return made.administered, made.discarded, made.discarded_modifier, made.no_discard_modifier


@pytest.mark.parametrize(
    ("given_units", "opened", "wanted"),
    [
        ("0", "0", (0, 0, "", "JZ")),
        ("0", "100", (0, 10, "JW", "")),
        ("9.9", "100", (1, 0, "", "")),
        ("10", "100", (1, 9, "JW", "")),
        ("10.1", "100", (2, 8, "JW", "")),
        ("91", "100", (10, 0, "", "JZ")),
        ("93", "95", (10, 0, "", "JZ")),
        ("95", "95", (10, 0, "", "JZ")),
        ("71", "99.9", (8, 1, "JW", "")),
    ],
)
def test_given_is_rounded_up_and_discarded_down(given_units: str, opened: str, wanted: object) -> None:
    assert told(given_units, opened) == wanted


@pytest.mark.parametrize(("given_units", "opened"), [("-0.1", "100"), ("100.1", "100")])
def test_impossible_dose_is_refused_with_a_sentence(given_units: str, opened: str) -> None:
    with pytest.raises(InvalidQuantity) as raised:
        told(given_units, opened)

    assert str(raised.value) == "What was given must lie between nothing and what was opened."

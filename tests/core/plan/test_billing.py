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

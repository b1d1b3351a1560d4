"""Which vials to open and how to dilute them: the cheapest safe way, exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product as combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masseter.core.plan.supply import Stocked, cheapest_vials
from masseter.core.plan.types import VialSize
from masseter.core.quantities import InvalidQuantity


def stocked(units: int, count: int | None = None, price: int | None = None) -> Stocked:
    size = VialSize(presentation=f"alfa-{units}", label_units=Decimal(units), count=count)
    return Stocked(size=size, price=None if price is None else Decimal(price))


def opened(needed: int, *stock: Stocked) -> tuple[dict[str, int], Decimal | None] | None:
    found = cheapest_vials(Fraction(needed), stock)
    if found is None:
        return None
    choice, cost = found
    return {size.presentation: count for size, count in choice.opened}, cost


def test_negative_price_is_refused() -> None:
    with pytest.raises(InvalidQuantity, match=r"^A price cannot be negative or endless\.$"):
        stocked(100, price=-1)
    with pytest.raises(InvalidQuantity):
        Stocked(size=stocked(100).size, price=Decimal("Infinity"))
    assert stocked(100, price=0).price == 0


def test_negative_need_is_refused() -> None:
    sentence = r"^Vials and what is needed of them must be above zero\.$"
    with pytest.raises(InvalidQuantity, match=sentence):
        cheapest_vials(Fraction(-1), [stocked(100)])
    with pytest.raises(InvalidQuantity, match=sentence):
        cheapest_vials(Fraction(1), [stocked(0)])
    assert opened(1, stocked(1)) == ({"alfa-1": 1}, None)


def test_stock_that_does_not_hold_the_plan_gives_no_choice() -> None:
    assert opened(150, stocked(100, count=1)) is None


def test_dearer_vials_are_left_although_they_waste_less() -> None:
    assert opened(155, stocked(200, 1, price=900), stocked(100, 3, price=500)) == (
        {"alfa-200": 1},
        Decimal(900),
    )
    assert opened(155, stocked(200, 1, price=1100), stocked(100, 3, price=500)) == (
        {"alfa-100": 2},
        Decimal(1000),
    )


def test_without_prices_least_is_opened_in_fewest_vials() -> None:
    assert opened(200, stocked(200, 1), stocked(100, 3)) == ({"alfa-200": 1}, None)
    assert opened(140, stocked(200), stocked(100), stocked(50)) == ({"alfa-100": 1, "alfa-50": 1}, None)


def test_one_missing_price_makes_no_cost() -> None:
    found = opened(50, stocked(100, price=5), stocked(50))

    assert found is not None
    assert found[1] is None


@given(
    st.lists(
        st.tuples(st.sampled_from([50, 100, 200, 300]), st.integers(0, 3), st.integers(0, 30)),
        min_size=1,
        max_size=3,
        unique_by=lambda row: row[0],
    ),
    st.integers(0, 700),
)
def test_no_other_combination_is_cheaper(stock: list[tuple[int, int, int]], needed: int) -> None:
    """Against every combination, written without the search."""
    costs = [
        sum(count * price for count, (_, _, price) in zip(counts, stock, strict=True))
        for counts in combinations(*(range(held + 1) for _, held, _ in stock))
        if sum(count * units for count, (units, _, _) in zip(counts, stock, strict=True)) >= needed
    ]

    found = cheapest_vials(Fraction(needed), [stocked(*row) for row in stock])

    assert (found is None) == (not costs)
    if found is not None:
        assert found[1] == min(costs)
        assert found[0].label_units >= needed


def test_nothing_needed_opens_nothing_and_costs_nothing() -> None:
    assert opened(0, stocked(100, 2, price=5)) == ({}, Decimal(0))
    assert opened(0) == ({}, None)


def test_equally_dear_combinations_waste_least_then_open_the_fewest_and_largest() -> None:
    assert opened(100, stocked(200, 1, price=10), stocked(100, 1, price=10)) == ({"alfa-100": 1}, Decimal(10))
    assert opened(200, stocked(200, 1, price=10), stocked(100, 2, price=5)) == ({"alfa-200": 1}, Decimal(10))
    assert opened(400, stocked(300, 1, price=6), stocked(200, 2, price=4), stocked(100, 1, price=2)) == (
        {"alfa-300": 1, "alfa-100": 1},
        Decimal(8),
    )


def test_vials_without_a_count_are_as_many_as_needed_up_to_two_hundred() -> None:
    assert opened(200, stocked(1, price=3)) == ({"alfa-1": 200}, Decimal(600))
    assert opened(201, stocked(1)) is None
    assert opened(201, stocked(1, 500)) is None

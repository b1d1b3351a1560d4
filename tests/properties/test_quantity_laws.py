"""Laws of doses, typed numbers, drawn volumes and vials."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masseter.core.plan.reconstitute import draw_up
from masseter.core.plan.supply import Stocked, cheapest_vials
from masseter.core.plan.types import VialSize
from masseter.core.plan.vials import choose_vials
from masseter.core.quantities import (
    Dose,
    InvalidQuantity,
    MixedProducts,
    parse_units,
    plain,
    round_to_graduation,
)
from tests.core.builders import D
from tests.core.plan.builders import knowledge, plan, point
from tests.properties.oracle import drawn_ml, least_cost, least_waste

amounts = st.decimals("0", "99999", places=3)
doses = st.lists(st.decimals("0.1", "60", places=2), min_size=1, max_size=12)
marks = st.sampled_from([D("0.005"), D("0.01"), D("0.02"), D("0.05")])
diluents = st.sampled_from([D("0.5"), D("0.6"), D(1), D("1.2"), D(2), D("2.5"), D(8)])
stocks = st.lists(st.tuples(st.sampled_from([50, 100, 125, 200, 300, 500]), st.integers(0, 4)), max_size=3)


@given(amounts, amounts)
def test_doses_of_two_products_never_meet(one: Decimal, other: Decimal) -> None:
    with pytest.raises(MixedProducts):
        Dose(one, "alfa") + Dose(other, "beta")
    with pytest.raises(MixedProducts):
        assert Dose(one, "alfa") < Dose(other, "beta")


@given(st.lists(amounts, max_size=20))
def test_doses_of_one_product_add_exactly(units: list[Decimal]) -> None:
    total = Dose(D(0), "alfa")
    for each in units:
        total = total + Dose(each, "alfa")

    assert Fraction(total.units) == sum((Fraction(each) for each in units), Fraction(0))


@given(st.text(max_size=12) | st.text("0123456789.,-+eE ", max_size=8))
def test_typed_text_is_a_plain_number_or_refused(typed: str) -> None:
    try:
        units = parse_units(typed)
    except InvalidQuantity:
        return

    assert typed.strip().replace(",", ".") == f"{units:f}"
    assert 0 <= units < 100000


@given(st.decimals("0", "99999", places=2))
def test_number_as_shown_is_read_back(units: Decimal) -> None:
    assert parse_units(plain(units)) == units


@given(st.fractions(0, 20, max_denominator=1000), marks)
def test_rounding_is_the_nearest_mark_and_never_more_than_half_a_mark_off(
    volume: Fraction, mark: Decimal
) -> None:
    drawn = round_to_graduation(volume, mark)

    assert Fraction(drawn) == drawn_ml(volume, Fraction(1), Fraction(mark))
    assert abs(Fraction(drawn) - volume) * 2 <= Fraction(mark)


@given(st.fractions(0, 20, max_denominator=999), st.fractions(0, 20, max_denominator=999), marks)
def test_rounding_keeps_the_order_of_volumes(one: Fraction, other: Fraction, mark: Decimal) -> None:
    low, high = sorted((one, other))

    assert round_to_graduation(low, mark) <= round_to_graduation(high, mark)


@given(doses, diluents, marks, st.integers(0, 4), st.sampled_from([D(0), D("0.002"), D("0.04")]))
def test_delivered_and_discarded_are_the_label_units_exactly(
    units: list[Decimal], diluent: Decimal, mark: Decimal, syringes: int, loss: Decimal
) -> None:
    points = [point(f"MASS-L-x{number}", str(each)) for number, each in enumerate(units, start=1)]
    draft = plan(*points, diluent_ml=diluent, graduation_ml=mark, syringes=syringes, dead_space_ml=loss)

    drawn = draw_up(draft, knowledge())

    assert drawn.delivered + drawn.discarded == Fraction(drawn.vials.label_units)
    assert drawn.shortfall == 0
    assert drawn.discarded >= drawn.dead_space_units
    for draw in drawn.draws:
        assert abs(draw.delivered - Fraction(draw.planned)) * 2 <= Fraction(mark) * drawn.concentration


@given(st.fractions(0, 2000, max_denominator=100), stocks)
def test_vials_are_those_of_an_exhaustive_search(needed: Fraction, stock: list[tuple[int, int]]) -> None:
    sizes = [
        VialSize(presentation=f"s{number}", label_units=D(units), count=count)
        for number, (units, count) in enumerate(stock)
    ]

    choice = choose_vials(needed, sizes)

    assert (None if choice is None else (int(choice.label_units), choice.count)) == least_waste(needed, stock)


@given(
    st.fractions(0, 2000, max_denominator=100), stocks, st.lists(st.integers(1, 400), min_size=3, max_size=3)
)
def test_cheapest_vials_are_those_of_an_exhaustive_search(
    needed: Fraction, stock: list[tuple[int, int]], prices: list[int]
) -> None:
    priced = [(*each, price) for each, price in zip(stock, prices, strict=False)]
    sizes = [
        Stocked(size=VialSize(presentation=f"s{n}", label_units=D(units), count=count), price=D(price))
        for n, (units, count, price) in enumerate(priced)
    ]

    found = cheapest_vials(needed, sizes)

    wanted = least_cost(needed, priced)
    if found is None or not found[0].count:
        assert wanted is None or wanted == (0, 0, 0)
    else:
        assert (found[1], found[0].label_units, found[0].count) == wanted

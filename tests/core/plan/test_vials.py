"""Which vials are opened: least waste, then fewer, never more than there are."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from masseter.core.plan.types import VialSize
from masseter.core.plan.vials import all_vials, choose_vials
from masseter.core.quantities import InvalidQuantity
from tests.core.builders import D


def vial(units: int, count: int | None = None) -> VialSize:
    return VialSize(presentation=f"alfa-{units}", label_units=D(units), count=count)


def opened(needed: str, *sizes: VialSize) -> dict[int, int] | None:
    choice = choose_vials(Fraction(needed), sizes)
    return None if choice is None else {int(each.label_units): count for each, count in choice.opened}


def test_empty_vial_or_negative_need_is_refused() -> None:
    with pytest.raises(InvalidQuantity):
        choose_vials(Fraction(1), [vial(0)])
    with pytest.raises(InvalidQuantity) as raised:
        choose_vials(Fraction(-1), [vial(100)])
    assert str(raised.value) == "Vials and what is needed of them must be above zero."
    assert opened("1", vial(1)) == {1: 1}


def test_too_little_in_stock_is_said() -> None:
    assert opened("300.1", vial(100, 3)) is None
    assert opened("1") is None
    assert all_vials([vial(100, 3), vial(50, 0)]).label_units == 300


@pytest.mark.parametrize(
    ("needed", "vials"),
    [
        ("155", {200: 1}),
        ("200", {200: 1}),
        ("200.1", {200: 1, 50: 1}),
        ("163", {200: 1}),
        ("120", {100: 1, 50: 1}),
        ("236", {200: 1, 50: 1}),
        ("50", {50: 1}),
        ("0", {}),
    ],
)
def test_least_waste_then_fewest_vials(needed: str, vials: dict[int, int]) -> None:
    assert opened(needed, vial(50), vial(100), vial(200)) == vials


def test_stock_bounds_the_choice() -> None:
    assert opened("155", vial(200, 0), vial(100, 9)) == {100: 2}
    assert opened("155", vial(200, 0), vial(100, 1), vial(50, 9)) == {100: 1, 50: 2}


def test_count_of_vials() -> None:
    choice = choose_vials(Fraction(250), [vial(100)])

    assert choice is not None
    assert choice.count == 3


def test_fewer_vials_are_kept_however_the_sum_is_reached() -> None:
    assert opened("600", vial(300), vial(200), vial(50)) == {300: 2}
    assert opened("500", vial(50), vial(200), vial(300)) == {300: 1, 200: 1}


def test_of_as_many_vials_with_as_much_the_larger_are_opened() -> None:
    assert opened("400", vial(100), vial(200), vial(300)) == {300: 1, 100: 1}
    assert opened("600", vial(100), vial(200), vial(300), vial(400), vial(500)) == {500: 1, 100: 1}


def test_vial_without_a_count_is_not_in_stock() -> None:
    everything = all_vials([vial(100, 3), vial(50, 2), vial(200)])

    assert [(size.presentation, count) for size, count in everything.opened] == [
        ("alfa-100", 3),
        ("alfa-50", 2),
    ]
    assert everything.label_units == 400
    assert repr(all_vials([]).label_units) == "Decimal('0')"


def test_no_more_than_two_hundred_vials_of_a_size_are_tried() -> None:
    assert opened("200", vial(1)) == {1: 200}
    assert opened("201", vial(1)) is None
    assert opened("201", vial(1, 500)) is None


def test_of_two_kinds_of_one_size_the_first_by_name_is_opened() -> None:
    kinds = [replace(vial(100), presentation=name) for name in ("b", "a")]

    choice = choose_vials(Fraction(150), kinds)

    assert choice is not None
    assert [(each.presentation, count) for each, count in choice.opened] == [("a", 2)]

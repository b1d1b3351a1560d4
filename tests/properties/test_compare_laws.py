"""Laws of comparing points: nothing is lost, backwards is the opposite, two products never mix."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from masseter.core.plan.compare import ChangeKind, Comparison, MappedPoints, compare_points
from masseter.core.plan.types import PlannedPoint
from tests.core.plan.builders import point
from tests.core.plan.test_compare import SCALE

NAMES = [f"{muscle}-{side}-{n}" for muscle in ("MASS", "OOC") for side in "LR" for n in ("1", "2", "x1")]
BACKWARDS: dict[ChangeKind, ChangeKind] = {"new": "dropped", "dropped": "new", "more": "less", "less": "more"}

doses = st.none() | st.decimals("0.5", "120", places=2)
places = st.decimals("0", "480", places=3)
points = st.dictionaries(st.sampled_from(NAMES), st.tuples(doses, places, places)).map(
    lambda chosen: tuple(
        replace(point(name, None), units=units, x=x, y=y) for name, (units, x, y) in chosen.items()
    )
)
sets = st.builds(
    MappedPoints,
    points=points,
    product=st.sampled_from(["alfa", "beta"]),
    map_version=st.just("3"),
)


def compared(before: MappedPoints, after: MappedPoints) -> Comparison:
    return compare_points(before=before, after=after, scale=SCALE)


def names(listed: tuple[PlannedPoint, ...]) -> list[str]:
    return sorted(each.id for each in listed)


@settings(max_examples=50)
@given(sets)
def test_set_beside_itself_is_the_same(one: MappedPoints) -> None:
    found = compared(one, one)

    typed = [change for change in found.points if change.before and change.before.units is not None]
    assert all(change.kinds == ("same",) for change in typed)
    assert found.count("moved") == found.count("more") == found.count("new") == found.count("dropped") == 0


@settings(max_examples=50)
@given(sets, sets)
def test_every_point_of_both_is_told_once(before: MappedPoints, after: MappedPoints) -> None:
    found = compared(before, after)

    assert names(tuple(each.before for each in found.points if each.before)) == names(before.points)
    assert names(tuple(each.after for each in found.points if each.after)) == names(after.points)
    assert all(change.kinds for change in found.points)


@settings(max_examples=50)
@given(sets, sets)
def test_backwards_it_says_the_opposite(before: MappedPoints, after: MappedPoints) -> None:
    there = {each.id: each for each in compared(before, after).points}
    back = {each.id: each for each in compared(after, before).points}

    assert set(there) == set(back)
    for name, change in there.items():
        assert tuple(BACKWARDS.get(kind, kind) for kind in change.kinds) == back[name].kinds
        assert change.moved_mm == back[name].moved_mm
        assert change.units == (None if back[name].units is None else -back[name].units)


@settings(max_examples=50)
@given(sets, sets)
def test_two_products_give_no_number_at_all(before: MappedPoints, after: MappedPoints) -> None:
    found = compared(before, replace(after, product="gamma"))

    assert found.units is None
    assert all(change.units is None for change in found.points)
    assert all(total.units is None for total in found.totals)
    assert found.count("more") == found.count("less") == 0


@settings(max_examples=50)
@given(sets, sets)
def test_differences_add_up_to_the_difference_of_the_whole(before: MappedPoints, after: MappedPoints) -> None:
    found = compared(before, replace(after, product=before.product))
    if found.units is None:
        assert any(point.units is None for point in (*before.points, *after.points))
        return

    by_muscle = sum((each.units for each in found.totals if each.units is not None), Decimal(0))
    by_point = sum((_added(each.before, each.after) for each in found.points), Decimal(0))
    assert by_muscle == by_point == found.units


def _added(before: PlannedPoint | None, after: PlannedPoint | None) -> Decimal:
    given = after.units if after and after.units else Decimal(0)
    taken = before.units if before and before.units else Decimal(0)
    return given - taken

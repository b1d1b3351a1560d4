"""Departures from the plan: each kind is named, rounding by the syringe is none."""

from __future__ import annotations

from typing import Any

import pytest

from masseter.core.inject.deviations import find_deviations
from masseter.core.inject.types import GivenPoint, LeftOut
from masseter.core.plan.reconstitute import draw_up
from masseter.core.plan.types import PlannedPoint
from tests.core.builders import D
from tests.core.inject.test_check import given
from tests.core.plan.builders import knowledge, plan, point


def kinds(planned: PlannedPoint, *doses: GivenPoint) -> list[tuple[str, str]]:
    found = find_deviations(planned=(planned,), given=doses)
    return [(each.point_id, each.kind) for each in found]


def test_given_as_planned_is_no_departure() -> None:
    assert kinds(point(), given(point())) == []
    assert kinds(point(), given(point(units="10.00"))) == []


def test_each_departure_is_named() -> None:
    assert kinds(point()) == [("MASS-L-1", "left_out")]
    assert kinds(point(), given(point(), units=D(11))) == [("MASS-L-1", "more")]
    assert kinds(point(), given(point(), units=D(9))) == [("MASS-L-1", "less")]
    assert kinds(point(), given(point(), x=D(1))) == [("MASS-L-1", "moved")]
    assert kinds(point(), given(point(), depth="shallow")) == [("MASS-L-1", "depth")]
    assert kinds(point(), given(point(), route="intradermal")) == [("MASS-L-1", "route")]
    assert kinds(point(), given(point(), side="right")) == [("MASS-L-1", "other_site")]


@pytest.mark.parametrize(
    ("fields", "kind", "was", "now"),
    [
        ({"units": D("11.50")}, "more", "10 units", "11.5 units"),
        ({"units": D(9)}, "less", "10 units", "9 units"),
        ({"view": "left", "x": D("1.0"), "y": D(2)}, "moved", "front 301, 201", "left 1, 2"),
        ({"y": D(2)}, "moved", "front 301, 201", "front 301, 2"),
        ({"depth": "shallow"}, "depth", "deep", "shallow"),
        ({"route": "intradermal"}, "route", "intramuscular", "intradermal"),
        ({"side": "right"}, "other_site", "masseter left", "masseter right"),
        ({"site": "temporalis"}, "other_site", "masseter left", "temporalis left"),
        ({"planned_id": ""}, "added", "", "10 units"),
    ],
)
def test_departure_says_what_was_planned_what_was_given_and_why(
    fields: dict[str, Any], kind: str, was: str, now: str
) -> None:
    dose = given(point(), **fields, reason="Told so.")

    found = next(each for each in find_deviations(planned=(point(),), given=(dose,)) if each.kind == kind)

    assert (found.planned, found.given, found.reason) == (was, now, "Told so.")


def test_departures_are_told_by_point_then_by_kind() -> None:
    second = point("MASS-L-2")
    doses = (given(second, units=D(1), depth="x"), given(point(), units=D(1)))

    found = find_deviations(planned=(second, point(), point("MASS-R-1")), given=doses)

    assert [(each.point_id, each.kind) for each in found] == [
        ("MASS-L-1", "less"),
        ("MASS-L-2", "depth"),
        ("MASS-L-2", "less"),
        ("MASS-R-1", "left_out"),
    ]


def test_departure_after_a_point_beside_the_plan_is_named_too() -> None:
    assert kinds(point(), given(point("MASS-L-x1"), planned_id=""), given(point(), units=D(9))) == [
        ("MASS-L-1", "less"),
        ("MASS-L-x1", "added"),
    ]


def test_planned_point_without_a_dose_that_is_drawn_otherwise_is_more_than_planned() -> None:
    """A point that was planned at no dose at all is not less, whatever was given."""
    (found,) = find_deviations(planned=(point(units="0"),), given=(given(point()),))

    assert (found.kind, found.planned, found.given) == ("more", "0 units", "10 units")


def test_point_beside_the_plan_is_added() -> None:
    assert kinds(point(), given(point()), given(point("MASS-L-x1"), planned_id="")) == [
        ("MASS-L-x1", "added")
    ]


def test_second_dose_for_one_planned_point_is_added() -> None:
    assert kinds(point(), given(point()), given(point())) == [("MASS-L-1", "added")]


def test_several_departures_of_one_point_are_all_named() -> None:
    found = kinds(point(), given(point(), units=D(1), depth="x", route="y", y=D(3)))

    assert {kind for _, kind in found} == {"less", "depth", "route", "moved"}


def test_planned_point_without_dose_is_more_than_planned() -> None:
    (found,) = find_deviations(planned=(point(units=None),), given=(given(point()),))

    assert (found.kind, found.planned, found.given) == ("more", "", "10 units")


def test_left_out_carries_its_reason_and_dose() -> None:
    (found,) = find_deviations(
        planned=(point(),), given=(), left_out=(LeftOut(planned_id="MASS-L-1", reason="Bruise."),)
    )
    (undosed,) = find_deviations(planned=(point(units=None),), given=())

    assert (found.reason, found.planned, found.given, found.has_reason) == ("Bruise.", "10 units", "", True)
    assert (undosed.planned, undosed.has_reason) == ("", False)


def test_rounding_by_the_syringe_is_no_departure() -> None:
    draft = plan(point(units="5"), diluent_ml=D("2.5"))
    drawn = draw_up(draft, knowledge())
    as_drawn = given(draft.points[0], units=drawn.draws[0].recorded)

    assert as_drawn.units == D("4.8")
    assert find_deviations(planned=draft.points, given=(as_drawn,), drawn=drawn) == ()
    assert find_deviations(planned=draft.points, given=(given(draft.points[0]),), drawn=drawn) == ()
    assert find_deviations(planned=draft.points, given=(as_drawn,)) != ()

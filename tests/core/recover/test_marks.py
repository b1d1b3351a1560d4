"""Which injected point a mark belongs to."""

from __future__ import annotations

from dataclasses import replace

from masseter.core.plan.places import Area, MapPlace, middle_of
from masseter.core.plan.types import PlannedPoint
from masseter.core.recover.marks import nearest_point
from masseter.knowledge.load import load
from masseter.knowledge.model import View
from tests.core.builders import D

KNOWN = load()
AREA = Area(site="masseter", side="left")


def point(number: str, view: View, x: int, y: int, site: str = "masseter") -> PlannedPoint:
    return PlannedPoint(
        id=f"MASS-L-{number}", site=site, side="left", number=number, view=view, x=D(x), y=D(y), units=D(5)
    )


def place(view: View, x: int, y: int) -> MapPlace:
    return MapPlace(view=view, x=D(x), y=D(y))


def test_mark_where_nothing_was_injected_belongs_to_no_point() -> None:
    assert nearest_point(place("left", 200, 400), AREA, [], KNOWN) is None
    assert nearest_point(place("left", 200, 400), AREA, [point("1", "back", 9, 9, "splenius")], KNOWN) is None


def test_nearest_point_of_the_view_with_its_distance() -> None:
    points = [point("1", "left", 200, 400), point("2", "left", 200, 430), point("3", "front", 200, 421)]

    found = nearest_point(place("left", 200, 420), AREA, points, KNOWN)

    assert found is not None
    assert (found.point.number, found.mm) == ("2", D(5))  # ten map units of half a millimetre


def test_mark_on_a_view_without_points_goes_to_its_own_area() -> None:
    points = [point("1", "back", 9, 9, "splenius"), point("2", "left", 200, 430)]

    found = nearest_point(place("front", 200, 420), AREA, points, KNOWN)

    assert found is not None
    assert (found.point.number, found.mm) == ("2", None)


def test_distance_on_a_view_of_unknown_scale_is_not_told() -> None:
    without = replace(KNOWN, face_map=replace(KNOWN.face_map, views=()))
    middle = middle_of(AREA, KNOWN)

    found = nearest_point(middle, AREA, [point("1", middle.view, 1, 1)], without)

    assert found is not None
    assert found.mm is None

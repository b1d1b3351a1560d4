"""Moving points: millimetres of the drawing, both sides alike, never off the map."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from masseter.core.plan.moving import move_points, to_standard_places, with_mirrored
from masseter.core.plan.propose import PointMissing
from masseter.core.plan.types import PlannedPoint
from masseter.knowledge.model import FaceMap, FaceMapView
from tests.core.builders import EVIDENCE, D
from tests.core.plan.builders import knowledge, point

Loose = Any  # a view that the map does not have


def map_of(*views: str, mm: str = "0.5") -> FaceMap:
    made = tuple(
        FaceMapView(**{"view": view, "title": view, "width": 400, "height": 500, "mm_per_unit": D(mm)})  # type: ignore[arg-type]  # the tests pass real ones
        for view in views
    )
    return FaceMap(version="test", views=made, evidence=EVIDENCE)


KNOWN = knowledge(face_map=map_of("front", "left", "right", "back", "mouth"))


def moved(*points: PlannedPoint, **by: Loose) -> list[tuple[Loose, Loose]]:
    """The places after all of them were moved."""
    found = move_points(points, {each.id for each in points}, knowledge=KNOWN, **by)
    return [(each.x, each.y) for each in found]


def test_point_on_a_view_that_is_not_there_is_refused() -> None:
    alone = knowledge(face_map=map_of("left"))

    with pytest.raises(PointMissing, match="front"):
        move_points([point()], {"MASS-L-1"}, down_mm=D(1), knowledge=alone)


def test_only_the_named_points_move_and_by_millimetres_of_their_view() -> None:
    first, second = move_points([point(), point("MASS-L-2")], {"MASS-L-2"}, down_mm=D(5), knowledge=KNOWN)

    assert first == point()
    assert (second.x, second.y) == (302, 212)


@pytest.mark.parametrize(
    ("view", "side", "x"),
    [
        ("front", "right", 110),
        ("front", "left", 90),
        ("mouth", "right", 110),
        ("mouth", "left", 90),
        ("back", "left", 110),
        ("back", "right", 90),
        ("right", "right", 110),
        ("left", "left", 90),
        ("front", "midline", 100),
        ("mouth", "midline", 100),
        # A profile has its front on one side whatever lies on it.
        ("right", "left", 110),
        ("left", "right", 90),
        ("right", "midline", 110),
        ("left", "midline", 90),
    ],
)
def test_inward_is_towards_the_middle_or_the_front(view: Loose, side: Loose, x: int) -> None:
    here = point(view=view, side=side, x=D(100), y=D(100))

    assert moved(here, inward_mm=D(5)) == [(x, 100)]


def test_nothing_leaves_the_drawing() -> None:
    low, high = point(x=D(399), y=D(499)), point("MASS-L-2", x=D(1), y=D(1))

    assert moved(low, inward_mm=D(-9), down_mm=D(9)) == [(400, 500)]
    assert moved(high, inward_mm=D(9), down_mm=D(-9)) == [(0, 0)]


def test_places_are_kept_to_a_tenth_of_the_map() -> None:
    known = knowledge(face_map=map_of("front", mm="0.3"))

    (found,) = move_points([point()], {"MASS-L-1"}, down_mm=D(1), knowledge=known)

    assert found.y == D("204.3")


def test_standard_place_is_given_back_and_added_points_stay() -> None:
    astray, added = point(x=D(7), y=D(8)), point("MASS-L-x1")

    found = to_standard_places([astray, added, point("MASS-R-1", x=D(1))], {"MASS-L-1", "MASS-L-x1"}, KNOWN)

    assert (found[0].x, found[0].y) == (301, 201)
    assert found[1] == added
    assert found[2].x == 1


def test_mirror_image_takes_the_place_of_what_was_there() -> None:
    listed = (point(units="7"), point("MASS-R-1", units="1"), point("MASS-L-2"), point("MASS-R-3"))

    found = with_mirrored(listed, {"MASS-L-1", "MASS-L-2"}, KNOWN)

    assert [each.id for each in found] == ["MASS-L-1", "MASS-R-1", "MASS-L-2", "MASS-R-3", "MASS-R-2"]
    assert (found[1].units, found[1].x) == (7, 400 - found[0].x)


def test_pair_and_midline_have_no_image_of_their_own() -> None:
    pair = (point(), point("MASS-R-1", units="3"), replace(point("MASS-L-3"), side="midline"))

    assert with_mirrored(pair, {"MASS-L-1", "MASS-R-1", "MASS-L-3"}, KNOWN) == pair

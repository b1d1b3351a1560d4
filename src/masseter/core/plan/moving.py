"""Moving points of a plan on the face map, both sides alike, and back to their standard places."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from decimal import Decimal

from masseter.core.plan.lookup import find_site, find_view
from masseter.core.plan.propose import PointMissing, mirror
from masseter.core.plan.types import PlannedPoint
from masseter.knowledge.model import Knowledge, Side, View


def move_points(
    points: Iterable[PlannedPoint],
    names: Collection[str],
    *,
    inward_mm: Decimal = Decimal(0),
    down_mm: Decimal = Decimal(0),
    knowledge: Knowledge,
) -> tuple[PlannedPoint, ...]:
    """The points with the named ones moved, as far as the drawing goes.

    `inward_mm` leads to the midline, on a profile to the front; both sides move alike, and a point of the
    midline stays in it where it is seen from the front or the back.
    Raises: PointMissing where a point lies on a view that the map does not have.
    """
    return tuple(
        _moved(point, inward_mm, down_mm, knowledge) if point.id in names else point for point in points
    )


def to_standard_places(
    points: Iterable[PlannedPoint], names: Collection[str], knowledge: Knowledge
) -> tuple[PlannedPoint, ...]:
    """The points with the named ones at their standard places; added ones have none and stay."""
    return tuple(_standard(point, knowledge) if point.id in names else point for point in points)


def with_mirrored(
    points: Iterable[PlannedPoint], names: Collection[str], knowledge: Knowledge
) -> tuple[PlannedPoint, ...]:
    """The points and the mirror images of the named ones, in place of what the other side had there."""
    listed = tuple(points)
    images = {
        image.id: image
        for point in listed
        if point.id in names and point.side != "midline"
        for image in mirror([point], knowledge)
        if image.id not in names
    }
    kept = tuple(images.pop(point.id, point) for point in listed)
    return (*kept, *images.values())


def _moved(point: PlannedPoint, inward: Decimal, down: Decimal, knowledge: Knowledge) -> PlannedPoint:
    view = find_view(knowledge, point.view)
    if view is None:
        raise PointMissing(f"The face map has no view called {point.view!r}.")
    way = _inward(point.view, point.side)
    x = point.x + way * inward / view.mm_per_unit
    y = point.y + down / view.mm_per_unit
    return replace(point, x=_inside(x, view.width), y=_inside(y, view.height))


def _inward(view: View, side: Side) -> int:
    """Where the middle or the front of the face lies on the drawing, seen from a point: +1 to the right."""
    if view in ("left", "right"):
        return 1 if view == "right" else -1
    if side == "midline":
        return 0
    return 1 if (side == "right") == (view != "back") else -1


def _inside(place: Decimal, most: int) -> Decimal:
    return min(max(round(place, 1), Decimal(0)), Decimal(most))


def _standard(point: PlannedPoint, knowledge: Knowledge) -> PlannedPoint:
    for mapped in find_site(knowledge, point.site).points:
        if (mapped.side, mapped.number) == (point.side, point.number):
            return replace(point, view=mapped.view, x=mapped.x, y=mapped.y)
    return point

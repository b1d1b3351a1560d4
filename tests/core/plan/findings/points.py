"""Plans that differ from one by the book in one thing: where a point lies."""

from __future__ import annotations

from typing import Any

from masseter.knowledge.model import (
    Border,
    KeepFrom,
    Line,
    Region,
)
from tests.core.builders import D
from tests.core.plan.builders import (
    plan,
    point,
    points,
)
from tests.core.plan.findings.ground import (
    draft,
    moved,
    sourced,
    with_site,
)

Loose = Any  # whichever argument of the check a situation changes

SQUARE = "M250 150 L350 150 L350 250 L250 250 Z"


def at_eye(name: str, x: str, y: str, view: str = "front") -> Loose:
    return draft(*points(), moved(name, x, y, view))


def outlined(x: str, y: str) -> Loose:
    """The first point of the left masseter somewhere near the square in which the muscle is drawn."""
    drawn = (Region(side="left", view="front", path=SQUARE),)
    border = Border(least_mm=sourced(10, "mm", "BORDER"), views=("front",))
    first = point("MASS-L-1", "10", x=D(x), y=D(y))
    return {**with_site(regions=drawn, border=border), **draft(first, *points()[1:])}


def kept_away(x: str) -> Loose:
    """The first point so far from a vessel that runs down the cheek at x 310."""
    line = Line(side="left", view="front", path="M310 100 L310 400")
    kept = KeepFrom(structure="vessel", harm="it bleeds", least_mm=sourced(5, "mm", "VESSEL"), lines=(line,))
    first = point("MASS-L-1", "10", x=D(x), y=D(201))
    return {**with_site(keep_from=(kept,)), **draft(first, *points()[1:])}


SITUATIONS: dict[str, Loose] = {
    "no product": draft(product=""),
    "no points": {"draft": plan(points=())},
    "point of another product": draft(point(product="beta"), *points()[1:]),
    "no dose": draft(point(units=None), *points()[1:]),
    "zero units": draft(point(units="0"), *points()[1:]),
    "finer than the step": draft(point(units="10.05"), *points()[1:]),
    "one point twice": draft(point(), *points()),
    "wrong name": draft(point(id="MASS-L-9"), *points()[1:]),
    "side that the muscle lacks": with_site(sides=("left",)),
    "left of the map": draft(point(x=D("-0.1")), *points()[1:]),
    "on the left edge of the map": draft(point(x=D(0)), *points()[1:]),
    "on the right edge of the map": draft(point(x=D(400)), *points()[1:]),
    "right of the map": draft(point(x=D("400.1")), *points()[1:]),
    "above the map": draft(point(y=D("-0.1")), *points()[1:]),
    "on the upper edge of the map": draft(point(y=D(0)), *points()[1:]),
    "on the lower edge of the map": draft(point(y=D(500)), *points()[1:]),
    "below the map": draft(point(y=D("500.1")), *points()[1:]),
    "on a view that the map lacks": draft(point(view="top"), *points()[1:]),
    "two points on one spot": draft(*points()[1:], point(x=D(302), y=D(202))),
    "one spot on two views": draft(*points()[1:], point(x=D(302), y=D(202), view="left")),
    "inside the muscle, far from its border": outlined("300", "200"),
    "just far enough from the border": outlined("340", "200"),
    "a hair too near to the border": outlined("340.001", "200"),
    "a hair outside the muscle": outlined("350.001", "200"),
    "just far enough from the vessel": kept_away("305"),
    "a hair too near to the vessel": kept_away("305.001"),
    "middle of the upper lid": at_eye("OOC-R-x1", "160", "90"),
    "medial edge of the middle of the upper lid": at_eye("OOC-R-x1", "166.8", "90"),
    "medial of the middle of the upper lid": at_eye("OOC-R-x1", "166.9", "90"),
    "lateral edge of the middle of the upper lid": at_eye("OOC-R-x1", "153.2", "90"),
    "lateral of the middle of the upper lid": at_eye("OOC-R-x1", "153.1", "90"),
    "middle of the left upper lid": at_eye("OOC-L-x1", "240", "90"),
    "level with the corner of the eye counts as lower lid": at_eye("OOC-R-x1", "160", "100"),
    "medial half of the lower lid": at_eye("OOC-R-x1", "170", "110"),
    "edge of the medial half of the lower lid": at_eye("OOC-L-x1", "240", "110"),
    "lateral half of the lower lid": at_eye("OOC-R-x1", "159.9", "110"),
    "lid seen from the side": at_eye("OOC-R-x1", "160", "90", "right"),
}

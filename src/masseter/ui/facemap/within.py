"""Whether a point lies in the drawn region of its site: the one thing that the map itself judges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

from masseter.knowledge.model import Side, Site, View

_PART = re.compile(r"([MLCZ])([^MLCZ]*)")
_STEPS = 16
_XY = tuple[float, float]


def lies_in_region(site: Site, side: Side, view: View, x: Decimal, y: Decimal) -> bool | None:
    """True or False, or None where the site is not drawn there. Positions are in map units."""
    paths = [region.path for region in site.regions if (region.side, region.view) == (side, view)]
    if not paths:
        return None
    return any(_contains(_edges(path), float(x), float(y)) for path in paths)


@dataclass(frozen=True, kw_only=True)
class Middle:
    """Where a region's number is printed, and how large the region is, in map units."""

    x: float
    y: float
    area: float


@cache
def middle_of(path: str) -> Middle:
    """The centre of gravity of a region, in the part that is largest; its opening does not count."""
    return max((_centre(part) for part in _parts(path)), key=lambda each: each.area)


def _centre(part: tuple[_XY, ...]) -> Middle:
    crossed = [(x1 * y2 - x2 * y1, x1 + x2, y1 + y2) for (x1, y1), (x2, y2) in pairwise((*part, part[0]))]
    doubled = sum(cross for cross, _, _ in crossed)
    if not doubled:
        return Middle(x=part[0][0], y=part[0][1], area=0.0)
    return Middle(
        x=sum(cross * across for cross, across, _ in crossed) / (3 * doubled),
        y=sum(cross * down for cross, _, down in crossed) / (3 * doubled),
        area=abs(doubled) / 2,
    )


def _contains(edges: tuple[tuple[_XY, _XY], ...], x: float, y: float) -> bool:
    """Even-odd rule, as the drawing is filled, so that the opening of the lids is outside."""
    crossings = [
        1
        for (x1, y1), (x2, y2) in edges
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    ]
    return len(crossings) % 2 == 1


@cache
def _edges(path: str) -> tuple[tuple[_XY, _XY], ...]:
    return tuple(edge for part in _parts(path) for edge in pairwise((*part, part[0])))


@cache
def _parts(path: str) -> tuple[tuple[_XY, ...], ...]:
    parts: list[list[_XY]] = []
    for letter, text in _PART.findall(path):
        numbers = [float(number) for number in text.split()]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        if letter == "M":
            parts.append(pairs)
        elif letter == "L":
            parts[-1] += pairs
        elif letter == "C":
            parts[-1] += _curve(parts[-1][-1], pairs)
    return tuple(tuple(part) for part in parts)


def _curve(start: _XY, pairs: list[_XY]) -> list[_XY]:
    """A cubic Bézier curve as points, without its start."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = (start, *pairs)
    found = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
        found.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    return found

"""Whether a point lies in the drawn region of its site: the one thing that the map itself judges."""

from __future__ import annotations

import re
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
    return tuple(edge for part in parts for edge in pairwise([*part, part[0]]))


def _curve(start: _XY, pairs: list[_XY]) -> list[_XY]:
    """A cubic Bézier curve as points, without its start."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = (start, *pairs)
    found = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
        found.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    return found

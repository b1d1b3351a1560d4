"""Plane geometry for the tests: SVG paths as polygons, and where a point lies."""

from __future__ import annotations

import math
import re
from itertools import pairwise

XY = tuple[float, float]
STEPS = 16


def polygons(path: str) -> list[list[XY]]:
    """The closed parts of an absolute M, L, C, Z path, curves cut into short lines."""
    found: list[list[XY]] = []
    for letter, text in re.findall(r"([MLCZ])([^MLCZ]*)", path):
        numbers = [float(number) for number in text.split()]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        if letter == "M":
            found.append([pairs[0]])
        elif letter == "L":
            found[-1] += pairs
        elif letter == "C":
            found[-1] += curve(found[-1][-1], *pairs)
    return found


def curve(start: XY, first: XY, second: XY, end: XY) -> list[XY]:
    """A cubic Bézier curve as points, without its start."""
    steps = [step / STEPS for step in range(1, STEPS + 1)]
    weights = [((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3) for t in steps]
    corners = (start, first, second, end)
    return [
        (
            sum(weight * corner[0] for weight, corner in zip(each, corners, strict=True)),
            sum(weight * corner[1] for weight, corner in zip(each, corners, strict=True)),
        )
        for each in weights
    ]


def contains(outline: list[list[XY]], point: XY) -> bool:
    """Even-odd rule, as the drawing fills it."""
    x, y = point
    is_inside = False
    for (x1, y1), (x2, y2) in edges(outline):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            is_inside = not is_inside
    return is_inside


def distance_to_border(outline: list[list[XY]], point: XY) -> float:
    return min(distance_to_line(point, one, other) for one, other in edges(outline))


def distance_to_line(point: XY, one: XY, other: XY) -> float:
    along = (other[0] - one[0], other[1] - one[1])
    length = along[0] ** 2 + along[1] ** 2
    share = 0.0
    if length:
        share = ((point[0] - one[0]) * along[0] + (point[1] - one[1]) * along[1]) / length
        share = min(1.0, max(0.0, share))
    return math.dist(point, (one[0] + share * along[0], one[1] + share * along[1]))


def edges(outline: list[list[XY]]) -> list[tuple[XY, XY]]:
    return [edge for part in outline for edge in pairwise([*part, part[0]])]

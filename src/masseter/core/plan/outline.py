"""Whether a spot of the face map lies inside the outline of a site, and how near to its border.

Whole numbers only: a map unit is a thousand steps. An outline is a closed path of M, L, C and Z with
absolute coordinates; each curve is followed in sixteen straight pieces.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

STEPS = 1000  # of one map unit
PIECES = 16  # of one curve
_TOKEN = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?")
Spot = tuple[int, int]


class UnreadableOutline(ValueError):
    """The outline holds a command that is not read here."""


def spot(x: Decimal, y: Decimal) -> Spot:
    """A place of the map in steps."""
    return int(x * STEPS), int(y * STEPS)


@lru_cache(maxsize=4096)
def is_inside(path: str, at: Spot) -> bool:
    """The spot lies inside the outline."""
    crossed = False
    for (ax, ay), (bx, by) in edges(path):
        if (ay > at[1]) != (by > at[1]):
            side = (bx - ax) * (at[1] - ay) - (by - ay) * (at[0] - ax)
            crossed ^= (side > 0) == (by > ay)
    return crossed


@lru_cache(maxsize=4096)
def is_nearer(path: str, at: Spot, steps: int) -> bool:
    """The spot lies nearer to the outline than so many steps."""
    return any(_is_near(at, start, end, steps) for start, end in edges(path))


def _is_near(at: Spot, start: Spot, end: Spot, steps: int) -> bool:
    """Nearer to one straight piece; the squares are compared, so that nothing is rounded."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    px, py = at[0] - start[0], at[1] - start[1]
    along, length = px * dx + py * dy, dx * dx + dy * dy
    if along <= 0:
        return px * px + py * py < steps * steps
    if along >= length:
        return (at[0] - end[0]) ** 2 + (at[1] - end[1]) ** 2 < steps * steps
    across = px * dy - py * dx
    return across * across < steps * steps * length


@lru_cache(maxsize=1024)
def parts(path: str) -> tuple[tuple[Spot, ...], ...]:
    """The corners of each part of an outline; a closed part has its first once more at the end.

    Raises: UnreadableOutline.
    """
    tokens, found = _TOKEN.findall(path), list[list[Spot]]()
    while tokens:
        command = tokens.pop(0)
        if command == "M":
            found.append([_take(tokens)])
        elif command == "L" and found:
            found[-1].append(_take(tokens))
        elif command == "C" and found:
            found[-1].extend(_curve(found[-1][-1], _take(tokens), _take(tokens), _take(tokens)))
        elif command == "Z" and found:
            found[-1].append(found[-1][0])
        else:
            raise UnreadableOutline(f"The outline holds {command!r}, which is not read.")
    return tuple(tuple(part) for part in found)


@lru_cache(maxsize=1024)
def box(path: str) -> tuple[int, int, int, int]:
    """The least and the greatest x and y of an outline. Raises: UnreadableOutline."""
    corners = [corner for part in parts(path) for corner in part]
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


@lru_cache(maxsize=1024)
def edges(path: str) -> tuple[tuple[Spot, Spot], ...]:
    """The straight pieces of every part of an outline. Raises: UnreadableOutline."""
    return tuple(edge for part in parts(path) for edge in pairwise(part))


def _take(tokens: list[str]) -> Spot:
    return spot(Decimal(tokens.pop(0)), Decimal(tokens.pop(0)))


def _curve(a: Spot, b: Spot, c: Spot, d: Spot) -> list[Spot]:
    """Points on a cubic curve after its first."""
    return [_on_curve(a, b, c, d, piece) for piece in range(1, PIECES + 1)]


def _on_curve(a: Spot, b: Spot, c: Spot, d: Spot, piece: int) -> Spot:
    rest = PIECES - piece
    shares = (rest**3, 3 * piece * rest**2, 3 * piece**2 * rest, piece**3)
    x, y = (
        sum(share * place[axis] for share, place in zip(shares, (a, b, c, d), strict=True)) // PIECES**3
        for axis in (0, 1)
    )
    return x, y

"""Whether a point lies in the drawn region of its site, and where the middle of a region is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

from masseter.core.plan.outline import STEPS, Spot, is_inside, parts, spot
from masseter.knowledge.model import Side, Site, View


def lies_in_region(site: Site, side: Side, view: View, x: Decimal, y: Decimal) -> bool | None:
    """True or False, or None where the site is not drawn there. Positions are in map units."""
    paths = [region.path for region in site.regions if (region.side, region.view) == (side, view)]
    if not paths:
        return None
    return any(is_inside(path, spot(x, y)) for path in paths)


@dataclass(frozen=True, kw_only=True)
class Middle:
    """Where a region's number is printed, and how large the region is, in map units."""

    x: float
    y: float
    area: float


@cache
def middle_of(path: str) -> Middle:
    """The centre of gravity of a region, in the part that is largest; its opening does not count."""
    return max((_centre(part) for part in parts(path)), key=lambda each: each.area)


def _centre(part: tuple[Spot, ...]) -> Middle:
    crossed = [(x1 * y2 - x2 * y1, x1 + x2, y1 + y2) for (x1, y1), (x2, y2) in pairwise((*part, part[0]))]
    doubled = sum(cross for cross, _, _ in crossed)
    if not doubled:
        return Middle(x=part[0][0] / STEPS, y=part[0][1] / STEPS, area=0.0)
    return Middle(
        x=sum(cross * across for cross, across, _ in crossed) / (3 * doubled) / STEPS,
        y=sum(cross * down for cross, _, down in crossed) / (3 * doubled) / STEPS,
        area=abs(doubled) / 2 / STEPS**2,
    )

"""How the units of a plan stand beside scheme and ceilings: by muscle and side, by side, and as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from masseter.core.findings import SEVERITIES
from masseter.core.plan.case import PlanCase
from masseter.core.plan.rules.limits import Room, rooms
from masseter.core.plan.types import PlannedPoint
from masseter.knowledge.model import ProtocolSite, Severity, Side

Standing = Literal["over", "above", "below", "within", "alone"]
Span = tuple[Fraction, Fraction]


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """The units of some points beside what was published for them and what the product leaves for them.

    `site` and `side` are empty where the gauge is over all. `span`: the scheme's least and most, None
    where it names none in this product. `most`: the least that a ceiling of the product leaves here, with
    what was given before counted; `counted`: the units that count against it. `exceeded`: the gravest
    severity of the ceilings that they exceed.
    """

    site: str
    side: Side | Literal[""]
    units: Fraction
    counted: Fraction
    span: Span | None
    most: Fraction | None
    exceeded: Severity | None = None

    @property
    def standing(self) -> Standing:
        """Over a ceiling, above or below the scheme, within it, or alone where nothing is known."""
        if self.exceeded is not None:
            return "over"
        if self.span is None:
            return "alone"
        low, high = self.span
        return "above" if self.units > high else "below" if self.units < low else "within"


def gauges(case: PlanCase) -> tuple[Gauge, ...]:
    """The gauges of a plan: its muscles by side and with both sides together, its sides, and the whole."""
    left, points = tuple(rooms(case)), case.plan.points
    by_muscle = [
        _gauge(case, left, site, side, [each for each in points if (each.site, each.side) == (site, side)])
        for site, side in dict.fromkeys((point.site, point.side) for point in points)
    ]
    both_sides = [
        _gauge(case, left, site, "", [each for each in points if each.site == site])
        for site in dict.fromkeys(point.site for point in points)
    ]
    by_side = [
        _gauge(case, left, "", side, [each for each in points if each.side == side])
        for side in dict.fromkeys(point.side for point in points)
    ]
    return (*by_muscle, *both_sides, *by_side, _gauge(case, left, "", "", points))


def _gauge(
    case: PlanCase, left: Iterable[Room], site: str, side: Side | Literal[""], points: Sequence[PlannedPoint]
) -> Gauge:
    names = {point.id for point in points}
    here = [each for each in left if names and each.points == names and each.limit.scope != "per_point"]
    counted = case.counted(points)
    exceeded = [each.limit.severity for each in here if counted > each.left]
    return Gauge(
        site=site,
        side=side,
        units=case.planned(points),
        counted=counted,
        span=_span(case, site, side),
        most=min((each.left for each in here), default=None),
        exceeded=min(exceeded, key=SEVERITIES.index, default=None),
    )


def _span(case: PlanCase, site: str, side: Side | Literal[""]) -> Span | None:
    """What the scheme published for a muscle of one side, or for the whole; nothing is said of the rest."""
    scheme = case.protocol
    if scheme is None or scheme.product != case.product.key or bool(side) != bool(site):
        return None
    if not site:
        return Fraction(scheme.total_units.low), Fraction(scheme.total_units.high)
    parts = [
        part
        for part in scheme.sites
        if part.site == site and (part.sides == "midline") == (side == "midline")
    ]
    spans = list(_spans(parts))
    if not spans:
        return None
    return sum((low for low, _ in spans), Fraction(0)), sum((high for _, high in spans), Fraction(0))


def _spans(parts: Iterable[ProtocolSite]) -> Iterator[Span]:
    """The least and most of each part; a part that may be left out has no least."""
    for part in parts:
        count = len(part.point_numbers) if part.most_points is None else part.most_points
        may_miss = part.optional or part.only_if_painful or part.most_points is not None
        units = part.units_per_point
        yield Fraction(0) if may_miss else count * Fraction(units.low), count * Fraction(units.high)

"""Where what was given departs from what was planned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from masseter.core.inject.types import GivenPoint, LeftOut
from masseter.core.plan.reconstitute import DrawUp
from masseter.core.plan.types import PlannedPoint
from masseter.core.quantities import plain

DeviationKind = Literal["added", "left_out", "more", "less", "moved", "depth", "route", "other_site"]


@dataclass(frozen=True, kw_only=True)
class Deviation:
    """One departure from the plan at one point, with its reason if one was written."""

    point_id: str
    kind: DeviationKind
    planned: str
    given: str
    reason: str

    @property
    def has_reason(self) -> bool:
        """A reason is written down."""
        return bool(self.reason.strip())


def find_deviations(
    *,
    planned: Iterable[PlannedPoint],
    given: Iterable[GivenPoint],
    left_out: Iterable[LeftOut] = (),
    drawn: DrawUp | None = None,
) -> tuple[Deviation, ...]:
    """Every departure from the plan, by point: added, left out, more, less, moved, otherwise deep.

    Units that differ from the plan only by the syringe's rounding in `drawn` are no departure.
    """
    plan = {point.id: point for point in planned}
    done: set[str] = set()
    found: list[Deviation] = []
    for point in given:
        origin = plan.get(point.planned_id)
        if origin is None or origin.id in done:
            found.append(_deviation(point, "added", "", f"{plain(point.units)} units"))
            continue
        done.add(origin.id)
        as_drawn = drawn.draw_of(origin.id) if drawn else None
        found.extend(_differences(origin, point, as_drawn.recorded if as_drawn else origin.units))
    reasons = {each.planned_id: each.reason for each in left_out}
    for name, absent in plan.items():
        if name not in done:
            wanted = "" if absent.units is None else f"{plain(absent.units)} units"
            reason = reasons.get(name, "")
            found.append(Deviation(point_id=name, kind="left_out", planned=wanted, given="", reason=reason))
    return tuple(sorted(found, key=lambda each: (each.point_id, each.kind)))


def _differences(origin: PlannedPoint, point: GivenPoint, recorded: Decimal | None) -> Iterable[Deviation]:
    if (origin.site, origin.side) != (point.site, point.side):
        planned, given = f"{origin.site} {origin.side}", f"{point.site} {point.side}"
        yield _deviation(point, "other_site", planned, given)
    if point.units not in (origin.units, recorded):
        planned = "" if origin.units is None else f"{plain(origin.units)} units"
        kind: DeviationKind = "less" if origin.units is not None and point.units < origin.units else "more"
        yield _deviation(point, kind, planned, f"{plain(point.units)} units")
    if (origin.view, origin.x, origin.y) != (point.view, point.x, point.y):
        planned = f"{origin.view} {plain(origin.x)}, {plain(origin.y)}"
        yield _deviation(point, "moved", planned, f"{point.view} {plain(point.x)}, {plain(point.y)}")
    if origin.depth != point.depth:
        yield _deviation(point, "depth", origin.depth, point.depth)
    if origin.route != point.route:
        yield _deviation(point, "route", origin.route, point.route)


def _deviation(point: GivenPoint, kind: DeviationKind, planned: str, given: str) -> Deviation:
    return Deviation(point_id=point.id, kind=kind, planned=planned, given=given, reason=point.reason)

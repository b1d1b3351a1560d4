"""Planned against given, in words: what was given as planned, and each departure with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from masseter.clinic.plan.placed import point_words
from masseter.clinic.plan.words import site_words
from masseter.core.inject.deviations import Deviation
from masseter.core.plan.compare import distance_mm
from masseter.core.plan.types import PlannedPoint
from masseter.journey.inject.departures import deviations_of
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import given_points
from masseter.journey.plan.drafts import stored_points
from masseter.ui.facemap.diff import alike, distance_words, signed_words


@dataclass(frozen=True, kw_only=True)
class Departure:
    """One point that was not given as planned: what was done otherwise, and why."""

    id: str
    words: str
    what: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Departures:
    """How many of the planned points were given as planned, and every other one."""

    as_planned: int
    planned: int
    lines: list[Departure]


def departures_of(treatment: Treatment) -> Departures:
    """What of a signed treatment was not as planned."""
    planned = {point.id: point for point in stored_points(treatment.plan)}
    given = {point.id: point for point in given_points(treatment)}
    meant = {row.label: row.planned_label for row in treatment.points.all()}
    lines, departed = [], set()
    for name, found in groupby(deviations_of(treatment), key=lambda each: each.point_id):
        old, new = planned.get(meant.get(name, name)), given.get(name)
        departed.add(meant.get(name, name))
        lines.append(_line(list(found), old, new, treatment))
    return Departures(
        as_planned=len(planned.keys() - departed),
        planned=len(planned),
        lines=lines,
    )


def _line(
    found: list[Deviation], old: PlannedPoint | None, new: PlannedPoint | None, treatment: Treatment
) -> Departure:
    point = new or old
    assert point is not None
    return Departure(
        id=found[0].point_id,
        words=point_words(point, treatment.map_version),
        what="; ".join(_what(each, old, new, treatment) for each in found),
        reason=next((each.reason for each in found if each.has_reason), ""),
    )


def _what(found: Deviation, old: PlannedPoint | None, new: PlannedPoint | None, treatment: Treatment) -> str:
    match found.kind:
        case "added":
            return f"added: {found.given}"
        case "left_out":
            return f"not given: {found.planned} planned" if found.planned else "not given"
        case "more" | "less":
            apart = new.units - old.units if old and new and old.units and new.units else None
            return f"{signed_words(apart) or found.kind}: {found.planned} planned, {found.given} given"
        case "moved":
            scale = alike(treatment.plan.map_version, treatment.map_version)
            return f"moved {distance_words(distance_mm(old, new, scale) if old and new else None)}"
        case "other_site":
            return f"in {_where(new)} instead of {_where(old)}"
        case _:
            return f"{found.kind}: {found.given or 'not said'} instead of {found.planned or 'not said'}"


def _where(point: PlannedPoint | None) -> str:
    return site_words(point.site, point.side) if point else "another place"

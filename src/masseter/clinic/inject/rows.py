"""What was given as the form's rows tell it: points, reasons, vials, and planned points left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from masseter.clinic.plan.placed import point_words
from masseter.clinic.plan.words import plain
from masseter.core.plan.types import PlannedPoint
from masseter.journey.inject.preparing import Given
from masseter.journey.plan.drafts import WrongPoint, point_of
from masseter.knowledge.load import load
from masseter.ui.facemap import PointRow
from masseter.ui.facemap.rows import MOST_ROWS

FIELDS = ("id", "site", "side", "view", "x", "y", "depth", "route", "units")


@dataclass(frozen=True, kw_only=True)
class GivenRow:
    """One row of the table: the point, what was planned for it, and what was typed about it."""

    row: PointRow
    label: str
    planned: str = ""
    reason: str = ""
    vial: str = ""
    removed: bool = False


@dataclass(frozen=True, kw_only=True)
class Read:
    """The rows in core's shapes, and a sentence for each that cannot be."""

    given: tuple[Given, ...]
    left_out: dict[str, str]
    problems: tuple[str, ...]


def rows_from(data: Mapping[str, str], plan: Iterable[PlannedPoint]) -> list[GivenRow]:
    """The rows of a posted form, removed ones included."""
    planned = {point.id: plain(point.units) for point in plan}
    rows = []
    for number in range(_total(data)):
        prefix = f"point-{number}-"
        if not data.get(f"{prefix}site"):
            continue
        row = PointRow(**{name: data.get(prefix + name, "").strip() for name in FIELDS})
        rows.append(
            GivenRow(
                row=row,
                label=point_words(row),
                planned=planned.get(row.id, ""),
                reason=data.get(f"{prefix}reason", "").strip()[:2000],
                vial=data.get(f"{prefix}vial", ""),
                removed=bool(data.get(f"{prefix}remove")),
            )
        )
    return rows


def rows_of(points: Iterable[PlannedPoint], plan: Iterable[PlannedPoint]) -> list[GivenRow]:
    """The rows of points as they are planned or were given."""
    planned = {point.id: plain(point.units) for point in plan}
    return [
        GivenRow(
            row=as_row(point),
            label=point_words(point),
            planned=planned.get(point.id, ""),
        )
        for point in points
    ]


def read(rows: Iterable[GivenRow], plan: Iterable[PlannedPoint], protocol: str) -> Read:
    """The rows in core's shapes. A planned point that is kept nowhere was left out.

    A point that is not of the plan goes by the way of the plan's protocol.
    """
    knowledge, stored = load(), {point.id: point for point in plan}
    given, problems = [], []
    left_out = dict.fromkeys(stored, "")
    for each in rows:
        if each.removed:
            if each.row.id in left_out:
                left_out[each.row.id] = each.reason
            continue
        try:
            point = point_of(each.row, knowledge, protocol)
        except WrongPoint as problem:
            problems.append(str(problem))
            continue
        origin = stored.get(each.row.id)
        if origin is not None:
            # Depth and route are not typed here: they stay as approved, even if knowledge has changed.
            point = replace(point, depth=origin.depth, route=origin.route)
        planned = origin.id if origin else ""
        vial = int(each.vial) if each.vial.isascii() and each.vial.isdigit() else None
        given.append(Given(point=point, planned=planned, reason=each.reason, vial_id=vial))
    kept = {each.planned for each in given}
    return Read(
        given=tuple(given),
        left_out={name: reason for name, reason in left_out.items() if name not in kept},
        problems=tuple(problems),
    )


def as_row(point: PlannedPoint) -> PointRow:
    """A point as the editor's row takes it."""
    return PointRow(
        id=point.id,
        site=point.site,
        side=point.side,
        view=point.view,
        x=plain(point.x),
        y=plain(point.y),
        depth=point.depth,
        route=point.route,
        units=plain(point.units),
    )


def _total(data: Mapping[str, str]) -> int:
    text = data.get("points-total", "")
    return min(int(text), MOST_ROWS) if text.isascii() and text.isdigit() and len(text) < 9 else 0

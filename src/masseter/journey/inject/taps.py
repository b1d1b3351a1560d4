"""A tap as a device tells it, its row, and core's shape of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import cast
from uuid import UUID

from masseter.core.inject.chair import Place, Tap, TapKind
from masseter.core.plan.lookup import as_side
from masseter.core.plan.types import PlannedPoint
from masseter.journey.inject.models import ChairTap, Sitting
from masseter.journey.plan.drafts import as_view, tidy


@dataclass(frozen=True, kw_only=True)
class TapTold:
    """A tap that is to be noted. `point` is the whole point that it is about; None undoes `undoes`."""

    key: UUID
    hand: UUID
    kind: TapKind
    said_at: datetime
    point: PlannedPoint | None = None
    units: Decimal | None = None
    reason: str = ""
    seen: tuple[str, ...] = ()
    undoes: tuple[str, ...] = ()


def as_row(user_id: int, name: str, sitting: Sitting, tap: TapTold) -> ChairTap:
    """The row of what a person tapped, not saved yet."""
    point = tap.point
    return ChairTap(
        clinic_id=sitting.clinic_id,
        sitting=sitting,
        patient_id=sitting.patient_id,
        key=tap.key,
        hand=tap.hand,
        kind=tap.kind,
        point=point.id if point else "",
        units=tap.units,
        reason=tap.reason,
        site=point.site if point else "",
        side=point.side if point else "",
        view=point.view if point else "",
        x=point.x if point else None,
        y=point.y if point else None,
        seen=list(tap.seen),
        undoes=list(tap.undoes),
        said_at=tap.said_at,
        by_user_id=user_id,
        by_name=name,
    )


def as_tap(row: ChairTap) -> Tap:
    """A row as core reads it."""
    return Tap(
        key=str(row.key),
        kind=cast(TapKind, row.kind),
        by=row.by_name,
        point=row.point,
        units=None if row.units is None else tidy(row.units),
        reason=row.reason,
        place=_place(row),
        seen=frozenset(row.seen),
        undoes=frozenset(row.undoes),
    )


def last_by(rows: Iterable[ChairTap], user_id: int | None) -> tuple[str, ...]:
    """The keys of what a person tapped last and nobody has undone; empty where there is nothing."""
    listed = list(rows)
    undone = {key for row in listed for key in row.undoes}
    mine = [
        row
        for row in listed
        if row.by_user_id == user_id and row.kind != ChairTap.Kind.UNDONE and str(row.key) not in undone
    ]
    return tuple(str(row.key) for row in mine if row.hand == mine[-1].hand)


def _place(row: ChairTap) -> Place | None:
    if row.x is None or row.y is None:
        return None
    return Place(site=row.site, side=as_side(row.side), view=as_view(row.view), x=tidy(row.x), y=tidy(row.y))

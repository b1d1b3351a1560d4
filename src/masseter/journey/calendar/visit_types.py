"""How long each kind of visit takes, and what it needs, until a clinic says otherwise.

These are lengths of rooms and people, no clinical numbers; a manager changes them.
"""

from __future__ import annotations

from dataclasses import dataclass

from masseter.journey.calendar.models import Appointment, VisitType
from masseter.journey.ground.actor import Actor

STEP_MINUTES = 15  # visits are offered on the quarter hour


@dataclass(frozen=True, kw_only=True)
class VisitLength:
    """What a kind of visit takes. `is_offered`: patients may pick a free time themselves."""

    kind: str
    minutes: int
    needs_room: bool
    is_offered: bool


DEFAULTS = {
    one.kind: one
    for one in (
        VisitLength(kind="consultation", minutes=45, needs_room=True, is_offered=True),
        VisitLength(kind="treatment", minutes=30, needs_room=True, is_offered=False),
        VisitLength(kind="review", minutes=20, needs_room=True, is_offered=True),
        VisitLength(kind="call", minutes=15, needs_room=False, is_offered=True),
    )
}


def visit_lengths(by: Actor) -> dict[str, VisitLength]:
    """Each kind of visit with what holds in the clinic, in the order of the kinds."""
    own = {one.kind: one for one in VisitType.objects.filter(clinic_id=by.clinic_id)}
    return {kind: _told(own.get(kind)) or DEFAULTS[kind] for kind in Appointment.Kind.values}


def visit_type_of(by: Actor, kind: str) -> VisitType:
    """The clinic's row for a kind of visit, made with the usual values where there is none yet."""
    usual = DEFAULTS[kind]
    values = {"minutes": usual.minutes, "needs_room": usual.needs_room, "is_offered": usual.is_offered}
    return VisitType.objects.get_or_create(clinic_id=by.clinic_id, kind=kind, defaults=values)[0]


def _told(row: VisitType | None) -> VisitLength | None:
    if row is None:
        return None
    return VisitLength(
        kind=row.kind, minutes=row.minutes, needs_room=row.needs_room, is_offered=row.is_offered
    )

"""Booking a treatment visit: never unawares before the earliest day after the last toxin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from masseter.core.follow_up.due import Due
from masseter.journey.accounts.models import User
from masseter.journey.calendar.actions import book_appointment, move_appointment
from masseter.journey.calendar.models import Appointment, Room, Waiting
from masseter.journey.calendar.waiting_actions import offer_time, pick_time
from masseter.journey.follow_up.due_days import earliest_treatment
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.people.models import Patient


class TooEarly(Refused):
    """A treatment before the earliest day, without a reason."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Where and when a visit is wanted, and the reasons where something speaks against it."""

    starts_at: datetime
    minutes: int
    with_user: User | None = None
    room: Room | None = None
    outside_hours: bool = False
    early_reason: str = ""


def book_visit(
    *,
    by: Actor,
    patient: Patient,
    kind: str,
    wanted: Wanted,
    condition: str = "",
    note: str = "",
    waiting: Waiting | None = None,
) -> Appointment:
    """Book a visit; a treatment before the earliest day only with a reason, which is kept in the trail.

    Raises: TooEarly, and as `book_appointment`.
    """
    why = _check(by, patient, kind, condition, wanted)
    return book_appointment(
        by=by,
        patient=patient,
        kind=kind,
        condition=condition,
        starts_at=wanted.starts_at,
        minutes=wanted.minutes,
        with_user=wanted.with_user,
        room=wanted.room,
        note=note,
        waiting=waiting,
        outside_hours=wanted.outside_hours,
        why=why,
    )


def move_visit(*, by: Actor, appointment: Appointment, wanted: Wanted) -> Appointment:
    """Move a visit; the same holds as for booking one.

    Raises: TooEarly, and as `move_appointment`.
    """
    why = _check(by, appointment.patient, appointment.kind, appointment.condition, wanted)
    return move_appointment(
        by=by,
        appointment=appointment,
        starts_at=wanted.starts_at,
        minutes=wanted.minutes,
        with_user=wanted.with_user,
        room=wanted.room,
        outside_hours=wanted.outside_hours,
        why=why,
    )


def offer_visit(*, by: Actor, waiting: Waiting, wanted: Wanted) -> Appointment:
    """Offer a time to somebody who waits; a treatment never before the earliest day.

    Raises: TooEarly, and as `offer_time`.
    """
    _check(by, waiting.patient, waiting.kind, waiting.condition, wanted, field="starts_at")
    return offer_time(
        by=by,
        waiting=waiting,
        starts_at=wanted.starts_at,
        minutes=wanted.minutes,
        with_user=wanted.with_user,
        room=wanted.room,
        outside_hours=wanted.outside_hours,
    )


def pick_visit(
    *, by: Actor, patient: Patient, kind: str, condition: str, starts_at: datetime, with_user: User | None
) -> Appointment:
    """A patient asks for a free time; a treatment never before the earliest day.

    Raises: TooEarly, and as `pick_time`.
    """
    wanted = Wanted(starts_at=starts_at, minutes=0)
    _check(by, patient, kind, condition, wanted, field="pick")
    return pick_time(
        by=by, patient=patient, kind=kind, condition=condition, starts_at=starts_at, with_user=with_user
    )


def earliest_for(by: Actor, patient: Patient, kind: str, condition: str) -> Due | None:
    """The earliest day of a visit of this kind; only treatments have one."""
    is_treatment = kind == Appointment.Kind.TREATMENT
    return earliest_treatment(by, patient, condition) if is_treatment else None


def early_words(due: Due) -> str:
    """Which toxin, and from which day on."""
    binding = max(due.reasons, key=lambda reason: reason.ends)
    return (
        f"The last toxin on record that counts is of {_day(binding.given_on)}: "
        f"the next treatment is due from {_day(due.earliest)} at the earliest."
    )


def _check(
    by: Actor,
    patient: Patient,
    kind: str,
    condition: str,
    wanted: Wanted,
    *,
    field: str = "early_reason",
) -> str:
    """The reason to keep where the visit is before the earliest day; empty where it is not."""
    due = earliest_for(by, patient, kind, condition)
    day = wanted.starts_at.astimezone(ZoneInfo(by.zone)).date()
    if due is None or day >= due.earliest:
        return ""
    reason = wanted.early_reason.strip()
    if not reason:
        more = " Choose a later day, or write why it has to be earlier." if field == "early_reason" else ""
        raise TooEarly(early_words(due) + more, field=field)
    return f"Before {due.earliest.isoformat()}: {reason}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

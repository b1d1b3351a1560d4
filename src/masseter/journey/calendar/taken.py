"""Whether a visit may stand where it is wanted: nobody, and no room, is taken twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import DatabaseError, transaction

from masseter.core.free_times import Hours, Span, open_spans
from masseter.core.sentences import said
from masseter.journey.accounts.models import Membership, User
from masseter.journey.audit.trail import record
from masseter.journey.calendar.free import absences_within, free_rooms, held_within, span_of
from masseter.journey.calendar.models import Appointment, Room, WorkingHours
from masseter.journey.calendar.queries import TREATING
from masseter.journey.calendar.visit_types import visit_lengths
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused

LATE = timedelta(minutes=15)  # a visit that has just begun may still be written down
EXCLUDED, DEADLOCK = "23P01", "40P01"
GONE = said("Somebody has just taken that time.")
LAPSED = "Nobody answered the offer in time."


class Taken(Refused):
    """The time is somebody else's: other free times may be shown."""


class OutsideHours(Refused):
    """Nobody sees patients then; it may be meant all the same."""


def place(by: Actor, wanted: Appointment, *, outside_hours: bool = False) -> None:
    """Save a visit where it is free, in the first free room where it needs one and none is named.

    Raises: Taken, OutsideHours, or Refused for a time that has passed or a person who treats nobody here.
    """
    if wanted.starts_at < clock.now() - LATE:
        raise Refused("That time has passed.", field="starts_at")
    if wanted.with_user is not None and not _treats_here(by, wanted.with_user):
        raise Refused("This person does not see patients here.", field="with_user")
    if not outside_hours:
        _check_hours(by, wanted)
    put_back(by, wanted)


def put_back(by: Actor, wanted: Appointment) -> None:
    """Save a visit that holds its time again, whenever that is.

    Raises: Taken.
    """
    let_lapse(by, span_of(wanted))
    _check_free(by, wanted)
    try:
        # The database looks once more: at other clinics where the same person works, and at two at once.
        with transaction.atomic():
            wanted.save()
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") not in (EXCLUDED, DEADLOCK):
            raise
        raise Taken(_who_is_taken(wanted), field="starts_at") from error


def let_lapse(by: Actor, span: Span) -> None:
    """Free the times of offers that nobody answered in time."""
    stale = Appointment.objects.filter(
        clinic_id=by.clinic_id,
        state=Appointment.State.OFFERED,
        held_until__lte=clock.now(),
        starts_at__lt=span.end,
        starts_at__gt=span.start - timedelta(days=1),
    )
    for one in stale.select_for_update():
        end_visit(one, by_whom=Appointment.SaidBy.CLINIC, reason=LAPSED)
        record(by=by, what="appointment.lapsed", on=one, why=LAPSED)


def end_visit(one: Appointment, *, by_whom: str, reason: str) -> None:
    """Cancel a visit: its time is free again, and calendars outside learn of it."""
    one.state, one.held_until = Appointment.State.CANCELLED, None
    one.ended_by, one.reason, one.sequence = by_whom, reason.strip(), one.sequence + 1
    one.save(update_fields=["state", "held_until", "ended_by", "reason", "sequence"])


def _check_free(by: Actor, wanted: Appointment) -> None:
    taken = held_within(by, span_of(wanted)).exclude(pk=wanted.pk)
    if taken.filter(patient=wanted.patient).exists():
        raise Refused("The patient has another appointment at that time.", field="starts_at")
    if wanted.with_user is not None and taken.filter(with_user=wanted.with_user).exists():
        raise Taken(_who_is_taken(wanted), field="starts_at")
    if wanted.room is not None and taken.filter(room=wanted.room).exists():
        raise Taken(said("%(name)s is taken at that time.", name=str(wanted.room)), field="starts_at")
    if wanted.room is None and visit_lengths(by)[wanted.kind].needs_room:
        _take_room(by, wanted)


def _take_room(by: Actor, wanted: Appointment) -> None:
    """The first free room; none where the clinic names no rooms."""
    found = free_rooms(by, wanted.starts_at, wanted.minutes, but=wanted.pk)
    if found:
        wanted.room = found[0]
    elif _has_rooms(by):
        raise Taken("No room is free at that time.", field="starts_at")


def _has_rooms(by: Actor) -> bool:
    return Room.objects.filter(clinic_id=by.clinic_id, closed_at=None).exists()


def _check_hours(by: Actor, wanted: Appointment) -> None:
    """Against the hours and absences that are known; where none are, nothing is said."""
    span = span_of(wanted)
    away = list(absences_within(by, span))
    if any(one.user_id is None for one in away):
        raise OutsideHours("The clinic is closed at that time.", field="outside_hours")
    if wanted.with_user is None:
        return
    if any(one.user_id == wanted.with_user_id for one in away):
        raise OutsideHours(
            said("%(name)s is away at that time.", name=str(wanted.with_user)), field="outside_hours"
        )
    rows = WorkingHours.objects.filter(clinic_id=by.clinic_id, user=wanted.with_user, ended_at=None)
    hours = [Hours(weekday=one.weekday, starts=one.starts, ends=one.ends) for one in rows]
    day = wanted.starts_at.astimezone(ZoneInfo(by.zone)).date()
    if hours and not any(one.holds(span) for one in open_spans(hours, day, by.zone)):
        raise OutsideHours(
            said("%(name)s sees nobody at that time.", name=str(wanted.with_user)), field="outside_hours"
        )


def _who_is_taken(wanted: Appointment) -> str:
    return (
        said("%(name)s is taken at that time.", name=str(wanted.with_user))
        if wanted.with_user is not None
        else GONE
    )


def _treats_here(by: Actor, user: User) -> bool:
    running = Membership.objects.filter(clinic_id=by.clinic_id, user=user, ended_at=None)
    return running.filter(role__in=TREATING).exists()


def as_told(one: Appointment) -> dict[str, Any]:  # Any: whatever JSON can hold
    """Where a visit stands, for the trail."""
    return {
        "starts_at": one.starts_at,
        "minutes": one.minutes,
        "with": one.with_user_id,
        "room": str(one.room) if one.room else "",
    }

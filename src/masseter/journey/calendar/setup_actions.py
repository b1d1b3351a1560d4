"""Setting the calendar up: lengths of visits, rooms, who works when, and who is away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from itertools import pairwise

from masseter.journey.accounts.models import User
from masseter.journey.audit.trail import record
from masseter.journey.calendar.models import HELD, Absence, Appointment, Room, VisitType, WorkingHours
from masseter.journey.calendar.queries import clinicians
from masseter.journey.calendar.visit_types import visit_type_of
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right

Stretch = tuple[int, time, time]  # weekday, from, until


@action(Right.SET_UP_CALENDAR)
def change_visit_type(*, by: Actor, kind: str, minutes: int, needs_room: bool, is_offered: bool) -> VisitType:
    """Say how long a kind of visit takes, whether it needs a room, and whether patients may pick a time."""
    row = visit_type_of(by, kind)
    before = {"minutes": row.minutes, "needs_room": row.needs_room, "is_offered": row.is_offered}
    row.minutes, row.needs_room, row.is_offered = minutes, needs_room, is_offered
    row.save(update_fields=list(before))
    after = {"minutes": minutes, "needs_room": needs_room, "is_offered": is_offered}
    record(by=by, what="visit_type.changed", on=row, data={"kind": kind, "before": before, "after": after})
    return row


@action(Right.SET_UP_CALENDAR)
def add_room(*, by: Actor, name: str) -> Room:
    """Add a room.

    Raises: Refused without a name, or for one that is there already.
    """
    _check_name(by, name)
    room = Room.objects.create(clinic_id=by.clinic_id, name=name.strip())
    record(by=by, what="room.added", on=room, data={"name": room.name})
    return room


@action(Right.SET_UP_CALENDAR)
def rename_room(*, by: Actor, room: Room, name: str) -> Room:
    """Give a room another name.

    Raises: Refused without a name, or for one that is there already.
    """
    _check_name(by, name, but=room.pk)
    before, room.name = room.name, name.strip()
    room.save(update_fields=["name"])
    record(by=by, what="room.renamed", on=room, data={"before": before, "name": room.name})
    return room


@action(Right.SET_UP_CALENDAR)
def close_room(*, by: Actor, room: Room) -> Room:
    """Use a room no longer.

    Raises: Refused while visits are booked in it.
    """
    coming = Appointment.objects.filter(
        clinic_id=by.clinic_id, room=room, state__in=HELD, starts_at__gte=clock.now()
    )
    if coming.exists():
        raise Refused("Visits are booked in this room. Move them first.")
    room.closed_at = clock.now()
    room.save(update_fields=["closed_at"])
    record(by=by, what="room.closed", on=room)
    return room


@action(Right.SET_UP_CALENDAR)
def set_hours(*, by: Actor, user: User, hours: Iterable[Stretch]) -> list[WorkingHours]:
    """Say when a person sees patients; what was said before ends.

    Raises: Refused for hours that end before they begin or overlap, or a person who treats nobody here.
    """
    if user.pk not in {one.pk for one in clinicians(by)}:
        raise Refused("This person does not see patients here.")
    wanted = sorted(set(hours))
    for weekday, starts, ends in wanted:
        if not 0 <= weekday <= 6 or starts >= ends:
            raise Refused("Hours end after they begin, on the same day.")
    for (day, _, ends), (other, starts, _) in pairwise(wanted):
        if day == other and starts < ends:
            raise Refused("Two stretches of hours of one day overlap.")
    running = WorkingHours.objects.filter(clinic_id=by.clinic_id, user=user, ended_at=None)
    running.update(ended_at=clock.now())
    rows = [
        WorkingHours.objects.create(
            clinic_id=by.clinic_id, user=user, weekday=weekday, starts=starts, ends=ends
        )
        for weekday, starts, ends in wanted
    ]
    told = [f"{weekday} {starts:%H:%M}-{ends:%H:%M}" for weekday, starts, ends in wanted]
    record(by=by, what="hours.set", on=user, data={"hours": told})
    return rows


@action(Right.SET_UP_CALENDAR)
def add_absence(
    *, by: Actor, user: User | None, starts_at: datetime, ends_at: datetime, words: str = ""
) -> Absence:
    """Say that a person is away, or that the clinic is closed. Visits that are booked stay, and are shown.

    Raises: Refused where it ends before it begins.
    """
    if starts_at >= ends_at:
        raise Refused("It ends before it begins.", field="until_on")
    gone = Absence.objects.create(
        clinic_id=by.clinic_id, user=user, starts_at=starts_at, ends_at=ends_at, words=words.strip()
    )
    record(by=by, what="absence.added", on=gone, data={"starts_at": starts_at, "ends_at": ends_at})
    return gone


@action(Right.SET_UP_CALENDAR)
def withdraw_absence(*, by: Actor, absence: Absence) -> Absence:
    """Take back that somebody is away.

    Raises: Refused where it was taken back before.
    """
    if absence.withdrawn_at is not None:
        raise Refused("This was taken back before.")
    absence.withdrawn_at = clock.now()
    absence.save(update_fields=["withdrawn_at"])
    record(by=by, what="absence.withdrawn", on=absence)
    return absence


def _check_name(by: Actor, name: str, *, but: int | None = None) -> None:
    if not name.strip():
        raise Refused("Enter a name.", field="name")
    named = Room.objects.filter(clinic_id=by.clinic_id, closed_at=None, name__iexact=name.strip())
    if named.exclude(pk=but or 0).exists():
        raise Refused("There is a room of this name.", field="name")

"""Booking, moving and ending appointments."""

from __future__ import annotations

from copy import copy
from datetime import datetime

from masseter.journey.accounts.models import User
from masseter.journey.audit.trail import record
from masseter.journey.calendar.models import Appointment, Room, Waiting
from masseter.journey.calendar.taken import as_told, end_visit, place, put_back
from masseter.journey.calendar.telling import tell_booked, tell_moved, tell_step
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient

# state → the states that it may go to
MOVES = {
    "asked": {"booked", "cancelled"},
    "offered": {"booked", "cancelled"},
    "booked": {"arrived", "done", "cancelled", "missed"},
    "arrived": {"done", "booked", "missed"},
    "missed": {"booked"},
    "done": set(),
    "cancelled": set(),
}


@action(Right.KEEP_CALENDAR)
def book_appointment(
    *,
    by: Actor,
    patient: Patient,
    kind: str,
    starts_at: datetime,
    minutes: int,
    condition: str = "",
    with_user: User | None = None,
    room: Room | None = None,
    note: str = "",
    waiting: Waiting | None = None,
    outside_hours: bool = False,
    why: str = "",
) -> Appointment:
    """Book an appointment, and take who waited for it off the waiting list.

    `why`: the reason for what was booked against a caution. Raises: Refused for a time in the past, or
    when the patient, the clinician or the room is taken; OutsideHours unless `outside_hours` is said.
    """
    appointment = Appointment(
        clinic_id=by.clinic_id,
        patient=patient,
        kind=kind,
        condition=condition,
        starts_at=starts_at,
        minutes=minutes,
        with_user=with_user,
        room=room,
        note=note.strip(),
        waiting=waiting,
    )
    place(by, appointment, outside_hours=outside_hours)
    if waiting is not None:
        _end_waiting(waiting, patient)
    record(
        by=by, what="appointment.booked", on=appointment, why=why, data={"kind": kind, **as_told(appointment)}
    )
    tell_booked(by, appointment)
    return appointment


@action(Right.KEEP_CALENDAR)
def move_appointment(
    *,
    by: Actor,
    appointment: Appointment,
    starts_at: datetime,
    minutes: int,
    with_user: User | None,
    room: Room | None = None,
    outside_hours: bool = False,
    why: str = "",
) -> Appointment:
    """Give an appointment another time, length, clinician or room.

    Raises: Refused as when booking, and for an appointment that is over.
    """
    if not appointment.is_held:
        raise Refused("This appointment is over and cannot be moved. Book a new one.")
    before = as_told(appointment)
    # A copy: where the time is taken, the page goes on showing where the visit stands.
    moved = copy(appointment)
    moved.starts_at, moved.minutes = starts_at, minutes
    moved.with_user, moved.room = with_user, room
    moved.sequence += 1
    place(by, moved, outside_hours=outside_hours)
    record(by=by, what="appointment.moved", on=moved, why=why, data={"before": before, **as_told(moved)})
    tell_moved(by, moved, before=appointment.starts_at)
    return moved


@action(Right.KEEP_CALENDAR)
def set_appointment_state(
    *, by: Actor, appointment: Appointment, state: str, why: str = "", said_by: str = "clinic"
) -> Appointment:
    """Say that somebody arrived, was seen, did not come, or cancelled; confirm what was asked for.

    Raises: Refused for a step that does not follow, and for cancelling without a reason; Taken where the
    time of a visit that is back is somebody else's by now.
    """
    current = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if state not in MOVES[current.state]:
        words = current.get_state_display().lower()
        raise Refused(f"This appointment is {words}; it cannot become {state}.")
    if state == Appointment.State.CANCELLED:
        if not why.strip():
            raise Refused("Write down why it is cancelled.", field="why")
        end_visit(appointment, by_whom=said_by, reason=why)
    else:
        was_held = current.is_held
        appointment.state, appointment.held_until = state, None
        if was_held:
            appointment.save(update_fields=["state", "held_until"])
        else:
            put_back(by, appointment)
        if appointment.waiting is not None and state == Appointment.State.BOOKED:
            _end_waiting(appointment.waiting, appointment.patient)
    record(by=by, what=f"appointment.{state}", on=appointment, why=why)
    tell_step(by, appointment, was=current.state)
    return appointment


def _end_waiting(waiting: Waiting, patient: Patient) -> None:
    """Who has a time waits no longer."""
    if waiting.patient_id != patient.pk:
        raise Refused("Somebody else waits there.")
    waiting.state = Waiting.State.BOOKED
    waiting.save(update_fields=["state"])

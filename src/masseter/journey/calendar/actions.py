"""Booking, moving and ending appointments."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import DurationField, ExpressionWrapper, F

from masseter.journey.accounts.models import Membership, User
from masseter.journey.audit.trail import record
from masseter.journey.calendar.models import Appointment
from masseter.journey.calendar.queries import TREATING
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient

# state → the states that it may go to
MOVES = {
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
    note: str = "",
) -> Appointment:
    """Book an appointment.

    Raises: Refused for a time in the past, or when the patient or the clinician is taken.
    """
    appointment = Appointment(
        clinic_id=by.clinic_id,
        patient=patient,
        kind=kind,
        condition=condition,
        starts_at=starts_at,
        minutes=minutes,
        with_user=with_user,
        note=note.strip(),
    )
    _check_free(by, appointment)
    appointment.save()
    data = {"kind": kind, "starts_at": starts_at, "minutes": minutes}
    record(by=by, what="appointment.booked", on=appointment, data=data)
    return appointment


@action(Right.KEEP_CALENDAR)
def move_appointment(
    *, by: Actor, appointment: Appointment, starts_at: datetime, minutes: int, with_user: User | None
) -> Appointment:
    """Give an appointment another time, length or clinician.

    Raises: Refused as when booking, and for an appointment that is over.
    """
    if not appointment.is_open:
        raise Refused("This appointment is over and cannot be moved. Book a new one.")
    before = {"starts_at": appointment.starts_at, "minutes": appointment.minutes}
    appointment.starts_at, appointment.minutes = starts_at, minutes
    appointment.with_user = with_user
    _check_free(by, appointment)
    appointment.save()
    record(by=by, what="appointment.moved", on=appointment, data={"before": before, "starts_at": starts_at})
    return appointment


@action(Right.KEEP_CALENDAR)
def set_appointment_state(*, by: Actor, appointment: Appointment, state: str, why: str = "") -> Appointment:
    """Say that somebody arrived, was seen, did not come, or cancelled.

    Raises: Refused for a step that does not follow.
    """
    current = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if state not in MOVES[current.state]:
        words = current.get_state_display().lower()
        raise Refused(f"This appointment is {words}; it cannot become {state}.")
    appointment.state = state
    appointment.save(update_fields=["state"])
    record(by=by, what=f"appointment.{state}", on=appointment, why=why)
    return appointment


def _check_free(by: Actor, wanted: Appointment) -> None:
    if wanted.starts_at < clock.now() - timedelta(minutes=15):
        raise Refused("That time has passed.", field="starts_at")
    if wanted.with_user is not None and not _treats_here(by, wanted.with_user):
        raise Refused("This person does not see patients here.", field="with_user")
    with connection.cursor() as cursor:
        # Bookings of one clinic queue here, so that two at once cannot both find the time free.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('masseter.calendar'), %s)", [by.clinic_id])
    length = ExpressionWrapper(F("minutes") * timedelta(minutes=1), output_field=DurationField())
    taken = (
        Appointment.objects.filter(clinic_id=by.clinic_id, state__in=["booked", "arrived"])
        .exclude(pk=wanted.pk)
        .annotate(end=F("starts_at") + length)
        .filter(starts_at__lt=wanted.ends_at, end__gt=wanted.starts_at)
    )
    if taken.filter(patient=wanted.patient).exists():
        raise Refused("The patient has another appointment at that time.", field="starts_at")
    if wanted.with_user is not None and taken.filter(with_user=wanted.with_user).exists():
        raise Refused(f"{wanted.with_user} is taken at that time.", field="starts_at")


def _treats_here(by: Actor, user: User) -> bool:
    running = Membership.objects.filter(clinic_id=by.clinic_id, user=user, ended_at=None)
    return running.filter(role__in=TREATING).exists()

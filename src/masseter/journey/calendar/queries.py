"""Reading the calendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from masseter.journey.accounts.models import Membership, User
from masseter.journey.calendar.models import Absence, Appointment, Room, Waiting, WorkingHours
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Role
from masseter.journey.people.models import Patient

TREATING = (Role.INJECTOR, Role.PRESCRIBER)


def appointments_on(by: Actor, day: date, days: int = 1) -> list[Appointment]:
    """The clinic's appointments of a local day, or of several in a row, by time."""
    start = datetime.combine(day, time.min, ZoneInfo(by.zone))
    last = datetime.combine(day + timedelta(days=days - 1), time.max, ZoneInfo(by.zone))
    found = Appointment.objects.filter(clinic_id=by.clinic_id, starts_at__gte=start, starts_at__lte=last)
    return list(found.select_related("patient", "with_user", "room"))


def appointments_of(by: Actor, patient: Patient) -> list[Appointment]:
    """All appointments of a patient, newest first."""
    found = Appointment.objects.filter(clinic_id=by.clinic_id, patient=patient)
    return list(found.select_related("with_user").order_by("-starts_at"))


def next_appointment(by: Actor, patient: Patient) -> Appointment | None:
    """The patient's next open appointment."""
    open_ones = [Appointment.State.BOOKED, Appointment.State.ARRIVED]
    found = Appointment.objects.filter(clinic_id=by.clinic_id, patient=patient, state__in=open_ones)
    coming = found.filter(starts_at__gte=clock.now() - timedelta(hours=2))
    return coming.select_related("with_user").first()


def appointment_of(by: Actor, appointment_id: int) -> Appointment:
    """One appointment.

    Raises: NotHere.
    """
    mine = Appointment.objects.filter(clinic_id=by.clinic_id, pk=appointment_id)
    found = mine.select_related("patient", "with_user", "room", "waiting").first()
    if found is None:
        raise NotHere("There is no such appointment.")
    return found


def clinicians(by: Actor) -> list[User]:
    """Those who see patients in the clinic, by name."""
    running = Membership.objects.filter(clinic_id=by.clinic_id, ended_at=None, role__in=TREATING)
    people = {one.user_id: one.user for one in running.select_related("user")}
    return sorted(people.values(), key=str)


def room_of(by: Actor, room_id: int) -> Room:
    """One room.

    Raises: NotHere.
    """
    found = Room.objects.filter(clinic_id=by.clinic_id, pk=room_id).first()
    if found is None:
        raise NotHere("There is no such room.")
    return found


def absence_of(by: Actor, absence_id: int) -> Absence:
    """One absence.

    Raises: NotHere.
    """
    mine = Absence.objects.filter(clinic_id=by.clinic_id, pk=absence_id).select_related("user")
    found = mine.first()
    if found is None:
        raise NotHere("There is no such absence.")
    return found


def coming_absences(by: Actor) -> list[Absence]:
    """Who is away, now or later, by time."""
    found = Absence.objects.filter(clinic_id=by.clinic_id, withdrawn_at=None, ends_at__gt=clock.now())
    return list(found.select_related("user"))


def hours_of(by: Actor) -> dict[int, list[WorkingHours]]:
    """The running hours of each person, by weekday and time."""
    found: dict[int, list[WorkingHours]] = {}
    for one in WorkingHours.objects.filter(clinic_id=by.clinic_id, ended_at=None):
        found.setdefault(one.user_id, []).append(one)
    return found


def waiting_of(by: Actor, waiting_id: int) -> Waiting:
    """One line of the waiting list.

    Raises: NotHere.
    """
    mine = Waiting.objects.filter(clinic_id=by.clinic_id, pk=waiting_id)
    found = mine.select_related("patient").first()
    if found is None:
        raise NotHere("There is no such request.")
    return found


def waiting_list(by: Actor, patient: Patient | None = None) -> list[Waiting]:
    """Those who wait for a visit, the longest first, each with the offers that were made."""
    found = Waiting.objects.filter(clinic_id=by.clinic_id, state=Waiting.State.WAITING)
    found = found if patient is None else found.filter(patient=patient)
    return list(found.select_related("patient").prefetch_related("appointments"))


def asked_times(by: Actor) -> list[Appointment]:
    """Times that patients picked and that the clinic has to confirm, the nearest first."""
    found = Appointment.objects.filter(
        clinic_id=by.clinic_id, state=Appointment.State.ASKED, starts_at__gt=clock.now()
    )
    return list(found.select_related("patient", "with_user", "room"))

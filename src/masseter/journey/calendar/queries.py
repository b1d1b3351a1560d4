"""Reading the calendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from masseter.journey.accounts.models import Membership, User
from masseter.journey.calendar.models import Appointment
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
    return list(found.select_related("patient", "with_user"))


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
    found = mine.select_related("patient", "with_user").first()
    if found is None:
        raise NotHere("There is no such appointment.")
    return found


def clinicians(by: Actor) -> list[User]:
    """Those who see patients in the clinic, by name."""
    running = Membership.objects.filter(clinic_id=by.clinic_id, ended_at=None, role__in=TREATING)
    people = {one.user_id: one.user for one in running.select_related("user")}
    return sorted(people.values(), key=str)

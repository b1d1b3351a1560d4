"""Visits that are near, and whether a reminder of one still holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from masseter.journey.calendar.models import Appointment
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.messaging.models import Kind, Message
from masseter.journey.messaging.outbox import Wanted
from masseter.journey.messaging.queries import settings_of

# A reminder this short before a visit would reach nobody in time.
TOO_LATE = timedelta(hours=2)


def visits_near(by: Actor) -> Iterator[Wanted]:
    """A reminder of each visit booked within the clinic's days; a visit that moved is another cause."""
    now, days = clock.now(), settings_of(by).visit_days
    booked = Appointment.objects.filter(
        clinic_id=by.clinic_id,
        state=Appointment.State.BOOKED,
        starts_at__gt=now + TOO_LATE,
        starts_at__lte=now + timedelta(days=days),
    )
    reachable = booked.filter(patient__merged_into=None).exclude(patient__email="", patient__phone="")
    columns = ("pk", "patient_id", "patient__language", "starts_at")
    for number, patient_id, language, starts_at in reachable.values_list(*columns).order_by(
        "starts_at", "pk"
    ):
        yield Wanted(
            kind=Kind.VISIT,
            about=f"{number}@{starts_at.isoformat()}",
            patient_id=patient_id,
            language=language,
            starts_at=starts_at,
            expires_at=starts_at - TOO_LATE,
        )


def visit_gone(by: Actor, message: Message) -> str:
    """Why a visit needs no reminder any more; empty where it does."""
    number, _, told = message.about.partition("@")
    booked = Appointment.objects.filter(
        clinic_id=by.clinic_id, pk=number, starts_at=datetime.fromisoformat(told)
    )
    return "" if booked.filter(state=Appointment.State.BOOKED).exists() else "The visit was moved or is off."

"""Visits that are near, and whether a reminder of one still holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import F

from masseter.journey.accounts.languages import told_in
from masseter.journey.calendar.models import Appointment
from masseter.journey.calendar.telling import UNTRUE
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.messaging.models import Kind, Message
from masseter.journey.messaging.outbox import Wanted
from masseter.journey.messaging.queries import settings_of

# A reminder this short before a visit would reach nobody in time.
TOO_LATE = timedelta(hours=2)
# kind of news → the state in which it is true
_STATE_TOLD = {
    Kind.OFFER: Appointment.State.OFFERED,
    Kind.CONFIRMED: Appointment.State.BOOKED,
    Kind.MOVED: Appointment.State.BOOKED,
    Kind.CANCELLED: Appointment.State.CANCELLED,
}


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
    told = _told_within(by, days)
    for visit in reachable.select_related("patient__user").order_by("starts_at", "pk"):
        if (str(visit.pk), visit.starts_at) in told:
            continue
        yield Wanted(
            kind=Kind.VISIT,
            about=f"{visit.pk}@{visit.starts_at.isoformat()}",
            patient_id=visit.patient_id,
            language=told_in(visit.patient.user, visit.patient.language),
            starts_at=visit.starts_at,
            expires_at=visit.starts_at - TOO_LATE,
        )


def visit_gone(by: Actor, message: Message) -> str:
    """Why a visit needs no reminder any more; empty where it does."""
    number, _, told = message.about.partition("@")
    booked = Appointment.objects.filter(
        clinic_id=by.clinic_id, pk=number, starts_at=datetime.fromisoformat(told)
    )
    return "" if booked.filter(state=Appointment.State.BOOKED).exists() else "The visit was moved or is off."


def news_gone(by: Actor, message: Message) -> str:
    """Why news of a visit is not true any more: it was moved, answered or is off since."""
    number, _, _ = message.about.partition("@")
    visits = Appointment.objects.filter(clinic_id=by.clinic_id, pk=number)
    still = visits.filter(state=_STATE_TOLD[Kind(message.kind)])
    if message.starts_at is not None:
        still = still.filter(starts_at=message.starts_at)
    if message.kind == Kind.OFFER:
        still = still.filter(held_until__gt=clock.now())
    return "" if still.exists() else UNTRUE


def _told_within(by: Actor, days: int) -> set[tuple[str, datetime]]:
    """Visits, with their time, that were told of when a reminder was due already: that was the reminder."""
    news = Message.objects.filter(
        clinic_id=by.clinic_id,
        kind__in=(Kind.CONFIRMED, Kind.MOVED),
        state__in=(Message.State.WAITING, Message.State.HANDED),
        starts_at__gt=clock.now(),
        due_at__gt=clock.now() - timedelta(days=days),  # follows from the two others; has an index
        created_at__gte=F("starts_at") - timedelta(days=days),
    )
    rows = news.values_list("about", "starts_at")
    return {(about.partition("@")[0], starts_at) for about, starts_at in rows if starts_at is not None}

"""Telling patients what becomes of their visits: a word in the outbox, and untrue ones taken back.

These are parts of the calendar's actions. No message says what kind of visit it is: that is health data.
"""

from __future__ import annotations

from datetime import datetime

from masseter.journey.accounts.languages import told_in
from masseter.journey.calendar.models import Appointment
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.messaging.models import Kind
from masseter.journey.messaging.outbox import Wanted, withdraw_messages, write_messages

# Everything that is said about one visit, its reminder among it.
ABOUT_VISITS = (Kind.OFFER, Kind.CONFIRMED, Kind.MOVED, Kind.CANCELLED, Kind.VISIT)
_ANSWERED = {Appointment.State.ASKED, Appointment.State.OFFERED}
UNTRUE = "The visit was moved, answered or is off."


def tell_offered(by: Actor, offer: Appointment) -> None:
    """A time is offered; worth saying for as long as it is kept."""
    _tell(by, offer, Kind.OFFER, until=offer.held_until)


def tell_booked(by: Actor, visit: Appointment) -> None:
    """A visit is booked, or what was asked for or offered is now certain."""
    take_back(by, visit)
    _tell(by, visit, Kind.CONFIRMED)


def tell_moved(by: Actor, visit: Appointment, *, before: datetime) -> None:
    """A visit has another time. A request is answered later, an offer is offered anew."""
    if visit.starts_at == before:
        return
    take_back(by, visit)
    if visit.state == Appointment.State.BOOKED:
        _tell(by, visit, Kind.MOVED)
    elif visit.state == Appointment.State.OFFERED:
        tell_offered(by, visit)


def tell_ended(by: Actor, visit: Appointment, *, was: str) -> None:
    """A visit will not take place. Who says no to an offer, or takes a request back, knows it already."""
    take_back(by, visit)
    is_their_answer = was in _ANSWERED and visit.ended_by == Appointment.SaidBy.PATIENT
    if not is_their_answer:
        _tell(by, visit, Kind.CANCELLED)


def tell_step(by: Actor, visit: Appointment, *, was: str) -> None:
    """A visit took a step: told where it became certain or is off. What was set right is not told."""
    if visit.state == Appointment.State.CANCELLED:
        tell_ended(by, visit, was=was)
    elif visit.state == Appointment.State.BOOKED and was in _ANSWERED:
        tell_booked(by, visit)
    elif visit.state != Appointment.State.BOOKED:
        take_back(by, visit)


def take_back(by: Actor, visit: Appointment) -> None:
    """Whatever waits to be said about a visit is untrue by now."""
    for kind in ABOUT_VISITS:
        withdraw_messages(by, kind, str(visit.pk), UNTRUE)


def _tell(by: Actor, visit: Appointment, kind: str, *, until: datetime | None = None) -> None:
    """Nobody is told of a time that has begun, or without an address."""
    patient = visit.patient
    if visit.starts_at <= clock.now() or not (patient.email or patient.phone):
        return
    # The change's number is part of the cause: who moves there and back again is told each time.
    about = f"{visit.pk}@{visit.starts_at.isoformat()}#{visit.sequence}"
    wanted = Wanted(
        kind=kind,
        about=about,
        patient_id=patient.pk,
        language=told_in(patient.user, patient.language),
        starts_at=visit.starts_at,
        expires_at=min(until or visit.starts_at, visit.starts_at),
    )
    write_messages(by, [wanted])

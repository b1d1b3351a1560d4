"""Waiting for a visit, being offered a time, picking one, and giving one back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from masseter.journey.accounts.models import User
from masseter.journey.audit.trail import record
from masseter.journey.calendar.free import free_times
from masseter.journey.calendar.models import HELD, Appointment, Room, Waiting
from masseter.journey.calendar.taken import GONE, Taken, as_told, end_visit, place
from masseter.journey.calendar.telling import tell_booked, tell_ended, tell_offered
from masseter.journey.calendar.visit_types import visit_lengths
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient

OFFER_DAYS = 2  # so long an offered time is kept, and never past an hour before the visit
MOST_OPEN = 3  # requests of one patient that wait for an answer at a time
ANSWERABLE = (Appointment.State.OFFERED, Appointment.State.ASKED)


@action(Right.KEEP_CALENDAR, Right.OWN_CARE)
def wait_for_visit(
    *,
    by: Actor,
    patient: Patient,
    kind: str,
    condition: str = "",
    days: Collection[int] = (),
    parts: Collection[str] = (),
    from_on: date | None = None,
    words: str = "",
) -> Waiting:
    """Put somebody on the waiting list, with the times that suit; a patient asks so for an appointment.

    Raises: Refused where the patient waits for the same already, or asks for too much at once.
    """
    open_ones = Waiting.objects.filter(clinic_id=by.clinic_id, patient=patient, state=Waiting.State.WAITING)
    if open_ones.filter(kind=kind, condition=condition).exists():
        raise Refused("This request waits already. Change it, or take it back first.", field="kind")
    if by.is_patient and open_ones.count() >= MOST_OPEN:
        raise Refused("Several requests of yours wait already. We answer those first.")
    waiting = Waiting.objects.create(
        clinic_id=by.clinic_id,
        patient=patient,
        kind=kind,
        condition=condition,
        days=sorted(set(days)),
        parts=sorted(set(parts)),
        from_on=from_on,
        words=words.strip(),
        is_by_patient=by.is_patient,
    )
    record(by=by, what="waiting.added", on=waiting, data={"kind": kind})
    return waiting


@action(Right.KEEP_CALENDAR, Right.OWN_CARE)
def stop_waiting(*, by: Actor, waiting: Waiting, why: str = "") -> Waiting:
    """Take somebody off the waiting list; an offer that is still open is free again.

    Raises: Refused where they wait no longer, and for the clinic without a reason.
    """
    if waiting.state != Waiting.State.WAITING:
        raise Refused("Nobody waits here any more.")
    if not by.is_patient and not why.strip():
        raise Refused("Write down why.", field="why")
    for offer in waiting.appointments.filter(state__in=ANSWERABLE):
        was = offer.state
        end_visit(offer, by_whom=_said_by(by), reason=why)
        tell_ended(by, offer, was=was)
    waiting.state, waiting.reason = Waiting.State.WITHDRAWN, why.strip()
    waiting.save(update_fields=["state", "reason"])
    record(by=by, what="waiting.withdrawn", on=waiting, why=why)
    return waiting


@action(Right.KEEP_CALENDAR)
def offer_time(
    *,
    by: Actor,
    waiting: Waiting,
    starts_at: datetime,
    minutes: int,
    with_user: User | None,
    room: Room | None = None,
    outside_hours: bool = False,
) -> Appointment:
    """Offer a time to somebody who waits, and keep it for them for two days.

    Raises: Refused as when booking, and where an offer is open or nobody waits any more.
    """
    if waiting.state != Waiting.State.WAITING:
        raise Refused("Nobody waits here any more.")
    now = clock.now()
    open_offers = waiting.appointments.filter(state=Appointment.State.OFFERED, held_until__gt=now)
    if open_offers.exists():
        raise Refused("A time is offered already and waits for an answer.")
    until = min(now + timedelta(days=OFFER_DAYS), starts_at - timedelta(hours=1))
    if until <= now:
        raise Refused("That is too soon to offer it. Call, and book it.", field="starts_at")
    offer = Appointment(
        clinic_id=by.clinic_id,
        patient=waiting.patient,
        kind=waiting.kind,
        condition=waiting.condition,
        starts_at=starts_at,
        minutes=minutes,
        with_user=with_user,
        room=room,
        waiting=waiting,
        state=Appointment.State.OFFERED,
        held_until=until,
    )
    place(by, offer, outside_hours=outside_hours)
    record(by=by, what="appointment.offered", on=offer, data={**as_told(offer), "until": until})
    tell_offered(by, offer)
    return offer


@action(Right.OWN_CARE)
def answer_offer(*, by: Actor, appointment: Appointment, accepts: bool) -> Appointment:
    """Take an offered time, or leave it to somebody else and go on waiting.

    Raises: Refused where it is no open offer any more.
    """
    current = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if current.state != Appointment.State.OFFERED or (current.held_until or clock.now()) <= clock.now():
        raise Refused("This offer is no longer open. You are still on the list; we look for another time.")
    if not accepts:
        end_visit(appointment, by_whom=Appointment.SaidBy.PATIENT, reason="")
        record(by=by, what="appointment.not_taken", on=appointment)
        tell_ended(by, appointment, was=current.state)
        return appointment
    appointment.state, appointment.held_until = Appointment.State.BOOKED, None
    appointment.save(update_fields=["state", "held_until"])
    if appointment.waiting is not None:
        appointment.waiting.state = Waiting.State.BOOKED
        appointment.waiting.save(update_fields=["state"])
    record(by=by, what="appointment.booked", on=appointment, data=as_told(appointment))
    tell_booked(by, appointment)
    return appointment


@action(Right.OWN_CARE)
def pick_time(
    *, by: Actor, patient: Patient, kind: str, condition: str, starts_at: datetime, with_user: User | None
) -> Appointment:
    """Ask for one of the free times; it is kept until the clinic has answered.

    Raises: Taken where it is free no longer; Refused for a kind that patients do not pick, or for more
    requests than one at a time.
    """
    length = visit_lengths(by)[kind]
    if not length.is_offered:
        raise Refused("Times of this kind are agreed with you by telephone.", field="kind")
    mine = Appointment.objects.filter(clinic_id=by.clinic_id, patient=patient)
    if mine.filter(state=Appointment.State.ASKED, starts_at__gt=clock.now()).exists():
        raise Refused("You have asked for a time already. We answer that one first.")
    day = starts_at.astimezone(ZoneInfo(by.zone)).date()
    person = with_user.pk if with_user is not None else None
    free = free_times(by, kind=kind, first=day, days=1, person=person, patient=patient)
    fitting = next((one for one in free if one.start == starts_at), None)
    if fitting is None:
        raise Taken(GONE + " Please pick another one.", field="pick")
    chosen = with_user or User.objects.get(pk=fitting.people[0])
    asked = Appointment(
        clinic_id=by.clinic_id,
        patient=patient,
        kind=kind,
        condition=condition,
        starts_at=starts_at,
        minutes=length.minutes,
        with_user=chosen,
        state=Appointment.State.ASKED,
    )
    place(by, asked)
    record(by=by, what="appointment.asked", on=asked, data={"kind": kind, **as_told(asked)})
    return asked


@action(Right.OWN_CARE)
def give_up_visit(*, by: Actor, appointment: Appointment, why: str = "") -> Appointment:
    """Cancel one's own visit that has not begun.

    Raises: Refused for a visit that is over, has begun, or is cancelled already.
    """
    current = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    can = current.state in HELD and current.state != Appointment.State.ARRIVED
    if not can or current.starts_at <= clock.now():
        raise Refused("This visit cannot be cancelled here any more. Please call us.")
    end_visit(appointment, by_whom=Appointment.SaidBy.PATIENT, reason=why)
    record(by=by, what="appointment.cancelled", on=appointment, why=why)
    tell_ended(by, appointment, was=current.state)
    return appointment


def _said_by(by: Actor) -> str:
    return Appointment.SaidBy.PATIENT if by.is_patient else Appointment.SaidBy.CLINIC

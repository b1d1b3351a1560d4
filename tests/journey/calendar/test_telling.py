"""What a patient is told of a visit, and that nothing waits in the outbox that has become untrue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from masseter.journey.accounts.models import Clinic
from masseter.journey.calendar.actions import book_appointment, move_appointment, set_appointment_state
from masseter.journey.calendar.models import Appointment
from masseter.journey.calendar.waiting_actions import (
    answer_offer,
    give_up_visit,
    offer_time,
    stop_waiting,
    wait_for_visit,
)
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.messaging.models import Kind, Message
from masseter.journey.messaging.queries import worker_of
from masseter.journey.people.models import Patient
from masseter.journey.reminding.actions import gone, write_reminders
from tests.conftest import ActorMaker
from tests.factories import actor_of_patient, make_patient, make_portal_patient

NOON = datetime(2026, 6, 1, 11, 0, tzinfo=UTC)  # a Monday, noon in London
LATER = NOON + timedelta(days=7)


@pytest.fixture(autouse=True)
def _in_june() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def desk(actor: ActorMaker) -> Actor:
    return actor(Role.FRONT_DESK)


@pytest.fixture
def patient(desk: Actor) -> Patient:
    return make_portal_patient(desk)


def waiting() -> list[tuple[str, datetime | None]]:
    """What waits in the outbox: kind, and the time that it names."""
    found = Message.objects.filter(state=Message.State.WAITING).order_by("pk")
    return [(one.kind, one.starts_at) for one in found]


def book(by: Actor, patient: Patient, at: datetime = LATER) -> Appointment:
    return book_appointment(by=by, patient=patient, kind="treatment", starts_at=at, minutes=30)


def move(by: Actor, visit: Appointment, at: datetime, minutes: int = 30) -> Appointment:
    return move_appointment(by=by, appointment=visit, starts_at=at, minutes=minutes, with_user=None)


def offer(by: Actor, patient: Patient) -> Appointment:
    listed = wait_for_visit(by=by, patient=patient, kind="review")
    return offer_time(by=by, waiting=listed, starts_at=LATER, minutes=20, with_user=None)


def test_offer_is_told_while_it_is_kept_and_its_yes_is_confirmed(desk: Actor, patient: Patient) -> None:
    offered = offer(desk, patient)

    told = Message.objects.get()
    assert (told.kind, told.starts_at, told.expires_at) == (Kind.OFFER, LATER, offered.held_until)
    assert told.patient_id == patient.pk

    answer_offer(by=actor_of_patient(patient), appointment=offered, accepts=True)
    assert waiting() == [(Kind.CONFIRMED, LATER)]


def test_offer_that_is_left_says_no_more_and_one_taken_back_is_told(desk: Actor, patient: Patient) -> None:
    left = offer(desk, patient)
    answer_offer(by=actor_of_patient(patient), appointment=left, accepts=False)
    assert waiting() == []

    assert left.waiting is not None
    offer_time(by=desk, waiting=left.waiting, starts_at=LATER, minutes=20, with_user=None)
    stop_waiting(by=desk, waiting=left.waiting, why="By telephone.")
    assert waiting() == [(Kind.CANCELLED, LATER)]


def test_only_what_is_true_waits_after_moving_there_and_back(desk: Actor, patient: Patient) -> None:
    visit = book(desk, patient)
    assert waiting() == [(Kind.CONFIRMED, LATER)]

    visit = move(desk, visit, LATER, minutes=45)
    assert waiting() == [(Kind.CONFIRMED, LATER)], "the same time is no news"
    for at in (LATER + timedelta(days=1), LATER, LATER + timedelta(days=1)):
        visit = move(desk, visit, at)
        assert waiting() == [(Kind.MOVED, at)]

    set_appointment_state(by=desk, appointment=visit, state="cancelled", why="The injector is ill.")
    assert waiting() == [(Kind.CANCELLED, LATER + timedelta(days=1))]


def test_request_is_answered_with_yes_or_no(desk: Actor, patient: Patient) -> None:
    for answer, kind in (("booked", Kind.CONFIRMED), ("cancelled", Kind.CANCELLED)):
        Message.objects.all().update(state=Message.State.WITHDRAWN)
        asked = Appointment.objects.create(
            clinic_id=desk.clinic_id, patient=patient, kind="review", starts_at=LATER, state="asked"
        )
        set_appointment_state(by=desk, appointment=asked, state=answer, why="As asked.")
        assert waiting() == [(kind, LATER)]


def test_patient_who_cancels_gets_it_in_writing(desk: Actor, patient: Patient) -> None:
    give_up_visit(by=actor_of_patient(patient), appointment=book(desk, patient))

    assert waiting() == [(Kind.CANCELLED, LATER)]


def test_nobody_is_told_without_an_address_of_the_past_or_of_a_step_set_right(
    desk: Actor, patient: Patient
) -> None:
    book(desk, make_patient(desk))
    visit = book(desk, patient, NOON - timedelta(minutes=5))
    for state in ("arrived", "booked", "missed", "booked"):
        set_appointment_state(by=desk, appointment=visit, state=state)

    assert waiting() == []


def test_news_is_asked_once_more_before_it_goes(clinic: Clinic, desk: Actor, patient: Patient) -> None:
    offered = offer(desk, patient)
    told = Message.objects.get()
    worker = worker_of(clinic)
    assert gone(worker, told) == ""
    with clock.travel(NOON + timedelta(days=3)):
        assert gone(worker, told), "an offer that nobody answered is open no more"

    set_appointment_state(by=desk, appointment=offered, state="booked")
    confirmed = Message.objects.get(kind=Kind.CONFIRMED)
    assert gone(worker, told)
    assert gone(worker, confirmed) == ""
    move(desk, offered, LATER + timedelta(days=1))
    assert gone(worker, confirmed)


def test_word_of_a_near_visit_is_its_reminder(clinic: Clinic, desk: Actor, patient: Patient) -> None:
    book(desk, patient, NOON + timedelta(days=1))
    far = book(desk, patient)
    worker = worker_of(clinic)

    assert write_reminders(by=worker) == 0
    with time_machine.travel(LATER - timedelta(days=1), tick=False):
        assert write_reminders(by=worker) == 1
    assert Message.objects.get(kind=Kind.VISIT).about.startswith(f"{far.pk}@")

"""Booking as actions, also by two at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from masseter.journey.accounts.models import Clinic, User
from masseter.journey.calendar.actions import (
    MOVES,
    book_appointment,
    move_appointment,
    set_appointment_state,
)
from masseter.journey.calendar.models import Appointment
from masseter.journey.calendar.queries import (
    appointment_of,
    appointments_on,
    clinicians,
    next_appointment,
)
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.people.models import Patient
from tests.conftest import ActorMaker, make_actor
from tests.factories import make_patient

SOON = (datetime.now(UTC) + timedelta(days=2)).replace(hour=9, minute=0, second=0, microsecond=0)


def book(by: Actor, patient: Patient, starts_at: datetime = SOON, **more: object) -> Appointment:
    return book_appointment(by=by, patient=patient, kind="review", starts_at=starts_at, minutes=30, **more)  # type: ignore[arg-type]  # as a form gives it


@pytest.fixture
def desk(actor: ActorMaker) -> Actor:
    return actor(Role.FRONT_DESK)


@pytest.fixture
def patient(desk: Actor) -> Patient:
    return make_patient(desk)


def test_time_that_has_passed_is_refused(desk: Actor, patient: Patient) -> None:
    with pytest.raises(Refused, match="has passed"):
        book(desk, patient, clock.now() - timedelta(hours=1))


def test_researcher_books_nothing(actor: ActorMaker, patient: Patient) -> None:
    with pytest.raises(NotPermitted):
        book(actor(Role.RESEARCHER), patient)


def test_front_desk_sees_no_patients(desk: Actor, patient: Patient) -> None:
    user = User.objects.get(pk=desk.user_id)

    with pytest.raises(Refused, match="does not see patients here"):
        book(desk, patient, with_user=user)


def test_patient_of_another_clinic_is_not_there(
    other_clinic: Clinic, actor: ActorMaker, patient: Patient
) -> None:
    with pytest.raises(NotHere):
        book(actor(Role.FRONT_DESK, of=other_clinic), patient)


def test_length_that_makes_no_sense_is_refused_by_the_database(desk: Actor, patient: Patient) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        book_appointment(by=desk, patient=patient, kind="review", starts_at=SOON, minutes=1)


@pytest.mark.parametrize(("start", "end"), [(s, e) for s in MOVES for e in MOVES if e not in MOVES[s]])
def test_step_that_does_not_follow_is_refused(desk: Actor, patient: Patient, start: str, end: str) -> None:
    booked = book(desk, patient)
    held = SOON if start == "offered" else None
    Appointment.objects.filter(pk=booked.pk).update(state=start, held_until=held)

    with pytest.raises(Refused, match="cannot become"):
        set_appointment_state(by=desk, appointment=booked, state=end)


def test_moving_onto_itself_is_no_clash(desk: Actor, patient: Patient) -> None:
    booked = book(desk, patient)

    moved = move_appointment(
        by=desk, appointment=booked, starts_at=SOON + timedelta(minutes=10), minutes=30, with_user=None
    )

    assert moved.starts_at == SOON + timedelta(minutes=10)


def test_what_is_over_is_not_moved(desk: Actor, patient: Patient) -> None:
    booked = set_appointment_state(by=desk, appointment=book(desk, patient), state="done")

    with pytest.raises(Refused, match="is over"):
        move_appointment(by=desk, appointment=booked, starts_at=SOON, minutes=30, with_user=None)


def test_next_appointment_is_the_nearest_that_is_open(desk: Actor, patient: Patient) -> None:
    first, second = book(desk, patient), book(desk, patient, SOON + timedelta(days=1))
    set_appointment_state(by=desk, appointment=first, state="cancelled", why="ill")

    assert next_appointment(desk, patient) == second
    assert appointment_of(desk, first.pk).state == "cancelled"
    assert appointments_on(desk, SOON.date(), 2) == [first, second]


def test_those_who_see_patients_are_offered_once(clinic: Clinic, actor: ActorMaker, desk: Actor) -> None:
    both = actor(Role.INJECTOR, Role.PRESCRIBER)

    assert [one.pk for one in clinicians(desk)] == [both.user_id]


def test_two_who_book_one_clinician_at_once_do_not_both(committed: Clinic) -> None:
    with clinic_scope(committed.pk):
        desk, injector = make_actor(committed, Role.FRONT_DESK), make_actor(committed, Role.INJECTOR)
        patients = [make_patient(desk), make_patient(desk)]
        user = User.objects.get(pk=injector.user_id)
    together = Barrier(2)

    def attempt(patient: Patient) -> bool:
        try:
            together.wait(timeout=10)
            with clinic_scope(committed.pk):
                book(desk, patient, with_user=user)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        won = list(pool.map(attempt, patients))

    assert sorted(won) == [False, True]

"""Nobody and no room is taken twice, however many book at once: the database itself refuses the second."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connection

from masseter.journey.accounts.models import Clinic, Membership, User
from masseter.journey.calendar.actions import book_appointment, move_appointment, set_appointment_state
from masseter.journey.calendar.models import HELD, Appointment, Room
from masseter.journey.calendar.setup_actions import add_room
from masseter.journey.calendar.taken import Taken
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.people.models import Patient
from tests.conftest import make_actor, make_clinic
from tests.factories import make_patient

SOON = (datetime.now(UTC) + timedelta(days=2)).replace(hour=9, minute=0, second=0, microsecond=0)
BOOKERS, TURNS = 6, 12


def run_together(work: list[Callable[[], bool]]) -> list[bool]:
    """Each piece of work in a thread and a connection of its own, all let go at one moment."""
    together = Barrier(len(work))

    def run(one: Callable[[], bool]) -> bool:
        try:
            together.wait(timeout=20)
            return one()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


def overlaps(column: str) -> int:
    """Pairs of held visits of one person (or room) at one time, over every clinic there is in sight."""
    end = "{0}.starts_at + {0}.minutes * interval '1 minute'"
    states = ", ".join(f"'{one}'" for one in HELD)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM calendar_appointment a JOIN calendar_appointment b ON a.id < b.id "
            f"AND a.{column} = b.{column} AND a.state IN ({states}) AND b.state IN ({states}) "
            f"AND a.starts_at < {end.format('b')} AND b.starts_at < {end.format('a')}"
        )
        return int(cursor.fetchone()[0])


def insert(clinic: Clinic, patient: Patient, user: User, room: Room | None) -> Callable[[], bool]:
    """A row straight into the table, past every check and lock of the program."""

    def attempt() -> bool:
        try:
            with clinic_scope(clinic.pk):
                Appointment.objects.create(
                    clinic=clinic,
                    patient=patient,
                    kind="review",
                    starts_at=SOON,
                    minutes=30,
                    with_user=user if room is None else None,
                    room=room,
                )
        except DatabaseError:
            return False
        return True

    return attempt


@pytest.mark.parametrize("is_room", [False, True])
def test_rows_past_every_check_are_refused_by_the_database(committed: Clinic, is_room: bool) -> None:
    with clinic_scope(committed.pk):
        by = make_actor(committed, Role.INJECTOR, Role.MANAGER)
        user, room = User.objects.get(pk=by.user_id), add_room(by=by, name="Room 1")
        patients = [make_patient(by) for _ in range(BOOKERS)]

    won = run_together([insert(committed, one, user, room if is_room else None) for one in patients])

    assert sum(won) == 1


def test_one_person_at_two_clinics_is_in_one_of_them(committed: Clinic) -> None:
    """The program of one clinic sees nothing of the other; the database does."""
    other = make_clinic(f"{committed.slug}-b")
    with clinic_scope(committed.pk):
        here = make_actor(committed, Role.INJECTOR)
        user, patient = User.objects.get(pk=here.user_id), make_patient(here)
    with clinic_scope(other.pk, user.pk):
        Membership.objects.create(clinic=other, user=user, role=Role.INJECTOR)
    with clinic_scope(other.pk):
        there = make_actor(other, Role.FRONT_DESK)
        elsewhere = make_patient(there)

    def book(by: Actor, whom: Patient) -> Callable[[], bool]:
        def attempt() -> bool:
            try:
                with clinic_scope(by.clinic_id):
                    book_appointment(
                        by=by, patient=whom, kind="call", starts_at=SOON, minutes=30, with_user=user
                    )
            except Taken:
                return False
            return True

        return attempt

    assert sorted(run_together([book(here, patient), book(there, elsewhere)])) == [False, True]


def test_many_who_book_move_and_cancel_at_once_never_double_anything(committed: Clinic) -> None:
    with clinic_scope(committed.pk):
        desk = make_actor(committed, Role.FRONT_DESK, Role.MANAGER)
        users = [
            User.objects.get(pk=make_actor(committed, role).user_id)
            for role in (Role.INJECTOR, Role.PRESCRIBER)
        ]
        rooms = [add_room(by=desk, name=name) for name in ("Room 1", "Room 2")]
        patients = [make_patient(desk) for _ in range(BOOKERS)]

    def booker(seed: int) -> Callable[[], bool]:
        chance, mine = random.Random(seed), patients[seed]

        def turn() -> None:
            own = list(Appointment.objects.filter(clinic=committed, patient=mine).exclude(state="cancelled"))
            starts = SOON + timedelta(minutes=15 * chance.randrange(8))
            where = {"with_user": chance.choice([*users, None]), "room": chance.choice([*rooms, None])}
            what = chance.choice(["book", "book", "move", "state"])
            if what == "book" or not own:
                book_appointment(by=desk, patient=mine, kind="review", starts_at=starts, minutes=30, **where)
            elif what == "move":
                move_appointment(by=desk, appointment=own[0], starts_at=starts, minutes=45, **where)
            else:
                state = chance.choice(["missed", "booked", "cancelled"])
                set_appointment_state(by=desk, appointment=own[0], state=state, why="As the test asks.")

        def work() -> bool:
            done = 0
            for _ in range(TURNS):
                try:
                    with clinic_scope(committed.pk):
                        turn()
                        done += 1
                except Refused:
                    continue
            return done > 0

        return work

    worked = run_together([booker(seed) for seed in range(BOOKERS)])

    assert all(worked)
    with clinic_scope(committed.pk):
        assert Appointment.objects.filter(clinic=committed, state__in=HELD).count() > 1
        assert [overlaps(column) for column in ("with_user_id", "room_id", "patient_id")] == [0, 0, 0]

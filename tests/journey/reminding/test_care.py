"""What is due and is written once; and what is no longer wanted when it would go out."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from masseter.journey.accounts.languages import keep_language
from masseter.journey.accounts.models import Clinic
from masseter.journey.calendar.actions import book_appointment, move_appointment, set_appointment_state
from masseter.journey.calendar.models import Appointment
from masseter.journey.consult.models import Case
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.messaging.models import Kind, Message, MessageSettings
from masseter.journey.messaging.queries import worker_of
from masseter.journey.people.models import Patient
from masseter.journey.reminding.actions import gone, write_reminders
from masseter.journey.results.actions import write_diary
from tests.conftest import ActorMaker
from tests.factories import make_case, make_consent, make_patient, make_portal_patient
from tests.world import World
from tests.worlds import worlds

__all__ = ["worlds"]
ZONE = ZoneInfo("Europe/London")
VALUES = {"chronic_migraine": {"headache": True}, "trigeminal_neuralgia": {"attacks": 2}}
MONDAY = datetime(2026, 3, 9, 12, tzinfo=ZONE)


@pytest.fixture
def doctor(actor: ActorMaker) -> Actor:
    return actor(Role.INJECTOR, Role.PRESCRIBER, Role.FRONT_DESK)


@pytest.fixture
def patient(doctor: Actor) -> Patient:
    return make_portal_patient(doctor)


def written(clinic: Clinic, at: datetime) -> list[str]:
    """The kinds that a look at this moment writes anew, by name."""
    before = set(Message.objects.values_list("pk", flat=True))
    with clock.travel(at):
        write_reminders(by=worker_of(clinic))
    new = Message.objects.exclude(pk__in=before).order_by("kind", "pk")
    return [str(one.kind) for one in new]


def why_not(clinic: Clinic, message: Message, at: datetime) -> str:
    with clock.travel(at):
        return gone(worker_of(clinic), message)


def test_visit_is_reminded_once_and_once_more_when_it_moves(
    clinic: Clinic, doctor: Actor, patient: Patient
) -> None:
    starts = MONDAY + timedelta(days=5)
    with clock.travel(MONDAY):
        visit = book_appointment(by=doctor, patient=patient, kind="review", starts_at=starts, minutes=20)

    looks = [written(clinic, MONDAY + timedelta(days=days)) for days in (0, 2, 3.5, 3.6)]
    first = Message.objects.get(kind=Kind.VISIT)
    moved = starts + timedelta(days=4)
    with clock.travel(MONDAY):
        move_appointment(by=doctor, appointment=visit, starts_at=moved, minutes=20, with_user=None)

    assert looks == [[], [], ["visit"], []]
    assert (first.starts_at, first.patient_id) == (starts, patient.pk)
    assert "moved" in why_not(clinic, first, MONDAY)
    assert written(clinic, moved - timedelta(days=1)) == ["visit"]
    second = Message.objects.exclude(pk=first.pk).get(kind=Kind.VISIT)
    assert why_not(clinic, second, MONDAY) == ""
    with clock.travel(MONDAY):
        set_appointment_state(by=doctor, appointment=visit, state="cancelled", why="By telephone.")
    assert why_not(clinic, second, MONDAY)


def test_reminder_speaks_the_language_that_the_person_chose_and_not_the_records(
    clinic: Clinic, doctor: Actor, patient: Patient
) -> None:
    assert patient.user is not None
    Patient.objects.filter(pk=patient.pk).update(language="de")
    keep_language(patient.user, "ar")
    with clock.travel(MONDAY - timedelta(days=9)):
        for days in (1, 20):
            starts = MONDAY + timedelta(days=days)
            book_appointment(by=doctor, patient=patient, kind="review", starts_at=starts, minutes=20)

    written(clinic, MONDAY)
    keep_language(patient.user, "")
    written(clinic, MONDAY + timedelta(days=19))

    told = Message.objects.filter(kind=Kind.VISIT).order_by("starts_at")
    assert [one.language for one in told] == ["ar", "de"]


def test_nobody_is_reminded_without_an_address_or_in_the_last_two_hours(
    clinic: Clinic, doctor: Actor
) -> None:
    hidden, seen = make_patient(doctor), make_patient(doctor, phone="020 7946 0000")
    with clock.travel(MONDAY):
        for patient, hours in ((hidden, 24), (seen, 1)):
            starts = MONDAY + timedelta(hours=hours)
            book_appointment(by=doctor, patient=patient, kind="review", starts_at=starts, minutes=20)

    assert written(clinic, MONDAY) == []


def keep_diary(by: Actor, case: Case, day: date) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=ZONE)
    with clock.travel(noon):
        write_diary(by=by, case=case, day=day, values={"headache": True})


def test_diary_that_was_left_is_asked_for_as_the_clinic_set_and_then_no_more(
    clinic: Clinic, doctor: Actor, patient: Patient
) -> None:
    with clock.travel(MONDAY):
        case = make_case(doctor, patient, "chronic_migraine")
    assert written(clinic, MONDAY) == [], "a diary that was never begun is not asked for"
    keep_diary(doctor, case, MONDAY.date())

    asked = Counter[int]()
    for day in range(60):
        asked[day] += len(written(clinic, MONDAY + timedelta(days=day)))

    assert [day for day, count in asked.items() if count] == [2, 6, 10, 14, 18, 22, 26], (
        "a daily diary, at most every four days"
    )
    last = Message.objects.order_by("-pk")[0]
    assert why_not(clinic, last, MONDAY + timedelta(days=26)) == ""
    keep_diary(doctor, case, MONDAY.date() + timedelta(days=25))
    assert "was written" in why_not(clinic, last, MONDAY + timedelta(days=26))


def test_diary_is_reminded_in_the_rhythm_that_it_asks_of_the_person(
    clinic: Clinic, doctor: Actor, patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is asked every fifth day is no laggard on the fourth; whoever writes as asked hears nothing."""
    from masseter.core.results.cadence import Cadence
    from masseter.journey.results import due

    MessageSettings.objects.create(clinic=clinic, diary_days=1)
    with clock.travel(MONDAY):
        case = make_case(doctor, patient, "chronic_migraine")
    keep_diary(doctor, case, MONDAY.date())
    monkeypatch.setattr(due, "cadence", lambda *_, **__: Cadence(every_days=5, reason="usual"))

    asked = [day for day in range(9) if written(clinic, MONDAY + timedelta(days=day))]
    assert asked == [6]
    keep_diary(doctor, case, MONDAY.date() + timedelta(days=8))
    assert [day for day in range(8, 16) if written(clinic, MONDAY + timedelta(days=day))] == [14]


def test_person_with_two_diaries_is_reminded_once_a_day(
    clinic: Clinic, doctor: Actor, patient: Patient
) -> None:
    MessageSettings.objects.create(clinic=clinic, diary_days=1)
    for condition in ("chronic_migraine", "trigeminal_neuralgia"):
        with clock.travel(MONDAY):
            case = make_case(doctor, patient, condition)
        day = MONDAY.date()
        with clock.travel(MONDAY):
            write_diary(by=doctor, case=case, day=day, values=VALUES[condition])

    looks = [written(clinic, MONDAY + timedelta(days=2, hours=hours)) for hours in range(3)]
    assert looks == [["diary"], [], []]


def test_clinic_that_sends_no_reminders_sends_none(clinic: Clinic, doctor: Actor, patient: Patient) -> None:
    MessageSettings.objects.create(clinic=clinic, sends_reminders=False)
    with clock.travel(MONDAY):
        starts = MONDAY + timedelta(days=1)
        book_appointment(by=doctor, patient=patient, kind="review", starts_at=starts, minutes=20)

    assert written(clinic, MONDAY) == []
    assert Appointment.objects.count() == 1


def test_consent_waits_until_it_is_signed(clinic: Clinic, doctor: Actor, patient: Patient) -> None:
    from masseter.journey.consult.actions import choose_diagnosis, decide_together

    with clock.travel(MONDAY):
        case = make_case(doctor, patient, "chronic_migraine")
        choose_diagnosis(by=doctor, case=case, diagnosis="chronic_migraine", reason="As the test asks.")
        decide_together(by=doctor, case=case, decided="go_ahead")

    assert written(clinic, MONDAY) == ["consent"]
    assert written(clinic, MONDAY + timedelta(days=3)) == []
    message = Message.objects.get()
    assert why_not(clinic, message, MONDAY) == ""
    make_consent(doctor, case)
    assert "signed" in why_not(clinic, message, MONDAY)


def test_whole_care_writes_one_word_for_the_next_visit(worlds) -> None:  # type: ignore[no-untyped-def]
    """In the world a treatment is a hundred days old and reviewed, and a recall lies ahead."""
    from masseter.journey.ground.scope import clinic_scope

    world: World = worlds.here
    with clinic_scope(world.clinic.pk):
        coming = Appointment.objects.filter(patient=world.rows["patient"])
        at = clock.now() + timedelta(days=61)
        coming.update(state="cancelled")
        kinds = written(world.clinic, at)
        again = written(world.clinic, at + timedelta(days=1))
        told = Message.objects.filter(kind=Kind.NEXT_VISIT, patient=world.rows["patient"])

        assert kinds.count("next_visit") == 1
        assert "next_visit" not in again
        assert told.get().about.startswith("recall-")
        with clock.travel(at):
            assert gone(worker_of(world.clinic), told.get()) == ""
            coming.update(state="booked", starts_at=at + timedelta(days=3))
            assert gone(worker_of(world.clinic), told.get()) == "A visit is booked."

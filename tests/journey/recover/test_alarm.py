"""Telling the clinic that a patient was told to call: written with the check, never late, never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.inject.models import Treatment
from masseter.journey.messaging import handing
from masseter.journey.messaging.actions.settling import settle_message
from masseter.journey.messaging.models import Channel, Kind, Message, MessageSettings
from masseter.journey.messaging.outbox import HAND_OVER_NOW, Wanted, write_messages
from masseter.journey.messaging.providers.interface import RefusedForGood, TryLater
from masseter.journey.messaging.queries import not_arrived, overdue, worker_of
from masseter.journey.people.actions import open_portal
from tests.conftest import ActorMaker
from tests.factories import actor_of_patient
from tests.journey.given import DOCTOR, make_treatment
from tests.journey.messaging.test_handing import Told
from tests.journey.recover.test_actions import check


@pytest.fixture
def treatment(actor: ActorMaker) -> Treatment:
    by: Actor = actor(*DOCTOR)
    found = make_treatment(by)
    found.patient.email = "ada@patients.example"
    found.patient.save()
    open_portal(by=by, patient=found.patient)
    found.refresh_from_db()
    return found


def alarmed(treatment: Treatment) -> list[Message]:
    """The alarms of a check by the patient that ends in an emergency."""
    patient = treatment.patient
    patient.refresh_from_db()
    Clinic.objects.filter(pk=patient.clinic_id).update(email="desk@clinic.example")
    check(actor_of_patient(patient), treatment, breathing_trouble=True)
    return list(Message.objects.filter(kind=Kind.ALARM))


def send(clinic: Clinic, mail: Told, *, minutes: int = 0, only_immediate: bool = True) -> int:
    with clock.travel(clock.now() + timedelta(minutes=minutes)):
        return handing.hand_over_due(
            clinic,
            {Channel.EMAIL: mail},
            lambda by, message: "",
            only_immediate=only_immediate,
        )


def test_alarm_goes_at_once_in_quiet_hours_and_says_nothing_about_health(
    clinic: Clinic, treatment: Treatment
) -> None:
    # Quiet all day but for one minute that is not now.
    local = clock.now() - timedelta(hours=3)
    MessageSettings.objects.create(
        clinic=clinic, quiet_from=local.time(), quiet_until=(local - timedelta(minutes=1)).time()
    )
    alarms, mail = alarmed(treatment), Told()

    assert send(clinic, mail) == len(alarms) > 0

    letter = mail.taken[0]
    assert {one.to for one in mail.taken} == {one.address for one in alarms}
    assert len({one.to for one in mail.taken}) == len(mail.taken), "each in a letter of its own"
    assert letter.body.count("/start/") == 1
    assert treatment.patient.family_name.lower() not in (letter.subject + letter.body).lower()
    jobs = ProcrastinateJob.objects.filter(task_name=HAND_OVER_NOW).order_by("-id")
    job = next(job for job in jobs if str(clinic.pk) in str(job.args))  # others are of clinics that committed
    assert job.priority > 0


def test_alarm_is_taken_before_the_reminders_that_wait(
    clinic: Clinic, treatment: Treatment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handing, "MOST_AT_ONCE", 3)
    MessageSettings.objects.create(clinic=clinic, quiet_from="00:00", quiet_until="00:00")
    wanted = [
        Wanted(kind=Kind.PAPER, about=str(number), patient_id=treatment.patient.pk) for number in range(6)
    ]
    write_messages(worker_of(clinic), wanted)
    alarms, mail = alarmed(treatment), Told()

    first = send(clinic, mail, only_immediate=False)

    assert first == 3, "a job ends after some, so that another gets its turn"
    ahead = {one.address for one in alarms}
    assert {one.to for one in mail.taken[: min(3, len(ahead))]} <= ahead


def test_alarm_that_cannot_go_is_tried_again_and_then_stands_with_the_desk(
    clinic: Clinic, treatment: Treatment
) -> None:
    alarms, mail = alarmed(treatment), Told()
    by = worker_of(clinic)
    write_messages(by, [Wanted(kind=Kind.PAPER, about="later", patient_id=treatment.patient.pk)])
    settle_message(by=by, message=Message.objects.get(about="later"), state="failed", reason="550")
    mail.faults = [TryLater("421"), *[RefusedForGood("550 no such person")] * (len(alarms) - 1)]

    send(clinic, mail)
    late = overdue(worker_of(clinic))
    with clock.travel(clock.now() + timedelta(minutes=6)):
        assert overdue(worker_of(clinic)) is not None, "an alarm that waits is told after minutes"
    send(clinic, mail, minutes=2)

    assert late is None
    assert [one.key for one in mail.taken] == [alarms[0].provider_key]
    kinds = [one.kind for one in not_arrived(by)]
    assert kinds == [*[Kind.ALARM] * (len(alarms) - 1), Kind.PAPER], "alarms stand above the rest"


def test_what_is_expected_alarms_nobody_and_a_check_alarms_each_once(
    clinic: Clinic, treatment: Treatment, actor: ActorMaker
) -> None:
    treatment.patient.refresh_from_db()
    check(actor_of_patient(treatment.patient), treatment)
    check(actor(Role.INJECTOR), treatment, breathing_trouble=True)
    assert not Message.objects.filter(kind=Kind.ALARM).exists()

    one = alarmed(treatment)
    assert len({message.address for message in one}) == len(one)

"""Real workers on the real queue, killed in the middle: each reminder reaches the provider's outbox once."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connections

from masseter.cli.worker import AT_ONCE, worker_command
from masseter.config import embedded
from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.models import Event
from masseter.journey.calendar.models import Appointment
from masseter.journey.ground import clock
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.messaging.models import HandOver, Message, MessageSettings
from masseter.journey.messaging.queries import worker_of
from masseter.journey.people.models import Patient
from masseter.journey.reminding.actions import write_reminders
from tests.gateway import gateway

REMINDERS, KILLS = 200, 3


def invite(clinic: Clinic, count: int) -> None:
    """Patients with a telephone and a visit tomorrow; no quiet hours, whatever the time of the test."""
    patients = Patient.objects.bulk_create(
        Patient(
            clinic=clinic,
            number=f"K{number:06}",
            family_name="Killed",
            given_names=f"Number {number}",
            names_key="killed",
            phone=f"+4420{number:08}",
        )
        for number in range(count)
    )
    starts = clock.now() + timedelta(days=1)
    Appointment.objects.bulk_create(
        Appointment(clinic=clinic, patient=one, kind="review", starts_at=starts, minutes=20)
        for one in patients
    )
    MessageSettings.objects.create(clinic=clinic, quiet_from="00:00", quiet_until="00:00")


def start_worker(folder: Path, url: str) -> subprocess.Popen[bytes]:
    """A worker in a process group of its own, on the database of this test."""
    parts = embedded.start(settings.DATA)
    name = str(connections["default"].settings_dict["NAME"])
    environment = {
        **os.environ,
        "MASSETER_ENVIRONMENT": "test",
        "MASSETER_DATA": str(folder),
        "MASSETER_SECRET_KEY": settings.SECRET_KEY,
        "MASSETER_AUDIT_KEY": settings.AUDIT_KEY,
        "MASSETER_TEXT_URL": url,
        "DATABASE_URL": embedded.address(parts, embedded.APPLICATION, name),
    }
    with (folder / "worker.log").open("ab") as log:
        return subprocess.Popen(
            worker_command(), env=environment, stdout=log, stderr=log, start_new_session=True
        )


def kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)


def wait_for(count: int, sent: dict[str, dict[str, str]], process: subprocess.Popen[bytes]) -> None:
    """Until the gateway has sent so many."""
    for _ in range(3000):
        if len(sent) >= count:
            return
        assert process.poll() is None, "the worker ended by itself"
        time.sleep(0.02)
    raise AssertionError(f"only {len(sent)} of {count} were sent")


def settled(clinic: Clinic) -> bool:
    with clinic_scope(clinic.pk):
        return not Message.objects.filter(state=Message.State.WAITING).exists()


def test_reminders_are_sent_once_although_the_worker_is_killed(committed: Clinic, tmp_path: Path) -> None:
    with clinic_scope(committed.pk):
        invite(committed, REMINDERS)
        written = write_reminders(by=worker_of(committed))
        again = write_reminders(by=worker_of(committed))

    with gateway() as door:
        for number in range(KILLS):
            process = start_worker(tmp_path, door.url)
            try:
                wait_for((number + 1) * REMINDERS // (KILLS + 2), door.sent, process)
            finally:
                kill(process)
        assert len(door.sent) < REMINDERS, "it was killed too late to show anything"
        process = start_worker(tmp_path, door.url)
        try:
            wait_for(REMINDERS, door.sent, process)
            for _ in range(500):
                if settled(committed):
                    break
                time.sleep(0.05)
        finally:
            process.send_signal(signal.SIGTERM)
            ended = process.wait(timeout=30)

    with clinic_scope(committed.pk):
        keys = {one.provider_key for one in Message.objects.filter(state=Message.State.HANDED)}
        tried = HandOver.objects.count()
        told = Event.objects.filter(clinic_id=committed.pk, what="message.handed")
        events = list(told.values_list("subject_id", flat=True))
    assert (written, again, ended) == (REMINDERS, 0, 0)
    assert set(door.sent) == keys
    assert len({one["to"] for one in door.sent.values()}) == len(keys) == REMINDERS
    assert len(events) == len(set(events)) == REMINDERS
    # Every repeat stands in the journal beside the try that nobody knows the end of.
    assert REMINDERS + door.repeats <= tried <= REMINDERS + AT_ONCE * KILLS

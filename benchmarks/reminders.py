"""Ten thousand reminders with workers that are killed every few seconds: how often each reached a provider.

Half go as text messages to a gateway that keeps keys, half as mail to a real SMTP server, both on this
machine. Two workers run at once; one of them is killed (SIGKILL, with all that it started) every few seconds
and another takes its place. Run as `python -m benchmarks reminders`, with a number for fewer of them.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from tests.gateway import Gateway, gateway
from tests.shots import free_port

from benchmarks.figure import Figure

if TYPE_CHECKING:
    from masseter.journey.accounts.models import Clinic

REMINDERS = 10_000
WORKERS = 2
SECONDS = (3, 9)  # between one kill and the next
PATIENCE = 3600
CHANCE = Random(6)


class Letterbox:
    """A mail server that counts the letters of each Message-ID."""

    def __init__(self) -> None:
        self.letters: Counter[str] = Counter()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # its name
        self.letters[str(message_from_bytes(bytes(envelope.content or b""))["Message-ID"])] += 1
        return "250 Accepted"


def measure(count: int = REMINDERS) -> list[Figure]:
    """Write the reminders, let workers die over them, and count what arrived."""
    box, port = Letterbox(), free_port()
    post = Controller(box, hostname="127.0.0.1", port=port)
    post.start()
    try:
        with tempfile.TemporaryDirectory(prefix="masseter-reminders-") as name, gateway() as door:
            _prepare(Path(name), door.url, port)
            return _measured(Path(name), count, box, door)
    finally:
        post.stop()


def _prepare(folder: Path, url: str, port: int) -> None:
    """A database of its own, with this process as the application."""
    os.environ |= {
        "MASSETER_ENVIRONMENT": "test",
        "MASSETER_DATA": str(folder),
        "MASSETER_TEXT_URL": url,
        "MASSETER_EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    owner = {**os.environ, "MASSETER_DB_ROLE": "owner"}
    subprocess.run([sys.executable, "-m", "masseter.cli.migrating"], env=owner, check=True)
    from masseter.cli.django import set_up

    set_up()


def _measured(folder: Path, count: int, box: Letterbox, door: Gateway) -> list[Figure]:
    clinic, begun = _invited(count), time.perf_counter()
    written = _written(clinic)
    writing = time.perf_counter() - begun
    kills, sending = _killed(folder, clinic)
    states, unknown, events = _kept(clinic)
    doubled = sum(letters - 1 for letters in box.letters.values())
    return [
        Figure("Reminders written", f"{written} in {writing:.1f} s", "written again: 0 more"),
        Figure("Workers killed", f"{kills}", f"one of {WORKERS} every {SECONDS[0]} to {SECONDS[1]} s"),
        Figure("Settled as handed over", f"{states['handed']}", f"of {count}; others {dict(states)}"),
        Figure("Tries that nobody knows the end of", f"{unknown}", "in the journal, each repeated"),
        Figure("Text messages sent by the gateway", f"{len(door.sent)}", f"of {count // 2}, each key once"),
        Figure("Repeats that the gateway refused", f"{door.repeats}"),
        Figure("Letters with a number of their own", f"{len(box.letters)}", f"of {count - count // 2}"),
        Figure("Letters that came twice", f"{doubled}", "possible with SMTP: decision 033"),
        Figure("Events of a hand-over in the trail", f"{events}", f"of {count}, one a message"),
        Figure("Reminders handed over a minute", f"{count / sending * 60:.0f}", "kills and starts included"),
    ]


def _invited(count: int) -> Clinic:
    """A clinic with visits tomorrow; odd patients have a telephone alone, even ones an address."""
    from masseter.journey.accounts.models import Clinic
    from masseter.journey.calendar.models import Appointment
    from masseter.journey.ground import clock
    from masseter.journey.ground.scope import clinic_scope
    from masseter.journey.messaging.models import MessageSettings
    from masseter.journey.people.models import Patient

    clinic = Clinic.objects.create(
        slug="many", name="Many", jurisdiction="UK", zone="UTC", phone="1", emergency_number="999"
    )
    starts = clock.now() + timedelta(days=1)
    with clinic_scope(clinic.pk):
        rows = [
            Patient(
                clinic=clinic,
                number=f"R{number:06}",
                family_name="Many",
                given_names=f"Number {number}",
                names_key="many",
                phone=f"+4420{number:08}" if number % 2 else "",
                email="" if number % 2 else f"number{number}@patients.example",
            )
            for number in range(count)
        ]
        made = Patient.objects.bulk_create(rows, batch_size=1000)
        visits = [
            Appointment(clinic=clinic, patient=one, kind="review", starts_at=starts, minutes=20)
            for one in made
        ]
        Appointment.objects.bulk_create(visits, batch_size=1000)
        MessageSettings.objects.create(clinic=clinic, quiet_from="00:00", quiet_until="00:00")
    return clinic


def _written(clinic: Clinic) -> int:
    from masseter.journey.ground.scope import clinic_scope
    from masseter.journey.messaging.queries import worker_of
    from masseter.journey.reminding.actions import write_reminders

    counts = []
    for _ in range(2):
        with clinic_scope(clinic.pk):
            counts.append(write_reminders(by=worker_of(clinic)))
    if counts[1]:
        raise RuntimeError(f"the second look wrote {counts[1]} again")
    return counts[0]


def _killed(folder: Path, clinic: Clinic) -> tuple[int, float]:
    """Let workers work and die until nothing waits. Answers the kills and the seconds."""
    workers = [_start(folder) for _ in range(WORKERS)]
    begun, kills = time.perf_counter(), 0
    try:
        while _waiting(clinic):
            if time.perf_counter() - begun > PATIENCE:
                raise RuntimeError("not all was sent in an hour")
            time.sleep(CHANCE.uniform(*SECONDS))
            at = CHANCE.randrange(WORKERS)
            _kill(workers[at])
            kills += 1
            workers[at] = _start(folder)
        return kills, time.perf_counter() - begun
    finally:
        for one in workers:
            _kill(one)


def _start(folder: Path) -> subprocess.Popen[bytes]:
    from masseter.cli.worker import worker_command

    with (folder / "worker.log").open("ab") as log:
        return subprocess.Popen(worker_command(), stdout=log, stderr=log, start_new_session=True)


def _kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _waiting(clinic: Clinic) -> bool:
    from masseter.journey.ground.scope import clinic_scope
    from masseter.journey.messaging.models import Message

    with clinic_scope(clinic.pk):
        return Message.objects.filter(state=Message.State.WAITING).exists()


def _kept(clinic: Clinic) -> tuple[Counter[str], int, int]:
    """States of the messages, tries without an end, and the events that tell of a hand-over."""
    from masseter.journey.audit.models import Event
    from masseter.journey.ground.scope import clinic_scope
    from masseter.journey.messaging.models import HandOver, Message

    with clinic_scope(clinic.pk):
        states = Counter(Message.objects.values_list("state", flat=True))
        unknown = HandOver.objects.filter(outcome="").count()
        events = Event.objects.filter(clinic_id=clinic.pk, what="message.handed").count()
    return states, unknown, events

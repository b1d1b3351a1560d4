"""Handing over: once, repeated with the same key after a death, and what happens when it does not work."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.models import Event
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.messaging import handing
from masseter.journey.messaging.actions.choosing import change_message_settings, choose_channels
from masseter.journey.messaging.actions.settling import (
    correct_address,
    note_bounce,
    put_message_aside,
    try_message_again,
)
from masseter.journey.messaging.handing import MOST_UNKNOWN, WAITS, hand_over_due
from masseter.journey.messaging.models import Channel, HandOver, Kind, Message
from masseter.journey.messaging.outbox import Wanted, write_messages
from masseter.journey.messaging.providers.interface import Envelope, RefusedForGood, TryLater
from masseter.journey.messaging.queries import overdue, worker_of
from masseter.journey.people.models import Patient
from tests.conftest import ActorMaker, make_actor
from tests.factories import make_patient

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


class Died(BaseException):
    """A worker's death: nothing after it is done."""


@dataclass
class Told:
    """A provider that writes down what it is given, and fails as it is told."""

    name: str = "told"
    taken: list[Envelope] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)

    def hand_over(self, envelope: Envelope) -> str:
        if self.faults:
            raise self.faults.pop(0)
        self.taken.append(envelope)
        return "number 1"

    def close(self) -> None:
        pass

    @property
    def keys(self) -> list[str]:
        return [one.key for one in self.taken]


@pytest.fixture
def mail() -> Told:
    return Told()


@pytest.fixture
def text() -> Told:
    return Told()


@pytest.fixture
def desk(actor: ActorMaker) -> Actor:
    return actor(Role.FRONT_DESK)


@pytest.fixture
def patient(desk: Actor) -> Patient:
    return make_patient(desk, email="ada@patients.example", phone="+44 20 7946 0999")


def written(clinic: Clinic, patient: Patient | None, at: datetime = NOON, **more: object) -> Message:
    """A message that waits."""
    kind = str(more.pop("kind", Kind.PAPER))
    patient_id = patient.pk if patient else None
    wanted = Wanted(kind=kind, about=str(more.pop("about", "1")), patient_id=patient_id, **more)  # type: ignore[arg-type]
    with clock.travel(at):
        write_messages(worker_of(clinic), [wanted])
    return Message.objects.get(about=wanted.about, kind=kind)


def send(clinic: Clinic, mail: Told, text: Told | None = None, at: datetime = NOON) -> int:
    """One pass of a worker."""
    carried = {Channel.EMAIL: mail} | ({Channel.TEXT: text} if text else {})
    with clock.travel(at):
        return hand_over_due(clinic, carried, lambda by, message: "")  # type: ignore[arg-type]


def test_cause_that_is_written_twice_is_sent_once(clinic: Clinic, patient: Patient, mail: Told) -> None:
    message = written(clinic, patient)
    written(clinic, patient)

    send(clinic, mail)
    send(clinic, mail)

    message.refresh_from_db()
    assert mail.keys == [message.provider_key]
    assert (message.state, message.channel) == ("handed", "email")
    assert Event.objects.filter(what="message.handed", subject_id=message.pk).count() == 1


@pytest.mark.parametrize("step", ["_journal", "_end"])
def test_worker_that_dies_after_the_hand_over_repeats_the_same_key(
    clinic: Clinic, patient: Patient, mail: Told, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Before the journal the provider is asked again, with the same key; after it, not even that."""
    message = written(clinic, patient)

    def die(*args: object) -> None:
        raise Died

    with monkeypatch.context() as patched:
        patched.setattr(handing, step, die)
        with pytest.raises(Died):
            send(clinic, mail)
    message.refresh_from_db()
    assert message.state == "waiting"
    send(clinic, mail)

    message.refresh_from_db()
    assert message.state == "handed"
    assert mail.keys == [message.provider_key] * (2 if step == "_journal" else 1)


def test_message_that_kills_its_worker_is_given_to_the_desk(
    clinic: Clinic, patient: Patient, mail: Told
) -> None:
    message = written(clinic, patient)
    mail.faults = [Died() for _ in range(MOST_UNKNOWN)]

    for _ in range(MOST_UNKNOWN):
        with pytest.raises(Died):
            send(clinic, mail)
    send(clinic, mail)

    message.refresh_from_db()
    assert message.state == "failed"
    assert "may have gone out" in message.reason
    assert mail.taken == []


def test_fault_of_the_program_at_one_message_does_not_hold_up_the_next(
    clinic: Clinic, patient: Patient, mail: Told
) -> None:
    bad, good = written(clinic, patient, about="bad"), written(clinic, patient, about="good")
    mail.faults = [ZeroDivisionError()]

    send(clinic, mail)

    bad.refresh_from_db(), good.refresh_from_db()
    assert (bad.state, good.state) == ("failed", "handed")


def test_refusal_is_final_and_a_hiccup_is_tried_again_until_the_desk_is_told(
    clinic: Clinic, patient: Patient, mail: Told
) -> None:
    refused, shaky = written(clinic, patient, about="refused"), written(clinic, patient, about="shaky")
    mail.faults = [RefusedForGood("550 no such person"), *[TryLater("421 busy") for _ in range(20)]]

    at, passes = NOON, 0
    while Message.objects.filter(state="waiting").exists():
        send(clinic, mail, at=at)
        at, passes = at + timedelta(days=1), passes + 1

    refused.refresh_from_db(), shaky.refresh_from_db()
    assert (refused.state, refused.reason) == ("failed", "550 no such person")
    assert (shaky.state, shaky.reason, passes) == ("failed", "421 busy", len(WAITS) + 1)
    assert {one.key for one in HandOver.objects.filter(message=shaky)} == {shaky.provider_key}


def test_quiet_hours_of_the_clinics_zone_hold_everything_but_an_answer(
    clinic: Clinic, patient: Patient, mail: Told
) -> None:
    """In July London is an hour ahead: 19:30 in UTC lies within the quiet hours from 20:00."""
    late = datetime(2026, 7, 1, 19, 30, tzinfo=UTC)
    message = written(clinic, patient, late)
    answer = written(clinic, None, late, kind=Kind.REQUEST, address="ida@patients.example")

    send(clinic, mail, at=late)

    assert mail.keys == [answer.provider_key]
    assert message.due_at == datetime(2026, 7, 2, 7, tzinfo=UTC)
    send(clinic, mail, at=message.due_at)
    assert mail.keys[1:] == [message.provider_key]


def test_refused_channel_is_not_used_and_text_stands_in(
    clinic: Clinic, desk: Actor, patient: Patient, mail: Told, text: Told
) -> None:
    choose_channels(by=desk, patient=patient, email=False, text=True)
    first = written(clinic, patient, about="first")
    send(clinic, mail, text)
    choose_channels(by=desk, patient=patient, email=False, text=False)
    second = written(clinic, patient, about="second")
    send(clinic, mail, text)

    first.refresh_from_db(), second.refresh_from_db()
    assert (mail.taken, text.keys, text.taken[0].to) == ([], [first.provider_key], "+442079460999")
    assert (first.channel, second.state) == ("text", "withdrawn")


def test_message_that_came_back_is_corrected_and_sent_under_a_new_key(
    clinic: Clinic, desk: Actor, patient: Patient, mail: Told
) -> None:
    message = written(clinic, patient)
    send(clinic, mail)
    message.refresh_from_db()
    old = message.provider_key
    worker = worker_of(clinic)
    note_bounce(by=worker, message=message, reason="550 gone")
    note_bounce(by=worker, message=message, reason="told twice")
    other = written(clinic, patient, about="2")
    send(clinic, mail)
    other.refresh_from_db()
    assert "came back" in other.reason, "the address is not written to again"

    with clock.travel(NOON):
        correct_address(by=desk, message=message, address="ada@new.example")
    send(clinic, mail)

    message.refresh_from_db(), patient.refresh_from_db()
    assert (message.state, patient.email) == ("handed", "ada@new.example")
    assert [one.to for one in mail.taken] == ["ada@patients.example", "ada@new.example"]
    assert message.provider_key != old
    with clock.travel(NOON):
        try_message_again(by=desk, message=other)
    send(clinic, mail)
    assert mail.keys[-1] == Message.objects.get(pk=other.pk).provider_key


def test_message_put_aside_leaves_the_list(clinic: Clinic, desk: Actor, patient: Patient, mail: Told) -> None:
    message = written(clinic, patient)
    mail.faults = [RefusedForGood("550")]
    send(clinic, mail)
    message.refresh_from_db()

    put_message_aside(by=desk, message=message)

    assert Message.objects.get(pk=message.pk).put_aside_by_name == desk.name


def test_message_that_is_too_late_is_not_sent(clinic: Clinic, patient: Patient, mail: Told) -> None:
    message = written(clinic, patient, expires_at=NOON + timedelta(hours=1))

    send(clinic, mail, at=NOON + timedelta(hours=2))

    message.refresh_from_db()
    assert (message.state, mail.taken) == ("withdrawn", [])


def test_another_clinics_messages_are_not_seen(
    clinic: Clinic, other_clinic: Clinic, patient: Patient, mail: Told
) -> None:
    written(clinic, patient)

    assert send(other_clinic, mail) == 0
    assert mail.taken == []


def test_no_quiet_hours_where_both_ends_are_equal(clinic: Clinic, patient: Patient, mail: Told) -> None:
    by = make_actor(clinic, Role.ADMINISTRATOR)
    midnight = NOON.time().replace(hour=0)
    change_message_settings(
        by=by,
        sender_name="North",
        quiet_from=midnight,
        quiet_until=midnight,
        visit_days=2,
        diary_days=4,
        sends_reminders=True,
        sends_texts=False,
    )
    late = NOON.replace(hour=23)
    written(clinic, patient, late)

    assert send(clinic, mail, at=late) == 1
    assert mail.taken[0].sender == "North"


def test_worker_that_does_not_run_is_noticed_after_an_hour_outside_quiet_hours(
    clinic: Clinic, patient: Patient
) -> None:
    message = written(clinic, patient)

    def since(hours: float) -> datetime | None:
        with clock.travel(NOON + timedelta(hours=hours)):
            return overdue(worker_of(clinic))

    assert (since(0.9), since(1.1), since(10)) == (None, message.due_at, None)

"""Reports of the gateway for text messages: signed, fresh, and seen by the desk where one did not arrive."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client

from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.models import Event
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.messaging.actions.choosing import choose_channels
from masseter.journey.messaging.actions.settling import try_message_again
from masseter.journey.messaging.models import Message
from masseter.journey.people.models import Patient
from tests.conftest import ActorMaker
from tests.factories import make_patient
from tests.journey.messaging.test_handing import NOON, Told, send, written

KEY = "k" * 40


@pytest.fixture
def desk(actor: ActorMaker) -> Actor:
    return actor(Role.FRONT_DESK)


@pytest.fixture
def patient(desk: Actor) -> Patient:
    found = make_patient(desk, email="ada@patients.example", phone="+44 20 7946 0999")
    choose_channels(by=desk, patient=found, email=False, text=True)
    return found


@pytest.fixture(autouse=True)
def takes_reports(settings: LazySettings) -> None:
    settings.TEXT_REPORT_KEY = KEY


def report(told: object, *, key: str = KEY, minutes: int = 0, body: bytes | None = None) -> HttpResponse:
    """Sent as a gateway does, without a cookie or a token."""
    sent = json.dumps(told).encode()
    at = str(int((clock.now() - timedelta(minutes=minutes)).timestamp()))
    signature = hmac.new(key.encode(), f"{at}.".encode() + sent, hashlib.sha256).hexdigest()
    return Client(enforce_csrf_checks=True).post(  # type: ignore[return-value]  # the test client's answer
        "/texts/report/",
        body if body is not None else sent,
        content_type="application/json",
        headers={"Masseter-Timestamp": at, "Masseter-Signature": signature},
    )


def failed(message: Message, status: str = "failed") -> dict[str, str]:
    return {"key": message.provider_key, "status": status, "reason": "number\nnot in use\x00"}


def test_failed_message_is_on_the_desks_list_and_nothing_more_goes_there(
    clinic: Clinic, patient: Patient
) -> None:
    message, text = written(clinic, patient), Told()
    send(clinic, Told(), text)

    first, again = report(failed(message)), report(failed(message))

    message.refresh_from_db()
    assert (first.status_code, again.status_code) == (204, 204)
    assert (message.state, message.reason) == ("bounced", "The gateway: number not in use")
    assert Event.objects.filter(what="message.bounced", data__is_new=True).count() == 1
    other = written(clinic, patient, about="other")
    send(clinic, Told(), text)
    other.refresh_from_db()
    assert (other.state, len(text.taken)) == ("failed", 1)


def test_delivered_message_stays_as_it_is_and_an_old_try_changes_nothing(
    clinic: Clinic, desk: Actor, patient: Patient
) -> None:
    message = written(clinic, patient)
    send(clinic, Told(), Told())
    assert report(failed(message, "delivered")).status_code == 204
    assert Message.objects.get(pk=message.pk).state == "handed"
    old = failed(message)
    report(old)
    message.refresh_from_db()
    with clock.travel(NOON):
        try_message_again(by=desk, message=message)
    send(clinic, Told(), Told())

    assert report(old).status_code == 204
    assert Message.objects.get(pk=message.pk).state == "handed"


def test_report_that_comes_before_the_hand_over_is_noted_is_asked_for_again(
    clinic: Clinic, patient: Patient
) -> None:
    message = written(clinic, patient)

    early = report(failed(message))

    assert (early.status_code, early["Retry-After"]) == (503, "60")


@pytest.mark.parametrize("change", [{"key": "x" * 40}, {"minutes": 6}, {"minutes": -6}, {"body": b"{}"}])
def test_report_with_another_signature_or_an_old_one_is_refused(
    clinic: Clinic, patient: Patient, change: dict[str, object]
) -> None:
    message = written(clinic, patient)
    send(clinic, Told(), Told())

    assert report(failed(message), **change).status_code == 403  # type: ignore[arg-type]  # one argument
    assert Message.objects.get(pk=message.pk).state == "handed"


@pytest.mark.parametrize(
    "told",
    [[], "failed", {}, {"key": "1", "status": "failed"}, {"key": f"{'0' * 8}-1", "status": "failed"}, None]
    + [{"key": "5f0c0000-0000-4000-8000-000000000000-1", "status": odd} for odd in ("", None, [], "gone")],
)
def test_what_is_no_report_is_told(clinic: Clinic, told: object) -> None:
    assert report(told).status_code == 400


def test_unknown_message_reveals_nothing_and_without_a_key_there_is_no_such_page(
    clinic: Clinic, settings: LazySettings
) -> None:
    unknown = {"key": "5f0c0000-0000-4000-8000-000000000000-1", "status": "failed"}

    assert (report(unknown).status_code, Client().get("/texts/report/").status_code) == (204, 405)
    assert report({"key": "x" * 20_000}).status_code == 403
    settings.TEXT_REPORT_KEY = ""
    assert report(unknown, key="").status_code == 404

"""Letters that come back, the stop link, and what the portal and the desk make of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from masseter.journey.accounts.models import Clinic, User
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.messaging.bounces import read_bounce
from masseter.journey.messaging.handing import hand_over_due
from masseter.journey.messaging.models import ChannelChoice, Message
from masseter.journey.messaging.outbox import Wanted, write_messages
from masseter.journey.messaging.providers.mail import MailProvider, message_id_of
from masseter.journey.messaging.queries import wishes_of, worker_of
from masseter.journey.messaging.returned import take_bounce
from masseter.journey.messaging.tokens import Stop, read_stop, stop_token
from masseter.journey.people.models import Patient
from tests.conftest import ActorMaker, sign_in
from tests.factories import make_portal_patient

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
REPORT = """\
From: MAILER-DAEMON@relay.example
To: no-reply@localhost
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

I am sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; ada@patients.example
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such person

--b
Content-Type: {kind}

From: no-reply@localhost
Message-ID: {number}
Subject: A new paper

--b--
"""


@pytest.fixture
def desk(actor: ActorMaker) -> Actor:
    return actor(Role.FRONT_DESK)


@pytest.fixture
def patient(desk: Actor) -> Patient:
    return make_portal_patient(desk)


@pytest.fixture
def sent(clinic: Clinic, patient: Patient) -> Message:
    """A message that went out by mail."""
    with clock.travel(NOON):
        write_messages(worker_of(clinic), [Wanted(kind="paper", about="1", patient_id=patient.pk)])
        hand_over_due(clinic, {"email": MailProvider()}, lambda by, message: "")
    return Message.objects.get()


def report(message: Message, action: str = "failed", kind: str = "text/rfc822-headers") -> bytes:
    return REPORT.format(action=action, kind=kind, number=message_id_of(message.provider_key)).encode()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_letter_that_comes_back_is_found_and_told_once(sent: Message, kind: str) -> None:
    assert take_bounce(report(sent, kind=kind))
    assert take_bounce(report(sent, kind=kind))

    sent.refresh_from_db()
    assert (sent.state, sent.reason) == ("bounced", "smtp; 550 5.1.1 No such person")


def test_delay_another_round_and_any_other_letter_change_nothing(sent: Message) -> None:
    other = Message(key=sent.key, round=2)

    assert not take_bounce(report(sent, "delayed"))
    assert not take_bounce(report(other))
    assert not take_bounce(report(Message()))
    assert not take_bounce(b"From: ada\nSubject: Thank you\n\nSee you on Monday.")
    sent.refresh_from_db()
    assert sent.state == "handed"


@given(st.binary(max_size=300), st.integers(0, 900))
def test_spoiled_letter_is_passed_over(noise: bytes, at: int) -> None:
    whole = REPORT.format(action="failed", kind="text/rfc822-headers", number="<no>").encode()

    assert read_bounce(whole[:at] + noise + whole[at:]) is None
    assert read_bounce(noise) is None


def test_mail_has_a_stable_number_and_a_button_to_stop_it(sent: Message, patient: Patient) -> None:
    (letter,) = mail.outbox

    assert letter.to == [patient.email]
    assert letter.extra_headers["Message-ID"] == message_id_of(sent.provider_key)
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert patient.family_name not in str(letter.message())


def stop_link(letter: mail.EmailMessage) -> str:
    return letter.extra_headers["List-Unsubscribe"].strip("<>").partition("localhost:8000")[2]


def test_link_stops_the_channel_without_signing_in(sent: Message, patient: Patient) -> None:
    """Opening it does nothing: scanners open links. A mail program sends it without any page or cookie."""
    link = stop_link(mail.outbox[0])
    client = Client(enforce_csrf_checks=True)

    page = client.get(link)
    assert wishes_of(patient)["email"]
    answer = client.post(link, {"List-Unsubscribe": "One-Click"})

    assert (page.status_code, answer.status_code) == (200, 302)
    assert wishes_of(patient) == {"email": False, "text": True, "push": True}
    assert ChannelChoice.objects.get().by_name == "Link in a message"


def test_link_tells_nobody_anything(sent: Message, patient: Patient) -> None:
    """A real link, one that is changed, one of nobody: the same page and the same answer."""
    real = stop_link(mail.outbox[0])
    client = Client()
    pages, answers = [], []
    for link in (real, real[:-6] + "AAAAAA", f"/stop/?m={stop_token(10**9, 1)}", "/stop/?m=" + "x" * 5000):
        pages.append(client.get(link).content.decode())
        answer = client.post(link, follow=True)
        answers.append((answer.redirect_chain, answer.status_code))

    plain = {page.partition("<main")[2].partition("csrfmiddlewaretoken")[0] for page in pages}
    assert len(plain) == 1
    assert len({str(answer) for answer in answers}) == 1
    assert not any(word in pages[0] for word in (patient.family_name, patient.given_names, patient.email))


@given(st.integers(1, 2**40), st.integers(1, 2**40))
def test_token_is_read_back_and_no_letter_of_it_can_be_changed(clinic_id: int, message_id: int) -> None:
    assert read_stop(stop_token(clinic_id, message_id)) == Stop(clinic_id=clinic_id, message_id=message_id)


def test_patient_chooses_channels_and_the_link_leads_on(sent: Message, patient: Patient) -> None:
    client = Client()
    sign_in(client, User.objects.get(pk=patient.user_id))

    page = client.get("/my/messages/").content.decode()
    saved = client.post("/my/messages/", {"form_key": "6e2c5f0e-8f0c-4d0b-9a53-0d2ab1a3f7d1", "email": "on"})
    led = client.get(f"/my/messages/{sent.pk}/")

    assert "A new paper" in page
    assert saved.status_code == 302, saved.content.decode()
    assert wishes_of(patient) == {"email": True, "text": False, "push": True}
    assert led["Location"].endswith("/passport/")


def test_desk_corrects_an_address_on_the_page(
    clinic: Clinic, sent: Message, patient: Patient, signed_in
) -> None:  # type: ignore[no-untyped-def]
    take_bounce(report(sent))
    client = signed_in(Role.FRONT_DESK)

    listed = client.get("/clinic/messages/").content.decode()
    home = client.get("/clinic/").content.decode()
    form = {"form_key": "6e2c5f0e-8f0c-4d0b-9a53-0d2ab1a3f7d2", "what": "correct", "address": "nobody at all"}
    bad = client.post(f"/clinic/messages/{sent.pk}/", form)
    good = client.post(f"/clinic/messages/{sent.pk}/", {**form, "address": "ada@new.example"})

    assert "No such person" in listed
    assert "No such person" in home
    assert (bad.status_code, good.status_code) == (422, 302)
    assert 'value="nobody at all"' in bad.content.decode()
    patient.refresh_from_db()
    assert patient.email == "ada@new.example"

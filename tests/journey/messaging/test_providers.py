"""Providers as they are: a real mail server, a real gateway, a folder. A key is sent once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import LazySettings
from django.core import mail

from masseter.journey.messaging.providers.folder import FolderProvider
from masseter.journey.messaging.providers.interface import Envelope as Message
from masseter.journey.messaging.providers.interface import RefusedForGood, TryLater
from masseter.journey.messaging.providers.mail import MailProvider
from masseter.journey.messaging.providers.web import WebProvider
from tests.gateway import Gateway, gateway
from tests.stories.site import free_port

KEY = "0b9f1f52-6f8e-4a51-9f3e-2d8a4b8d6f10-1"


def message(to: str = "ada@patients.example", **more: str) -> Message:
    return Message(**{"key": KEY, "to": to, "sender": "North", "subject": "Soon", "body": "See you.", **more})


class Server:
    """A mail server that refuses by the name of the one who is written to."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_RCPT(  # noqa: N802  # its name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        name = address.partition("@")[0]
        if name in {"gone", "full"}:
            return {"gone": "550 5.1.1 No such person", "full": "452 4.2.2 Mailbox full"}[name]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # its name
        self.letters.append(bytes(envelope.content or b""))
        return "554 5.7.1 Not wanted" if b"unwanted" in self.letters[-1] else "250 Accepted"


@pytest.fixture
def server(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    kept, port = Server(), free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    yield kept
    controller.stop()


def test_letter_arrives_with_its_number_and_readable_in_every_script(server: Server) -> None:
    provider = MailProvider()
    told = provider.hand_over(
        message(subject="موعدك", body="Ihr Termin für Köln – ✓", stop_url="https://x/stop")
    )
    provider.hand_over(message("second@patients.example"))
    provider.close()

    letter = message_from_bytes(server.letters[0])
    assert told == letter["Message-ID"] == f"<{KEY}@localhost>"
    assert letter["List-Unsubscribe"] == "<https://x/stop>"
    assert letter["Auto-Submitted"] == "auto-generated"
    payload = letter.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert payload.decode().strip() == "Ihr Termin für Köln – ✓"
    assert len(server.letters) == 2


def test_refusal_for_good_is_told_from_a_full_mailbox(server: Server) -> None:
    provider = MailProvider()

    with pytest.raises(RefusedForGood, match=r"550 5\.1\.1 No such person"):
        provider.hand_over(message("gone@patients.example"))
    with pytest.raises(TryLater, match="452"):
        provider.hand_over(message("full@patients.example"))
    with pytest.raises(RefusedForGood, match="554"):
        provider.hand_over(message(body="unwanted"))
    # The same provider goes on after each of them.
    assert provider.hand_over(message())
    provider.close()


@pytest.mark.parametrize(
    "hostile",
    [
        {"to": "ada@patients.example\nBcc: eve@elsewhere.example"},
        {"subject": "Soon\r\nBcc: eve@elsewhere.example"},
        {"to": "ada@patients.example, eve@elsewhere.example"},
        {"to": "no address at all"},
    ],
)
def test_no_second_address_is_smuggled_in(server: Server, hostile: dict[str, str]) -> None:
    provider = MailProvider()

    with pytest.raises((RefusedForGood, TryLater)):
        provider.hand_over(message(**hostile))

    assert not any(b"eve@" in one for one in server.letters)
    provider.close()


def test_mail_server_that_is_away_is_tried_later(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    with pytest.raises(TryLater, match="refused"):
        MailProvider().hand_over(message())
    assert not getattr(mail, "outbox", [])


def test_gateway_sends_a_key_once_and_gets_the_words_whole() -> None:
    with gateway() as door:
        provider = WebProvider(door.url, "secret")
        first, again = (provider.hand_over(message("+4420", body="{\"x\": 'é'}")) for _ in range(2))

    assert first == again == KEY
    assert door.sent == {KEY: {"key": KEY, "to": "+4420", "from": "North", "text": "{\"x\": 'é'}"}}
    assert door.repeats == 1


@pytest.mark.parametrize(
    ("status", "fault"),
    [(500, TryLater), (429, TryLater), (401, TryLater), (302, TryLater), (422, RefusedForGood)],
)
def test_answers_of_a_gateway_are_told_apart(
    monkeypatch: pytest.MonkeyPatch, status: int, fault: type[Exception]
) -> None:
    monkeypatch.setattr(Gateway, "take", lambda *args: status)

    with gateway() as door, pytest.raises(fault, match=str(status)):
        WebProvider(door.url, "").hand_over(message("+4420"))


def test_folder_takes_a_key_once_whoever_comes_first(tmp_path: Path) -> None:
    provider = FolderProvider(tmp_path / "texts")
    with ThreadPoolExecutor(8) as crowd:
        done = list(crowd.map(lambda n: provider.hand_over(message(body=f"{n}")), range(40)))

    (only,) = list((tmp_path / "texts").iterdir())
    assert set(done) == {KEY}
    assert only.name == f"{KEY}.json"
    assert json.loads(only.read_text())["text"].isdecimal()


def test_key_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no key"):
        FolderProvider(tmp_path).hand_over(message(key="../x"))

"""Letters that the server of a story really sends."""

from __future__ import annotations

import re
from email import message_from_bytes

from aiosmtpd.smtp import SMTP, Envelope, Session


class Letterbox:
    """A mail server of the tests: keeps what it is sent."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], str]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # its name
        letter = message_from_bytes(bytes(envelope.content or b""))
        body = letter.get_payload(decode=True)
        self.letters.append((list(envelope.rcpt_tos), body.decode() if isinstance(body, bytes) else ""))
        return "250 Accepted"

    def code_for(self, address: str) -> str:
        """The code in the newest letter to an address."""
        letter = next(text for to, text in reversed(self.letters) if to == [address])
        found = re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", letter, re.MULTILINE)
        assert found, letter
        return found.group(1)

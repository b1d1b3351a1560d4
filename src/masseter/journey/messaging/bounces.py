"""Letters that come back: which of our messages a delivery report speaks of (RFC 3464)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from uuid import UUID

_KEY = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d{1,5})@[^\s<>]+>", re.IGNORECASE)
_LONGEST = 1_000_000  # bytes of a letter that are read
_HEADERS = {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}


@dataclass(frozen=True, kw_only=True)
class Bounce:
    """A message that came back, and why, in the words of the server that sent it back."""

    key: UUID
    round: int
    reason: str


def read_bounce(letter: bytes) -> Bounce | None:
    """The message that a letter says was not delivered; None for a mere delay and for any other letter."""
    try:
        report = message_from_bytes(letter[:_LONGEST], policy=policy.default)
        parts = list(report.walk())
        reason = next(filter(None, map(_failure, parts)), "")
        named = next(filter(None, map(_named, parts)), None)
    except (MessageError, ValueError, LookupError, AttributeError, IndexError, TypeError):
        # The library falls over some broken letters; whatever they were, they are no report.
        return None
    if not reason or named is None:
        return None
    return Bounce(key=UUID(named[1]), round=int(named[2]), reason=reason)


def _failure(part: EmailMessage) -> str:
    """Why it failed, from the part that machines read."""
    if part.get_content_type() != "message/delivery-status":
        return ""
    for block in _inside(part):
        action = str(block.get("Action", "")).strip().casefold()
        if action == "failed":
            said = str(block.get("Diagnostic-Code", "")) or str(block.get("Status", ""))
            return " ".join(said.split()) or "not delivered"
    return ""


def _named(part: EmailMessage) -> re.Match[str] | None:
    """The Message-ID of the letter that is sent back."""
    if part.get_content_type() not in _HEADERS:
        return None
    inner = next(iter(_inside(part)), None)
    text = str(inner.get("Message-ID", "")) if inner is not None else str(part.get_payload())
    return _KEY.search(text)


def _inside(part: EmailMessage) -> list[Message[str, str]]:
    """The letters, or blocks of headers, within a part."""
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []

"""Text messages over HTTP: one small request that a gateway, or a clinic's own adapter to one, answers."""

from __future__ import annotations

import json
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request

from masseter.journey.messaging.providers.interface import Envelope, RefusedForGood, TryLater
from masseter.journey.messaging.providers.posting import LATER, OURS, SERVER, opener

SECONDS = 15
_LONGEST = 10_000  # bytes of an answer that are read
_SENT_BEFORE = 409


class WebProvider:
    """Posts each message as JSON with its key. The contract stands in docs/how-to/send-messages.md."""

    name = "http"

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url, token
        self._opener = opener()

    def hand_over(self, envelope: Envelope) -> str:
        told = {"key": envelope.key, "to": envelope.to, "from": envelope.sender, "text": envelope.body}
        request = Request(  # the address is a setting, checked for its scheme
            self.url,
            json.dumps(told).encode(),
            {
                "Content-Type": "application/json",
                "Idempotency-Key": envelope.key,
                **({"Authorization": f"Bearer {self.token}"} if self.token else {}),
            },
        )
        try:
            with self._opener.open(request, timeout=SECONDS) as answer:
                return _number(answer.read(_LONGEST))
        except HTTPError as error:
            if error.code == _SENT_BEFORE:
                return _number(error.read(_LONGEST))
            said = f"HTTP {error.code}"
            if error.code >= SERVER or error.code in LATER or error.code in OURS:
                raise TryLater(said) from error
            if error.code < 400:
                raise TryLater(f"{said}: the gateway answers from another address") from error
            raise RefusedForGood(said) from error
        except (URLError, HTTPException, OSError) as error:
            raise TryLater(f"{type(error).__name__}: {error}") from error

    def close(self) -> None:
        """Nothing is kept open."""


def _number(answer: bytes) -> str:
    """What the gateway calls the message, where it says so."""
    try:
        told = json.loads(answer)
    except ValueError:
        return ""
    return str(told.get("id", ""))[:100] if isinstance(told, dict) else ""

"""Notifications: each message sealed for one browser and posted to that browser's push service (RFC 8030)."""

from __future__ import annotations

import hashlib
import json
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request

from masseter.journey.ground import clock
from masseter.journey.messaging.providers.interface import (
    AddressGone,
    Envelope,
    RefusedForGood,
    TryLater,
)
from masseter.journey.messaging.providers.posting import LATER, OURS, SERVER, opener
from masseter.journey.messaging.push.encrypt import encrypt
from masseter.journey.messaging.push.endpoints import NoPushService, check_endpoint
from masseter.journey.messaging.push.vapid import authorization, encoded

SECONDS = 15
LASTS = 7 * 24 * 3600  # seconds that a push service keeps a message for a device that is off
_GONE = {404, 410}
_LONGEST = 200  # bytes of an answer that are read
_TOPIC = 24  # bytes of a name under which a waiting message takes the place of an older one


class PushProvider:
    """Posts one message to one device. A repeat has the same topic and mark, so it is shown once."""

    name = "push"

    def __init__(self) -> None:
        self._opener = opener()

    def hand_over(self, envelope: Envelope) -> str:
        target = envelope.target
        if target is None:
            raise RefusedForGood("There is no device.")
        try:
            # Asked again here: what the settings list may have changed since the device was turned on.
            check_endpoint(target.endpoint)
            body = encrypt(shown(envelope), target.point, target.secret)
        except (NoPushService, ValueError) as error:
            raise RefusedForGood(str(error)) from error
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "TTL": str(LASTS),
            "Urgency": "normal",
            "Topic": encoded(hashlib.sha256(envelope.key.encode()).digest()[:_TOPIC]),
            "Authorization": authorization(target.endpoint, clock.now()),
        }
        return self._post(Request(target.endpoint, body, headers))  # checked above

    def close(self) -> None:
        """Nothing is kept open."""

    def _post(self, request: Request) -> str:
        try:
            with self._opener.open(request, timeout=SECONDS) as answer:
                answer.read(_LONGEST)
                # The address that it gives the message is as secret as the device's own: it is not kept.
                return ""
        except HTTPError as error:
            said = f"HTTP {error.code}"
            error.close()
            if error.code in _GONE:
                raise AddressGone(f"{said}: the device takes no notifications any more") from error
            if error.code >= SERVER or error.code in LATER or error.code in OURS - _GONE or error.code < 400:
                raise TryLater(said) from error
            raise RefusedForGood(said) from error
        except (URLError, HTTPException, OSError) as error:
            raise TryLater(type(error).__name__) from error


def shown(envelope: Envelope) -> bytes:
    """What the device is told: two lines, where a press leads, and how they are written."""
    told = {
        "title": envelope.subject,
        "body": envelope.body,
        "url": envelope.link,
        "tag": envelope.key,
        "lang": envelope.language,
        "dir": "rtl" if envelope.language == "ar" else "ltr",
    }
    return json.dumps(told, ensure_ascii=False).encode()

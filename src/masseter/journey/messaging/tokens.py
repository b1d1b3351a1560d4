"""The link that stops messages: it names a message to this installation and tells nobody else anything."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings

from masseter.journey.ground.sealed import BrokenSeal

_NUMBER = 8  # bytes of a record's number
_LONGEST = 100  # characters of a token that is worth opening


@dataclass(frozen=True, kw_only=True)
class Stop:
    """Which message of which clinic a link belongs to."""

    clinic_id: int
    message_id: int


def stop_token(clinic_id: int, message_id: int) -> str:
    """The two numbers, encrypted and signed: short enough for a text message."""
    told = clinic_id.to_bytes(_NUMBER, "big") + message_id.to_bytes(_NUMBER, "big")
    return base64.urlsafe_b64encode(_box().encrypt(told, None)).decode().rstrip("=")


def read_stop(token: str) -> Stop:
    """What a link names.

    Raises: BrokenSeal for anything that this installation did not write.
    """
    try:
        sealed = base64.urlsafe_b64decode(token[:_LONGEST].encode("ascii") + b"==")
        told = _box().decrypt(sealed, None)
    except (InvalidTag, ValueError, UnicodeError, binascii.Error) as error:
        raise BrokenSeal("This link was not written here, or was changed.") from error
    return Stop(
        clinic_id=int.from_bytes(told[:_NUMBER], "big"), message_id=int.from_bytes(told[_NUMBER:], "big")
    )


def _box() -> AESSIV:
    return AESSIV(hashlib.sha512(f"stop-messages:{settings.SECRET_KEY}".encode()).digest())

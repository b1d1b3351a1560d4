"""Text sealed with the installation's secret, for what must not lie readable in the database."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class BrokenSeal(Exception):
    """The text was not sealed here, was changed, or is too old."""


def seal(text: str, purpose: str) -> str:
    """Encrypt and sign a text. What was sealed for one purpose does not open for another."""
    return _box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str, *, within_seconds: int | None = None) -> str:
    """Open a sealed text.

    Raises: BrokenSeal.
    """
    try:
        return _box(purpose).decrypt(sealed.encode(), ttl=within_seconds).decode()
    except InvalidToken as error:
        raise BrokenSeal("This text was not sealed here, was changed, or is too old.") from error


def _box(purpose: str) -> Fernet:
    digest = hashlib.sha256(f"{purpose}:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def device_key(session_key: str, user_id: int | None) -> str:
    """The key (AES, 256 bits, base64) of what a browser keeps within one session of one person.

    Nothing of it is stored: who has no such session any more cannot ask for it again.
    """
    told = f"device:{session_key}:{user_id}".encode()
    return base64.b64encode(hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).digest()).decode()

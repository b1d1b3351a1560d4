"""From a passport to the text of its code and back: signed, so that no letter of it can be changed unseen.

The text is `MASSETER1:` and, in letters and digits that a square code packs well, the public key (32 bytes),
the signature (64 bytes) and the compressed passport. So it can be checked anywhere, without a network. What
the signature shows is that nothing was changed since; whose key it is, only its owner can tell.

Source: RFC 8032 (Ed25519), RFC 4648 (base 32).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import zlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from pydantic import ValidationError

from masseter.journey.consult.passport.passport import Passport

PREFIX = "MASSETER1:"
SCANNED = re.compile(r"^\]Q[0-9]")  # what scanners put before the text of a square code
PUBLIC, SIGNATURE = 32, 64
MOST_LETTERS = 4296  # as many as the largest square code holds
MOST_BYTES = 20_000  # unpacked


class NoPassport(Exception):
    """The text is no passport, or was changed; the message says which, for the person who scanned it."""


@dataclass(frozen=True, kw_only=True)
class Read:
    """A passport whose signature holds, and the key that signed it."""

    passport: Passport
    key: bytes

    @property
    def is_own(self) -> bool:
        """This installation signed it."""
        return self.key == own_key()

    @property
    def fingerprint(self) -> str:
        """The key as people compare it."""
        return fingerprint(self.key)


def sealed(passport: Passport) -> str:
    """The text of the code of a passport, signed by this installation."""
    told = passport.model_dump_json(by_alias=True, exclude_defaults=True)
    packed = zlib.compress(told.encode(), 9)
    signature = _private().sign(PREFIX.encode() + packed)
    return PREFIX + base64.b32encode(own_key() + signature + packed).decode().rstrip("=")


def unsealed(text: str) -> Read:
    """The passport that a text holds.

    Raises: NoPassport where it is none, was cut or changed, or says what a passport cannot say.
    """
    letters = SCANNED.sub("", "".join(text.split()).upper())
    if not letters.startswith(PREFIX) or len(letters) > MOST_LETTERS:
        raise NoPassport("This is not the code of an injection passport.")
    key, signature, packed = _parts(letters.removeprefix(PREFIX))
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, PREFIX.encode() + packed)
    except (InvalidSignature, ValueError) as error:
        raise NoPassport("The code was changed since it was issued. Ask for a new one.") from error
    opener = zlib.decompressobj()
    try:
        told = opener.decompress(packed, MOST_BYTES)
        return Read(passport=Passport.model_validate_json(told), key=key)
    except (zlib.error, ValidationError) as error:
        raise NoPassport("The code is signed, but what it says is no injection passport.") from error


def fingerprint(key: bytes) -> str:
    """A key as people compare it over the telephone: sixteen signs in groups of four."""
    digest = hashlib.sha256(key).hexdigest()[:16].upper()
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))


def own_key() -> bytes:
    """The public key of this installation, 32 bytes."""
    return _private().public_key().public_bytes_raw()


def _parts(letters: str) -> tuple[bytes, bytes, bytes]:
    try:
        whole = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except (binascii.Error, ValueError) as error:
        raise NoPassport("The code is not whole: a part is missing or misread. Scan it again.") from error
    if len(whole) <= PUBLIC + SIGNATURE:
        raise NoPassport("The code is not whole: its end is missing. Scan it again.")
    return whole[:PUBLIC], whole[PUBLIC : PUBLIC + SIGNATURE], whole[PUBLIC + SIGNATURE :]


def _private() -> Ed25519PrivateKey:
    seed = hashlib.sha256(b"injection passport:" + settings.PASSPORT_KEY.encode()).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)

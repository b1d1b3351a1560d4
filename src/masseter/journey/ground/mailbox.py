"""Letters that a device seals for the server and cannot open again itself.

Each person has a pair of keys, drawn from the installation's secret. The public one goes to the device; what
is sealed with it (ECDH on P-256, HKDF and AES-GCM, as browsers have them) opens here alone, in a session of
the same person. So a lost phone holds nothing that can be read, and a session that has ended loses nothing.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from masseter.journey.ground.sealed import BrokenSeal

CURVE = ec.SECP256R1()
# The order of the curve's group (SEC 2, secp256r1): a private key lies between 1 and one below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
KEY_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One sealed letter, its parts in base64: the device's passing public key, the nonce, the ciphertext.

    `label` is in the clear and cannot be changed without breaking the seal.
    """

    label: str
    sender: str
    nonce: str
    box: str


def public_key(user_id: int, purpose: str) -> str:
    """The key under which a device seals letters for a person: the uncompressed point, base64."""
    point = _private(user_id, purpose).public_key()
    return base64.b64encode(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)).decode()


def open_letter(letter: Letter, user_id: int, purpose: str) -> str:
    """What is written in a letter.

    Raises: BrokenSeal where it was sealed for somebody else, or changed.
    """
    try:
        sender, nonce, box = (
            base64.b64decode(each, validate=True) for each in (letter.sender, letter.nonce, letter.box)
        )
        passing = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender)
        shared = _private(user_id, purpose).exchange(ec.ECDH(), passing)
        key = HKDF(algorithm=hashes.SHA256(), length=KEY_BYTES, salt=b"", info=purpose.encode()).derive(
            shared
        )
        return AESGCM(key).decrypt(nonce, box, letter.label.encode()).decode()
    except (InvalidTag, ValueError, binascii.Error) as error:
        raise BrokenSeal("This was not sealed for this person, or was changed.") from error


def _private(user_id: int, purpose: str) -> ec.EllipticCurvePrivateKey:
    return drawn_key(settings.SECRET_KEY, f"mailbox:{purpose}:{user_id}")


def drawn_key(secret: str, told: str) -> ec.EllipticCurvePrivateKey:
    """A private key that a secret and a word give, the same each time."""
    digest = hmac.new(secret.encode(), told.encode(), hashlib.sha512).digest()
    return ec.derive_private_key(int.from_bytes(digest) % (ORDER - 1) + 1, CURVE)

"""A message sealed for one browser: RFC 8291 over the content coding of RFC 8188, in a single record.

The push service that carries it learns when something comes and how long it is, and cannot read it.
"""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
POINT, SECRET = 65, 16  # bytes of a browser's public key, and of its secret
SALT = 16
RECORD = 4096  # the record's size that every push service takes (RFC 8291, 4)
LARGEST = RECORD - 16 - 1 - (SALT + 4 + 1 + POINT)  # bytes of a message: without tag, delimiter and header
_LAST = b"\x02"  # closes the last record (RFC 8188, 2)


def check_keys(point: bytes, secret: bytes) -> None:
    """Raises: ValueError for what can be no keys of a browser."""
    if len(point) != POINT or len(secret) != SECRET:
        raise ValueError("a browser's key has 65 bytes and its secret 16")
    ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)


def encrypt(
    message: bytes,
    point: bytes,
    secret: bytes,
    *,
    passing: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """Seal a message for a browser's public key and secret. `passing` and `salt` are new each time.

    Raises: ValueError for keys that are none, or a message that is too long.
    """
    check_keys(point, secret)
    if len(message) > LARGEST:
        raise ValueError(f"at most {LARGEST} bytes; these are {len(message)}")
    passing = passing or ec.generate_private_key(CURVE)
    salt = salt or secrets.token_bytes(SALT)
    own = passing.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = passing.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point))
    key, nonce = keys_of(shared, secret, salt, browser=point, sender=own)
    sealed = AESGCM(key).encrypt(nonce, message + _LAST, None)
    return salt + RECORD.to_bytes(4, "big") + bytes([len(own)]) + own + sealed


def keys_of(
    shared: bytes, secret: bytes, salt: bytes, *, browser: bytes, sender: bytes
) -> tuple[bytes, bytes]:
    """The key and the nonce that both sides draw (RFC 8291, 3.4)."""
    first = _drawn(shared, secret, b"WebPush: info\x00" + browser + sender, 32)
    key = _drawn(first, salt, b"Content-Encoding: aes128gcm\x00", 16)
    return key, _drawn(first, salt, b"Content-Encoding: nonce\x00", 12)


def _drawn(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(material)

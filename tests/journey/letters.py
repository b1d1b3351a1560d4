"""Sealing as a browser does it, for tests: ECDH on P-256, HKDF, AES-GCM."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def sealed(box: str, purpose: str, label: str, words: Mapping[str, object]) -> dict[str, str]:
    """One letter for the holder of `box`."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.b64decode(box))
    ours = ec.generate_private_key(ec.SECP256R1())
    shared = ours.exchange(ec.ECDH(), theirs)
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=b"", info=purpose.encode()).derive(shared)
    nonce = os.urandom(12)
    found = AESGCM(key).encrypt(nonce, json.dumps(words).encode(), label.encode())
    point = ours.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    parts = {"sender": point, "nonce": nonce, "box": found}
    return {"key": label, **{name: base64.b64encode(part).decode() for name, part in parts.items()}}

"""Who we are to a push service: one pair of keys of the installation, and a signed word with each message.

RFC 8292. The keys are drawn from the installation's push key; a browser gives its subscription to the
public one, so that nobody else can send to it.
"""

from __future__ import annotations

import base64
import json
from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from masseter.journey.ground.mailbox import drawn_key

HOLDS = timedelta(hours=12)  # of a signed word; a push service takes 24 hours at most (RFC 8292, 2)
_HALF = 32  # bytes of each half of a signature


def public_key() -> str:
    """The public key that browsers subscribe with: the uncompressed point, base64 for addresses."""
    point = _private().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return encoded(point)


def authorization(endpoint: str, now: datetime) -> str:
    """The header that names and proves the sender to the push service of an address."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + HOLDS).timestamp()),
        "sub": _reached_at(),
    }
    head = encoded(json.dumps({"typ": "JWT", "alg": "ES256"}).encode())
    told = f"{head}.{encoded(json.dumps(claims).encode())}"
    halves = decode_dss_signature(_private().sign(told.encode(), ec.ECDSA(hashes.SHA256())))
    signature = b"".join(half.to_bytes(_HALF, "big") for half in halves)
    return f"vapid t={told}.{encoded(signature)}, k={public_key()}"


def encoded(told: bytes) -> str:
    """Base64 as addresses and tokens have it."""
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def decoded(told: str) -> bytes:
    """Raises: ValueError for what is no base64."""
    return base64.b64decode(told.encode("ascii") + b"=" * (-len(told) % 4), altchars=b"-_", validate=True)


def _reached_at() -> str:
    """Where a push service reaches whoever runs this installation."""
    if settings.BASE_URL.startswith("https://"):
        return str(settings.BASE_URL)
    return f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"


def _private() -> ec.EllipticCurvePrivateKey:
    return drawn_key(settings.PUSH_KEY, "web push")

"""A push service on this machine: it checks who sends, opens what it gets as the browser would, and counts.

It opens by the standards alone (RFC 8188, 8291, 8292), with nothing of what seals in Masseter.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def plain(told: str) -> bytes:
    return base64.urlsafe_b64decode(told + "=" * (-len(told) % 4))


def coded(told: bytes) -> str:
    return base64.urlsafe_b64encode(told).decode().rstrip("=")


def drawn(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    """HKDF with SHA-256 for at most one block (RFC 5869)."""
    first = hmac.new(salt, material, hashlib.sha256).digest()
    return hmac.new(first, info + b"\x01", hashlib.sha256).digest()[:length]


@dataclass
class Browser:
    """One browser that is subscribed: its keys, and what the service answers for it."""

    name: str
    url: str
    answers: list[int] = field(default_factory=list)
    shown: list[dict[str, Any]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def given(self) -> dict[str, str]:
        """What the browser gives the page."""
        return {"endpoint": self.url, "point": coded(self.point), "secret": coded(self.auth)}

    def open(self, body: bytes) -> bytes:
        """Raises: InvalidTag for what was not sealed for this browser."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        assert (size, length) == (4096, 65)
        shared = self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        )
        material = drawn(self.auth, shared, b"WebPush: info\x00" + self.point + sender, 32)
        key = drawn(salt, material, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = drawn(salt, material, b"Content-Encoding: nonce\x00", 12)
        text = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x00")
        assert text[-1:] == b"\x02", "the last record ends with this sign"
        return text[:-1]


class PushService:
    """Its browsers by name. A sender whose word does not hold is answered 403, and is in `strangers`."""

    def __init__(self) -> None:
        self.address, self.key = "", b""
        self.browsers: dict[str, Browser] = {}
        self.strangers: list[str] = []
        self._lock = Lock()

    def browser(self, name: str, *answers: int) -> Browser:
        """A new subscription, with what is answered to the first messages; 201 after that."""
        path = f"{name}-{secrets.token_urlsafe(20)}"
        self.browsers[path] = Browser(name=name, url=f"{self.address}/{path}", answers=list(answers))
        return self.browsers[path]

    def take(self, path: str, headers: Message, body: bytes) -> int:
        with self._lock:
            found = self.browsers.get(path.lstrip("/"))
            if found is None:
                return 404
            try:
                self.check(headers["Authorization"])
                assert headers["Content-Encoding"] == "aes128gcm"
                assert int(headers["TTL"]) > 0
                assert len(headers["Topic"]) <= 32
                told = json.loads(found.open(body))
            except Exception as error:  # whatever is wrong with it, the test shall see what
                self.strangers.append(repr(error))
                return 403
            status = found.answers.pop(0) if found.answers else 201
            if status < 300:
                found.shown.append(told)
                found.tags.append(headers["Topic"])
            return status

    def check(self, header: str) -> None:
        """The signature, whom it is for, and that it holds no longer than a day."""
        parts = dict(one.strip().split("=", 1) for one in header.removeprefix("vapid ").split(","))
        head, claims, signature = parts["t"].split(".")
        halves = plain(signature)
        assert plain(parts["k"]) == self.key or not self.key
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), plain(parts["k"]))
        told = encode_dss_signature(int.from_bytes(halves[:32], "big"), int.from_bytes(halves[32:], "big"))
        public.verify(told, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
        said = json.loads(plain(claims))
        assert json.loads(plain(head))["alg"] == "ES256"
        assert said["aud"] == self.address
        assert said["sub"].startswith(("mailto:", "https:"))


@contextmanager
def push_service() -> Iterator[PushService]:
    """A running service."""
    kept = PushService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = kept.take(self.path, self.headers, body)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Nothing on the screen of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()

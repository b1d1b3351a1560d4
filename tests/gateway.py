"""A gateway for text messages as the contract asks for: it sends a key once and says so the second time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread


class Gateway:
    """Counts, for each key, how often it was asked and what it sent."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.sent: dict[str, dict[str, str]] = {}
        self.url = ""
        self._lock = Lock()

    def take(self, key: str, told: dict[str, str]) -> int:
        with self._lock:
            self.asked[key] += 1
            if key in self.sent:
                return 409
            self.sent[key] = told
            return 201

    @property
    def repeats(self) -> int:
        """How often a key was brought again, after a death."""
        return sum(self.asked.values()) - len(self.sent)


@contextmanager
def gateway() -> Iterator[Gateway]:
    """A running gateway on this machine."""
    kept = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = kept.take(self.headers["Idempotency-Key"], told)
            answer = json.dumps({"id": told["key"]}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            """Nothing on the screen of the tests."""

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                return  # a killed worker hangs up in the middle

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_address[1]}/messages"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()

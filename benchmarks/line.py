"""A line between a browser and a server that counts every byte, and what a slow phone makes of it.

The count is of the connection itself: headers, cookies, forms sent, and what a service worker fetches.
"""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Page

# Chromium's profile of a slow 3G line as it was asked for, in bytes a second and milliseconds.
BITS_PER_SECOND, LATENCY_MS = 400_000, 400
# How many times slower than this machine the phone reckons.
CPU_SLOWDOWN = 4


@dataclass(kw_only=True)
class Line:
    """Passes everything on to `target` and counts it. Listens on a free port of this machine."""

    target: str
    count: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        self._listens = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self._listens.getsockname()[1]}"

    def close(self) -> None:
        self._listens.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._listens.accept()
            except OSError:  # closed: the measurement is over
                return
            parts = urlsplit(self.target)
            far = socket.create_connection((parts.hostname or "", parts.port or 80))
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pass_on, args=(source, sink), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                with self._lock:
                    self.count += len(data)
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:  # one of the two hung up, as browsers do
            source.close()
            sink.close()


def slow_down(page: Page) -> None:
    """Make this page's line and processor those of a small phone."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    bytes_per_second = BITS_PER_SECOND / 8
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": bytes_per_second,
            "uploadThroughput": bytes_per_second,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})

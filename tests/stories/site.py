"""A real server over the tests' database, with a clock that the story sets."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections

from masseter.config import embedded
from masseter.journey.accounts.models import Clinic


@dataclass
class Site:
    """A running Masseter. `at` moves its clock; the empty clock is the real one."""

    url: str
    clinic: Clinic
    folder: Path
    process: subprocess.Popen[bytes] = field(repr=False)

    @property
    def clock(self) -> Path:
        return self.folder / "clock"

    def at(self, moment: datetime | None) -> None:
        """Set the server's time; None gives it back to the real one."""
        text = moment.isoformat() if moment else ""
        # Replaced in one step, so that no request reads half a time.
        fresh = self.folder / "clock.new"
        fresh.write_text(text)
        fresh.replace(self.clock)

    def mails(self) -> list[str]:
        """The messages sent so far, oldest first."""
        folder = self.folder / "mail"
        return [path.read_text() for path in sorted(folder.glob("*.log"), key=lambda p: p.stat().st_mtime)]

    def kill(self) -> None:
        """End it as a power cut would: no signal that anything could answer to."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def start_site(clinic: Clinic, folder: Path, **settings_of_test: str) -> Site:
    """Start a server in a process of its own and wait until it answers.

    Raises: RuntimeError with the server's own words where it does not start.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "clock").write_text("")
    port = free_port()
    parts = embedded.start(settings.DATA)
    name = str(connections["default"].settings_dict["NAME"])
    environment = {
        **os.environ,
        "MASSETER_ENVIRONMENT": "test",
        "MASSETER_DATA": str(folder),
        "MASSETER_SECRET_KEY": settings.SECRET_KEY,
        "MASSETER_AUDIT_KEY": settings.AUDIT_KEY,
        "MASSETER_PUSH_KEY": settings.PUSH_KEY,
        "MASSETER_PHOTOGRAPHS": str(settings.PHOTOGRAPHS),
        "MASSETER_PHOTOGRAPH_KEYS": ",".join(
            f"{n}={key.hex()}" for n, key in settings.PHOTOGRAPH_KEYS.items()
        ),
        "MASSETER_PUBLIC_CLINIC": clinic.slug,
        "MASSETER_CLOCK_FILE": str(folder / "clock"),
        "MASSETER_PORT": str(port),
        "DATABASE_URL": embedded.address(parts, embedded.APPLICATION, name),
        **settings_of_test,
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", "4", "--no-access-log", "masseter.config.wsgi:application"]
    with (folder / "server.log").open("wb") as log:
        # A group of its own, so that `kill` ends the server with its workers and nothing else.
        process = subprocess.Popen(
            command, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    site = Site(url=f"http://localhost:{port}", clinic=clinic, folder=folder, process=process)
    _wait(site)
    return site


def _wait(site: Site) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{site.url}/account/login/", timeout=5)
        except urllib.error.HTTPError:
            return
        except OSError:
            if site.process.poll() is not None:
                break
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"The server did not start:\n{(site.folder / 'server.log').read_text()}")

"""From a fresh clone to the first page with `make run`, and the second start; even the home is new."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.shots import free_port

from benchmarks.figure import Figure

ROOT = Path(__file__).resolve().parents[1]
FIRST_LIMIT, SECOND_LIMIT = 240, 10
PATIENCE = 900


def measure() -> list[Figure]:
    """Clone into a temporary folder and start twice. Needs a network."""
    with tempfile.TemporaryDirectory(prefix="masseter-fresh-") as name:
        clone, home = Path(name) / "masseter", Path(name) / "home"
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        first = _start(clone, home)
        second = _start(clone, home)
    return [
        Figure("Fresh clone to first page", f"{first:.0f} s", f"limit {FIRST_LIMIT} s"),
        Figure("Second start to first page", f"{second:.1f} s", f"limit {SECOND_LIMIT} s"),
    ]


def _start(clone: Path, home: Path) -> float:
    """Seconds from `make run` to the first page. Raises: RuntimeError where there is none."""
    port = free_port()
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("MASSETER_", "VIRTUAL_ENV"))
    }
    environment = {**kept, "HOME": str(home), "MASSETER_PORT": str(port), "PIP_NO_CACHE_DIR": "1"}
    begun = time.perf_counter()
    process = subprocess.Popen(["make", "run"], cwd=clone, env=environment, start_new_session=True)
    try:
        while time.perf_counter() - begun < PATIENCE and process.poll() is None:
            try:
                urllib.request.urlopen(f"http://localhost:{port}/", timeout=30)
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
            else:
                return time.perf_counter() - begun
        raise RuntimeError("make run gave no page")
    finally:
        # The session is our own: make, masseter and the server below it.
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=60)
        time.sleep(2)

"""A real scheduler and real workers, each a process of its own, that talk over TCP."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT_SECONDS = 60


class Processes:
    """A scheduler with its address, and its workers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        file = folder / "scheduler.json"
        words = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self._scheduler = self._start(*words, "--scheduler-file", str(file))
        until = time.monotonic() + WAIT_SECONDS
        while not file.exists() or not file.read_text().strip():
            if time.monotonic() > until or self._scheduler.poll() is not None:
                raise RuntimeError((folder / "distributed.cli.dask_scheduler.log").read_text()[-2000:])
            time.sleep(0.05)
        self.address: str = json.loads(file.read_text())["address"]
        self.workers: list[subprocess.Popen[bytes]] = []

    def add_worker(self) -> None:
        """One more worker with one thread."""
        words = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self._folder))
        self.workers.append(self._start("distributed.cli.dask_worker", self.address, *words))

    def kill_worker(self) -> None:
        """End the first worker at once, as a lost machine would."""
        self.workers[0].kill()
        self.workers[0].wait()

    def close(self) -> None:
        """End them all."""
        for process in (*self.workers, self._scheduler):
            process.kill()
            process.wait()

    def _start(self, module: str, *words: str) -> subprocess.Popen[bytes]:
        log = (self._folder / f"{module}.log").open("ab")
        with log:
            command = [sys.executable, "-m", module, *words]
            return subprocess.Popen(command, stdout=log, stderr=log)


@contextmanager
def processes(folder: Path, workers: int) -> Iterator[Processes]:
    """A scheduler with so many workers, ended in any case."""
    found = Processes(folder)
    try:
        for _ in range(workers):
            found.add_worker()
        yield found
    finally:
        found.close()

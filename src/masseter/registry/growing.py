"""How long a registry of a known size takes, and how much memory, from Parquet on disk to a report.

Each step is the command that a researcher types, in a process of its own, so that its memory can be told.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from masseter.registry.fit_file import read_fit
from masseter.registry.problems import whole

CURVE = "tmd_pain"
KIBIBYTES = 2**20  # in a GiB; the system counts peak memory in KiB, but for macOS
NOT_CONVERGED = 1


@dataclass(frozen=True, kw_only=True)
class Step:
    """One command: what it did, `seconds`, peak memory in `gibibytes`, and what else is to be told."""

    what: str
    seconds: float
    gibibytes: float
    told: str = ""


def grow(work: Path, cycles: int, more: Sequence[str] = ()) -> Iterator[Step]:
    """Draw a registry of so many cycles, fit it and report it. `more`: options of the fit.

    Written into `work`: the folders `set`, `fit` and `report`. Raises CannotTake where a step fails.
    """
    drawn, fit = str(work / "set"), str(work / "fit")
    yield _step(f"{cycles:,} cycles drawn", "simulate", drawn, "--curve", CURVE, "--cycles", str(cycles))
    fitted = _step("fit to judged forecasts", "fit", drawn, "--out", fit, *more)
    told = read_fit(work / "fit")
    state = "converged" if told["is_converged"] else f"not converged: {told['why_not']}"
    judged = "calibrated" if told["is_calibrated"] else "not calibrated"
    passes = sum(one["patients"] for one in told["passes"]) / told["patients"]
    words = f"{state}, {judged}, {passes:.1f} passes over all"
    yield Step(what=fitted.what, seconds=fitted.seconds, gibibytes=fitted.gibibytes, told=words)
    yield _step("report", "report", drawn, "--fit", fit, "--out", str(work / "report"))


def _step(what: str, *words: str) -> Step:
    """Seconds and peak memory of one command. Raises CannotTake where it failed, with its last words."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "masseter.cli.main", "registry", *words]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert child.stdout is not None
    said = child.stdout.read()
    _pid, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    unfinished = words[0] == "fit" and child.returncode == NOT_CONVERGED and "NOT converged" in said
    if child.returncode and not unfinished:
        raise whole(f"'masseter registry {words[0]}' ended with {child.returncode}: {said.strip()[-400:]}")
    memory = usage.ru_maxrss / (KIBIBYTES * (1024 if sys.platform == "darwin" else 1))
    return Step(what=what, seconds=time.perf_counter() - began, gibibytes=memory)

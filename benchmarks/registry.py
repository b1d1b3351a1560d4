"""How a registry grows: time and memory from Parquet on disk, ten times as many cycles at a time.

`python -m benchmarks registry 1000000` goes up to so many cycles; 100,000 unless said. Each fit is the
command that a researcher types, in a process of its own. A Dask cluster of one and of two workers makes the
same passes. The machine's limit is that of the least work that the model's grid needs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from tests.registry.dask_processes import processes

from benchmarks.figure import Figure
from masseter.registry.cluster import Cluster
from masseter.registry.fit_file import read_fit
from masseter.registry.fitting import read_here, task_of
from masseter.registry.simulating import Asked, simulate_registry
from masseter.response.layout import NODES
from masseter.response.parameters import Parameters, bound, free_names
from masseter.response.simulate import Visits

LEAST, MOST = 10_000, 100_000
CURVE = "tmd_pain"
PASSES = 3  # of which the median counts
BYTES = 40  # a cycle: eight scores of four bytes, and one treatment of eight
WORK = 8 * NODES * 15  # operations a cycle: eight scores at each duration, fourteen and a division
SIDE, LOOPS = 1500, 6  # of the matrices that tell the machine's speed


def measure(cycles: int = MOST) -> list[Figure]:
    """Fits of growing registries, then passes over the largest here and on a cluster."""
    figures, visits = [], Visits()
    with tempfile.TemporaryDirectory() as work:
        size = LEAST
        while size <= cycles:
            folder = Path(work) / str(size)
            began = time.perf_counter()
            asked = Asked(curve=CURVE, patients=size // visits.cycles, seed=1, visits=visits)
            simulate_registry(folder, asked)
            drawn = time.perf_counter() - began
            figures += _grown(folder, size, drawn)
            size *= 10
        figures += _passes(folder, size // 10)
    return figures


def _grown(folder: Path, size: int, drawn: float) -> Iterator[Figure]:
    seconds, memory = _command("fit", str(folder), "--out", f"{folder}-fit")
    told = read_fit(Path(f"{folder}-fit"))
    state = "converged" if told["is_converged"] else f"not converged: {told['why_not']}"
    judged = "calibrated" if told["is_calibrated"] else "not calibrated"
    passes = sum(one["patients"] for one in told["passes"]) / told["patients"]
    name = f"{size:,} cycles"
    yield Figure(f"Fit of {name} from disk to judged forecasts, s", f"{seconds:.1f}", f"{state}, {judged}")
    yield Figure("… in passes over all data", f"{passes:.1f}")
    yield Figure("… peak memory, GiB", f"{memory:.2f}", "asked for a million: 2")
    seconds, memory = _command("report", str(folder), "--fit", f"{folder}-fit", "--out", f"{folder}-report")
    yield Figure(f"Report of {name}, s", f"{seconds:.1f}", f"{memory:.2f} GiB; drawn in {drawn:.1f} s")


def _command(*words: str) -> tuple[float, float]:
    """Seconds and peak memory in GiB of a command in a process of its own. Exit code 1 says not converged."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "masseter.cli.main", "registry", *words]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode > 1:
        raise RuntimeError(f"{' '.join(command)} ended with {child.returncode}")
    return time.perf_counter() - began, usage.ru_maxrss / 2**20


def _passes(folder: Path, size: int) -> Iterator[Figure]:
    """One pass over all data with derivatives: here, and on one and two workers over TCP."""
    task, told = task_of([folder], 2), read_fit(Path(f"{folder}-fit"))
    parameters = _parameters(told)
    threads = os.cpu_count() or 1
    here = read_here(task, threads)
    own = _median(lambda: here.sums(here.patients, parameters))
    limit = max(size * BYTES / _bandwidth(), size * WORK / _speed())
    yield Figure(f"One pass over {size:,} cycles, s", f"{own:.2f}", f"{threads} threads")
    yield Figure(
        "… as a multiple of the machine's limit",
        f"{own / limit:.0f}",
        "least work of the grid, without derivatives or variation of cycles",
    )
    whole, seconds = here.sums(here.patients, parameters), {}
    for workers in (1, 2):
        with tempfile.TemporaryDirectory() as work, processes(Path(work), workers) as found:
            cluster = Cluster(found.address, task)
            seconds[workers] = _median(lambda: cluster.sums(cluster.patients, parameters))  # noqa: B023
            far = abs(cluster.sums(cluster.patients, parameters).log / whole.log - 1)
            cluster.close()
    yield Figure(
        "… on Dask, one worker and two, s",
        f"{seconds[1]:.2f}, {seconds[2]:.2f}",
        f"two are {seconds[1] / seconds[2]:.2f} times one; asked: 1.8",
    )
    yield Figure("… relative difference of the sum", f"{far:.0e}", "asked: 1e-10")


def _parameters(told: dict[str, object]) -> Parameters:
    free = told["free"]
    assert isinstance(free, dict)
    return bound(np.array([free[name] for name in free_names(("one",))]), ("one",))


def _median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(PASSES):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return float(np.median(times))


def _speed() -> float:
    """Operations a second of all cores, by a product of matrices."""
    square = np.random.default_rng(1).normal(size=(SIDE, SIDE))
    return 2 * SIDE**3 / _median(lambda: square @ square)


def _bandwidth() -> float:
    """Bytes a second that can be read, by a sum over more than the caches hold."""
    many = np.zeros(2**25)
    return many.nbytes / _median(many.sum)

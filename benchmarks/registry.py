"""How a registry grows: time and memory from Parquet on disk, ten times as many cycles at a time.

`python -m benchmarks registry 1000000` goes up to so many cycles; 100,000 unless said. Each fit is the
command that a researcher types, in a process of its own. A Dask cluster of one and of two workers makes the
same passes. The machine's limit is that of the least work that the model's grid needs.
"""

from __future__ import annotations

import os
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
from masseter.registry.growing import grow
from masseter.response.layout import NODES
from masseter.response.likelihood import Sums
from masseter.response.parameters import Parameters, bound, free_names

LEAST, MOST = 10_000, 100_000
PASSES = 3  # of which the median counts
BYTES = 40  # a cycle: eight scores of four bytes, and one treatment of eight
WORK = 8 * NODES * 15  # operations a cycle: eight scores at each duration, fourteen and a division
SIDE, LOOPS = 1500, 6  # of the matrices that tell the machine's speed


def measure(cycles: int = MOST) -> list[Figure]:
    """Fits of growing registries, then passes over the largest here and on a cluster."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        size = LEAST
        while size <= cycles:
            work = Path(folder) / str(size)
            work.mkdir()
            figures += _grown(work, size)
            size *= 10
        figures += _passes(work, size // 10)
    return figures


def _grown(work: Path, size: int) -> Iterator[Figure]:
    drawn, fit, report = grow(work, size)
    name = f"{size:,} cycles"
    yield Figure(f"Fit of {name} from disk to judged forecasts, s", f"{fit.seconds:.1f}", fit.told)
    yield Figure("… peak memory, GiB", f"{fit.gibibytes:.2f}", "asked for a million: 2")
    beside = f"{report.gibibytes:.2f} GiB; drawn in {drawn.seconds:.1f} s, {drawn.gibibytes:.2f} GiB"
    yield Figure(f"Report of {name}, s", f"{report.seconds:.1f}", beside)


def _passes(work: Path, size: int) -> Iterator[Figure]:
    """One pass over all data with derivatives: here, and on one and two workers over TCP."""
    task, told = task_of([work / "set"], 2), read_fit(work / "fit")
    parameters = _parameters(told)
    threads = os.cpu_count() or 1
    here = read_here(task, threads)
    own = _median(lambda: here.sums(here.patients, parameters))
    limit = max(size * BYTES / _bandwidth(), size * WORK / _speed())
    yield Figure(f"One pass over {size:,} cycles, s", f"{own:.2f}", f"{threads} threads, double precision")
    yield Figure(
        "… as a multiple of the machine's limit",
        f"{own / limit:.0f}",
        "least work of the grid, without derivatives or variation of cycles",
    )
    quick = _median(lambda: here.sums(here.patients, parameters, single=True))
    yield Figure("… in single precision, s", f"{quick:.2f}", "as the fit makes its passes but for the last")
    known = _median(lambda: sum(len(lines) for lines in here.people(parameters)))
    yield Figure("Posteriors of everybody refreshed, s", f"{known:.2f}", "asked for a million cycles: 1")
    whole, seconds = here.sums(here.patients, parameters), {}
    for workers in (1, 2):
        with tempfile.TemporaryDirectory() as logs, processes(Path(logs), workers) as found:
            cluster = Cluster(found.address, task)
            seconds[workers] = _median(lambda: cluster.sums(cluster.patients, parameters))  # noqa: B023
            there = cluster.sums(cluster.patients, parameters)
            far = max(abs(there.log / whole.log - 1), _apart(there.slopes, whole))
            cluster.close()
    yield Figure(
        "… on Dask, one worker and two, s",
        f"{seconds[1]:.2f}, {seconds[2]:.2f}",
        f"two are {seconds[1] / seconds[2]:.2f} times one; asked: 1.8",
    )
    words = "of the likelihood, and of each derivative by its standard deviation over everybody; asked: 1e-10"
    yield Figure("… difference of the sums", f"{far:.0e}", words)


def _apart(slopes: np.ndarray[tuple[int], np.dtype[np.float64]], whole: Sums) -> float:
    """The furthest that a derivative lies from the one here."""
    usual = np.sqrt(np.diag(whole.outer))
    some = usual > 0
    return float((np.abs(slopes - whole.slopes)[some] / usual[some]).max())


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

"""The same fit on a cluster over TCP: the numbers of one machine, also when a worker is killed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from masseter.registry.cluster import Cluster
from masseter.registry.courses import parts_of
from masseter.registry.fitting import Task, fit_task, read_here, task_of
from masseter.registry.problems import CannotTake
from masseter.registry.simulating import Asked, simulate_registry
from masseter.response.courses import BLOCK
from masseter.response.fit import Pass
from masseter.response.simulate import Visits
from tests.registry.dask_processes import processes

KILLED_AFTER = 8  # passes


@pytest.fixture(scope="module")
def task(tmp_path_factory: pytest.TempPathFactory) -> Task:
    folder = tmp_path_factory.mktemp("registry") / "set"
    visits = Visits(cycles=2, scores=3)
    simulate_registry(folder, Asked(curve="tmd_pain", patients=BLOCK + 300, seed=6, visits=visits))
    whole = task_of([folder])
    return Task(sources=whole.sources, products=whole.products, parts=tuple(parts_of(whole.sources, BLOCK)))


def test_a_worker_killed_in_mid_fit_changes_no_number(task: Task, tmp_path: Path) -> None:
    alone = fit_task(task, read_here(task, 2), lambda _pass: None)
    seen: list[Pass] = []

    with processes(tmp_path, workers=2) as found:

        def look(each: Pass) -> None:
            seen.append(each)
            if len(seen) == KILLED_AFTER:
                found.kill_worker()

        cluster = Cluster(found.address, task)
        try:
            together = fit_task(task, cluster, look)
            known = list(cluster.people(together.fit.parameters))
        finally:
            cluster.close()
        assert found.workers[0].poll() is not None
        assert found.workers[1].poll() is None

    assert len(seen) > KILLED_AFTER
    assert together.fit.free == pytest.approx(alone.fit.free, rel=1e-10, abs=1e-10)
    assert together.fit.log == pytest.approx(alone.fit.log, rel=1e-10)
    here = list(read_here(task, 1).people(alone.fit.parameters))
    assert all(np.allclose(one, other, rtol=1e-9) for one, other in zip(known, here, strict=True))


def test_no_scheduler_is_said(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("masseter.registry.cluster.WAIT_SECONDS", 0.5)

    with pytest.raises(CannotTake, match=r"no scheduler answers at tcp://127\.0\.0\.1:9"):
        Cluster("tcp://127.0.0.1:9", task)

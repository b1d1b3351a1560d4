"""The same fit on a cluster over TCP: the numbers of one machine, also when a worker is killed."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from distributed.cli import dask_scheduler, dask_worker
from ruamel.yaml import YAML
from typer.main import get_command

from masseter.cli.main import app
from masseter.registry.beginning import beginning
from masseter.registry.cluster import ADDRESS, Cluster
from masseter.registry.courses import parts_of, read_head
from masseter.registry.fitting import Task, fit_task, read_here, task_of
from masseter.registry.problems import CannotTake, Lost
from masseter.registry.simulating import Asked, simulate_registry
from masseter.response.courses import BLOCK
from masseter.response.fit import Pass
from masseter.response.simulate import Visits
from tests.registry.dask_processes import processes

MANIFEST = Path(__file__).parents[2] / "docs" / "how-to" / "kubernetes.yaml"
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


def test_an_address_that_is_none_is_said_at_once(task: Task) -> None:
    with pytest.raises(CannotTake, match="'scheduler' is no address of a scheduler like tcp://host:8786"):
        Cluster("scheduler", task)


def test_a_scheduler_without_a_worker_is_said(
    task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("masseter.registry.cluster.WORKER_SECONDS", 0.5)

    with processes(tmp_path, workers=0) as found, pytest.raises(Lost, match="had no worker for"):
        Cluster(found.address, task)


def test_a_worker_that_cannot_count_as_we_do_is_refused(
    task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other code, other data, no data: each is said with the worker's address before anything is counted."""
    shutil.copytree(task.sources.folders[0], tmp_path / "set")
    copy = replace(task, sources=replace(task.sources, folders=(tmp_path / "set",)))
    gone = replace(task, sources=replace(task.sources, folders=(tmp_path / "nowhere",)))
    (tmp_path / "set" / "manifest.json").write_text(json.dumps(_other_hashes(task.sources.folders[0])))

    with processes(tmp_path, workers=1) as found:
        with pytest.raises(CannotTake, match=r"worker at tcp://.* does not find the data set .*changed"):
            Cluster(found.address, copy)
        with pytest.raises(CannotTake, match=r"worker at tcp://.* does not find the data set .*/nowhere"):
            Cluster(found.address, gone)
        cluster = Cluster(found.address, task)
        monkeypatch.setattr("masseter.registry.cluster.code_hash", lambda: "other")
        with pytest.raises(CannotTake, match=r"worker at tcp://.* runs code [0-9a-f]+, this is other"):
            Cluster(found.address, task)
        start, _prior = beginning("tmd", task.sources.measure, read_head(task.sources, 50, ()))
        with pytest.raises(CannotTake, match="this is other"):  # a worker that joined later counts no part
            cluster.sums(50, start)
        cluster.close()


def test_a_scheduler_that_is_lost_ends_the_fit_with_a_word(task: Task, tmp_path: Path) -> None:
    start, _prior = beginning("tmd", task.sources.measure, read_head(task.sources, 50, ()))

    with processes(tmp_path, workers=1) as found:
        cluster = Cluster(found.address, task)
        found.close()
        with pytest.raises(Lost, match="the scheduler was lost"):
            cluster.sums(50, start)
        cluster.close()


def _other_hashes(folder: Path) -> dict[str, Any]:
    """A manifest whose files are others than those beside it."""
    told: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return {**told, "files": dict.fromkeys(told["files"], "0" * 64)}


def test_the_manifest_of_the_manual_has_commands_that_exist_and_finds_scheduler_and_data() -> None:
    """Each word of its commands is an option of the program, and who is called is there."""
    told = list(YAML(typ="safe").load_all(MANIFEST.read_text(encoding="utf-8")))
    pods = {
        one["metadata"]["name"]: one["spec"]["template"]["spec"] for one in told if "template" in one["spec"]
    }
    found = {pod["containers"][0]["name"]: pod["containers"][0] for pod in pods.values()}
    service = next(one for one in told if one["kind"] == "Service")
    address = f"tcp://{service['metadata']['name']}:{service['spec']['ports'][0]['port']}"

    for name, program in (("scheduler", dask_scheduler.main), ("worker", dask_worker.main)):
        dask, what, *words = found[name]["command"]
        assert (dask, what) == ("dask", name)
        program.make_context(name, list(words))
    fit = found["fit"]["command"]
    registry = get_command(app).commands["registry"]  # type: ignore[attr-defined]  # a group
    values = registry.commands["fit"].make_context("fit", fit[3:]).params

    assert fit[:3] == ["masseter", "registry", "fit"]
    assert values["scheduler"] == address == found["worker"]["command"][2]
    assert ADDRESS.fullmatch(address)
    assert len({one["image"] for one in found.values()}) == 1
    paths = [{one["mountPath"] for one in found[name]["volumeMounts"]} for name in ("worker", "fit")]
    assert all(str(values["datasets"][0]).startswith("/data/") and "/data" in each for each in paths)
    assert all(pod["securityContext"]["runAsNonRoot"] for pod in pods.values())

"""The commands of the registry as a researcher runs them: without settings, without a database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from rich.console import Console

from masseter.cli.registry.telling import AGAIN, refusing
from masseter.registry.problems import lost
from masseter.registry.simulating import Asked, simulate_registry
from masseter.response.simulate import Visits


def run(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, which knows nothing of Django's settings."""
    bare = {
        name: value for name, value in os.environ.items() if not name.startswith(("DJANGO_", "MASSETER_"))
    }
    command = [sys.executable, "-m", "masseter.cli.main", "registry", *words]
    return subprocess.run(command, cwd=folder, env=bare | more, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alone")
    asked = Asked(curve="tmd_pain", patients=40, seed=3, visits=Visits(cycles=2, scores=4))
    simulate_registry(folder / "set", asked)
    return folder


def test_a_benchmark_draws_fits_and_reports_and_a_report_is_the_same_anywhere(folder: Path) -> None:
    words = ("benchmark", "--cycles", "100", "--workers", "1", "--work", "bench")
    first = run(folder, *words, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C", COLUMNS="140")
    strange = {
        "PYTHONHASHSEED": "2",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "de_DE.UTF-8",
        "OMP_NUM_THREADS": "1",
    }
    again = run(folder, "report", "bench/set", "--fit", "bench/fit", "--out", "again", **strange)

    assert first.returncode == again.returncode == 0, first.stdout + first.stderr + again.stderr
    assert "100 cycles drawn" in first.stdout
    assert "converged" in first.stdout
    for name in ("report.html", "report.pdf"):
        assert (folder / "bench" / "report" / name).read_bytes() == (folder / "again" / name).read_bytes()


def test_a_fit_that_cannot_be_written_is_refused_before_it_begins(folder: Path) -> None:
    (folder / "file").touch()

    found = run(folder, "fit", "set", "--out", "file/fit", "--resume", "journal")

    assert found.returncode == 1
    assert "'file/fit' cannot be written" in found.stdout
    assert "Nothing was written." in found.stdout
    assert not found.stderr
    assert not (folder / "journal").exists()


def test_what_may_do_the_next_time_has_an_exit_code_of_its_own() -> None:
    with pytest.raises(typer.Exit) as found, refusing(Console()):
        raise lost("the scheduler was lost")

    assert found.value.exit_code == AGAIN

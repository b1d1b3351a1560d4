"""The fit of data sets: the same numbers however it is cut, going on after a kill, near the truth."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from masseter.cli.main import app
from masseter.registry.courses import parts_of
from masseter.registry.fit_file import describe, read_fit
from masseter.registry.fitting import Fitted, Task, fit_task, read_here, task_of
from masseter.registry.journal import Remembering
from masseter.registry.problems import CannotTake
from masseter.registry.simulating import Asked, read_truth, simulate_registry
from masseter.registry.taking import look_at, take
from masseter.response.courses import BLOCK
from masseter.response.likelihood import Crowd, Sums
from masseter.response.parameters import Parameters
from masseter.response.simulate import Visits
from tests.registry.rich import rich_release
from tests.registry.tables import GOOD, MAPPING, written

PATIENTS = 2 * BLOCK + 300
SAME = 1e-10  # however it is cut
ABOUT = {"data": "these", "code": "this"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("registry") / "set"
    visits = Visits(cycles=2, scores=5)
    simulate_registry(found, Asked(curve="tmd_pain", patients=PATIENTS, seed=5, visits=visits))
    return found


@pytest.fixture(scope="module")
def task(folder: Path) -> Task:
    return task_of([folder])


@pytest.fixture(scope="module")
def fitted(task: Task) -> Fitted:
    return fit_task(task, read_here(task, 1), lambda _pass: None)


def test_of_few_people_everybody_judges_and_each_dose_has_its_bands(tmp_path: Path) -> None:
    few, visits = 130, Visits(cycles=1, scores=5, doses=(0.5, 1.0, 1.0, 1.0))
    simulate_registry(tmp_path / "few", Asked(curve="tmd_pain", patients=few, seed=5, visits=visits))
    task = task_of([tmp_path / "few"])

    judged = fit_task(task, read_here(task, 1), lambda _pass: None).calibration

    assert judged is not None
    assert judged.scores.overall.people == task.held == few
    assert [one.name for one in judged.scores.groups if one.name[0] == "dose"] == [
        ("dose", "lower dose"),
        ("dose", "usual dose"),
    ]
    assert [one.group for one in judged.scores.own] == ["lower dose", "usual dose"]


class Killed(Exception):
    """Stands for a process that is gone."""


class Mortal:
    """A crowd that dies after so many passes."""

    def __init__(self, crowd: Crowd, passes: int) -> None:
        self.crowd, self.left, self.asked = crowd, passes, 0

    @property
    def patients(self) -> int:
        return self.crowd.patients

    @property
    def names(self) -> tuple[str, ...]:
        return self.crowd.names

    def sums(self, patients: int, parameters: Parameters, *, single: bool = False) -> Sums:
        if self.left == 0:
            raise Killed
        self.left, self.asked = self.left - 1, self.asked + 1
        return self.crowd.sums(patients, parameters, single=single)


def test_a_fit_comes_near_the_truth_and_judges_itself(folder: Path, fitted: Fitted) -> None:
    told, truth = describe(fitted), read_truth(folder)

    assert told["is_converged"]
    assert told["held_out"] == PATIENTS // 5
    assert fitted.calibration is not None
    far = {
        name: abs(one["value"] - truth[name]) / one["error"]
        for name, one in told["parameters"].items()
        if one["error"] > 0 and name.endswith(".one")
    }
    assert len(far) == 4
    assert max(far.values()) < 4, far


def test_numbers_are_the_same_for_any_number_of_workers_and_parts(folder: Path, fitted: Fitted) -> None:
    whole = Task(
        sources=fitted.task.sources,
        products=fitted.task.products,
        parts=tuple(parts_of(fitted.task.sources, 4 * BLOCK)),
    )

    again = fit_task(whole, read_here(whole, 3), lambda _pass: None)

    assert len(whole.parts) == 1
    assert len(fitted.task.parts) == 3
    assert again.fit.free == pytest.approx(fitted.fit.free, rel=SAME, abs=SAME)
    assert again.fit.log == pytest.approx(fitted.fit.log, rel=SAME)
    assert again.fit.covariance == pytest.approx(fitted.fit.covariance, rel=1e-6, abs=SAME)


def test_a_part_that_would_change_the_sums_is_refused(task: Task) -> None:
    for size in (1000, 3 * BLOCK, 0):
        with pytest.raises(ValueError, match="power of two"):
            parts_of(task.sources, size)


def test_a_killed_fit_goes_on_and_ends_with_the_same_numbers(
    task: Task, fitted: Fitted, tmp_path: Path
) -> None:
    place, file = read_here(task, 1), tmp_path / "journal"
    first = Mortal(place, 12)
    cut = Remembering(first, file, ABOUT)
    with pytest.raises(Killed):
        fit_task(task, cut, lambda _pass: None)
    cut.close()
    with file.open("a") as stream:
        stream.write('{"key": "cut o')  # what a kill leaves of a line

    rest = Mortal(place, 10_000)
    journal = Remembering(rest, file, ABOUT)
    again = fit_task(task, journal, lambda _pass: None)
    journal.close()

    assert again.fit.free == pytest.approx(fitted.fit.free, rel=SAME, abs=SAME)
    assert len(again.fit.passes) == len(fitted.fit.passes)
    assert journal.remembered >= 12
    whole = Mortal(place, 10_000)
    fit_task(task, whole, lambda _pass: None)
    assert first.asked + rest.asked <= whole.asked


def test_the_journal_of_another_fit_is_refused(task: Task, tmp_path: Path) -> None:
    place, file = read_here(task, 1), tmp_path / "journal"
    Remembering(place, file, ABOUT).close()

    with pytest.raises(CannotTake, match="journal of another fit"):
        Remembering(place, file, {**ABOUT, "data": "others"})
    file.write_text("just words\n")
    with pytest.raises(CannotTake, match="no journal"):
        Remembering(place, file, ABOUT)


def test_the_command_fits_and_tells(folder: Path, tmp_path: Path) -> None:
    out, journal = tmp_path / "fit", tmp_path / "journal"
    words = ["registry", "fit", str(folder), "--out", str(out), "--workers", "2", "--resume", str(journal)]

    done = CliRunner().invoke(app, words, env={"COLUMNS": "140"})
    again = CliRunner().invoke(app, words)
    other = CliRunner().invoke(app, [*words[:4], str(tmp_path / "two"), *words[5:]])

    assert done.exit_code == 0, done.output
    assert "converged" in done.output
    assert "0 to 2 scores seen" in done.output
    assert "Nobody who was held out told when it wore off" in done.output
    assert "exists already" in again.output
    assert other.exit_code == 0, other.output
    assert (out / "fit.json").read_bytes() == (tmp_path / "two" / "fit.json").read_bytes()
    told = read_fit(out)
    assert set(told["parameters"]["benefit.one"]) == {"value", "error", "low", "high"}
    rows = duckdb.read_parquet(str(out / "posteriors-*.parquet")).fetchall()
    assert len(rows) == PATIENTS
    assert rows[0][0] == "0" * 16
    assert sum(row[1] for row in rows) == pytest.approx(told["log_likelihood"])


def test_too_few_people_are_fitted_and_not_judged(tmp_path: Path) -> None:
    mapping = MAPPING.replace("condition: bruxism", "condition: 'trial [/2021]'")
    take(look_at(*written(tmp_path, *GOOD, mapping=mapping)), tmp_path / "set", leave_out_refused=False)

    done = CliRunner().invoke(app, ["registry", "fit", str(tmp_path / "set"), "--out", str(tmp_path / "fit")])

    assert "trial [/2021]: vas" in done.output
    assert "Too few people" in done.output, done.output
    told = json.loads((tmp_path / "fit" / "fit.json").read_text())
    assert told["is_calibrated"] is False
    assert told["about"] == ["one", "onabotulinumtoxinA"]


def test_a_set_without_toxin_and_a_folder_that_is_no_fit_are_refused(tmp_path: Path) -> None:
    lines = ("a,0,70,0,placebo,F", "a,7,60,,,F")
    take(look_at(*written(tmp_path, *lines)), tmp_path / "set", leave_out_refused=False)

    with pytest.raises(CannotTake, match="nothing but placebo"):
        task_of([tmp_path / "set"])
    with pytest.raises(CannotTake, match="is no fit"):
        read_fit(tmp_path)


def test_forecasts_are_judged_product_by_product(tmp_path: Path) -> None:
    rich_release(tmp_path / "set")
    task = task_of([tmp_path / "set"])

    found = fit_task(task, read_here(task, 1), lambda _pass: None).calibration

    assert found is not None
    groups = {group.name for group in found.scores.groups}
    assert {("product", "the usual one"), ("product", "dysport")} <= groups
    whole = found.scores.overall.people
    assert sum(group.people for group in found.scores.groups if group.name[0] == "product") == whole

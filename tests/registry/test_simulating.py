"""A simulated registry: the same seed gives the same bytes, whatever its size it is drawn in pieces."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest
from typer.testing import CliRunner

from masseter.cli.main import app
from masseter.knowledge.load import load
from masseter.registry import simulating
from masseter.registry.courses import read_courses
from masseter.registry.problems import CannotTake
from masseter.registry.simulating import Asked, read_truth, simulate_registry
from masseter.response.layout import INJECTION
from masseter.response.simulate import Visits
from masseter.response.worlds import WORLDS

VISITS = Visits(cycles=2, scores=3)


def asked(patients: int = 50, seed: int = 4, curve: str = "tmd_pain") -> Asked:
    return Asked(curve=curve, patients=patients, seed=seed, visits=VISITS)


def test_pieces_make_one_registry_that_a_seed_repeats(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulating, "PIECE", 20)
    seen: list[int] = []

    one = simulate_registry(tmp_path / "one", asked(), seen.append)
    two = simulate_registry(tmp_path / "two", asked())
    other = simulate_registry(tmp_path / "three", asked(seed=5))

    assert one == two
    assert one.files != other.files
    assert seen == [20, 40, 50]
    assert one.files_of("scores") == [f"scores-0000{piece}.parquet" for piece in range(3)]
    assert (one.patients, one.treatments, one.scores) == (50, 100, 350)
    courses = read_courses(tmp_path / "one", [])
    assert courses.patients == 50
    assert set(courses.value[courses.kind == INJECTION].tolist()) == {0.75, 1.0, 1.25}


@pytest.mark.parametrize("curve", sorted(load().curves))
def test_every_curve_of_knowledge_can_be_the_truth(tmp_path: Path, curve: str) -> None:
    simulate_registry(tmp_path / "set", asked(curve=curve, patients=200))

    values = duckdb.read_parquet(str(tmp_path / "set" / "scores-*.parquet"))
    told, instrument = load().curves[curve], load().instruments[load().curves[curve].measure]
    low, high, before = values.aggregate("min(value), max(value), avg(value) FILTER (day < 0)").fetchall()[0]
    assert float(instrument.low) <= low < high <= float(instrument.high)
    spread = float(told.baseline.spread.value)
    assert before == pytest.approx(float(told.baseline.mean.value), abs=spread)
    assert read_truth(tmp_path / "set")["benefit.one"] == float(told.benefit.mean.value)


@pytest.mark.parametrize("world", sorted(WORLDS))
def test_every_world_is_drawn_with_its_true_dates(tmp_path: Path, world: str) -> None:
    """In size, dates and who leaves, as published: pain falls by points, and most is gone by some months."""
    drawn = Asked(curve="tmd_pain", patients=400, seed=4, visits=Visits(cycles=3, scores=6), world=world)

    simulate_registry(tmp_path / "set", drawn)
    again = simulate_registry(tmp_path / "again", drawn)

    assert again == simulate_registry(tmp_path / "third", drawn)
    dates = duckdb.read_parquet(str(tmp_path / "set" / "true_dates-*.parquet")).fetchnumpy()
    assert dates["wear_off_weeks"].size == 1200
    middle = float(np.median(dates["wear_off_weeks"]))
    assert 9 < middle < 14
    assert 0 < dates["wear_off_weeks"].min() < 9 < 15 < dates["wear_off_weeks"].max()
    courses = read_courses(tmp_path / "set", [])
    early = (courses.week > 3) & (courses.week < 7) & (courses.kind != INJECTION)
    before = (courses.week < 0) & (courses.kind != INJECTION)
    assert 1.5 < courses.value[before].mean() - courses.value[early].mean() < 5
    assert 400 < (courses.kind == INJECTION).sum() < 1200
    assert read_truth(tmp_path / "set") == {"world": world}


def test_true_dates_of_a_curve_are_those_of_its_people(tmp_path: Path) -> None:
    simulate_registry(tmp_path / "set", asked(patients=600))

    found = duckdb.sql(
        "SELECT duration_weeks, wear_off_weeks FROM read_parquet('{0}/truth-*.parquet') JOIN "
        "read_parquet('{0}/true_dates-*.parquet') USING (patient) WHERE cycle = 1".format(tmp_path / "set")
    ).fetchnumpy()
    assert np.corrcoef(found["duration_weeks"], found["wear_off_weeks"])[0, 1] > 0.8
    middle = float(load().curves["tmd_pain"].wear_off_weeks.value)
    assert np.median(found["wear_off_weeks"]) == pytest.approx(middle, abs=0.6)


def test_what_cannot_be_drawn_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotTake, match="there is no curve 'warts'; known are bruxism_pain"):
        simulate_registry(tmp_path / "set", asked(curve="warts"))
    with pytest.raises(CannotTake, match="there is no world 'flat'; known are diary"):
        simulate_registry(tmp_path / "set", replace(asked(), world="flat"))
    with pytest.raises(CannotTake, match="pain from 0 to 10"):
        simulate_registry(tmp_path / "set", replace(asked(curve="spasm_hfs30"), world="diary"))
    with pytest.raises(CannotTake, match="at least one patient"):
        simulate_registry(tmp_path / "set", asked(patients=0))
    with pytest.raises(CannotTake, match="was not simulated"):
        read_truth(tmp_path)
    assert not (tmp_path / "set").exists()


def test_the_command_draws_so_many_cycles(tmp_path: Path) -> None:
    words = ["registry", "simulate", str(tmp_path / "set"), "--curve", "tmd_pain", "--cycles", "9"]

    done = CliRunner().invoke(app, words)

    assert "Written: 3 patients, 12 treatments, 99 scores." in done.output
    assert "exists already" in CliRunner().invoke(app, words).output

"""`masseter registry import` at the terminal: a dry run, a refusal, a data set."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from masseter.cli.main import app
from masseter.registry.growing import Step
from tests.registry.tables import GOOD, MAPPING, written


def run(*words: str) -> tuple[int, str]:
    found = CliRunner().invoke(app, ["registry", "import", *words])
    return found.exit_code, found.output


def test_a_dry_run_shows_what_would_be_taken_and_writes_nothing(tmp_path: Path) -> None:
    table, mapping = written(tmp_path, *GOOD)

    code, said = run(str(table), "--mapping", str(mapping))

    assert code == 0
    assert "scores to take" in said
    assert "nothing was written" in said
    assert len(list(tmp_path.iterdir())) == 2


def test_a_refusal_is_shown_at_its_line_and_stops_the_taking(tmp_path: Path) -> None:
    table, mapping = written(tmp_path, *GOOD, "c,0,101,50,onabotulinumtoxinA,F")

    code, said = run(str(table), "--mapping", str(mapping), "--out", str(tmp_path / "set"))

    assert code == 1
    assert said.count("line 8, vas: 101 lies outside the scale") == 1
    assert "Nothing was written" in said
    assert not (tmp_path / "set").exists()


def test_the_rest_is_taken_when_asked(tmp_path: Path) -> None:
    table, mapping = written(tmp_path, *GOOD, "c,0,101,50,onabotulinumtoxinA,F")

    words = (str(table), "--mapping", str(mapping), "--out", str(tmp_path / "set"), "--leave-out-refused")
    code, said = run(*words)

    assert code == 0
    assert "Written: 2 patients, 5 scores." in said
    assert (tmp_path / "set" / "manifest.json").exists()


def test_brackets_in_a_name_are_no_markup(tmp_path: Path) -> None:
    mapping = MAPPING.replace("name: invented", "name: 'trial [/2021]'").replace("bruxism", "'[/b] [red]x'")
    table, chart = written(tmp_path, *GOOD, mapping=mapping)

    code, said = run(str(table), "--mapping", str(chart), "--out", str(tmp_path / "set"))
    made = CliRunner().invoke(
        app, ["registry", "report", str(tmp_path / "set"), "--out", str(tmp_path / "[/r]")]
    )

    assert (code, made.exit_code) == (0, 0)
    assert "trial [/2021]: [/b] [red]x" in said
    assert "Registry report: [/b] [red]x" in made.output


def test_names_that_a_data_set_cannot_tell_apart_are_refused(tmp_path: Path) -> None:
    table, chart = written(tmp_path, *GOOD, mapping=MAPPING.replace("{sex: sex}", "{Sex: sex, sex: sex}"))

    code, said = run(str(table), "--mapping", str(chart), "--out", str(tmp_path / "set"))

    assert code == 1
    assert "mapping, known: 'Sex' and 'sex' are one name" in said


def test_a_benchmark_works_in_a_plain_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plain").mkdir()
    modes = []

    def drawn(work: Path, _cycles: int, _more: list[str]) -> Iterator[Step]:
        modes.append(work.stat().st_mode)
        (work / "set").mkdir()
        yield Step(what="drawn", seconds=1, gibibytes=1)

    monkeypatch.setattr("masseter.registry.growing.grow", drawn)
    words = ["registry", "benchmark", "--work", str(tmp_path / "bench")]

    first, again = (CliRunner().invoke(app, words) for _ in range(2))

    assert (first.exit_code, modes) == (0, [(tmp_path / "plain").stat().st_mode])
    assert (tmp_path / "bench" / "set").is_dir()
    assert again.exit_code == 1
    assert "File exists" in again.output


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    table, mapping = written(tmp_path, *GOOD)
    table.write_text("")

    code, said = run(str(table), "--mapping", str(mapping), "--out", str(tmp_path / "set"))

    assert code == 1
    assert "file: the file is empty" in said


def test_a_report_at_the_terminal_needs_neither_settings_nor_a_database(tmp_path: Path) -> None:
    table, mapping = written(tmp_path, *GOOD)
    run(str(table), "--mapping", str(mapping), "--out", str(tmp_path / "set"))
    words = [sys.executable, "-m", "masseter.cli.main", "registry", "report", "set", "--out", "told"]
    plain = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}

    done = subprocess.run(words, cwd=tmp_path, env=plain, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr[-600:]
    assert sorted(path.name for path in (tmp_path / "told").iterdir()) == ["report.html", "report.pdf"]
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"table.csv", "mapping.yaml", "set", "told"}

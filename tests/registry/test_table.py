"""Parquet is read as the same table of text would be, and a name of a file is no pattern."""

from __future__ import annotations

import time
from pathlib import Path

import duckdb
import pytest

from masseter.registry.sources import open_datasets
from masseter.registry.taking import look_at, take
from tests.registry.tables import GOOD, written
from tests.registry.test_trials import ARMS, HEAD, TOXIN, WIDE, courses, refusals


def parquet(file: Path, text: str) -> Path:
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({text}) TO '{file}' (FORMAT parquet)")
    return file


def test_blanks_and_empty_lines_of_parquet_count_as_little_as_in_text(tmp_path: Path) -> None:
    _table, mapping = written(tmp_path, "", mapping=HEAD + WIDE + ARMS)
    lines = (
        "(' a ', '1 ', ' 7', '3', NULL), (NULL, '', ' ', NULL, ''), ('b', '1', 'x', '3', ''), "
        "(NULL, NULL, NULL, NULL, 'note')"
    )
    file = parquet(tmp_path / "t.parquet", f"FROM (VALUES {lines}) AS t(id, arm, t0, t1, said)")

    look = look_at(file, mapping)

    assert courses(look) == {"a": ([(0, 7), (28, 3)], [TOXIN]), "b": ([(28, 3)], [TOXIN])}
    assert [said.partition(":")[0] for said in refusals(look)] == ["line 4, t0", "line 5, id"]


def test_columns_of_one_name_are_numbered_in_parquet_too(tmp_path: Path) -> None:
    mapping = HEAD + "visit_columns: [{column: 'T #1', day: 0}, {column: 'T #2', day: 28}]" + ARMS
    _table, chart = written(tmp_path, "", mapping=mapping)
    file = parquet(tmp_path / "t.parquet", 'SELECT \'a\' AS id, 1 AS arm, 7 AS "T", 3 AS " T"')

    assert courses(look_at(file, chart)) == {"a": ([(0, 7), (28, 3)], [TOXIN])}


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_a_time_with_a_zone_is_the_same_day_on_every_machine(
    tmp_path: Path, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapping = HEAD + "visits: {time: at, unit: date, score: pain}" + ARMS + "  time: given"
    _table, chart = written(tmp_path, "", mapping=mapping)
    moment = "TIMESTAMPTZ '2021-02-01 12:00:00+00'"
    text = f"SELECT 'a' AS id, 1 AS arm, 3 AS pain, {moment} AS at, '2021-01-04' AS given"
    file = parquet(tmp_path / "t.parquet", text)
    monkeypatch.setenv("TZ", zone)
    time.tzset()

    try:
        assert courses(look_at(file, chart))["a"][0] == [(28, 3)]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_name_of_a_file_is_no_pattern(tmp_path: Path) -> None:
    folder = tmp_path / "trial [a-z] * year=2021"
    for place in (folder, tmp_path / "trial b c year=2021"):
        place.mkdir()
        take(look_at(*written(tmp_path, *GOOD)), place / "set", leave_out_refused=False)
        lines = "('a', 1, 7, 3)" if place == folder else "('b', 1, 6, 2)"
        parquet(place / "t [1].parquet", f"FROM (VALUES {lines}) AS t(id, arm, t0, t1)")
        parquet(place / "t 1.parquet", "FROM (VALUES ('c', 1, 6, 2)) AS t(id, arm, t0, t1)")
    _table, mapping = written(tmp_path, "", mapping=HEAD + WIDE + ARMS)

    assert list(courses(look_at(folder / "t [1].parquet", mapping))) == ["a"]
    assert open_datasets([folder / "set"]).patients == 2

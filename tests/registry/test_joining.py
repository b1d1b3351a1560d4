"""Data sets put together: they have to be about the same, and the order makes no difference."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from masseter.cli.registry.extracting import _settings
from masseter.registry.dataset import (
    Contents,
    Heading,
    Row,
    finish,
    hash_of,
    new_folder,
    read_manifest,
    write_dataset,
)
from masseter.registry.hiding import Names, hide
from masseter.registry.joining import join
from masseter.registry.patients import MOST_LINES
from masseter.registry.problems import CannotTake
from masseter.registry.sources import open_datasets
from tests.registry.people import person

MEASURE = {"key": "nrs_pain", "low": 0.0, "high": 10.0, "step": 1.0}


def release(folder: Path, clinic: str, *, count: int = 5, reference: float = 50.0, **heading: object) -> Path:
    """A small release of one clinic."""
    people = [person(number, clinic=clinic) for number in range(count)]
    told: dict[str, object] = {
        "name": "a",
        "condition": "tmd",
        "measure": MEASURE,
        "reference_units": {"botox": reference},
        **heading,
    }
    hidden = hide(people, Names(bytes(32), "a"), smallest=5)
    write_dataset(folder, Heading(**told), hidden.contents)  # type: ignore[arg-type]
    return folder


def test_two_sets_become_one_whatever_their_order(tmp_path: Path) -> None:
    north, south = release(tmp_path / "n", "north"), release(tmp_path / "s", "south", count=7, reference=40.0)

    one = join(tmp_path / "one", [north, south])
    two = join(tmp_path / "two", [south, north])

    assert one == two == read_manifest(tmp_path / "one")
    assert (one.patients, one.treatments, one.scores, one.events) == (12, 24, 36, 12)
    assert one.reference_units == {"botox": 40.0}
    assert open_datasets([north, south]).digest == open_datasets([south, north]).digest


def test_sets_that_do_not_go_together_are_refused(tmp_path: Path) -> None:
    first = release(tmp_path / "n", "north")
    other = release(tmp_path / "o", "south", condition="bruxism")
    again = release(tmp_path / "a", "north")

    with pytest.raises(CannotTake, match="only data sets of the same condition and measure"):
        join(tmp_path / "set", [first, other])
    with pytest.raises(CannotTake, match="5 patients are in more than one data set"):
        open_datasets([first, again])
    with pytest.raises(CannotTake, match="at least one data set"):
        open_datasets([])
    assert not (tmp_path / "set").exists()


def test_a_set_of_another_format_or_with_other_tables_is_refused(tmp_path: Path) -> None:
    folder = release(tmp_path / "n", "north")
    told = json.loads((folder / "manifest.json").read_text())

    (folder / "manifest.json").write_text(json.dumps({**told, "format": 9}))
    with pytest.raises(CannotTake, match="is of format 9"):
        open_datasets([folder])
    (folder / "manifest.json").write_text(json.dumps({**told, "patients": 4}))
    with pytest.raises(CannotTake, match="the tables hold 5 patients, the manifests say 4"):
        open_datasets([folder])
    files = {**told["files"], "scores.parquet": told["files"]["points.parquet"]}
    (folder / "scores.parquet").write_bytes((folder / "points.parquet").read_bytes())
    (folder / "manifest.json").write_text(json.dumps({**told, "files": files}))
    with pytest.raises(CannotTake, match="a table cannot be read"):
        open_datasets([folder])


def heading(**other: object) -> Heading:
    told = {"name": "bad", "condition": "tmd", "measure": MEASURE, "reference_units": {"botox": 50.0}}
    return Heading(**{**told, **other})  # type: ignore[arg-type]


PATIENTS, GIVEN, TOLD = [("a",)], [("a", 0.0, "botox", 50.0)], [("a", 7.0, 5.0, None)]


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"scores": [("a", 7.0, 11.0, None)]}, "1 scores lie outside the scale"),
        ({"scores": [("a", 7.0, None, None)]}, "1 scores lie outside the scale"),
        ({"scores": [("a", None, 5.0, None)]}, "1 scores have no day"),
        ({"treatments": [("a", 0.0, "botox", -1.0)]}, "no dose, or one below nought"),
        ({"treatments": [("a", None, "botox", 1.0)]}, "1 treatments have no day"),
        ({"scores": [*TOLD, ("b", 7.0, 5.0, None)]}, "1 patients have a course and are not listed"),
        ({"treatments": []}, "1 patients are listed and were not treated"),
        ({"scores": []}, "1 patients have no score"),
        (
            {"scores": [("a", float(day), 5.0, None) for day in range(MOST_LINES + 1)]},
            f"1 patients have more than {MOST_LINES} scores",
        ),
    ],
)
def test_tables_that_make_no_sense_are_refused_whoever_wrote_them(
    tmp_path: Path, tables: dict[str, list[Row]], said: str
) -> None:
    whole = {"patients": PATIENTS, "treatments": GIVEN, "scores": TOLD, **tables}
    write_dataset(tmp_path / "set", heading(), Contents(known=(), tables=whole))  # type: ignore[arg-type]

    with pytest.raises(CannotTake, match=said):
        open_datasets([tmp_path / "set"])


def test_a_table_that_was_cut_off_before_it_was_hashed_is_refused(tmp_path: Path) -> None:
    folder = release(tmp_path / "n", "north")
    told, file = json.loads((folder / "manifest.json").read_text()), folder / "scores.parquet"
    file.write_bytes(file.read_bytes()[:-40])
    told["files"]["scores.parquet"] = hash_of(file)
    (folder / "manifest.json").write_text(json.dumps(told))

    with pytest.raises(CannotTake, match="cannot be read"):
        open_datasets([folder])


def test_a_set_of_nobody_is_refused(tmp_path: Path) -> None:
    with new_folder(tmp_path / "set") as work:
        finish(work, heading(), {"patients": 0, "treatments": 0, "scores": 0})

    with pytest.raises(CannotTake, match="nobody is in it"):
        open_datasets([tmp_path / "set"])


def test_settings_of_an_installation_are_read_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "north.env"
    file.write_text('# north\n\nMASSETER_DATA="/srv/north"\nMASSETER_PORT=8001\n')
    told = dict(_settings(file))
    file.write_text("PATH=/tmp\n")

    assert told == {"MASSETER_DATA": "/srv/north", "MASSETER_PORT": "8001"}
    with pytest.raises(CannotTake, match=r"line 1 of 'north\.env' is no setting"):
        list(_settings(file))
    with pytest.raises(CannotTake, match="cannot be read"):
        list(_settings(tmp_path / "none"))

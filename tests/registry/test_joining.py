"""Data sets put together: they have to be about the same, and the order makes no difference."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from masseter.cli.registry.extracting import _settings
from masseter.registry.dataset import Heading, read_manifest, write_dataset
from masseter.registry.hiding import Names, hide
from masseter.registry.joining import join
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

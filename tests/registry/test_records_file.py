"""Records of YAML or JSON are read as a table, or refused with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from masseter.registry import records_file
from masseter.registry.problems import CannotTake
from masseter.registry.records_file import read_records


def test_what_stands_deeper_is_a_column_named_by_its_way(tmp_path: Path) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(
        "- id: a\n  scores: {pain: {0: 8, 7: 3.5}}\n  told: null\n"
        "- id: b\n  works: true\n  tried: [splint, heat]\n"
        "  sites: [{muscle: masseter}, {muscle: temporalis}]\n"
    )

    first, second = read_records(file)

    assert first[0] == 1
    assert second[0] == 4
    assert list(first[1]) == list(second[1])
    assert first[1] | {"works": "", "tried": ""} == first[1]
    assert (first[1]["scores.pain.0"], first[1]["scores.pain.7"], first[1]["told"]) == ("8", "3.5", "")
    assert (second[1]["works"], second[1]["tried"]) == ("true", "splint; heat")
    assert (second[1]["sites.1.muscle"], second[1]["sites.2.muscle"]) == ("masseter", "temporalis")


def test_json_is_read_alike(tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    file.write_text(json.dumps([{"id": "007", "scores": {"0": 8}}, {"id": "8", "scores": {"0": None}}]))

    assert [cells for _line, cells in read_records(file)] == [
        {"id": "007", "scores.0": "8"},
        {"id": "8", "scores.0": ""},
    ]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"id: a\n", "no list of records"),
        (b"- a\n- b\n", "no list of records"),
        (b"- {id: a\n- {id: b}\n", "cannot be read as YAML or JSON"),
        (b"- {id: a, id: b}\n", "cannot be read as YAML or JSON"),
        (b"- id: \xe4\n", "not UTF-8"),
    ],
)
def test_what_is_no_list_of_records_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "cases.yaml"
    file.write_bytes(content)

    with pytest.raises(CannotTake, match=why):
        read_records(file)


def test_a_large_file_is_to_be_written_as_csv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text("- id: a\n")
    monkeypatch.setattr(records_file, "MOST_BYTES", 3)

    with pytest.raises(CannotTake, match="as CSV"):
        read_records(file)

"""The worked cases: every command answers what each case says, and each condition has its kinds."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from masseter.cli.case.problems import BadCase
from masseter.cli.worked.asking import ask
from masseter.cli.worked.reading import read_all, read_worked, worked_files
from masseter.cli.worked.shape import Shows
from masseter.knowledge.load import load
from tests.spec.judge import departures

KNOWN = load()
FILES = worked_files()
SMALL = """\
title: Nobody
shows: more
tells: Nothing.
case: {case: 1, today: 2026-11-25, jurisdiction: UK, condition: tmd}
answers: [{verb: assess, expect: {verdict: needs_information}}]
"""


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def small(folder: Path, text: str) -> Path:
    path = folder / "01-small.yaml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("was", "becomes", "field"),
    [
        ("title: Nobody\n", "", "title"),
        ("shows: more", "shows: nothing", "shows"),
        ("tells: Nothing.", "tells: Nothing.\nasks: 1", "asks"),
        ("condition: tmd}", "condition: tmd, name: Ann}", "name"),
        ("verb: assess", "verb: guess", "answers[0]"),
        ("{verdict:", "{verdikt:", "answers[0].assess.expect.verdict"),
        ("answers: [", "answers: []\nmore: [", "answers"),
    ],
)
def test_field_that_does_not_belong_is_refused_with_its_place(
    was: str, becomes: str, field: str, tmp_path: Path
) -> None:
    with pytest.raises(BadCase) as refused:
        read_worked(small(tmp_path, SMALL.replace(was, becomes)))

    assert field in {problem.field for problem in refused.value.problems}


def test_answer_that_departs_is_told(tmp_path: Path) -> None:
    worked = read_worked(small(tmp_path, SMALL.replace("needs_information", "candidate")))

    (asked,) = worked.told.answers
    assert departures(asked, ask("assess", worked.case)) == [
        "verdict: expected candidate, found needs_information"
    ]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_command_answers_as_the_case_says(path: Path) -> None:
    worked = read_worked(path)

    told = {
        asked.verb: found
        for asked in worked.told.answers
        if (found := departures(asked, ask(asked.verb, worked.case)))
    }

    assert told == {}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_case_names_sources_that_are_registered(path: Path) -> None:
    worked = read_worked(path)

    assert worked.sources, "say in brackets where it comes from, e.g. [G4]"
    assert set(worked.sources) <= set(KNOWN.sources)
    assert worked.told.case["condition"] == path.parent.name


@pytest.mark.parametrize("condition", sorted(KNOWN.conditions))
def test_condition_has_a_case_of_every_kind(condition: str) -> None:
    shown = {worked.told.shows for worked in read_all(condition)}

    assert set(get_args(Shows)) - {"more"} <= shown

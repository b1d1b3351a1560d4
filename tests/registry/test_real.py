"""A real trial, read where it lies: botulinum toxin type B in cervical dystonia."""

from __future__ import annotations

from pathlib import Path

import pytest

from masseter.registry.taking import look_at
from tests.registry.trial import trial_table
from tests.stories.cases import cases_file

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
MAPPING = HOW_TO / "cdystonia.yaml"


def test_the_whole_trial_is_taken() -> None:
    table = trial_table()

    look = look_at(table, MAPPING)

    assert (look.lines, len(look.checked.courses), look.treatments, look.scores) == (631, 109, 109, 631)
    assert look.checked.refusals == []
    units = [course.treatments[0].units for course in look.checked.courses]
    assert {units.count(dose) for dose in (0, 5000, 10000)} == {36, 37}


@pytest.mark.parametrize("score", ["86", "-1", "46 points"])
def test_an_impossible_score_put_into_it_is_refused(tmp_path: Path, score: str) -> None:
    lines = trial_table().read_text().splitlines()
    lines[4] = lines[4].rsplit(",", 1)[0] + f",{score}"
    table = tmp_path / "table.csv"
    table.write_text("\n".join(lines))

    look = look_at(table, MAPPING)

    assert [refusal.line for refusal in look.checked.refusals] == [5]
    assert look.scores == 630


def test_a_published_patient_is_taken_from_a_file_of_records() -> None:
    look = look_at(cases_file(), HOW_TO / "published-neuralgia.yaml")

    assert look.checked.refusals == []
    (course,) = look.checked.courses
    assert [(score.day, score.value) for score in course.scores] == [
        (0, 82),
        (7, 54),
        (30, 25),
        (60, 25),
        (90, 45),
    ]
    assert [(given.day, given.units) for given in course.treatments] == [(0, 16)]

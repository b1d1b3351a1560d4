"""What days look odd is shown with how often, and taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from masseter.registry.taking import look_at
from tests.registry.tables import written
from tests.registry.test_trials import ARMS, BOTH, HEAD, VISITS, courses, refusals

GIVEN = f"given: {{units: dose, {BOTH}}}"
HEADER = "id,week,pain,dose"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("a,0,7,60", "a,4,3,", "a,20,6,60", "a,24,3,"), []),
        (
            ("a,0,7,60", "a,4,3,", "a,8,6,60", "a,12,5,", "a,10,6,60", "b,0,7,60", "b,2,,60", "b,4,3,"),
            ["line 6: 3 treatments sooner after the one before than the usual 112 days: here after 14"],
        ),
        (
            ("a,0,7,60", "a,20,3,60", "b,0,7,60", "b,20,3,", "c,0,7,60", "c,20,3,60"),
            ["line 2: 2 patients treated on every day that has a score: is one treatment repeated?"],
        ),
        (
            ("a,0,,60", "a,4,3,", "b,0,7,60"),
            ["line 2: 1 patient without a score before the first treatment or on its day"],
        ),
        (
            ("a,0,7,60", "a,20,,60", "a,123,3,", "a,126,3,", "a,208,4,"),
            ["line 5: 2 scores more than two years after the last treatment: is a date wrong?"],
        ),
    ],
)
def test_odd_days_are_shown_and_taken(tmp_path: Path, lines: tuple[str, ...], said: list[str]) -> None:
    look = look_at(*written(tmp_path, *lines, mapping=HEAD + VISITS + GIVEN, header=HEADER))

    assert [str(each) for each in look.checked.reports] == said
    assert refusals(look) == []


def test_the_interval_of_a_condition_that_is_none_of_ours_is_the_longest(tmp_path: Path) -> None:
    mapping = (HEAD + VISITS + GIVEN).replace("bruxism", "dystonia")

    look = look_at(*written(tmp_path, "a,0,7,60", "a,4,3,", "a,8,,60", mapping=mapping, header=HEADER))

    assert "days, the longest of ours: here after 56" in str(look.checked.reports[1])


def test_lines_of_a_treatment_that_have_no_units_are_shown(tmp_path: Path) -> None:
    given = f"given: {{units: dose, when: {{week: [0, 20]}}, {BOTH}}}"
    lines = ("a,0,7,60", "a,4,3,", "a,20,6,60", "b,0,7,60", "b,20,6,NA")

    look = look_at(*written(tmp_path, *lines, mapping=HEAD + VISITS + given, header=HEADER))

    assert [str(each) for each in look.checked.reports] == [
        "line 6: 1 line without units where 'when' tells of a treatment: was nothing given?"
    ]
    assert refusals(look) == []


def test_a_time_of_treatment_on_a_line_without_an_arm_is_shown(tmp_path: Path) -> None:
    lines = ("a,1,0,7,0", "a,,20,6,20", "b,1,0,7,0", "b,,4,3,")

    look = look_at(
        *written(
            tmp_path,
            *lines,
            mapping=HEAD + VISITS + ARMS + "  time: at\n  unit: weeks",
            header="id,arm,week,pain,at",
        )
    )

    assert [str(each) for each in look.checked.reports] == [
        "file, arm: no line has '2', which the mapping names",
        "line 3: 1 line with a time of treatment and without an arm: was nothing given?",
    ]


def test_units_of_which_nothing_is_taken_are_shown(tmp_path: Path) -> None:
    given = f"given: {{units: dose, time: at, unit: weeks, {BOTH}}}\nonly: {{side: [L]}}"
    lines = ("a,0,7,60,L,0", "a,4,3,60,L,", "a,0,7,60,R,0", "a,4,4,0,R,", "b,0,7,60,R,0")

    look = look_at(*written(tmp_path, *lines, mapping=HEAD + VISITS + given, header=f"{HEADER},side,at"))

    assert list(courses(look)) == ["a"]
    assert [str(each) for each in look.checked.reports] == [
        "line 3: 1 line with units and without a time of treatment: was nothing given?",
        "line 4: 1 line with units that 'only' passes over, of patients who are taken: where they count, "
        "choose scores by 'when' under 'visits'",
    ]

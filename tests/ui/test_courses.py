"""Courses in words: better and worse, the last of a hundred cycles, where no course was published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from masseter.core.results.course import DatedScore, split_cycles
from masseter.core.results.response import Change
from masseter.journey.results.queries import CourseOf
from masseter.knowledge.load import load
from masseter.ui.courses import chart_of, cycle_rows, lacks_band, share_words
from tests.core.builders import D

FIRST = date(2000, 1, 3)
PAIN = load().instruments["nrs_pain"]
CYCLES = 100


def change(percent: str | None) -> Change:
    value = None if percent is None else D(percent)
    return Change(day=30, total=D(8), points=D(0), percent=value, is_response=False)


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        ("-20.0", "20 % worse"),
        ("33.3", "33.3 % better"),
        ("50.0", "50 % better"),
        ("0.0", "unchanged"),
        (None, ""),
    ],
)
def test_change_is_said_in_words_and_never_with_a_minus(percent: str | None, words: str) -> None:
    assert share_words(change(percent)) == words.replace(" %", "\u00a0%")


def test_share_has_the_comma_of_the_language() -> None:
    with override("de"):
        assert share_words(change("33.3")).startswith("33,3\u00a0%")


def hundred() -> CourseOf:
    """A hundred treatments, each with a score four weeks after it."""
    treatments = tuple(FIRST + timedelta(days=84 * number) for number in range(CYCLES))
    scores = (
        DatedScore(day=FIRST, total=D(8), is_baseline=True),
        *(DatedScore(day=day + timedelta(days=28), total=D(4)) for day in treatments),
    )
    return CourseOf(
        instrument=PAIN,
        scores=scores,
        windows=(),
        treatments=treatments,
        baseline=scores[0],
        cycles=split_cycles(scores, treatments),
    )


def test_last_of_a_hundred_cycles_keep_their_numbers() -> None:
    course = hundred()
    today = course.treatments[-1] + timedelta(days=30)

    chart = chart_of("tmd", course, title="Pain", recent=True, today=today)

    assert chart is not None
    events = [event for _, _, event in chart.rows if event.startswith("Treatment")]
    assert events == [f"Treatment {number}" for number in range(93, 101)]
    assert [row.number for row in cycle_rows(load().conditions["tmd"], course)][:2] == [100, 99]


def test_all_of_a_hundred_cycles_are_drawn_when_asked_for() -> None:
    course = hundred()
    today = course.treatments[-1] + timedelta(days=30)

    chart = chart_of("tmd", course, title="Pain", recent=False, today=today)

    assert chart is not None
    assert sum(event.startswith("Treatment") for _, _, event in chart.rows) == CYCLES


def test_chronic_facial_pain_has_no_published_course_and_the_others_have() -> None:
    known = load()
    lacking = {
        condition.code
        for condition in known.conditions.values()
        if lacks_band(condition.code, known.instruments[condition.main_measure])
    }

    assert lacking == {"chronic_facial_pain"}

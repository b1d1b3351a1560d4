"""When a treatment does worse than was to be expected, and to whom the question is put."""

from __future__ import annotations

import pytest

from masseter.core.results.forecast import Against, worse_than_forecast
from masseter.knowledge.load import load
from tests.core.builders import D

RULES = load().practice.forecast
assert RULES is not None


def scores(*percents: str) -> list[Against]:
    return [Against(day=14 * number, percent=D(each)) for number, each in enumerate(percents, 1)]


@pytest.mark.parametrize(
    ("percents", "is_raised"),
    [
        (("60", "8", "4"), True),
        (("8", "4"), True),
        # One alone may be a bad week.
        (("60", "4"), False),
        # It was bad and is so no more.
        (("8", "4", "30"), False),
        # At the limit is not below it.
        (("10", "10"), False),
        ((), False),
    ],
)
def test_two_unexpected_scores_in_a_row_raise_the_question(
    percents: tuple[str, ...], is_raised: bool
) -> None:
    found = worse_than_forecast(scores(*percents), RULES, has_responded=True)

    assert (found is not None) is is_raised


def test_question_names_the_days_and_its_sources_and_stops_nothing() -> None:
    found = worse_than_forecast(scores("60", "8", "4"), RULES, has_responded=True)

    assert found is not None
    assert "days 28, 42" in found.sentence
    assert "90 of 100" in found.sentence
    assert found.severity == "caution"
    assert "T95" in found.sources


def test_response_that_never_was_cannot_be_lost() -> None:
    assert worse_than_forecast(scores("1", "1"), RULES, has_responded=False) is None

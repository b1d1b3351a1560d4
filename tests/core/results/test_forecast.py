"""When a treatment does worse than was to be expected, and to whom the question is put."""

from __future__ import annotations

from datetime import date

import pytest

from masseter.core.results.forecast import Against, Days, Forecast, Span, worse_than_forecast
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


def test_width_counts_from_the_first_to_the_last_likely_day() -> None:
    days = Days(first=date(2026, 3, 1), middle=date(2026, 3, 10), last=date(2026, 3, 31))
    curve = load().curves["tmd_pain"]
    forecast = Forecast(
        curve=curve,
        given_on=date(2026, 1, 1),
        cycle=1,
        scores_used=2,
        bands=(),
        onset_on=date(2026, 1, 6),
        best_on=date(2026, 2, 1),
        wear_off=days,
        is_population=True,
        wears_off=Span(low=D(0), middle=D(1), high=D(2)),
        shows_wear_off=True,
        chances=(),
        against=(),
        next_narrows_days=None,
    )

    assert forecast.width_days == 30


def test_response_that_never_was_cannot_be_lost() -> None:
    assert worse_than_forecast(scores("1", "1"), RULES, has_responded=False) is None

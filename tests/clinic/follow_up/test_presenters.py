"""The facts of a review in words."""

from __future__ import annotations

import pytest

from masseter.clinic.follow_up.presenters import fact_rows, kept_fact_rows
from masseter.core.facts import NoLessThan, Observation, ObservationValue


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("cycles_given", 1, "1 cycle"),
        ("cycles_given", 2, "2 cycles"),
        ("months_under_15_headache_days", 1, "1 month"),
        ("days_since_treatment", 1, "1 day"),
        ("days_since_treatment", 0, "0 days"),
        ("effect_lasted_days", NoLessThan(number=1), "at least 1 day"),
        ("effect_lasted_days", NoLessThan(number=60), "at least 60 days"),
    ],
)
def test_one_of_a_thing_is_singular_now_and_as_kept(code: str, value: ObservationValue, words: str) -> None:
    fact = Observation(code=code, value=value)

    assert [said for _, said in fact_rows({code: fact})] == [words]
    assert [said for _, said in kept_fact_rows({code: str(value)})] == [words]

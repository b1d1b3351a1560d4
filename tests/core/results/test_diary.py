from __future__ import annotations

from datetime import date, timedelta

import pytest

from masseter.core.results.diary import NotFromDiary, Written, days_per_28, diary_mean, spread, window
from tests.core.builders import TODAY, D, instrument

DAYS = instrument(step=D("0.1"), high=D(28), source_of_score="diary_days_per_28", max_missing=8)
MEAN = instrument(step=D("0.1"), source_of_score="diary_mean", max_missing=27)


def entries(*, had: int, free: int) -> dict[date, bool | None]:
    answers = [True] * had + [False] * free
    return {TODAY - timedelta(days=back): answer for back, answer in enumerate(answers)}


def test_diary_scores_refuse_the_wrong_instrument() -> None:
    with pytest.raises(NotFromDiary):
        days_per_28(MEAN, {}, until=TODAY)
    with pytest.raises(NotFromDiary):
        diary_mean(DAYS, {}, until=TODAY)


def test_entry_of_a_week_speaks_of_its_seven_days_and_a_day_of_its_own_wins() -> None:
    week = Written(day=TODAY, covers_days=7, value=D(6))
    day = Written(day=TODAY - timedelta(days=2), covers_days=1, value=D(2))

    found = spread([day, week])

    assert sorted(found) == [TODAY - timedelta(days=back) for back in reversed(range(7))]
    assert found[TODAY - timedelta(days=2)] == D(2)
    assert found[TODAY] == found[TODAY - timedelta(days=6)] == D(6)


def test_day_that_leaves_the_value_open_does_not_hide_the_week() -> None:
    week = Written(day=TODAY, covers_days=7, value=D(6))

    assert spread([week, Written(day=TODAY, covers_days=1, value=None)])[TODAY] == D(6)


def test_entry_of_a_week_never_reaches_back_over_a_treatment() -> None:
    week = Written(day=TODAY, covers_days=7, value=D(6))

    found = spread([week], [TODAY - timedelta(days=3), TODAY - timedelta(days=80), TODAY])

    assert sorted(found) == [TODAY - timedelta(days=back) for back in (2, 1, 0)]


def test_days_per_28_without_entries_is_not_zero_days() -> None:
    result = days_per_28(DAYS, {}, until=TODAY)

    assert result.total is None
    assert result.reason == "0 of 28 days recorded; 20 are needed."


def test_days_per_28_with_too_few_entries_has_no_total() -> None:
    result = days_per_28(DAYS, entries(had=10, free=9), until=TODAY)

    assert (result.total, result.recorded, result.needed) == (None, 19, 20)


def test_days_per_28_scales_up_from_the_days_recorded() -> None:
    result = days_per_28(DAYS, entries(had=11, free=10), until=TODAY)

    assert result.total == D("14.7")
    assert result.reason == ""


def test_days_per_28_of_a_full_diary_is_the_count() -> None:
    assert days_per_28(DAYS, entries(had=15, free=13), until=TODAY).total == D(15)


def test_days_per_28_leaves_out_other_days_and_days_without_answer() -> None:
    diary = entries(had=14, free=14)
    diary[TODAY - timedelta(days=28)] = True
    diary[TODAY + timedelta(days=1)] = True
    diary[TODAY] = None

    result = days_per_28(DAYS, diary, until=TODAY)

    assert (result.recorded, result.total) == (27, D("13.5"))


def test_diary_mean_of_nothing_has_no_total() -> None:
    assert diary_mean(MEAN, {}, until=TODAY).total is None


def test_diary_mean_takes_what_was_recorded() -> None:
    diary = {TODAY: D(7), TODAY - timedelta(days=7): D(6), TODAY - timedelta(days=14): None}

    result = diary_mean(MEAN, diary, until=TODAY)

    assert (result.total, result.recorded, result.until) == (D("6.5"), 2, TODAY)


def test_window_has_28_days_and_ends_with_the_last() -> None:
    days = window(date(2024, 3, 1))

    assert (len(days), days[0], days[-1]) == (28, date(2024, 2, 3), date(2024, 3, 1))

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from masseter.core.results.course import (
    DatedScore,
    baseline_score,
    diary_course,
    diary_days,
    diary_score,
    merge_course,
    months_back,
    split_cycles,
)
from masseter.core.results.diary import DiaryScore, NotFromDiary
from tests.core.builders import TODAY, D, instrument

DAYS = instrument(step=D("0.1"), high=D(28), source_of_score="diary_days_per_28", max_missing=4)
MEAN = instrument(step=D("0.1"), source_of_score="diary_mean", max_missing=27)


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


def scored(days_back: int, total: int, *, is_baseline: bool = False) -> DatedScore:
    return DatedScore(day=back(days_back), total=D(total), is_baseline=is_baseline)


def counted(days_back: int, total: int | None) -> DiaryScore:
    value = None if total is None else D(total)
    return DiaryScore(instrument="x", total=value, recorded=28, needed=24, until=back(days_back))


def test_diary_score_refuses_an_instrument_that_is_entered() -> None:
    with pytest.raises(NotFromDiary):
        diary_score(instrument(), {}, until=TODAY)


def test_baseline_of_no_scores_or_only_later_ones_is_not_known() -> None:
    assert baseline_score([], back(10)) is None
    assert baseline_score([scored(5, 3)], back(10)) is None


def test_baseline_is_the_last_score_up_to_the_day_of_the_first_treatment() -> None:
    scores = [scored(30, 8), scored(10, 7), scored(5, 3)]

    assert baseline_score(scores, back(10)) == scores[1]
    assert baseline_score(scores, None) == scores[2]


def test_baseline_marked_after_the_first_treatment_does_not_replace_the_real_one() -> None:
    scores = [scored(30, 8), scored(5, 3, is_baseline=True)]

    assert baseline_score(scores, back(10)) == scores[0]
    assert baseline_score(scores[1:], back(10)) is None


def test_baseline_that_is_marked_wins_over_a_later_score() -> None:
    scores = [scored(30, 8, is_baseline=True), scored(10, 7)]

    assert baseline_score(scores, back(10)) == scores[0]


def test_cycles_without_a_treatment_are_none() -> None:
    assert split_cycles([scored(30, 8)], []) == ()


def test_cycles_hold_the_scores_after_their_treatment_up_to_the_next() -> None:
    scores = [scored(100, 8), scored(80, 4), scored(40, 6), scored(20, 3)]

    first, second = split_cycles(scores, [back(100), back(40)])

    assert (first.baseline, second.baseline) == (D(8), D(8))
    assert [(one.day, one.total) for one in first.scores] == [(20, D(4)), (60, D(6))]
    assert [(one.day, one.total) for one in second.scores] == [(20, D(3))]
    assert (first.is_closed, second.is_closed) == (True, False)


def test_cycles_without_a_baseline_keep_their_scores() -> None:
    (cycle,) = split_cycles([scored(5, 3)], [back(10)])

    assert cycle.baseline is None
    assert [one.day for one in cycle.scores] == [5]


def test_diary_days_before_any_treatment_end_today() -> None:
    assert diary_days([], back(40), TODAY) == (TODAY,)


def test_diary_days_end_before_the_treatment_and_every_four_weeks_after_it() -> None:
    ends = diary_days([back(60)], back(90), TODAY)

    assert ends == (back(61), back(32), back(4), TODAY)


def test_diary_days_right_after_a_treatment_leave_out_today() -> None:
    assert diary_days([back(5)], back(40), TODAY) == (back(6),)


def test_diary_days_before_the_first_entry_and_treatments_to_come_are_left_out() -> None:
    assert diary_days([back(60), TODAY + timedelta(days=9)], back(10), TODAY) == (back(4), TODAY)


def test_diary_days_stop_at_the_next_treatment() -> None:
    assert diary_days([back(70), back(30)], back(75), TODAY) == (back(71), back(42), back(2), TODAY)


def test_diary_course_of_an_empty_diary_is_empty() -> None:
    assert diary_course(DAYS, {}, [], TODAY) == ()


def test_diary_course_counts_days_and_means_each_from_their_own_kind() -> None:
    days: dict[date, bool | Decimal | None] = {back(one): one % 2 == 0 for one in range(28)}
    numbers: dict[date, bool | Decimal | None] = {back(0): D(4), back(1): D(7), back(2): None}

    assert [one.total for one in diary_course(DAYS, days, [], TODAY)] == [D(14)]
    assert [one.total for one in diary_course(MEAN, numbers, [], TODAY)] == [D("5.5")]


def test_merge_leaves_out_windows_without_a_total_and_lets_entered_scores_win() -> None:
    merged = merge_course([scored(10, 5)], [counted(10, 9), counted(5, None), counted(2, 7)])

    assert [(one.day, one.total, one.from_diary) for one in merged] == [
        (back(10), D(5), False),
        (back(2), D(7), True),
    ]


def test_months_before_any_treatment_are_none() -> None:
    assert months_back([scored(5, 3)], None, TODAY) == ()


def test_months_without_a_score_since_the_treatment_are_unknown() -> None:
    assert months_back([scored(90, 9)], back(60), TODAY) == (None, None)


def test_months_are_counted_back_from_the_newest_and_never_overlap() -> None:
    scores = [scored(84, 12), scored(56, 9), scored(28, 8), scored(20, 7), scored(0, 6)]

    assert months_back(scores, back(112), TODAY) == (D(12), D(9), D(8), D(6))


def test_months_with_a_gap_say_that_they_are_unknown() -> None:
    scores = [scored(84, 12), scored(30, 8)]

    assert months_back(scores, back(112), TODAY) == (D(12), D(8), None)


def test_months_leave_out_a_window_that_began_before_the_treatment() -> None:
    assert months_back([scored(10, 8)], back(30), TODAY) == (None,)

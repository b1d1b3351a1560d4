"""Stretches without diary entries."""

from __future__ import annotations

from datetime import date, timedelta

from masseter.core.results.gaps import days_without_entries

START = date(2026, 3, 1)


def on(day: int) -> date:
    return START + timedelta(days=day)


def gaps(*written: int, first: int = 0, last: int = 30, at_least: int = 7) -> list[tuple[int, int]]:
    days = [on(day) for day in written]
    found = days_without_entries(days, first=on(first), last=on(last), at_least=at_least)
    return [((begin - START).days, (end - START).days) for begin, end in found]


def test_no_diary_has_no_gap() -> None:
    assert gaps() == []


def test_days_before_the_first_entry_are_no_gap() -> None:
    assert gaps(*range(20, 31)) == []


def test_stretch_one_day_too_short_is_no_gap() -> None:
    assert gaps(0, 7, 14, 21, 28) == []


def test_stretch_just_long_enough_is_a_gap_with_its_first_and_last_day() -> None:
    assert gaps(0, 8, *range(9, 31)) == [(1, 7)]


def test_diary_that_ended_has_a_gap_up_to_the_last_day() -> None:
    assert gaps(*range(20)) == [(20, 30)]


def test_stretch_is_cut_where_the_picture_begins_and_ends() -> None:
    assert gaps(0, 50, first=10, last=30) == [(10, 30)]


def test_diary_begun_after_the_last_day_has_no_gap() -> None:
    assert gaps(40, 60) == []


def test_entries_in_any_order_and_twice_count_once() -> None:
    assert gaps(30, 15, 0, 15) == [(1, 14), (16, 29)]

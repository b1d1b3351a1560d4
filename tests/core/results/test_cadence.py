"""How often the diary asks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from masseter.core.results.cadence import Cadence, cadence, next_day
from masseter.journey.results.diary import diary_rules
from masseter.journey.results.due import band_of

DAY = date(2026, 11, 20)


def often(since: int | None, *, condition: str = "tmd", counts_days: bool = False) -> tuple[int, str]:
    found = cadence(diary_rules(), counts_days=counts_days, since_treatment=since, band=band_of(condition))
    return found.every_days, found.reason


@pytest.mark.parametrize(
    ("since", "told"),
    [
        (None, (1, "before_treatment")),
        (0, (1, "onset")),
        (30, (1, "onset")),  # the last published day of onset in jaw pain
        (31, (3, "usual")),
        (69, (3, "usual")),
        (70, (2, "wear_off")),  # two weeks before the first published day of wear-off
        (180, (2, "wear_off")),
        (181, (3, "usual")),
    ],
)
def test_diary_asks_closer_together_around_onset_and_wear_off(
    since: int | None, told: tuple[int, str]
) -> None:
    assert often(since) == told


def test_where_single_days_are_counted_it_asks_daily_at_all_times() -> None:
    assert {often(since, counts_days=True) for since in (None, 0, 50, 300)} == {(1, "days_counted")}


def test_without_a_published_course_no_days_of_onset_are_made_up() -> None:
    assert band_of("chronic_facial_pain") is None
    assert often(5, condition="chronic_facial_pain") == (3, "usual")


@pytest.mark.parametrize(
    ("last", "due"), [(None, 0), (0, 3), (1, 2), (3, 0), (40, 0)], ids=lambda value: str(value)
)
def test_next_entry_is_due_so_many_days_after_the_last_and_never_in_the_past(
    last: int | None, due: int
) -> None:
    every_third = Cadence(every_days=3, reason="usual")
    written = None if last is None else DAY - timedelta(days=last)

    assert next_day(every_third, written, DAY) == DAY + timedelta(days=due)

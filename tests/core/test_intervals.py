from __future__ import annotations

from datetime import date

import pytest

from masseter.core.intervals import days_window_ends, months_window_ends


@pytest.mark.parametrize(
    ("given", "months", "ends"),
    [
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2026, 11, 23), 3, date(2027, 2, 23)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 9, 30), 3, date(2026, 12, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
    ],
)
def test_months_window_ends_on_a_day_that_the_month_has(given: date, months: int, ends: date) -> None:
    assert months_window_ends(given, months) == ends


def test_days_window_ends_counts_every_day_of_a_leap_february() -> None:
    assert days_window_ends(date(2023, 12, 10), 84) == date(2024, 3, 3)
    assert days_window_ends(date(2024, 12, 10), 84) == date(2025, 3, 4)

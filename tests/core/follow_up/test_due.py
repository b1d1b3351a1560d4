from __future__ import annotations

from datetime import date

import pytest

from masseter.core.follow_up.due import InvalidInterval, next_due


@pytest.mark.parametrize(("days", "months"), [(0, None), (-84, None), (84, 0)])
def test_next_due_refuses_an_interval_that_is_none(days: int, months: int | None) -> None:
    with pytest.raises(InvalidInterval):
        next_due(given_on=date(2026, 1, 1), interval_days=days, interval_months=months)


def test_next_due_is_the_day_on_which_the_days_are_over() -> None:
    due = next_due(given_on=date(2026, 8, 31), interval_days=84)

    assert due.earliest == date(2026, 11, 23)
    assert due.months_window_ends is None


def test_next_due_shows_both_windows_and_takes_the_later() -> None:
    due = next_due(given_on=date(2026, 8, 31), interval_days=84, interval_months=3)

    assert (due.days_window_ends, due.months_window_ends) == (date(2026, 11, 23), date(2026, 11, 30))
    assert due.earliest == date(2026, 11, 30)


def test_next_due_takes_the_days_where_february_makes_the_months_short() -> None:
    due = next_due(given_on=date(2026, 11, 30), interval_days=91, interval_months=3)

    assert due.months_window_ends == date(2027, 2, 28)
    assert due.earliest == date(2027, 3, 1)


def test_next_due_counts_a_toxin_given_elsewhere_later() -> None:
    due = next_due(
        given_on=date(2026, 6, 1),
        interval_days=84,
        all_toxin_dates=[date(2026, 9, 1), date(2026, 6, 1), date(2025, 1, 1)],
    )

    assert due.earliest == date(2026, 11, 24)
    assert [reason.given_on for reason in due.reasons] == [
        date(2026, 9, 1),
        date(2026, 6, 1),
        date(2025, 1, 1),
    ]
    assert due.reasons[0].sentence == "Toxin given on 2026-09-01: 84 days end on 2026-11-24."


def test_next_due_reason_names_both_windows() -> None:
    due = next_due(given_on=date(2023, 11, 30), interval_days=84, interval_months=3)

    assert due.reasons[0].sentence.endswith("2024-02-22, 3 calendar months end on 2024-02-29.")

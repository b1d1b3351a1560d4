"""Windows between treatments: so many days, and so many calendar months, which are not the same."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

MONTHS_A_YEAR = 12


def days_window_ends(given_on: date, days: int) -> date:
    """The first day outside the window of so many days: a treatment exactly `days` later is outside it."""
    return given_on + timedelta(days=days)


def months_window_ends(given_on: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last day where it has no such day."""
    index = given_on.year * MONTHS_A_YEAR + given_on.month - 1 + months
    year, month = divmod(index, MONTHS_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(given_on.day, last))

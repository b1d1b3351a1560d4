"""When the next treatment may be given at the earliest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from masseter.core.intervals import days_window_ends, months_window_ends


class InvalidInterval(ValueError):
    """An interval that is not a positive whole number of days or months."""


@dataclass(frozen=True, kw_only=True)
class DueReason:
    """One window that a toxin treatment on record opens; `ends` is the first day outside it."""

    given_on: date
    days_window_ends: date
    months_window_ends: date | None
    sentence: str

    @property
    def ends(self) -> date:
        """The later of the two ends."""
        return max(self.days_window_ends, self.months_window_ends or self.days_window_ends)


@dataclass(frozen=True, kw_only=True)
class Due:
    """The earliest day, the ends of both windows after the last toxin, and every treatment behind them."""

    earliest: date
    days_window_ends: date
    months_window_ends: date | None
    interval_days: int
    interval_months: int | None
    reasons: tuple[DueReason, ...]


def next_due(
    *,
    given_on: date,
    interval_days: int,
    interval_months: int | None = None,
    all_toxin_dates: Iterable[date] = (),
) -> Due:
    """The earliest day of the next treatment, outside every window of every toxin on record.

    Both windows are given, since so many days and so many calendar months end on different days;
    the later one counts. Exactly `interval_days` after a treatment is outside its window.
    Raises: InvalidInterval.
    """
    if interval_days < 1 or (interval_months is not None and interval_months < 1):
        raise InvalidInterval("An interval is a positive number of days or months.")
    dates = sorted({given_on, *all_toxin_dates}, reverse=True)
    reasons = tuple(_reason(day, interval_days, interval_months) for day in dates)
    return Due(
        earliest=max(reason.ends for reason in reasons),
        days_window_ends=max(reason.days_window_ends for reason in reasons),
        months_window_ends=max(
            (reason.months_window_ends for reason in reasons if reason.months_window_ends), default=None
        ),
        interval_days=interval_days,
        interval_months=interval_months,
        reasons=reasons,
    )


def _reason(given_on: date, days: int, months: int | None) -> DueReason:
    by_days = days_window_ends(given_on, days)
    by_months = None if months is None else months_window_ends(given_on, months)
    calendar = "" if by_months is None else f", {months} calendar months end on {by_months}"
    return DueReason(
        given_on=given_on,
        days_window_ends=by_days,
        months_window_ends=by_months,
        sentence=f"Toxin given on {given_on}: {days} days end on {by_days}{calendar}.",
    )

"""How far the diary before a treatment has come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta


def days_kept(entries: Iterable[tuple[date, int]], *, today: date, span: int) -> int:
    """How many of the last `span` days, today among them, the diary speaks of.

    `entries` are the last day and the number of days of each entry; a day told twice counts once.
    """
    first = today - timedelta(days=span - 1)
    told = {day - timedelta(days=back) for day, covers in entries for back in range(covers)}
    return sum(1 for day in told if first <= day <= today)

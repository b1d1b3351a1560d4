"""Stretches of days that the diary has nothing for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

ONE_DAY = timedelta(days=1)


def days_without_entries(
    written: Iterable[date], *, first: date, last: date, at_least: int
) -> tuple[tuple[date, date], ...]:
    """The first and last day of every stretch of `at_least` days or more without an entry.

    Looked at from the first entry, or `first` where that is later, up to `last`: before its first
    day a diary was not kept, so nothing is missing there.
    """
    days = sorted(set(written))
    if not days:
        return ()
    start = max(first, days[0])
    edges = [start - ONE_DAY, *(day for day in days if start <= day <= last), last + ONE_DAY]
    stretches = ((before + ONE_DAY, after - ONE_DAY) for before, after in pairwise(edges))
    return tuple((begin, end) for begin, end in stretches if (end - begin).days + 1 >= at_least)

"""An independent calendar: which local day it is in a place, and how many days lie between two, by counting.

Clock changes are those in law since 2007: in Europe on the last Sundays of March and October at 01:00 UTC, in
the United States on the second Sunday of March and the first of November at 02:00 by the clock on the wall.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

MINUTES = 24 * 60
FIRST_YEAR, LAST_YEAR = 2007, 2104
SUNDAY = 0  # 31 December 2006, the day before the first of ours, was a Sunday
Day = tuple[int, int, int]  # year, month, day


@dataclass(frozen=True)
class Place:
    """A zone: its name, its minutes east of Greenwich in winter, and whose clock changes it follows."""

    zone: str
    east: int
    changes: Literal["none", "europe", "states"]


PLACES = (
    Place("Europe/Berlin", 60, "europe"),
    Place("Europe/London", 0, "europe"),
    Place("America/New_York", -300, "states"),
    Place("America/Los_Angeles", -480, "states"),
    Place("Asia/Kathmandu", 345, "none"),
    Place("Pacific/Kiritimati", 840, "none"),
    Place("Pacific/Pago_Pago", -660, "none"),
)


def is_leap(year: int) -> bool:
    """Every fourth year, but of the full hundreds only every fourth."""
    return year % 400 == 0 if year % 100 == 0 else year % 4 == 0


def length(year: int, month: int) -> int:
    """The days of a month."""
    return (29 if is_leap(year) else 28) if month == 2 else 30 if month in (4, 6, 9, 11) else 31


MONTHS = [(year, month) for year in range(FIRST_YEAR, LAST_YEAR + 1) for month in range(1, 13)]
STARTS = dict(zip(MONTHS, accumulate((length(*each) for each in MONTHS), initial=1), strict=False))


def number(day: Day) -> int:
    """The day's place in the row of days; 1 January 2007 is the first."""
    return STARTS[day[0], day[1]] + day[2] - 1


def day_of(count: int) -> Day:
    """The day at a place in the row."""
    year, month = next(each for each in reversed(MONTHS) if STARTS[each] <= count)
    return year, month, count - STARTS[year, month] + 1


def sunday(year: int, month: int, which: int) -> int:
    """The place in the row of a month's first Sunday (1), its second (2) … or its last (-1)."""
    row = range(STARTS[year, month], STARTS[year, month] + length(year, month))
    every = [count for count in row if count % 7 == SUNDAY]
    return every[which if which < 0 else which - 1]


def summer(place: Place, year: int) -> tuple[int, int]:
    """The minutes of the row, in UTC, at which summer time begins and ends; empty where there is none."""
    if place.changes == "none":
        return 0, 0
    if place.changes == "europe":
        return sunday(year, 3, -1) * MINUTES + 60, sunday(year, 10, -1) * MINUTES + 60
    begins = sunday(year, 3, 2) * MINUTES + 120 - place.east
    return begins, sunday(year, 11, 1) * MINUTES + 120 - place.east - 60


def local_day(place: Place, minute: int) -> int:
    """The place in the row of the day that the wall's calendar shows at a minute in UTC."""
    begins, ends = summer(place, day_of(minute // MINUTES)[0])
    return (minute + place.east + (60 if begins <= minute < ends else 0)) // MINUTES


def in_months(day: Day, months: int) -> Day:
    """The same day so many months on, or the last that the month has."""
    past = day[1] - 1 + months
    year, month = day[0] + past // 12, past % 12 + 1
    return year, month, min(day[2], length(year, month))

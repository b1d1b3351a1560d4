"""Before and now: how many of the days written were good, and on how many a medicine was taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from masseter.core.results.diary import window

DayValues = Mapping[str, bool | Decimal]


@dataclass(frozen=True, kw_only=True)
class DayCount:
    """Of the days that say something of the symptoms, the good ones; of those that say it, with medicine."""

    good: int
    written: int
    with_medicine: int
    medicine_told: int


@dataclass(frozen=True, kw_only=True)
class BeforeAndNow:
    """The 28 days before the first treatment, and the last 28 since the last one. None: nothing written."""

    before: DayCount | None
    now: DayCount | None


def before_and_now(
    days: Mapping[date, DayValues],
    *,
    most: Mapping[str, Decimal],
    medicine: str,
    treatments: Sequence[date],
    today: date,
) -> BeforeAndNow:
    """Count the days. `most`: up to which value a symptom leaves a day good; one that is there or not has 0.

    A day counts as written when it tells each of these symptoms, so a day that says half is neither good nor
    bad. Days up to the last treatment are not 'now'.
    """
    given = sorted(day for day in set(treatments) if day <= today)
    last = given[-1] if given else None
    now = [day for day in window(today) if last is None or day > last]
    before = window(given[0] - timedelta(days=1)) if given else ()
    return BeforeAndNow(
        before=_count([days[day] for day in before if day in days], most, medicine),
        now=_count([days[day] for day in now if day in days], most, medicine),
    )


def _count(told: Sequence[DayValues], most: Mapping[str, Decimal], medicine: str) -> DayCount | None:
    whole = [one for one in told if most and all(code in one for code in most)]
    taken = [one[medicine] for one in told if medicine in one]
    if not whole and not taken:
        return None
    return DayCount(
        good=sum(all(one[code] <= limit for code, limit in most.items()) for one in whole),
        written=len(whole),
        with_medicine=sum(bool(one) for one in taken),
        medicine_told=len(taken),
    )

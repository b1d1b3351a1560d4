"""When to look again and when to treat again, by when the effect is likely to wear off.

Source: DESIGN, G2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from masseter.core.follow_up.due import Due
from masseter.core.results.forecast import Days

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class PlannedAhead:
    """What the forecast suggests. `review_by`: the last day before the wear-off becomes likely.

    `treat_from`: the middle of the wear-off, but never inside an interval; None where nothing says how long
    that is. `waits_days`: how long before that day half is likely to be gone already; nought once it has
    come.
    """

    review_by: date
    treat_from: date | None
    waits_days: int


def plan_ahead(wear_off: Days, due: Due | None, *, today: date) -> PlannedAhead:
    """Review before the wear-off, treatment at it or at the end of the interval, whichever is later.

    A day that has gone by is today.
    """
    review_by = max(wear_off.first - ONE_DAY, today)
    if due is None:
        return PlannedAhead(review_by=review_by, treat_from=None, waits_days=0)
    treat_from = max(due.earliest, wear_off.middle, today)
    waits = max(0, (due.earliest - wear_off.middle).days) if due.earliest > today else 0
    return PlannedAhead(review_by=review_by, treat_from=treat_from, waits_days=waits)

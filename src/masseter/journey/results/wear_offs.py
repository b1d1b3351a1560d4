"""'Has it worn off?': what was answered, what stands of each cycle, and when to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import cast

from masseter.core.results.wear_off import (
    CycleSaid,
    WearOffAnswer,
    WearOffSaid,
    asks_for_wear_off,
    cycle_said,
)
from masseter.journey.consult.models import Case
from masseter.journey.results.diary import diary_rules
from masseter.journey.results.due import band_of
from masseter.journey.results.models import WearOffTold


def said_of(case: Case) -> list[WearOffTold]:
    """The answers of a case, in the order in which they were given."""
    return list(WearOffTold.objects.filter(case=case).order_by("day", "id"))


def as_said(rows: Iterable[WearOffTold]) -> list[WearOffSaid]:
    """Rows as core reads them."""
    return [
        WearOffSaid(
            treated_on=row.treated_on,
            day=row.day,
            answer=cast(WearOffAnswer, row.answer),
            worn_off_on=row.worn_off_on,
        )
        for row in rows
    ]


def standing_of(rows: Sequence[WearOffTold], treatments: Iterable[date]) -> list[CycleSaid]:
    """What stands of each cycle of which something was said, the oldest first.

    What was said after the next treatment, which was entered late, is no word about this one.
    """
    said, days = as_said(rows), sorted(set(treatments))
    found = []
    for day, following in zip(days, [*days[1:], date.max], strict=True):
        one = cycle_said(day, [each for each in said if each.day <= following])
        if one.still_on is not None or one.is_over or one.never_helped:
            found.append(one)
    return found


def asks_now(case: Case, rows: Sequence[WearOffTold], treatments: Sequence[date], today: date) -> bool:
    """Whether to ask today if the last treatment has worn off."""
    given = [day for day in treatments if day <= today]
    return asks_for_wear_off(
        diary_rules(),
        treated_on=given[-1] if given else None,
        said=as_said(rows),
        band=band_of(case.condition),
        today=today,
    )

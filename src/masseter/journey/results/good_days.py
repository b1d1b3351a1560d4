"""Good days of a case: which day counts as one, and how many there were before and are now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from masseter.core.results.good_days import BeforeAndNow, DayValues, before_and_now
from masseter.journey.results.diary import FIELDS, MEDICINE, as_core, needed_symptoms
from masseter.journey.results.models import DiaryEntry
from masseter.knowledge.load import load
from masseter.knowledge.model import Condition

MILD = {"none", "mild"}  # the bands of a published scale that leave a day good


def good_limits(condition: Condition) -> dict[str, Decimal]:
    """Up to which value each symptom that results are counted from leaves a day good.

    A symptom that is there or not has to be away, and so has an attack; a number is good up to the end of
    what its scale calls mild. Empty where a scale has no such word: then no day is called good.
    """
    found = {}
    for code in needed_symptoms(condition):
        limit = _limit(code)
        if limit is None:
            return {}
        found[code] = limit
    return found


def good_days_of(
    condition: Condition, rows: Iterable[DiaryEntry], treatments: Sequence[date], today: date
) -> BeforeAndNow:
    """Counted from single days alone: an entry of a week says nothing of one."""
    days: dict[date, DayValues] = {}
    for row in rows:
        if row.covers_days == 1:
            told = {code: as_core(FIELDS[code], row.values.get(code)) for code in FIELDS}
            days[row.day] = {code: value for code, value in told.items() if value is not None}
    return before_and_now(
        days, most=good_limits(condition), medicine=MEDICINE, treatments=treatments, today=today
    )


def _limit(code: str) -> Decimal | None:
    field = FIELDS[code]
    if field.kind != "scale":
        return Decimal(0)
    known = load().instruments.values()
    scale = next(one for one in known if one.diary_field == code and one.source_of_score != "entered")
    return max((band.high for band in scale.bands if band.label in MILD), default=None)

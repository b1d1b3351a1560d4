"""How often the diary of a case asks, and when it is due next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from masseter.core.results.cadence import Cadence, cadence, next_day
from masseter.journey.consult.models import Case
from masseter.journey.results.diary import WEEK, diary_rules, may_be_weekly
from masseter.journey.results.models import DiaryEntry
from masseter.journey.results.queries import newest_entry, treatment_days
from masseter.knowledge.load import load
from masseter.knowledge.model import ResponseBand


@dataclass(frozen=True, kw_only=True)
class DiaryDue:
    """When the diary of a case is due next, how often it asks now, and why."""

    due_on: date
    cadence: Cadence
    is_weekly: bool


def diary_due(
    case: Case,
    *,
    today: date,
    treatments: Sequence[date] | None = None,
    newest: DiaryEntry | None = None,
) -> DiaryDue | None:
    """When the next entry is due; None where the condition keeps no diary. Rows already read may be given.

    A person who writes once a week is asked once a week, where no single days are counted.
    """
    condition = load().conditions[case.condition]
    if not condition.diary:
        return None
    days = treatment_days(case) if treatments is None else treatments
    last = newest or newest_entry(case)
    given = [day for day in days if day <= today]
    found = cadence(
        diary_rules(),
        counts_days=not may_be_weekly(condition),
        since_treatment=(today - given[-1]).days if given else None,
        band=band_of(case.condition),
    )
    is_weekly = last is not None and last.covers_days == WEEK and may_be_weekly(condition)
    if is_weekly:
        found = Cadence(every_days=WEEK, reason="usual")
    return DiaryDue(
        due_on=next_day(found, last.day if last is not None else None, today),
        cadence=found,
        is_weekly=is_weekly,
    )


def band_of(condition: str) -> ResponseBand | None:
    """The published course of a condition: that of its main measure, else any."""
    main = load().conditions[condition].main_measure
    bands = [one for one in load().response_bands.values() if one.condition == condition]
    return next((one for one in bands if one.measure == main), bands[0] if bands else None)

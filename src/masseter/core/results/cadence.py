"""How often the diary asks: daily where days are counted, else about every third day, closer at times.

Source: DESIGN.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from masseter.knowledge.model import DiaryRules, ResponseBand

CadenceReason = Literal["days_counted", "before_treatment", "onset", "wear_off", "usual"]
ONE_DAY = 1


@dataclass(frozen=True, kw_only=True)
class Cadence:
    """Days from one entry to the next, and why."""

    every_days: int
    reason: CadenceReason


def cadence(
    rules: DiaryRules, *, counts_days: bool, since_treatment: int | None, band: ResponseBand | None
) -> Cadence:
    """How often the diary asks on a day that lies so many days after the last treatment.

    `since_treatment` is None before the first one: then the baseline is written, day by day. `band`: the
    published course of the condition; without one nothing is known of onset and wear-off, and no number is
    made up.
    """
    if counts_days:
        return Cadence(every_days=ONE_DAY, reason="days_counted")
    if since_treatment is None:
        return Cadence(every_days=ONE_DAY, reason="before_treatment")
    if band is not None and since_treatment <= band.onset_days.high:
        return Cadence(every_days=int(rules.onset_every.value), reason="onset")
    if band is not None and near_wear_off(rules, since_treatment, band):
        return Cadence(every_days=int(rules.wear_off_every.value), reason="wear_off")
    return Cadence(every_days=int(rules.usual_every.value), reason="usual")


def near_wear_off(rules: DiaryRules, since_treatment: int, band: ResponseBand) -> bool:
    """The day lies around the published days of wear-off."""
    return band.wear_off_days.low - rules.wear_off_ahead.value <= since_treatment <= band.wear_off_days.high


def next_day(found: Cadence, last_entry: date | None, today: date) -> date:
    """The day on which the next entry is due: never one that has passed."""
    if last_entry is None:
        return today
    return max(today, last_entry + timedelta(days=found.every_days))

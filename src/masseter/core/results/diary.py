"""Scores from the diary: days in 28 days, and the mean of what was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from masseter.core.results.score import round_to_step
from masseter.core.sentences import said
from masseter.knowledge.model import Instrument

WINDOW_DAYS = 28  # 'days per 28 days' is a measure by that name


@dataclass(frozen=True, kw_only=True)
class DiaryScore:
    """What the diary gives for one instrument in the 28 days that end with `until`.

    `recorded` counts the days with an answer; without enough of them there is no total, and `reason` says so.
    """

    instrument: str
    total: Decimal | None
    recorded: int
    needed: int
    until: date
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Written:
    """One entry of the diary: its value, and how many days up to its own it speaks of."""

    day: date
    covers_days: int
    value: bool | Decimal | None


def spread(written: Iterable[Written], treatments: Iterable[date] = ()) -> dict[date, bool | Decimal]:
    """The value of each day: its own entry where there is one, else the one that covers it.

    An entry over several days never reaches back over a treatment: what lies before it is another cycle.
    """
    given, found = sorted(set(treatments)), dict[date, bool | Decimal]()
    for entry in sorted(written, key=lambda one: (one.covers_days == 1, one.day)):
        if entry.value is None:
            continue
        last = max((day for day in given if day < entry.day), default=None)
        for back in range(entry.covers_days):
            day = entry.day - timedelta(days=back)
            if last is None or day > last:
                found[day] = entry.value
    return found


class NotFromDiary(ValueError):
    """The instrument is not scored from the diary."""


def days_per_28(instrument: Instrument, entries: Mapping[date, bool | None], *, until: date) -> DiaryScore:
    """Days with the symptom in the 28 days up to `until`, scaled up from the days recorded.

    Formula: days with the symptom × 28 ÷ days recorded, half up to the instrument's step. A day
    without an entry is not a day without the symptom; at most `max_missing` may be missing.
    Raises: NotFromDiary.
    """
    if instrument.source_of_score != "diary_days_per_28":
        raise NotFromDiary(f"{instrument.name} is not counted in days.")
    answers = [answer for day in window(until) if (answer := entries.get(day)) is not None]
    exact = Fraction(sum(answers) * WINDOW_DAYS, len(answers)) if answers else None
    return _diary_score(instrument, exact, recorded=len(answers), until=until)


def diary_mean(instrument: Instrument, entries: Mapping[date, Decimal | None], *, until: date) -> DiaryScore:
    """The mean of the values recorded in the 28 days up to `until`, half up to the instrument's step.

    Raises: NotFromDiary.
    """
    if instrument.source_of_score not in ("diary_mean", "entered_or_diary_mean"):
        raise NotFromDiary(f"{instrument.name} is not a mean of the diary.")
    values = [value for day in window(until) if (value := entries.get(day)) is not None]
    exact = Fraction(sum(values)) / len(values) if values else None
    return _diary_score(instrument, exact, recorded=len(values), until=until)


def window(until: date) -> tuple[date, ...]:
    """The 28 days that end with `until`, which is the last of them."""
    return tuple(until - timedelta(days=back) for back in reversed(range(WINDOW_DAYS)))


def _diary_score(instrument: Instrument, exact: Fraction | None, *, recorded: int, until: date) -> DiaryScore:
    needed = max(1, WINDOW_DAYS - instrument.max_missing)
    is_enough = exact is not None and recorded >= needed
    return DiaryScore(
        instrument=instrument.code,
        total=round_to_step(exact, instrument.step) if exact is not None and is_enough else None,
        recorded=recorded,
        needed=needed,
        until=until,
        reason=""
        if is_enough
        else said(
            "%(recorded)s of %(days)s days recorded; %(needed)s are needed.",
            recorded=recorded,
            days=WINDOW_DAYS,
            needed=needed,
        ),
    )

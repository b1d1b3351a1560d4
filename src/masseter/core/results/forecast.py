"""What a forecast of one person says, and when a treatment does worse than it.

Source: DESIGN, T95, T96.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import takewhile

from masseter.core.findings import Finding
from masseter.knowledge.model import ForecastRules, ResponseCurve

WORSE_CODE = "worse_than_forecast"


@dataclass(frozen=True, kw_only=True)
class Span:
    """The middle of what is likely, and the ends between which eight of ten lie."""

    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True, kw_only=True)
class Days:
    """The same as days."""

    first: date
    middle: date
    last: date


@dataclass(frozen=True, kw_only=True)
class DayBand:
    """Scores to be expected on a day after the treatment: 50, 80 and 95 of 100 lie inside the pairs."""

    day: int
    middle: Decimal
    half: tuple[Decimal, Decimal]
    most: tuple[Decimal, Decimal]
    nearly_all: tuple[Decimal, Decimal]


@dataclass(frozen=True, kw_only=True)
class Chance:
    """How likely it is, in percent, that the level at its best lies `fall` percent below the baseline."""

    fall: Decimal
    percent: int


@dataclass(frozen=True, kw_only=True)
class Against:
    """A score of the running cycle, and the chance of one so bad, in percent, as of the treatment's day."""

    day: int
    percent: Decimal


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """One person's running cycle from their own record and a curve.

    `bands` begin with the last score. `wear_off`: half of the best benefit is left. `is_population`: the own
    record says little or nothing about that day, so it is the population's. `is_uncertain`: it moves that day
    away from the population's and narrows it little. `wears_off`: the size, at best,
    of the part that wears off, in points of the measure, above nought where it is a benefit.
    `shows_wear_off`: there is, as likely as not, something to wear off, or the person said when it was; else
    its day means nothing. `next_narrows_days`: by how much one entry more, a week from now, is expected to
    narrow the span of the wear-off; None where it was not asked for. `worn_off_on`: the day that the person
    named for this cycle, on `worn_off_told_on`; `wear_off` is then that day, whatever curve and scores would
    say. `still_on`: the day on which the person said that it still works, though curve and scores put the
    wear-off before it; `wear_off` is then later. `never_helped`: what the person said of this cycle.
    """

    curve: ResponseCurve
    given_on: date
    cycle: int
    scores_used: int
    bands: tuple[DayBand, ...]
    onset_on: date
    best_on: date
    wear_off: Days
    is_population: bool
    wears_off: Span
    shows_wear_off: bool
    chances: tuple[Chance, ...]
    against: tuple[Against, ...]
    next_narrows_days: int | None
    worn_off_on: date | None = None
    worn_off_told_on: date | None = None
    still_on: date | None = None
    never_helped: bool = False
    is_uncertain: bool = False

    @property
    def width_days(self) -> int:
        """From the first to the last likely day of wear-off."""
        return (self.wear_off.last - self.wear_off.first).days


@dataclass(frozen=True, kw_only=True)
class WearOff:
    """When a running cycle is likely to have worn off, and what that rests on.

    `told_on`: when the person said since when it has; `days` are then that day.
    """

    days: Days
    is_population: bool
    is_uncertain: bool
    told_on: date | None


@dataclass(frozen=True, kw_only=True)
class NoForecast:
    """Why nothing is forecast.

    `code`: no_curve, no_treatment, no_baseline, no_room, too_long_ago or preparing. With no_room the score
    before the first treatment is the best that the measure can tell.
    """

    code: str


def worse_than_forecast(
    against: Sequence[Against], rules: ForecastRules, *, has_responded: bool
) -> Finding | None:
    """The question of a lost response, once so many scores in a row were hardly to be expected.

    Asked only of those to whom an earlier cycle brought a response. Only the newest scores count: a bad week
    that is over raises nothing.
    """
    worse = list(takewhile(lambda one: one.percent < rules.worse_percent.value, reversed(against)))
    if not has_responded or len(worse) < rules.worse_scores.value:
        return None
    days = ", ".join(str(one.day) for one in reversed(worse))
    sentence = (
        f"{rules.worse.text} The scores of days {days} were worse than {100 - rules.worse_percent.value} of "
        "100 that the forecast of the treatment's day expected."
    )
    return Finding(
        code=WORSE_CODE,
        severity="caution",
        sentence=sentence,
        sources=rules.worse.evidence.sources,
        sure=rules.worse.evidence.sure,
    )

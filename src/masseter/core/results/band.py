"""The published time course of a condition, read at a day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from masseter.core.results.score import round_to_step
from masseter.knowledge.model import ResponseBand, ResponsePoint

THOUSANDTH = Decimal("0.001")  # finer than any chart draws
HUNDRED = 100


class DayOutsideBand(ValueError):
    """A day for which the publication gives no value."""


@dataclass(frozen=True, kw_only=True)
class BandValue:
    """What is left on a day: percent of the baseline, or a score where a baseline was given."""

    day: int
    low: Decimal
    middle: Decimal
    high: Decimal


def covers(band: ResponseBand, day: int) -> bool:
    """The publication gives values around this day."""
    return bool(band.points) and _first(band).day <= day <= _last(band).day


def percent_left(band: ResponseBand, day: int) -> BandValue:
    """Percent of the baseline score left on a day, on the straight line between the published days.

    Raises: DayOutsideBand before the first and after the last published day: nothing is extrapolated.
    """
    if not covers(band, day):
        raise DayOutsideBand(f"The publication gives nothing for day {day}.")
    before = max((point for point in band.points if point.day <= day), key=lambda point: point.day)
    after = min((point for point in band.points if point.day >= day), key=lambda point: point.day)
    return BandValue(
        day=day,
        low=_between(before.day, before.low, after.day, after.low, day),
        middle=_between(before.day, before.middle, after.day, after.middle, day),
        high=_between(before.day, before.high, after.day, after.high, day),
    )


def score_left(band: ResponseBand, day: int, *, baseline: Decimal) -> BandValue:
    """The score that the published course would leave of this baseline: a reference, not a forecast.

    Raises: DayOutsideBand.
    """
    left = percent_left(band, day)
    return BandValue(
        day=day,
        low=left.low * baseline / HUNDRED,
        middle=left.middle * baseline / HUNDRED,
        high=left.high * baseline / HUNDRED,
    )


def _between(day_a: int, a: Decimal, day_b: int, b: Decimal, day: int) -> Decimal:
    if day_a == day_b:
        return a
    share = Fraction(day - day_a, day_b - day_a)
    return round_to_step(Fraction(a) + (Fraction(b) - Fraction(a)) * share, THOUSANDTH)


def _first(band: ResponseBand) -> ResponsePoint:
    return min(band.points, key=lambda point: point.day)


def _last(band: ResponseBand) -> ResponsePoint:
    return max(band.points, key=lambda point: point.day)

"""An independent reckoning of ceilings, windows, rounding and vials, by brute force and in fractions.

Written from the formulary's rules alone (R1, R2, R4, R10, 4.1, 4.7); it shares no code with the product.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import product


@dataclass(frozen=True)
class Given:
    """An earlier treatment: its toxin (INN) or None, its units or None, its day."""

    inn: str | None
    units: Fraction | None
    day: date


@dataclass(frozen=True)
class Spot:
    """A planned point: muscle, side, units."""

    muscle: str
    side: str
    units: Fraction


@dataclass(frozen=True)
class Cap:
    """A ceiling: over what it sums, its units, its window in days, the muscles it is about (all if empty)."""

    scope: str
    units: Fraction
    days: int
    muscles: tuple[str, ...] = ()


def drawn_ml(units: Fraction, per_ml: Fraction, mark: Fraction) -> Fraction:
    """The mark nearest to the exact volume, found by walking up the syringe; the lower one of two."""
    exact = units / per_ml
    level = Fraction(0)
    while level + mark <= exact:
        level += mark
    return level if exact - level <= level + mark - exact else level + mark


def counted(spots: Iterable[Spot], per_ml: Fraction, mark: Fraction) -> Fraction:
    """The larger of the planned and the really drawn sum."""
    listed = list(spots)
    planned = sum((spot.units for spot in listed), Fraction(0))
    given = sum((drawn_ml(spot.units, per_ml, mark) * per_ml for spot in listed), Fraction(0))
    return planned if planned > given else given


def days_of_window(today: date, days: int) -> set[date]:
    """The days (today − W, today], each written out."""
    return {today - timedelta(days=back) for back in range(days)}


def is_broken(
    cap: Cap,
    spots: Sequence[Spot],
    history: Iterable[Given],
    *,
    inn: str,
    today: date,
    per_ml: Fraction,
    mark: Fraction,
) -> bool:
    """Whether a plan breaks a ceiling, with the same toxin on record counted and no other."""
    meant = [spot for spot in spots if not cap.muscles or spot.muscle in cap.muscles]
    if cap.scope == "in_interval":
        window = days_of_window(today, cap.days)
        before = [
            each.units
            for each in history
            if each.inn == inn and each.units is not None and each.day in window
        ]
        return counted(spots, per_ml, mark) + sum(before, Fraction(0)) > cap.units
    if cap.scope == "per_session":
        groups = [meant]
    elif cap.scope == "per_point":
        groups = [[spot] for spot in meant]
    elif cap.scope == "per_side":
        groups = [[spot for spot in meant if spot.side == side] for side in ("left", "right")]
    else:
        pairs = {(spot.muscle, spot.side) for spot in meant}
        groups = [[spot for spot in meant if (spot.muscle, spot.side) == pair] for pair in pairs]
    return any(counted(group, per_ml, mark) > cap.units for group in groups)


def least_waste(needed: Fraction, sizes: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """(content, vials) of the best combination of (size, stock), by trying every one."""
    best: tuple[int, int] | None = None
    for counts in product(*(range(stock + 1) for _, stock in sizes)):
        content = sum(count * size for count, (size, _) in zip(counts, sizes, strict=True))
        if content >= needed and (best is None or (content, sum(counts)) < best):
            best = (content, sum(counts))
    return best


def least_cost(needed: Fraction, sizes: Sequence[tuple[int, int, int]]) -> tuple[int, int, int] | None:
    """(cost, content, vials) of the best combination of (size, stock, price), by trying every one."""
    best: tuple[int, int, int] | None = None
    for counts in product(*(range(stock + 1) for _, stock, _ in sizes)):
        content = sum(count * size for count, (size, _, _) in zip(counts, sizes, strict=True))
        cost = sum(count * price for count, (_, _, price) in zip(counts, sizes, strict=True))
        if content >= needed and (best is None or (cost, content, sum(counts)) < best):
            best = (cost, content, sum(counts))
    return best


def same_day_later(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last day that the month has."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")

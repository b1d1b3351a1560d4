"""Temperatures of a place of storage against what a product's label allows there.

Source: P31, P35, P8.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from masseter.core.plan.label import keeping_here, kept_in_words
from masseter.core.quantities import plain
from masseter.core.rules import holds_in
from masseter.knowledge.model import Jurisdiction, Keeping, Product

Place = Literal["refrigerator", "room", "freezer"]
Stage = Literal["unopened", "ready"]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One temperature in °C at one moment."""

    at: datetime
    celsius: Decimal


@dataclass(frozen=True, kw_only=True)
class Outside:
    """A time in which every reading was outside the range.

    It lasts to the first reading inside again; while there is none, to the last one outside.
    """

    began_at: datetime
    ended_at: datetime
    lowest: Decimal
    highest: Decimal

    @property
    def minutes(self) -> int:
        return int((self.ended_at - self.began_at).total_seconds()) // 60


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A time without readings that is longer than it should be."""

    began_at: datetime
    ended_at: datetime


def kept_there(product: Product, stage: Stage, place: Place, jurisdiction: Jurisdiction) -> Keeping | None:
    """The label's way of keeping a vial in such a place; None where the label names none."""
    ways = [each for each in keeping_here(product, jurisdiction) if each.stage == stage]
    return next((each for each in ways if each.place == place), None)


def is_outside(celsius: Decimal, kept: Keeping) -> bool:
    """Colder or warmer than the label allows; both ends are allowed."""
    return (kept.low_c is not None and celsius < kept.low_c) or (
        kept.high_c is not None and celsius > kept.high_c
    )


def times_outside(readings: Sequence[Reading], kept: Keeping) -> tuple[Outside, ...]:
    """Every time outside the range, the first first. The readings are in order of time."""
    return tuple(_times(readings, kept))


def gaps_in(readings: Sequence[Reading], longest: timedelta) -> tuple[Gap, ...]:
    """The times between two readings that are longer than `longest`."""
    return tuple(
        Gap(began_at=first.at, ended_at=second.at)
        for first, second in pairwise(readings)
        if second.at - first.at > longest
    )


def excursion_words(
    product: Product,
    jurisdiction: Jurisdiction,
    *,
    lowest: Decimal,
    highest: Decimal,
    minutes_in_all: int,
) -> str:
    """What is published for a vial that was kept so, and what the person who decides has to do.

    `minutes_in_all` adds up over the life of the vial. Nothing here releases anything.
    """
    known = product.excursion
    if known is None or not holds_in(known, jurisdiction):
        return "No figure is published for this place: ask the maker."
    hours = Decimal(minutes_in_all) / 60
    if known.hours is None or known.low_c is None or known.high_c is None:
        return known.text
    inside = known.low_c <= lowest and highest <= known.high_c and hours <= known.hours
    told = f"{plain(hours.quantize(Decimal('0.1')))} of {plain(known.hours)} hours in all"
    if inside:
        return f"Within what is published ({told}). {known.text}"
    return f"Beyond what is published ({told}): ask the maker. {known.text}"


def kept_words(kept: Keeping) -> str:
    """The range in words, with what is known of its source."""
    sure = "" if kept.evidence.sure == "verified" else " (not read at the source yet)"
    return f"{kept_in_words(kept)}{sure}"


def strictest(kept: Iterable[Keeping]) -> tuple[Decimal | None, Decimal | None]:
    """The range that suits every product kept there."""
    ways = tuple(kept)
    lows = [each.low_c for each in ways if each.low_c is not None]
    highs = [each.high_c for each in ways if each.high_c is not None]
    return max(lows, default=None), min(highs, default=None)


def _times(readings: Sequence[Reading], kept: Keeping) -> Iterator[Outside]:
    outside: list[Reading] = []
    for each in readings:
        if is_outside(each.celsius, kept):
            outside.append(each)
        elif outside:
            yield _time(outside, each.at)
            outside = []
    if outside:
        yield _time(outside, outside[-1].at)


def _time(outside: Sequence[Reading], ended_at: datetime) -> Outside:
    degrees = [each.celsius for each in outside]
    return Outside(began_at=outside[0].at, ended_at=ended_at, lowest=min(degrees), highest=max(degrees))

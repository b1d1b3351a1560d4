"""Clinics beside each other, by what their patients let expect; and the arithmetic of proportions."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Z95, Z998 = 1.959964, 3.090232  # 95 and 99.8 %, as funnel plots have them
SMALL = 5  # clinics with fewer patients are told together
FEWEST = 20  # patients of a kind by whom an expectation can be made
THIRDS = (1 / 3, 2 / 3)


@dataclass(frozen=True, kw_only=True)
class FirstCycle:
    """The first cycle of one patient, where a response could be judged."""

    clinic: str
    baseline: float
    sex: str
    age_band: str
    responded: bool


@dataclass(frozen=True, kw_only=True)
class Place:
    """One clinic: patients, responders, how many its patients let expect, and the rate after case mix.

    `standing`: inside, or beyond the 95 or 99.8 % limit.
    """

    clinic: str
    patients: int
    responders: int
    expected: float
    rate: float
    standing: str


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """All clinics about the rate of all. `left`: patients of clinics that were too small."""

    rate: float
    places: tuple[Place, ...]
    left: int


def funnel(cycles: Sequence[FirstCycle]) -> Funnel | None:
    """Clinics with indirect standardisation by baseline (thirds), sex and age band; None with fewer than two.

    Source: D. J. Spiegelhalter, Funnel plots for comparing institutional performance, 2005.
    """
    by_clinic: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(cycles):
        if one.clinic:
            by_clinic[one.clinic].append(number)
    large = {clinic: found for clinic, found in by_clinic.items() if len(found) >= SMALL}
    if len(large) < 2:
        return None
    expected = _expected(cycles)
    rate = sum(one.responded for one in cycles) / len(cycles)
    places = []
    for clinic, found in sorted(large.items()):
        responders, hoped = sum(cycles[number].responded for number in found), float(expected[found].sum())
        adjusted = min(1.0, rate * responders / hoped) if hoped > 0 else 0.0
        places.append(
            Place(
                clinic=clinic,
                patients=len(found),
                responders=responders,
                expected=hoped,
                rate=adjusted,
                standing=_standing(adjusted, rate, len(found)),
            )
        )
    return Funnel(rate=rate, places=tuple(places), left=len(cycles) - sum(map(len, large.values())))


def limits(rate: float, patients: int, z: float) -> tuple[float, float]:
    """The limits about a rate for so many patients, within 0 and 1."""
    half = z * math.sqrt(rate * (1 - rate) / patients)
    return max(0.0, rate - half), min(1.0, rate + half)


def wilson(found: int, of: int) -> tuple[float, float]:
    """95 % interval of a proportion.  Source: E. B. Wilson, Probable inference, 1927."""
    if of == 0:
        return 0.0, 1.0
    share, square = found / of, Z95**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = Z95 * math.sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def kept_share(lines: Sequence[tuple[float, int, int]]) -> list[tuple[float, float]]:
    """Share of cycles that still have half of their best benefit, by day. Lines: day, cycles, of them lost.

    Source: E. L. Kaplan and P. Meier, Nonparametric estimation from incomplete observations, 1958.
    """
    at_risk, share, found = sum(line[1] for line in lines), 1.0, []
    for day, cycles, lost in lines:
        if lost:
            share *= 1 - lost / at_risk
            found.append((day, share))
        at_risk -= cycles
    return found


def day_below(curve: Sequence[tuple[float, float]], share: float) -> float | None:
    """The first day on which the share is that or less; None where it never was."""
    return next((day for day, left in curve if left <= share), None)


def _standing(adjusted: float, rate: float, patients: int) -> str:
    for z, words in ((Z998, "beyond 99.8 %"), (Z95, "beyond 95 %")):
        low, high = limits(rate, patients, z)
        if not low <= adjusted <= high:
            return words
    return "inside"


def _expected(cycles: Sequence[FirstCycle]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """For each patient the rate of all who are alike; of all where too few are."""
    low, high = np.quantile([one.baseline for one in cycles], THIRDS)
    kinds = [(int(one.baseline > low) + int(one.baseline > high), one.sex, one.age_band) for one in cycles]
    alike: dict[tuple[int, str, str], list[bool]] = defaultdict(list)
    for kind, one in zip(kinds, cycles, strict=True):
        alike[kind].append(one.responded)
    overall = sum(one.responded for one in cycles) / len(cycles)
    rates = {
        kind: sum(found) / len(found) if len(found) >= FEWEST else overall for kind, found in alike.items()
    }
    return np.array([rates[kind] for kind in kinds])

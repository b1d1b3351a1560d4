"""By how much bands must widen or narrow to hold what they say, as people show who were not fitted.

A group of people in whom forecasts are more, or less, sure than elsewhere gets a stretch of its own once it
is large enough to tell one; all others have that of everybody.

Source: V. Vovk and others, Algorithmic Learning in a Random World, 2005, section 4.5 (split-conformal
prediction, by category), on the normal score of the place in the forecast: V. Chernozhukov and others, 2021.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from masseter.response.layout import Array

LEVELS = (0.5, 0.8, 0.95)
EDGE = 1e-12
NOTHING, LOWER, USUAL, HIGHER = "nothing", "lower dose", "usual dose", "higher dose"


@dataclass(frozen=True, kw_only=True)
class GroupStretch:
    """The stretch of the band of each level for a group of so many held-out people."""

    group: str
    people: int
    stretch: tuple[float, ...]


def dose_group(share: float, lower: float, higher: float) -> str:
    """The group of a dose, a share of the reference dose, by where lower ones end and higher ones begin."""
    if share <= 0.0:
        return NOTHING
    return LOWER if share <= lower else USUAL if share <= higher else HIGHER


def normal_score(place: Array) -> Array:
    """How far from the middle of its forecast each value fell, in standard deviations. Shape: any."""
    return np.asarray(np.abs(ndtri(np.clip(place, EDGE, 1 - EDGE))))


def stretches(normal: Array, patient: NDArray[np.int64]) -> tuple[float, ...]:
    """By what the half-width of each band must be multiplied, on the normal scale, to hold what it says.

    `normal`: absolute normal score of each place in the forecast, (forecasts,). Each person weighs the same,
    and beside those who were seen counts one who lies outside, as far as a person's forecasts go together.
    """
    order = np.argsort(normal)
    people, number, many = np.unique(patient, return_inverse=True, return_counts=True)
    reached = np.cumsum(1.0 / many[number[order]])
    found = []
    for level in LEVELS:
        plain = normal[order[min(int(np.searchsorted(reached / people.size, level)), normal.size - 1)]]
        counted = people.size + alike((normal <= plain).astype(np.float64), number)
        place = min(int(np.searchsorted(reached / counted, level)), normal.size - 1)
        found.append(float(normal[order[place]] / ndtri((1 + level) / 2)))
    return tuple(found)


def alike(inside: Array, number: NDArray[np.int64]) -> float:
    """As how much of a new person one forecast counts: 1 where a person's are all in or all out together.

    `inside`: 1 or 0 for each forecast; `number`: whose it is, from 0. Where they are independent, it is one
    part in as many as a person has. Between the two by the share of their variance that lies between people.
    Source: A. Donner and J. J. Koval, The estimation of intraclass correlation, 1980.
    """
    many = np.bincount(number)
    spare, usual = inside.size - many.size, float(np.mean(1.0 / many))
    if spare < 1 or many.size < 2:
        return 1.0
    mean = np.bincount(number, inside) / many
    within = float(((inside - mean[number]) ** 2).sum() / spare)
    between = max(0.0, float(mean.var(ddof=1)) - within * usual)
    share = between / (between + within) if between + within > 0 else 1.0
    return share + (1.0 - share) * usual


def group_stretches(
    normal: Array, patient: NDArray[np.int64], groups: Sequence[str], least: int
) -> tuple[GroupStretch, ...]:
    """The stretch of each group of at least so many people. `groups`: that of each patient of the data."""
    of_each = np.asarray(groups, dtype=str)[patient]
    found = []
    for group in np.unique(of_each):
        inside = of_each == group
        people = int(np.unique(patient[inside]).size)
        if people >= least:
            told = stretches(normal[inside], patient[inside])
            found.append(GroupStretch(group=str(group), people=people, stretch=told))
    return tuple(found)


def stretch_of_each(
    normal: Array,
    patient: NDArray[np.int64],
    asked: NDArray[np.int64],
    groups: Sequence[str],
    least: int,
) -> Array:
    """What these held-out people say of the bands of others, `asked`. Shape: (levels, asked)."""
    told = np.repeat(np.array(stretches(normal, patient))[:, None], asked.size, axis=1)
    of_each = np.asarray(groups, dtype=str)[asked]
    for one in group_stretches(normal, patient, groups, least):
        told[:, of_each == one.group] = np.array(one.stretch)[:, None]
    return told

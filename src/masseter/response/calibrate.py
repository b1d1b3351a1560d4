"""Whether forecasts are as right as they say, by people who were not fitted; by how much bands must stretch.

The stretch of a band comes from the same held-out people, split in two: what is judged is each half's bands,
stretched by what the other half showed. A curve that fails is not shown to patients.

Source: A. P. Dawid, Statistical theory: the prequential approach, 1984 (place in the forecast).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from masseter.knowledge.model import Practice
from masseter.response.held import Held
from masseter.response.layout import Array
from masseter.response.stretch import (
    LEVELS,
    GroupStretch,
    group_stretches,
    normal_score,
    stretch_of_each,
    stretches,
)

SEED = 1
SEEN = ((0, 2), (3, 6), (7, 14), (15, 10**9))
AHEAD = ((0.0, 4.0), (4.0, 8.0), (8.0, 16.0), (16.0, 1e9))


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How far coverage may be off, in points of percent, and the fewest people by whom it can be judged.

    `people_to_stretch`: the fewest of a dose group whose bands get a stretch of their own. `lower_dose`,
    `higher_dose`: shares of the reference dose at which the groups part.
    """

    overall: float
    group: float
    people: int
    people_in_group: int
    people_to_stretch: int
    lower_dose: float
    higher_dose: float

    @classmethod
    def of(cls, practice: Practice) -> Limits:
        """The limits in knowledge. Raises ValueError where it has none."""
        told = practice.calibration
        if told is None:
            raise ValueError("knowledge does not say how well forecasts must be calibrated")
        return cls(
            overall=float(told.points.value),
            group=float(told.points_in_group.value),
            people=int(told.people.value),
            people_in_group=int(told.people_in_group.value),
            people_to_stretch=int(told.people_to_stretch.value),
            lower_dose=float(told.lower_dose.value),
            higher_dose=float(told.higher_dose.value),
        )


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How right the forecasts of one group were.

    `name`: of what, and which. `plain`, `stretched`: percent of values inside the bands of `LEVELS`, as the
    model gave them and after the stretch. `error`: mean absolute error of the median, `bias`: its mean,
    `rps`: ranked probability score, all on the scale of what was forecast. `uneven`: Kolmogorov-Smirnov
    distance of the places in the forecast from even.
    """

    name: tuple[str, str]
    people: int
    forecasts: int
    error: float
    bias: float
    rps: float
    plain: tuple[float, ...]
    stretched: tuple[float, ...]
    uneven: float

    def off(self) -> float:
        """The most by which a stretched band misses what it says, in points of percent."""
        pairs = zip(self.stretched, LEVELS, strict=True)
        return max(abs(covered - 100 * level) for covered, level in pairs)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Forecasts of one kind: all of them, then group by group; `stretch` of the band of each level.

    `own`: the stretch of groups with enough people for one of their own.
    """

    overall: Coverage
    groups: tuple[Coverage, ...]
    stretch: tuple[float, ...]
    own: tuple[GroupStretch, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """What held-out people showed. `wear_off` is in days, None where nobody's wear-off was known.

    `faults`: why the curve may not be shown to patients; none, and it may.
    """

    scores: Judged
    wear_off: Judged | None
    faults: tuple[str, ...]

    @property
    def is_calibrated(self) -> bool:
        """Forecasts of scores and of wear-off are as right as they say."""
        return not self.faults


def calibrate(
    scores: Held,
    wear_off: Held,
    limits: Limits,
    *,
    strata: Mapping[str, Sequence[str]] | None = None,
    own: Sequence[str] | None = None,
) -> Calibration:
    """Judge held-out forecasts. `strata`: for each kind of group, the group of each patient of the data.

    `own`: the group of each patient whose bands may have a stretch of their own.
    Raises ValueError where there is no forecast of a score.
    """
    kinds, least = dict(strata or {}), limits.people_to_stretch
    judged = judge(scores, kinds, own=own, least=least)
    dates = judge(wear_off, kinds, days=True, own=own, least=least) if wear_off.off.size else None
    faults = [*_faults("scores", judged, limits)]
    if dates is not None:
        faults += _faults("wear-off", dates, limits)
    return Calibration(scores=judged, wear_off=dates, faults=tuple(faults))


def judge(
    held: Held,
    strata: Mapping[str, Sequence[str]],
    *,
    days: bool = False,
    own: Sequence[str] | None = None,
    least: int = 0,
) -> Judged:
    """Coverage of all and of each group. With `days`, errors in weeks are given in days.

    `own`: the group of each patient of the data; those with at least so many people are stretched apart.
    """
    if held.off.size == 0:
        raise ValueError("there is no forecast to judge")
    place = held.place(SEED)
    normal = normal_score(place)
    apart = own if own is not None else [""] * (int(held.patient.max()) + 1)
    across = _across(held, normal, apart, least)
    scale = 7.0 if days else 1.0

    def cover(name: tuple[str, str], which: NDArray[np.bool_]) -> Coverage:
        return _cover(name, held.of(which), place[which], normal[which], across[:, which], scale)

    groups = tuple(cover(name, which) for name, which in _groups(held, strata, days) if which.any())
    return Judged(
        overall=cover(("all", "all"), np.ones(held.off.size, dtype=bool)),
        groups=groups,
        stretch=stretches(normal, held.patient),
        own=group_stretches(normal, held.patient, apart, least) if own is not None else (),
    )


def _across(held: Held, normal: Array, groups: Sequence[str], least: int) -> Array:
    """The stretch of each forecast by the half of the people not asked. Shape: (levels, forecasts)."""
    half = _halves(held.patient, groups)
    across = np.ones((len(LEVELS), held.off.size))
    for one in (False, True):
        here, there = half == one, half != one
        if here.any() and there.any():
            by = normal[there], held.patient[there]
            across[:, here] = stretch_of_each(*by, held.patient[here], groups, least)
    return across


def _halves(patient: NDArray[np.int64], groups: Sequence[str]) -> NDArray[np.bool_]:
    """People of each group by turns: data come in the order of a hash."""
    people, number = np.unique(patient, return_inverse=True)
    order = np.argsort(np.asarray(groups, dtype=str)[people], kind="stable")
    second = np.zeros(people.size, dtype=bool)
    second[order[1::2]] = True
    return np.asarray(second[number])


def _cover(
    name: tuple[str, str], held: Held, place: Array, normal: Array, stretch: Array, scale: float
) -> Coverage:
    edges = [float(ndtri((1 + level) / 2)) for level in LEVELS]
    return Coverage(
        name=name,
        people=int(np.unique(held.patient).size),
        forecasts=held.off.size,
        error=float(np.abs(held.off).mean() * scale),
        bias=float(held.off.mean() * scale),
        rps=float(held.rps.mean() * scale),
        plain=tuple(100 * float(np.mean(normal <= edge)) for edge in edges),
        stretched=tuple(
            100 * float(np.mean(normal <= edge * by)) for edge, by in zip(edges, stretch, strict=True)
        ),
        uneven=uneven(place),
    )


def uneven(place: Array) -> float:
    """Kolmogorov-Smirnov distance of places, each 0 to 1, from even. `place`: (forecasts,)."""
    ordered = np.sort(place)
    steps = np.arange(ordered.size + 1) / ordered.size
    return float(max((steps[1:] - ordered).max(), (ordered - steps[:-1]).max()))


def _groups(
    held: Held, strata: Mapping[str, Sequence[str]], days: bool
) -> Iterator[tuple[tuple[str, str], NDArray[np.bool_]]]:
    for kind, labels in strata.items():
        of_each = np.asarray(labels, dtype=str)[held.patient]
        for label in np.unique(of_each):
            yield (kind, str(label)), of_each == label
    for name, cycle in (("1", held.cycle == 1), ("2", held.cycle == 2), ("3 or later", held.cycle > 2)):
        yield ("cycle", name), cycle
    for low, high in SEEN:
        name = f"{low} to {high}" if high < SEEN[-1][1] else f"{low} or more"
        yield ("scores seen", name), (held.seen >= low) & (held.seen <= high)
    if days:
        return  # what is grouped by how far ahead it came is chosen by what came
    for begin, end in AHEAD:
        name = f"{begin:g} to {end:g}" if end < AHEAD[-1][1] else f"over {begin:g}"
        yield ("weeks ahead", name), (held.ahead > begin) & (held.ahead <= end)


def _faults(what: str, judged: Judged, limits: Limits) -> Iterator[str]:
    whole = judged.overall
    if whole.people < limits.people:
        yield f"{what}: {whole.people} people are too few to judge by, {limits.people} are asked for"
        return
    if whole.off() > limits.overall:
        yield f"{what}: a band is off by {whole.off():.1f} points, {limits.overall:g} are allowed"
    for group in judged.groups:
        if group.people >= limits.people_in_group and group.off() > limits.group:
            kind, which = group.name
            yield f"{what}, {kind} {which}: off by {group.off():.1f} points, {limits.group:g} are allowed"

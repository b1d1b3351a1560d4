"""One datum: what it depends on, its noise, and what it says."""

from __future__ import annotations

import math

import numpy as np

from masseter.response.amount import SUMS, decay, inject, note_rest, note_whole
from masseter.response.compiled import compiled
from masseter.response.faces import (
    draw_curve,
    face_score,
    face_stay,
    face_wear_off,
)
from masseter.response.family import aside, near
from masseter.response.filter import project
from masseter.response.layout import (
    BETWEEN,
    CEILING,
    CYCLE,
    FLOOR,
    INJECTION,
    NOISE,
    PASSED,
    SCORE,
    SINCE,
    SIZE,
    STAYED,
    STILL_WORKING,
    TREND,
    WORKS,
    WORN_OFF,
    Array,
    Kinds,
)

Rows = tuple[Kinds, Array, Array, Array, Array]  # kind, week, value, weight, marks


@compiled
def mark_rows(kind: Kinds, week: Array, value: Array, par: Array, marks: Array) -> None:
    """Note of each row of a patient what does not depend on the state: times, the cycle, the amount left.

    `marks`: (rows, MARKS).
    """
    left = np.zeros(SUMS)
    cycle, first, last, past = 0, 0.0, 0.0, 0.0
    for row in range(kind.size):
        mark = marks[row]
        mark[PASSED] = week[row] - week[row - 1] if row > 0 else 0.0
        decay(left, mark[PASSED], par)
        if kind[row] == INJECTION:
            inject(left, value[row], par)
            first = week[row] if cycle == 0 else first
            last = week[row]
            past = 1.0 - math.exp(-0.5 * cycle)
            cycle += 1
        mark[SINCE] = week[row] - first if cycle > 0 else 0.0
        mark[CYCLE] = past
        if kind[row] in (WORN_OFF, STILL_WORKING):
            works = note_whole(left, week[row] - last, par, mark)
        else:
            works = note_rest(left, par, mark)
        mark[WORKS] = 1.0 if works else 0.0


@compiled
def face(w: Array, grid: Array, what: int, mark: Array, par: Array, own: Array) -> None:
    """Set what the datum of this kind depends on, and project the state to it."""
    if what <= CEILING:
        draw_curve(w, grid, mark)
        face_score(w, mark, par, usual(own, par, mark[CYCLE]))
    elif what <= STILL_WORKING:
        face_wear_off(w, mark)
    else:
        face_stay(w, mark, par)
    project(w)


@compiled
def noise_of(what: int, weight: float, grain: float, par: Array) -> float:
    """Variance of the datum's own noise.

    `weight`: of a score, its variance as a multiple of a full score's; of a wear-off, in weeks squared.
    """
    if what <= CEILING:
        return float(weight * par[NOISE]) + (grain if what == SCORE else 0.0)
    return weight if what <= STILL_WORKING else 1.0


@compiled
def side_of(what: int) -> float:
    """1 where the datum lies below its value, -1 above, 0 about it."""
    if what == FLOOR:
        return 1.0
    if what in (CEILING, STILL_WORKING, STAYED):
        return -1.0
    return 0.0 if what in (SCORE, WORN_OFF) else 1.0


@compiled
def weigh(
    w: Array,
    tally: Array,
    what: int,
    datum: tuple[float, float],
    unit: tuple[float, float],
    scores: int,
    tail: float,
) -> None:
    """Likelihood of the datum, its pull and its stiffness.

    `datum`: its value and noise. `unit`: a variance of the usual size, and its logarithm.
    """
    (value, noise), side = datum, side_of(what)
    if side == 0.0:
        near(w, tally, value, noise, unit)
    else:
        aside(w, tally, value, noise, side, scores, tail)


@compiled
def usual(own: Array, par: Array, cycle: float) -> float:
    """The size of benefit by which a cycle's length shows: root mean square over patients like this one.

    `cycle`: 1 - exp(-(number - 1) / 2) of the cycle, by which the benefit has grown.
    """
    size = math.sqrt(square_of(own, par, cycle))
    return size if own[2] > 0.0 else -size


@compiled
def square_of(own: Array, par: Array, cycle: float) -> float:
    """Mean square of a cycle's benefit over patients like this one, and over cycles."""
    grown = 1.0 + par[TREND] * cycle
    return float(grown * grown * (own[2] * own[2] + par[BETWEEN + 5]) + par[SIZE])


@compiled
def usual_back(own: Array, par: Array, cycle: float, by_usual: float, by: Array, by_own: Array) -> None:
    """From the derivative by `usual` to those by the parameters."""
    half = 0.5 * by_usual / usual(own, par, cycle)
    grown = 1.0 + par[TREND] * cycle
    by_own[2] += 2.0 * half * grown * grown * own[2]
    by[BETWEEN + 5] += half * grown * grown
    by[SIZE] += half
    by[TREND] += 2.0 * half * grown * cycle * (own[2] * own[2] + par[BETWEEN + 5])

"""Forecasts of what is known already: made from the data before a moment, held against the data after it.

The people must not be among those on whom the parameters were fitted. From each origin, the beginning of a
cycle or a score in it, every later score of the same cycle is forecast, and the week in which it wears off.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from masseter.response.against import Ahead, held_score, held_wear_off
from masseter.response.ahead import look_ahead, some_of, wear_off_ahead
from masseter.response.alike import tell_factor
from masseter.response.amount import SUMS
from masseter.response.compiled import compiled
from masseter.response.courses import Courses
from masseter.response.crowd import Columns, log_of, longest, prior_of
from masseter.response.faces import prepare
from masseter.response.known import CLOCK, KEPT, run_clock
from masseter.response.layout import (
    CEILING,
    GRID,
    INJECTION,
    MARKS,
    NODES,
    NOISE,
    ROWS,
    TAIL,
    TALLY,
    WORN_OFF,
    Array,
    Kinds,
)
from masseter.response.likelihood import over
from masseter.response.parameters import Parameters

ORIGIN = 5
PIECE = 4096  # origins in one piece of work
LINE = 8  # patient, cycle, seen, ahead, off, low, high, rps


@dataclass(frozen=True, kw_only=True)
class Held:
    """Forecasts beside what came, one line each. Shapes: (forecasts,).

    `patient`: number in the data; `cycle`: from 1; `seen`: scores up to the origin; `ahead`: weeks from the
    origin to what was forecast. `off`: median of the forecast minus what came. `low`, `high`: probability
    that the forecast gave to less than what came, and to what came or less; between them lies the rounding.
    `rps`: ranked probability score, on the scale of what was forecast.
    """

    patient: NDArray[np.int64]
    cycle: NDArray[np.int64]
    seen: NDArray[np.int64]
    ahead: Array
    off: Array
    low: Array
    high: Array
    rps: Array

    def place(self, seed: int) -> Array:
        """Where in its forecast each value fell, at random within its rounding. Shape: (forecasts,)."""
        chance = np.random.default_rng(seed).uniform(size=self.low.size)
        return np.asarray(self.low + chance * (self.high - self.low))

    def of(self, which: NDArray[np.bool_]) -> Held:
        """Some of the forecasts. `which`: (forecasts,)."""
        return Held(**{name: column[which] for name, column in vars(self).items()})


def together(parts: Sequence[Held]) -> Held:
    """The forecasts of some people after those of others."""
    return Held(**{name: np.concatenate([getattr(one, name) for one in parts]) for name in vars(parts[0])})


@compiled
def hold(
    courses: Columns,
    owns: Array,
    pars: tuple[Array, Array],
    ends: tuple[float, float, float],
    origins: NDArray[np.int64],
    came: Array,
    lines: tuple[Array, Array],
) -> int:
    """Make the forecasts of each origin and hold them; returns how many scores there were.

    `origins`: (origins, ORIGIN). `came`: see `reported`. Written: the `lines` of scores and of dates.
    """
    starts, kind, week, value, weight, _about = courses
    (par, shared), (scores, dates), most = pars, lines, longest(starts)
    tape, tally, grid = np.zeros((2, ROWS * NODES)), np.zeros(TALLY * NODES), np.zeros(GRID * NODES)
    marks = np.zeros((most, MARKS))
    prior, share, clock, factor = np.zeros(NODES), np.zeros(NODES), np.zeros(CLOCK), np.zeros(NODES)
    middle, spread = np.zeros((most, NODES)), np.zeros((most, NODES))
    own_grid, line, grain = np.zeros(GRID * NODES), 0, ends[2] * ends[2] / 12.0
    prepare(grid, par)
    prepare(own_grid, shared)
    for each in range(origins.shape[0]):
        origin, own = origins[each], owns[origins[each, 0]]
        first, now, end = starts[origin[0]], origin[3], origin[4]
        rows = (kind[first:now], week[first:now], value[first:now], weight[first:now], marks[: now - first])
        prior_of(own[3], par, grid, prior)
        _log, at = log_of(tape, tally, grid, prior, share, rows, own, par, grain)
        freedom = tell_factor(rows[0], tally, par[TAIL], factor)
        run_clock(rows[0], rows[1], rows[2], par, clock)
        later = (kind[now:end], week[now:end], value[now:end], weight[now:end])
        look_ahead(tape[at, :KEPT], clock, own, par, later[1], middle[: end - now], spread[: end - now])
        ahead = (share, middle, spread, freedom)
        line = hold_scores(later, origin, clock[SUMS], par[NOISE], ends, factor, ahead, scores, line)
        if not math.isnan(came[each, 0]):
            wear_off_ahead(tape[at, :KEPT], factor, clock, shared, own_grid, middle[0], spread[0])
            begin_line(dates[each], origin, came[each, 0] + clock[SUMS + 2] - clock[SUMS])
            lasts = (some_of(share), middle[0], spread[0], freedom)
            held_wear_off(came[each, 0], came[each, 1], lasts, dates[each])
    return line


@compiled
def hold_scores(
    later: tuple[Kinds, Array, Array, Array],
    origin: NDArray[np.int64],
    now: float,
    noise: float,
    ends: tuple[float, float, float],
    factor: Array,
    ahead: Ahead,
    scores: Array,
    line: int,
) -> int:
    """Write a line for each later score; `ahead`: share, mean and variance at each later row."""
    kind, week, value, weight = later
    share, middle, spread, freedom = ahead
    for row in range(kind.size):
        if is_score(kind[row]):
            widen(spread[row], factor, weight[row] * noise)
            begin_line(scores[line], origin, week[row] - now)
            held_score(kind[row], value[row], ends, (share, middle[row], spread[row], freedom), scores[line])
            line += 1
    return line


@compiled
def widen(variance: Array, factor: Array, noise: float) -> None:
    """From variances of the state to standard deviations of a datum."""
    for n in range(NODES):
        variance[n] = math.sqrt(factor[n] * (variance[n] + noise))


@compiled
def begin_line(line: Array, origin: NDArray[np.int64], ahead: float) -> None:
    """Write patient, cycle, scores seen and weeks ahead."""
    for part in range(3):
        line[part] = origin[part]
    line[3] = ahead


@compiled
def is_score(what: int) -> bool:
    """Whether a row tells a score."""
    return what <= CEILING


def origins_of(courses: Courses, every: int) -> NDArray[np.int64]:
    """Where forecasts are made. Columns: patient, cycle, scores seen, next row, next cycle's row.

    An origin is the beginning of a cycle, and each `every`-th score in it.
    """
    found = []
    for patient in range(courses.patients):
        first, last = int(courses.starts[patient]), int(courses.starts[patient + 1])
        kind = courses.kind[first:last]
        begins = [*np.flatnonzero(kind == INJECTION).tolist(), last - first]
        seen = np.cumsum(kind <= CEILING)
        for cycle, (begin, end) in enumerate(pairwise(begins), 1):
            told = np.flatnonzero(kind[begin:end] <= CEILING)[every - 1 :: every]
            for row in (begin, *(begin + told).tolist()):
                found.append((patient, cycle, int(seen[row]), first + row + 1, first + end))
    return np.array(found, dtype=np.int64).reshape(-1, ORIGIN)


def reported(courses: Courses, origins: NDArray[np.int64], worn_off: Array | None) -> Array:
    """Week of wear-off after each origin's treatment, and variance of its report. Shape: (origins, 2).

    From `worn_off`, (patients, cycles), where given; else from a report later in the cycle.
    """
    came = np.full((len(origins), 2), np.nan)
    if worn_off is not None:
        came[:, 0], came[:, 1] = worn_off[origins[:, 0], origins[:, 1] - 1], 0.0
        return came
    rows = np.flatnonzero(courses.kind == WORN_OFF)
    place = np.searchsorted(rows, origins[:, 3])
    inside = place < rows.size
    inside[inside] = rows[place[inside]] < origins[inside, 4]
    told = rows[place[inside]]
    came[inside, 0], came[inside, 1] = courses.value[told], courses.weight[told]
    return came


def hold_out(
    courses: Courses,
    parameters: Parameters,
    *,
    every: int = 1,
    worn_off: Array | None = None,
    threads: int = 1,
) -> tuple[Held, Held]:
    """Forecasts of scores and of wear-off, held against what came. Weeks of wear-off are after the treatment.

    Raises ValueError where no person was treated and scored afterwards.
    """
    origins = origins_of(courses, every)
    came, dates = reported(courses, origins, worn_off), np.zeros((len(origins), LINE))
    owns, scale = parameters.means(courses.about), courses.scale

    def work(which: slice) -> Array:
        some = origins[which]
        scores = np.zeros((int((some[:, 4] - some[:, 3]).sum()), LINE))
        many = hold(
            courses.columns(),
            owns,
            (parameters.kernels(), parameters.shared),
            (scale.low, scale.high, scale.step),
            some,
            came[which],
            (scores, dates[which]),
        )
        return scores[:many]

    pieces = [slice(first, first + PIECE) for first in range(0, len(origins), PIECE)]
    scores = np.concatenate([np.zeros((0, LINE)), *over(pieces, work, threads)])
    if not len(scores):
        raise ValueError("nothing came after a treatment that a forecast could be held against")
    return _held(scores), _held(dates[~np.isnan(came[:, 0])])


def _held(lines: Array) -> Held:
    whole = (lines[:, part].astype(np.int64) for part in range(3))
    patient, cycle, seen = whole
    ahead, off, low, high, rps = lines[:, 3:].T
    return Held(patient=patient, cycle=cycle, seen=seen, ahead=ahead, off=off, low=low, high=high, rps=rps)

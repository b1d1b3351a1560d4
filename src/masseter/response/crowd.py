"""Many patients: log likelihood and derivatives of a part of the data, one after the other, in one thread."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from masseter.response.alike import drawn_back, known_scores, level_of
from masseter.response.back import back
from masseter.response.compiled import compiled
from masseter.response.datum import Rows, mark_rows
from masseter.response.faces import prepare
from masseter.response.forth import forth, odds_of
from masseter.response.layout import (
    GRID,
    MARKS,
    NODES,
    ODDS,
    OWN,
    REFERENCE_WEEKS,
    ROWS,
    SHARED,
    SLOWER,
    TAIL,
    TALLY,
    WIDTH,
    Array,
    Kinds,
    Memory,
)

LOG_REFERENCE = math.log(REFERENCE_WEEKS)
NEVER = -700.0  # log odds of what is ruled out

# Row where each patient starts; kind, week, value, weight of each row; what is known about each patient.
Columns = tuple[NDArray[np.int64], Kinds, Array, Array, Array, Array]


@compiled
def prior_of(log_duration: float, par: Array, grid: Array, prior: Array) -> None:
    """Log probability of each duration for one patient before any datum: log-normal, cut to the grid.

    The first node has the probability that nothing wears off.
    """
    most, total = -math.inf, 0.0
    for n in range(1, NODES):
        log = grid[SLOWER + n] + LOG_REFERENCE
        far = (log - log_duration) / par[WIDTH]
        prior[n] = -0.5 * far * far - log
        most = max(most, prior[n])
    for n in range(1, NODES):
        total += math.exp(prior[n] - most)
    some = math.log1p(par[ODDS])
    for n in range(1, NODES):
        prior[n] -= most + math.log(total) + some
    prior[0] = (math.log(par[ODDS]) if par[ODDS] > 0.0 else NEVER) - some


@compiled
def weights_of(tally: Array, prior: Array, scores: int, tail: float, share: Array) -> float:
    """Log likelihood of a patient over all durations; `share`: the posterior probability of each."""
    most, total = -math.inf, 0.0
    share[:] = 0.0
    for n in range(NODES):
        share[n] = odds_of(tally, prior, n, scores, tail)
        most = max(most, share[n])
    for n in range(NODES):
        share[n] = math.exp(share[n] - most)
        total += share[n]
    for n in range(NODES):
        share[n] /= total
    return most + math.log(total) + level_of(scores, tail)


@compiled
def prior_back(
    share: Array, prior: Array, grid: Array, log_duration: float, par: Array, by: Array, by_own: Array
) -> None:
    """Derivatives by the mean log duration, by the width of its prior and by the odds of nothing."""
    width, some = par[WIDTH], (1.0 - share[0]) * (1.0 + par[ODDS])
    for n in range(1, NODES):
        more = share[n] - some * math.exp(prior[n])
        far = (grid[SLOWER + n] + LOG_REFERENCE - log_duration) / width
        by_own[3] += more * far / width
        by[WIDTH] += more * far * far / width
    if par[ODDS] > 0.0:
        by[ODDS] += share[0] / par[ODDS] - 1.0 / (1.0 + par[ODDS])


@compiled
def log_of(
    tape: Array,
    tally: Array,
    grid: Array,
    prior: Array,
    share: Array,
    rows: Rows,
    own: Array,
    par: Array,
    grain: float,
) -> tuple[float, int]:
    """Log likelihood of one patient, and the row of the tape with what is known at the end.

    `prior`: (NODES,) log probability of each duration before any datum. Written: `share`, (NODES,) its
    probability after all; the marks of the rows; and what `forth` writes.
    """
    mark_rows(rows[0], rows[1], rows[2], par, rows[4])
    end = forth(tape, tally, grid, prior, rows, own, par, grain)
    return weights_of(tally, prior, known_scores(rows[0]), par[TAIL], share), end


@compiled
def scores_of(
    courses: Columns,
    owns: Array,
    par: Array,
    grain: float,
    slopes: bool,
    logs: Array,
    sums: Array,
    outer: Array,
    memory: Memory,
) -> None:
    """Log likelihood of some patients and, with `slopes`, its derivatives.

    `owns`: (patients, OWN) their means. `grain`: variance of rounding to whole points. `logs`: (patients,)
    written. `sums`: (SHARED + OWN q,) added to: derivatives by the shared parameters, then by the coefficient
    of each of q columns `about` the patient, mean by mean. `outer`: that size squared, added to: sum over the
    patients of the outer product of their own derivatives, lower triangle. `memory`: an empty array of the
    precision to compute in; everything is added up in double.
    """
    starts, kind, week, value, weight, about = courses
    most = longest(starts)
    tape = np.zeros((most + 1 if slopes else 2, ROWS * NODES), memory.dtype)
    tally, grid = np.zeros(TALLY * NODES, memory.dtype), np.zeros(GRID * NODES, memory.dtype)
    v = np.zeros(ROWS * NODES, memory.dtype)
    marks = np.zeros((most, MARKS))
    prior, share = np.zeros(NODES), np.zeros(NODES, memory.dtype)
    drawn = np.zeros(NODES, memory.dtype)
    by, by_own = np.zeros(sums.size), np.zeros(OWN)
    prepare(grid, par)
    for patient in range(starts.size - 1):
        first, last, own = starts[patient], starts[patient + 1], owns[patient]
        told = (kind[first:last], week[first:last], value[first:last], weight[first:last])
        rows = (*told, marks[: last - first])
        if patient == 0 or own[3] != owns[patient - 1, 3]:
            prior_of(own[3], par, grid, prior)
        logs[patient], _end = log_of(tape, tally, grid, prior, share, rows, own, par, grain)
        if slopes:
            nodes = (prior, share, drawn)
            slopes_of(tape, v, tally, grid, nodes, rows, own, par, grain, by, by_own)
            add_scores(by, by_own, about[patient], sums, outer)


@compiled
def slopes_of(
    tape: Array,
    v: Array,
    tally: Array,
    grid: Array,
    nodes: tuple[Array, Array, Array],
    rows: Rows,
    own: Array,
    par: Array,
    grain: float,
    by: Array,
    by_own: Array,
) -> None:
    """Derivatives of one patient's log likelihood, written to `by` and `by_own`.

    `nodes`: log probability of each duration before any datum, its probability after all, and room.
    """
    prior, share, drawn = nodes
    by[:], by_own[:] = 0.0, 0.0
    prior_back(share, prior, grid, own[3], par, by, by_own)
    by[TAIL] += drawn_back(tally, known_scores(rows[0]), par, share, drawn)
    back(tape, v, tally, (share, drawn), grid, rows, own, par, grain, by, by_own)


@compiled
def longest(starts: NDArray[np.int64]) -> int:
    """Rows of the patient with most of them, and two at least."""
    most = 2
    for patient in range(starts.size - 1):
        most = max(most, starts[patient + 1] - starts[patient])
    return most


@compiled
def add_scores(by: Array, by_own: Array, about: Array, sums: Array, outer: Array) -> None:
    """Add one patient's derivatives and their outer product (lower triangle) to the sums."""
    place = SHARED
    for part in range(OWN):
        for column in range(about.size):
            by[place] = by_own[part] * about[column]
            place += 1
    for i in range(by.size):
        sums[i] += by[i]
        for j in range(i + 1):
            outer[i, j] += by[i] * by[j]

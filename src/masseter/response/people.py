"""What is known of many patients after their data, each in one line of numbers."""

from __future__ import annotations

import math

import numpy as np

from masseter.response.compiled import compiled
from masseter.response.courses import Courses
from masseter.response.crowd import Columns, log_of, longest, prior_of
from masseter.response.faces import prepare
from masseter.response.layout import (
    GRID,
    MARKS,
    MEAN,
    NODES,
    ROWS,
    SHORTEST_WEEKS,
    SPREAD,
    STEP_WEEKS,
    TALLY,
    Array,
    Memory,
)
from masseter.response.parameters import MEANS, Parameters

# Names of the columns: log likelihood, then mean and standard deviation of each quantity of the person.
COLUMNS = (
    "log",
    "duration_weeks",
    "duration_spread",
    *(f"{name}{end}" for name in MEANS[:3] for end in ("", "_spread")),
)
DIAGONAL = (0, 2, 5)  # places of the variances in the lower triangle


@compiled
def people_of(courses: Columns, owns: Array, par: Array, grain: float, lines: Array, memory: Memory) -> None:
    """Write a line for each patient. `owns`: (patients, OWN) their means. `lines`: (patients, COLUMNS).

    `memory`: an empty array of the precision to compute in.
    """
    starts, kind, week, value, weight, _about = courses
    most = longest(starts)
    tape, tally = np.zeros((2, ROWS * NODES), memory.dtype), np.zeros(TALLY * NODES, memory.dtype)
    grid = np.zeros(GRID * NODES, memory.dtype)
    marks = np.zeros((most, MARKS))
    prior, share = np.zeros(NODES), np.zeros(NODES, memory.dtype)
    prepare(grid, par)
    for patient in range(starts.size - 1):
        first, last = starts[patient], starts[patient + 1]
        rows = (
            kind[first:last],
            week[first:last],
            value[first:last],
            weight[first:last],
            marks[: last - first],
        )
        line, own = lines[patient], owns[patient]
        if patient == 0 or own[3] != owns[patient - 1, 3]:
            prior_of(own[3], par, grid, prior)
        line[0], end = log_of(tape, tally, grid, prior, share, rows, own, par, grain)
        write_duration(share, line)
        for part in range(3):
            write_part(tape[end], share, part, line)


@compiled
def write_duration(share: Array, line: Array) -> None:
    """Mean and standard deviation of the duration."""
    mean, square = 0.0, 0.0
    for n in range(NODES):
        weeks = SHORTEST_WEEKS + STEP_WEEKS * n
        mean += share[n] * weeks
        square += share[n] * weeks * weeks
    line[1] = mean
    line[2] = math.sqrt(max(0.0, square - mean * mean))


@compiled
def write_part(w: Array, share: Array, part: int, line: Array) -> None:
    """Mean and standard deviation of one part of the state, over all durations."""
    mean, square = 0.0, 0.0
    for n in range(NODES):
        middle = w[MEAN + part * NODES + n]
        mean += share[n] * middle
        square += share[n] * (w[SPREAD + DIAGONAL[part] * NODES + n] + middle * middle)
    line[3 + 2 * part] = mean
    line[4 + 2 * part] = math.sqrt(max(0.0, square - mean * mean))


def people(courses: Courses, parameters: Parameters) -> Array:
    """What is known of each patient of one piece, in one thread. Shape: (patients, COLUMNS)."""
    lines = np.zeros((courses.patients, len(COLUMNS)))
    means, par, grain = parameters.means(courses.about), parameters.kernels(), courses.scale.grain
    people_of(courses.columns(), means, par, grain, lines, np.zeros(0, np.float32))
    large = np.flatnonzero(~np.isfinite(lines).all(axis=1))  # numbers too large for single precision
    if large.size:
        again = np.zeros((large.size, len(COLUMNS)))
        people_of(courses.some(large).columns(), means[large], par, grain, again, np.zeros(0))
        lines[large] = again
    return lines

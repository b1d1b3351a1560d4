"""A population for the tests of the model: invented, in the size of what is published for jaw pain."""

from __future__ import annotations

import math

import numpy as np

from masseter.response import layout
from masseter.response.courses import Courses, Scale
from masseter.response.fit import Prior
from masseter.response.layout import BETWEEN, CEILING, FLOOR, INJECTION, SCORE, SHARED, Array
from masseter.response.parameters import Parameters, free_names, freed

SCALE = Scale(low=0.0, high=10.0, step=1.0)
ABOUT = ("one", "severe")
SHARED_VALUES = {
    layout.KAPPA: 6.0,
    layout.ONSET: 1.0,
    layout.STEEP: 1.6,
    layout.FADE: 0.02,
    layout.LEARN: 2.0,
    layout.TREND: 0.1,
    layout.GAMMA: 0.8,
    layout.DRIFT: 0.5,
    layout.RETURN: 0.3,
    layout.NOISE: 0.8,
    layout.SIZE: 0.25,
    layout.LENGTH: 1.0,
    layout.STAY: 0.5,
    layout.STAY_BENEFIT: -0.3,
    layout.WIDTH: 0.25,
    layout.STRETCH: 0.3,
    layout.TAIL: 0.05,
    layout.ODDS: 0.1,
}
BETWEEN_VALUES = (2.0, -0.3, 1.0, -0.2, 0.1, 1.5)


def population() -> Parameters:
    """The truth."""
    shared = np.zeros(SHARED)
    for place, value in SHARED_VALUES.items():
        shared[place] = value
    shared[BETWEEN:] = BETWEEN_VALUES
    coefficients = np.array([[6.5, 0.4], [-0.9, 0.0], [-2.6, 0.3], [math.log(11), 0.05]])
    return Parameters(shared=shared, coefficients=coefficients, about=ABOUT)


def weak_prior(truth: Parameters) -> Prior:
    """A prior that says little, and something about what few data would not tell."""
    free = freed(truth)
    spread = np.full(free.size, 3.0)
    for name in ("log rise_weeks", "log learn_weeks", "log fade_per_week", "stay", "stay_per_point"):
        spread[free_names(truth.about).index(name)] = 0.3
    return Prior(middle=free, spread=spread)


def patients(rows: list[list[tuple[int, float, float, float]]], about: Array | None = None) -> Courses:
    """Columns of some patients. `rows`: kind, week, value and weight of each row of each patient."""
    flat = [row for one in rows for row in one]
    starts = np.cumsum([0, *(len(one) for one in rows)])
    known = np.column_stack([np.ones(len(rows)), np.linspace(-1, 1, len(rows))]) if about is None else about
    return Courses(
        starts=starts.astype(np.int64),
        kind=np.array([row[0] for row in flat], dtype=np.uint8),
        week=np.array([row[1] for row in flat], dtype=np.float32),
        value=np.array([row[2] for row in flat], dtype=np.float32),
        weight=np.array([row[3] for row in flat], dtype=np.float32),
        about=known,
        names=ABOUT,
        scale=SCALE,
    )


def everything(rng: np.random.Generator, cycles: int) -> list[tuple[int, float, float, float]]:
    """A patient with every kind of row."""
    rows: list[tuple[int, float, float, float]] = [(SCORE, -1.0, 6.0, 1.0)]
    for cycle in range(cycles):
        begin = 13.0 * cycle
        rows.append((INJECTION, begin, float(rng.choice([0.5, 1.0, 1.5])), 1.0))
        for week in np.sort(rng.uniform(0.5, 12.0, size=6)):
            score = float(np.round(rng.uniform(1, 7)))
            rows.append((SCORE, begin + float(week), score, float(rng.choice([1.0, 1.7]))))
        rows.append((FLOOR, begin + 12.2, 0.5, 1.0))
        rows.append((CEILING, begin + 12.4, 9.5, 1.0))
        rows.append(
            (layout.WORN_OFF, begin + 12.6, 10.5, 1.5)
            if cycle % 2
            else (layout.STILL_WORKING, begin + 12.6, 9.0, 1.5)
        )
        rows.append((layout.STAYED if cycle < cycles - 1 else layout.LEFT, begin + 12.8, 0.0, 1.0))
    return rows

"""Patients with a known truth: drawn from the model, in pieces, as many as wanted.

Each patient's random numbers come from the seed and the number of the piece, so that a piece is the same
whoever draws it and however many there are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from masseter.response.alike import NO_TAIL
from masseter.response.compiled import compiled
from masseter.response.courses import Courses, Scale, at_ends
from masseter.response.layout import (
    DRIFT,
    FADE,
    GAMMA,
    INJECTION,
    KAPPA,
    LEARN,
    LENGTH,
    NOISE,
    ODDS,
    ONSET,
    REFERENCE_WEEKS,
    RETURN,
    SCORE,
    SIZE,
    STEEP,
    STRETCH,
    TAIL,
    TREND,
    WIDTH,
    Array,
    Kinds,
)
from masseter.response.parameters import Parameters
from masseter.response.wearing import half_left, wearing_of


@dataclass(frozen=True, kw_only=True)
class Visits:
    """How often simulated patients are treated and asked."""

    cycles: int = 4
    scores: int = 8
    interval_weeks: float = 13.0
    interval_spread: float = 1.0
    doses: tuple[float, ...] = (0.75, 1.0, 1.25)


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What the simulated patients are really like. `state`: (patients, 3). `duration`: weeks, (patients,).

    `size`, `length`: (patients, cycles). `wide`: by how much each scatters more than the usual, `some`:
    whether anything wears off, (patients,).
    """

    state: Array
    duration: Array
    size: Array
    length: Array
    wide: Array
    some: Array


def simulate(
    parameters: Parameters, scale: Scale, visits: Visits, *, patients: int, seed: int, piece: int = 0
) -> tuple[Courses, Truth]:
    """One piece of simulated patients and their truth."""
    rng = np.random.default_rng([seed, piece])
    par = parameters.shared
    about = np.column_stack([np.ones(patients), *(rng.normal(size=patients) for _ in parameters.about[1:])])
    means = parameters.means(about)
    truth = _truth(rng, parameters, means, visits.cycles)
    week, kind, value = calendar(rng, visits, patients)
    curve = _curve(par, week, kind, value, truth)
    shown = _shown(rng, par, week, kind, truth, curve, scale)
    value = np.where(kind == INJECTION, value, shown)
    flat_kind, flat_value = at_ends(kind.ravel(), value.ravel(), scale)
    starts = np.arange(patients + 1, dtype=np.int64) * kind.shape[1]
    courses = Courses(
        starts=starts,
        kind=flat_kind,
        week=week.ravel().astype(np.float32),
        value=flat_value.astype(np.float32),
        weight=np.ones(kind.size, dtype=np.float32),
        about=about,
        names=parameters.about,
        scale=scale,
    )
    return courses, truth


def _truth(rng: np.random.Generator, parameters: Parameters, means: Array, cycles: int) -> Truth:
    par, patients = parameters.shared, means.shape[0]
    wide = _wide(rng, par[TAIL], patients)
    state = means[:, :3] + wide * rng.multivariate_normal(np.zeros(3), parameters.between(), size=patients)
    duration = np.exp(means[:, 3] + par[WIDTH] * rng.normal(size=patients))
    length = np.sqrt(par[LENGTH]) * slower(par, duration)[:, None]
    return Truth(
        state=state,
        duration=duration,
        size=wide * np.sqrt(par[SIZE]) * rng.normal(size=(patients, cycles)),
        length=wide * length * rng.normal(size=(patients, cycles)),
        wide=wide[:, 0],
        some=rng.uniform(size=patients) >= par[ODDS] / (1 + par[ODDS]),
    )


def _wide(rng: np.random.Generator, tail: float, patients: int) -> Array:
    """By how much each patient scatters more than the usual one. Shape: (patients, 1).  See `alike.py`."""
    if tail < NO_TAIL:
        return np.ones((patients, 1))
    half = 1 + 0.5 / tail
    return np.asarray(np.sqrt(0.5 / tail / rng.gamma(half, size=(patients, 1))))


def calendar(rng: np.random.Generator, visits: Visits, patients: int) -> tuple[Array, Kinds, Array]:
    """Weeks, kinds and doses of every row, in the order of time. Shapes: (patients, rows)."""
    weeks, kinds, values = [np.full((patients, 1), -0.5)], [SCORE], [np.zeros((patients, 1))]
    begin = np.zeros((patients, 1))
    for _ in range(visits.cycles):
        length = visits.interval_weeks + visits.interval_spread * rng.exponential(size=(patients, 1))
        asked = np.sort(rng.uniform(0.2, 1.0, size=(patients, visits.scores)) * (length - 0.1), axis=1)
        weeks += [begin, begin + asked]
        kinds += [INJECTION, *([SCORE] * visits.scores)]
        values += [rng.choice(visits.doses, size=(patients, 1)), np.zeros((patients, visits.scores))]
        begin = begin + length
    kind = np.tile(np.array(kinds, dtype=np.uint8), (patients, 1))
    return (
        np.concatenate(weeks, axis=1).astype(np.float32).astype(float),
        kind,
        np.concatenate(values, axis=1),
    )


def cycle_of(kind: Kinds) -> Array:
    """Number of the running cycle of each row, from 0; -1 before the first. Shape: (patients, rows)."""
    return np.asarray(np.cumsum(kind == INJECTION, axis=1) - 1)


def _curve(par: Array, week: Array, kind: Kinds, dose: Array, truth: Truth) -> Array:
    """Share of the full benefit on each row, the cycle's own length included.  Source: response-model, 2a."""
    amount = np.zeros(week.shape)
    rate = 1.0 / par[KAPPA]
    for column in np.flatnonzero(kind[0] == INJECTION):
        since = np.clip(week - week[:, [column]], 0.0, None)
        size = dose[:, [column]] ** par[GAMMA]
        amount += np.where(since > 0, size * np.exp(-since * rate) * -np.expm1(-since / par[ONSET]), 0.0)
    cycle = np.maximum(cycle_of(kind), 0)
    longer = np.take_along_axis(truth.length, cycle, axis=1)
    with np.errstate(divide="ignore"):
        rest = truth.duration[:, None] + longer + par[KAPPA] * np.log(amount)
    steep = par[STEEP] * slower(par, truth.duration)[:, None]
    return np.asarray(truth.some[:, None] / (1.0 + np.exp(np.minimum(-rest / steep, 700.0))))


def worn_off(parameters: Parameters, courses: Courses, truth: Truth) -> Array:
    """Weeks after each treatment at which half of its best benefit is left, if none followed.

    Of everybody, also those with nothing that wears off. Shape: (patients, cycles).
    """
    given = courses.kind == INJECTION
    begins = courses.week[given].reshape(courses.patients, -1).astype(np.float64)
    doses = courses.value[given].reshape(courses.patients, -1).astype(np.float64)
    steepness = 1.0 / (parameters.shared[STEEP] * slower(parameters.shared, truth.duration))
    weeks = truth.duration[:, None] + truth.length
    found = np.zeros(begins.shape)
    _write_worn_off(begins, doses ** parameters.shared[GAMMA], weeks, steepness, parameters.shared, found)
    return found


@compiled
def _write_worn_off(
    begins: Array, sizes: Array, weeks: Array, steepness: Array, shared: Array, found: Array
) -> None:
    """For each patient and cycle. `sizes`: what each dose adds. Shapes: (patients, cycles), (patients,)."""
    rate = 1.0 / shared[KAPPA]
    for patient in range(begins.shape[0]):
        slow, fast, last = 0.0, 0.0, begins[patient, 0]
        for cycle in range(begins.shape[1]):
            passed = begins[patient, cycle] - last
            slow = slow * math.exp(-passed * rate) + sizes[patient, cycle]
            fast = fast * math.exp(-passed * (rate + 1.0 / shared[ONSET])) + sizes[patient, cycle]
            told = wearing_of(slow, fast, 0.0, shared)
            found[patient, cycle] = half_left(weeks[patient, cycle], steepness[patient], told, shared)
            last = begins[patient, cycle]


def slower(par: Array, duration: Array) -> Array:
    """By how much people of these durations fade slower than at the duration of reference."""
    return np.asarray((duration / REFERENCE_WEEKS) ** par[STRETCH])


def _shown(
    rng: np.random.Generator, par: Array, week: Array, kind: Kinds, truth: Truth, curve: Array, scale: Scale
) -> Array:
    """The score that each row would show, rounded to the scale. Shape: (patients, rows)."""
    number = cycle_of(kind)
    first = week[:, [int(np.argmax(kind[0] == INJECTION))]]
    since = np.clip(week - first, 0.0, None)
    change = (1.0 - np.exp(-since / par[LEARN])) * np.exp(-since * par[FADE])
    cycle = np.maximum(number, 0)
    grown = 1.0 + par[TREND] * (1.0 - np.exp(-0.5 * cycle))
    benefit = truth.state[:, [2]] * grown + np.take_along_axis(truth.size, cycle, axis=1)
    score = truth.state[:, [0]] + truth.state[:, [1]] * change + benefit * curve
    noise = drift_of(rng, float(par[DRIFT]), float(par[RETURN]), week) + np.sqrt(par[NOISE]) * rng.normal(
        size=week.shape
    )
    score += truth.wide[:, None] * noise
    if scale.step:
        score = scale.low + np.round((score - scale.low) / scale.step) * scale.step
    return np.asarray(np.clip(score, scale.low, scale.high))


def drift_of(rng: np.random.Generator, variance: float, returns: float, week: Array) -> Array:
    """The residual process at each row. Shape: (patients, rows)."""
    drift = np.empty(week.shape)
    drift[:, 0] = rng.normal(size=week.shape[0])
    for column in range(1, week.shape[1]):
        keep = np.exp(-returns * (week[:, column] - week[:, column - 1]))
        drift[:, column] = keep * drift[:, column - 1] + np.sqrt(1 - keep**2) * rng.normal(size=week.shape[0])
    return np.asarray(np.sqrt(variance) * drift)

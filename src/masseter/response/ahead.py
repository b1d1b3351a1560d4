"""What comes next for one patient: scores with bands, and the week in which the benefit wears off."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, stdtr

from masseter.response.amount import SUMS, decay, note_rest
from masseter.response.compiled import compiled
from masseter.response.datum import usual
from masseter.response.faces import draw_curve, face_score, prepare
from masseter.response.filter import move, project
from masseter.response.known import Known
from masseter.response.layout import (
    CYCLE,
    DRIFT,
    GRID,
    MARKS,
    MEAN,
    MIDDLE,
    NODES,
    NOISE,
    OWN_TIME,
    RETURN,
    ROWS,
    SCATTER,
    SHORTEST_WEEKS,
    SINCE,
    SPREAD,
    STEEPNESS,
    STEP_WEEKS,
    WORKS,
    Array,
)
from masseter.response.wearing import half_left, wearing_of

HALVINGS = 60
FAR = 50  # so many standard deviations hold every band that is asked for
LONGER = MEAN + 5 * NODES  # how much longer this cycle lasts
LONGER_SPREAD = SPREAD + 20 * NODES


@dataclass(frozen=True, kw_only=True)
class Mixture:
    """Distributions with weights, one for each duration. Shapes: (nodes,), (times, nodes) twice.

    Each is a t distribution with `freedom` and the standard deviation `spread`; normal without bound.
    """

    share: Array
    middle: Array
    spread: Array
    freedom: float = math.inf

    def mean(self) -> Array:
        """Mean at each time. Shape: (times,)."""
        return np.asarray(self.middle @ self.share)

    def deviation(self) -> Array:
        """Standard deviation at each time. Shape: (times,)."""
        second = (self.spread**2 + self.middle**2) @ self.share
        return np.sqrt(np.maximum(second - self.mean() ** 2, 0.0))

    def below(self, value: Array) -> Array:
        """Probability that the quantity lies below a value at each time. Shapes: (times,), (times,)."""
        far = (np.asarray(value)[:, None] - self.middle) / self.spread
        if math.isinf(self.freedom):
            return np.asarray(ndtr(far) @ self.share)
        return np.asarray(stdtr(self.freedom, far / narrowing(self.freedom)) @ self.share)

    def quantile(self, level: float) -> Array:
        """The value below which the quantity lies with this probability. Shape: (times,)."""
        low = (self.middle - FAR * self.spread).min(axis=1)
        high = (self.middle + FAR * self.spread).max(axis=1)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            under = self.below(middle) < level
            low, high = np.where(under, middle, low), np.where(under, high, middle)
        return np.asarray((low + high) / 2)


@compiled
def narrowing(freedom: float) -> float:
    """Scale of a t distribution with standard deviation 1."""
    return math.sqrt((freedom - 2.0) / freedom)


@compiled
def look_ahead(
    state: Array, clock: Array, own: Array, par: Array, weeks: Array, middle: Array, scatter: Array
) -> None:
    """Write mean and variance of the state behind a score at each week, each (times, NODES)."""
    w, grid, mark = np.zeros(ROWS * NODES), np.zeros(GRID * NODES), np.zeros(MARKS)
    prepare(grid, par)
    for time in range(weeks.size):
        w[: state.size] = state
        left, passed = clock[:SUMS].copy(), weeks[time] - clock[SUMS]
        decay(left, passed, par)
        move(w, math.exp(-par[RETURN] * passed), par[DRIFT])
        mark[SINCE] = weeks[time] - clock[SUMS + 1] if clock[SUMS + 3] > 0.0 else 0.0
        mark[CYCLE] = 1.0 - math.exp(-0.5 * max(0.0, clock[SUMS + 3] - 1.0))
        mark[WORKS] = 1.0 if note_rest(left, par, mark) else 0.0
        draw_curve(w, grid, mark)
        face_score(w, mark, par, usual(own, par, mark[CYCLE]))
        project(w)
        middle[time] = w[MIDDLE : MIDDLE + NODES]
        scatter[time] = w[SCATTER : SCATTER + NODES]


def scores_ahead(known: Known, weeks: Array) -> Mixture:
    """Distribution of a score in later weeks, its own noise included. `weeks`: (times,) on the data's clock.

    Raises ValueError for a week before the last datum.
    """
    weeks = np.asarray(weeks, dtype=np.float64)
    if weeks.size and weeks.min() < known.week:
        raise ValueError("a forecast looks forward only")
    middle, scatter = np.zeros((weeks.size, NODES)), np.zeros((weeks.size, NODES))
    par = known.parameters.kernels()
    look_ahead(known.state, known.clock, known.mean, par, weeks, middle, scatter)
    variance = known.factor * (scatter + par[NOISE] + known.grain)
    return Mixture(share=known.share, middle=middle, spread=np.sqrt(variance), freedom=known.freedom)


def wear_off(known: Known, *, prior: bool = False) -> Mixture:
    """Weeks after the last injection at which half of this cycle's best benefit is left, if there is any.

    With `prior`, as for any patient like this one. One time; the mixture's first axis has length 1.

    Raises ValueError where no toxin was given.
    Source: response-model, section 2a (derived quantities).
    """
    if float(known.clock[0]) <= 0.0:
        raise ValueError("nothing was injected that could wear off")
    state, factor = known.state.copy(), known.factor
    middle, spread, grid = np.zeros(NODES), np.zeros(NODES), np.zeros(GRID * NODES)
    prepare(grid, known.parameters.shared)
    if prior:
        state[LONGER : LONGER + NODES], factor = 0.0, np.ones(NODES)
        state[LONGER_SPREAD : LONGER_SPREAD + NODES] = (
            known.own_length() ** 2 * grid[OWN_TIME : OWN_TIME + NODES]
        )
    wear_off_ahead(state, factor, known.clock, known.parameters.shared, grid, middle, spread)
    freedom = math.inf if prior else known.freedom
    share = some_of(known.prior if prior else known.share)
    return Mixture(share=share, middle=middle[None], spread=spread[None], freedom=freedom)


@compiled
def some_of(share: Array) -> Array:
    """The probability of each duration given that something wears off. Shape: (NODES,)."""
    some = share.copy()
    some[0] = 0.0
    total = some.sum()
    if total > 0.0:
        some /= total
    else:
        some[:] = 1.0 / NODES
    return some


@compiled
def wear_off_ahead(
    state: Array, factor: Array, clock: Array, shared: Array, grid: Array, middle: Array, spread: Array
) -> None:
    """Write mean and standard deviation of the week of wear-off after the last injection, each (NODES,).

    `grid`: prepared with `shared`. Between two durations of the grid all are as likely, which adds a
    twelfth of its step squared.
    """
    cycle = wearing_of(clock[0], clock[3], clock[SUMS] - clock[SUMS + 2], shared)
    for n in range(NODES):
        weeks = SHORTEST_WEEKS + STEP_WEEKS * n + state[LONGER + n]
        middle[n] = half_left(weeks, grid[STEEPNESS + n], cycle, shared)
        variance = max(state[LONGER_SPREAD + n], 0.0) * factor[n]
        spread[n] = math.sqrt(variance + STEP_WEEKS * STEP_WEEKS / 12.0)

"""What comes next for one patient: scores with bands, and the week in which the benefit wears off."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from masseter.response.amount import SUMS, decay, note_rest
from masseter.response.compiled import compiled
from masseter.response.datum import usual
from masseter.response.faces import draw_curve, face_score, prepare
from masseter.response.filter import move, project
from masseter.response.known import Known
from masseter.response.layout import (
    CYCLE,
    DRIFT,
    KAPPA,
    MARKS,
    MEAN,
    MIDDLE,
    NODES,
    NOISE,
    RETURN,
    ROWS,
    SCATTER,
    SHORTEST_WEEKS,
    SINCE,
    SPREAD,
    STEEP,
    STEP_WEEKS,
    WORKS,
    Array,
)

HALVINGS = 60
LONGER = MEAN + 5 * NODES  # how much longer this cycle lasts
LONGER_SPREAD = SPREAD + 20 * NODES


@dataclass(frozen=True, kw_only=True)
class Mixture:
    """Normal distributions with weights, one for each duration. Shapes: (nodes,), (times, nodes) twice."""

    share: Array
    middle: Array
    spread: Array

    def mean(self) -> Array:
        """Mean at each time. Shape: (times,)."""
        return np.asarray(self.middle @ self.share)

    def deviation(self) -> Array:
        """Standard deviation at each time. Shape: (times,)."""
        second = (self.spread**2 + self.middle**2) @ self.share
        return np.sqrt(np.maximum(second - self.mean() ** 2, 0.0))

    def below(self, value: Array) -> Array:
        """Probability that the quantity lies below a value at each time. Shapes: (times,), (times,)."""
        return np.asarray(ndtr((np.asarray(value)[:, None] - self.middle) / self.spread) @ self.share)

    def quantile(self, level: float) -> Array:
        """The value below which the quantity lies with this probability. Shape: (times,)."""
        low = (self.middle - 12 * self.spread).min(axis=1)
        high = (self.middle + 12 * self.spread).max(axis=1)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            under = self.below(middle) < level
            low, high = np.where(under, middle, low), np.where(under, high, middle)
        return np.asarray((low + high) / 2)


@compiled
def look_ahead(
    state: Array, clock: Array, own: Array, par: Array, weeks: Array, middle: Array, scatter: Array
) -> None:
    """Write mean and variance of the state behind a score at each week, each (times, NODES)."""
    w, powers, live, mark = np.zeros(ROWS * NODES), np.zeros(NODES), np.array([0, NODES]), np.zeros(MARKS)
    prepare(powers, par)
    for time in range(weeks.size):
        w[: state.size] = state
        left, passed = clock[:SUMS].copy(), weeks[time] - clock[SUMS]
        decay(left, passed, par)
        move(w, live, math.exp(-par[RETURN] * passed), par[DRIFT])
        mark[SINCE] = weeks[time] - clock[SUMS + 1] if clock[SUMS + 3] > 0.0 else 0.0
        mark[CYCLE] = 1.0 - math.exp(-0.5 * max(0.0, clock[SUMS + 3] - 1.0))
        mark[WORKS] = 1.0 if note_rest(left, par, mark) else 0.0
        draw_curve(w, powers, live, mark, par)
        face_score(w, live, mark, par, usual(own, par))
        project(w, live)
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
    noise = par[NOISE] + known.grain
    return Mixture(share=known.share, middle=middle, spread=np.sqrt(scatter + noise))


def wear_off(known: Known, *, prior: bool = False) -> Mixture:
    """Weeks after the last injection at which half of the best benefit of this cycle is left.

    With `prior`, as for any patient like this one. One time; the mixture's first axis has length 1.

    Raises ValueError where no toxin was given.
    Source: response-model, section 2a (derived quantities).
    """
    if float(known.clock[0]) <= 0.0:
        raise ValueError("nothing was injected that could wear off")
    state = known.state.copy()
    if prior:
        state[LONGER : LONGER + NODES] = 0.0
        state[LONGER_SPREAD : LONGER_SPREAD + NODES] = known.own_length() ** 2
    middle, spread = np.zeros(NODES), np.zeros(NODES)
    wear_off_ahead(state, known.clock, known.parameters.shared, middle, spread)
    return Mixture(share=known.prior if prior else known.share, middle=middle[None], spread=spread[None])


@compiled
def wear_off_ahead(state: Array, clock: Array, shared: Array, middle: Array, spread: Array) -> None:
    """Write mean and standard deviation of the week of wear-off after the last injection, each (NODES,).

    Between two durations of the grid all are as likely, which adds a twelfth of its step squared.
    """
    steep, since = shared[STEEP], clock[SUMS] - clock[SUMS + 2]
    shift = shared[KAPPA] * math.log(clock[0]) + since if clock[0] > 0.0 else 0.0
    for n in range(NODES):
        weeks = SHORTEST_WEEKS + STEP_WEEKS * n + state[LONGER + n] + shift
        best = 1.0 / (1.0 + math.exp(-weeks / steep))
        middle[n] = weeks - steep * math.log(0.5 * best / (1.0 - 0.5 * best))
        spread[n] = math.sqrt(max(state[LONGER_SPREAD + n], 0.0) + STEP_WEEKS * STEP_WEEKS / 12.0)

"""How each kind of datum depends on the state, and the way back from there to the parameters."""

from __future__ import annotations

import math

from masseter.response.compiled import compiled
from masseter.response.layout import (
    CURVE,
    CYCLE,
    FACES,
    FADE,
    GAMMA,
    KAPPA,
    LEARN,
    MIDDLE,
    ONSET,
    OWN_TIME,
    REFERENCE_WEEKS,
    REST,
    REST_BY,
    SHORTEST_WEEKS,
    SINCE,
    SLOPE,
    SLOWER,
    STAY,
    STAY_BENEFIT,
    STEEP,
    STEEPNESS,
    STEP_WEEKS,
    STRETCH,
    TREND,
    WORKS,
    Array,
)
from masseter.response.layout import NODES as N

STEEPEST = 30.0  # beyond this the curve is at one of its ends


@compiled
def prepare(grid: Array, par: Array) -> None:
    """What each duration brings along; needed once for each set of parameters. `grid`: (GRID NODES,)."""
    for n in range(N):
        slower = math.log((SHORTEST_WEEKS + STEP_WEEKS * n) / REFERENCE_WEEKS)
        grid[SLOWER + n] = slower
        grid[STEEPNESS + n] = math.exp(-par[STRETCH] * slower) / par[STEEP]
        grid[OWN_TIME + n] = math.exp(2.0 * par[STRETCH] * slower)


@compiled
def power_of_e(x: float) -> float:
    """The exponential of a number between -30 and 30, by sums and products alone.

    So the compiler can do four at once: a series for the 4096th part of it, squared twelve times. Exact to
    1e-12.
    """
    y = x * (1.0 / 4096.0)
    y = 1.0 + y * (1.0 + y * (0.5 + y * (1.0 / 6.0 + y * (1.0 / 24.0 + y * (1.0 / 120.0 + y / 720.0)))))
    for _ in range(12):
        y *= y
    return y


@compiled
def non_specific(mark: Array, par: Array) -> float:
    """Share of the non-specific change at this time; nought before the first injection."""
    since = mark[SINCE]
    if since <= 0.0:
        return 0.0
    return (1.0 - math.exp(-since / par[LEARN])) * math.exp(-since * par[FADE])


@compiled
def draw_curve(w: Array, grid: Array, mark: Array) -> None:
    """Share of the full benefit at each duration, and its slope.  Source: response-model, section 2a."""
    if mark[WORKS] == 0.0:
        for n in range(N):
            w[CURVE + n] = 0.0
            w[SLOPE + n] = 0.0
        return
    first = SHORTEST_WEEKS + mark[REST]
    for n in range(N):
        far = -(first + STEP_WEEKS * n) * grid[STEEPNESS + n]
        share = 1.0 / (1.0 + power_of_e(min(STEEPEST, max(-STEEPEST, far))))
        w[CURVE + n] = share
        w[SLOPE + n] = share * (1.0 - share) * grid[STEEPNESS + n]
    w[CURVE] = 0.0
    w[SLOPE] = 0.0


@compiled
def face_score(w: Array, mark: Array, par: Array, benefit: float) -> None:
    """A score shows level, non-specific change, the curve times the benefit, drift, and the cycle's own."""
    change, grown = non_specific(mark, par), 1.0 + par[TREND] * mark[CYCLE]
    for n in range(N):
        w[FACES + n] = 1.0
        w[FACES + 1 * N + n] = change
        w[FACES + 2 * N + n] = grown * w[CURVE + n]
        w[FACES + 3 * N + n] = 1.0
        w[FACES + 4 * N + n] = w[CURVE + n]
        w[FACES + 5 * N + n] = benefit * w[SLOPE + n]
        w[MIDDLE + n] = 0.0


@compiled
def face_wear_off(w: Array, mark: Array) -> None:
    """A report of wear-off shows duration and length of the cycle."""
    for n in range(N):
        for part in range(5):
            w[FACES + part * N + n] = 0.0
        w[FACES + 5 * N + n] = 1.0
        w[MIDDLE + n] = SHORTEST_WEEKS + STEP_WEEKS * n + mark[REST]


@compiled
def face_stay(w: Array, mark: Array, par: Array) -> None:
    """Whether a patient comes back depends on the benefit of the cycle."""
    by, grown = par[STAY_BENEFIT], 1.0 + par[TREND] * mark[CYCLE]
    for n in range(N):
        for part in range(6):
            w[FACES + part * N + n] = 0.0
        some = 1.0 if n > 0 else 0.0
        w[FACES + 2 * N + n] = by * grown * some
        w[FACES + 4 * N + n] = by * some
        w[MIDDLE + n] = par[STAY]


@compiled
def score_back(w: Array, v: Array, grid: Array, mark: Array, par: Array, benefit: float, by: Array) -> float:
    """Add the derivatives by the shared parameters to `by`; return that by the mean benefit."""
    by_change, by_grown, by_benefit = 0.0, 0.0, 0.0
    by_rest, by_steep, by_stretch = 0.0, 0.0, 0.0
    grown, first = 1.0 + par[TREND] * mark[CYCLE], SHORTEST_WEEKS + mark[REST]
    for n in range(N):
        share, slope, steepness = w[CURVE + n], w[SLOPE + n], grid[STEEPNESS + n]
        by_change += v[FACES + 1 * N + n]
        by_grown += v[FACES + 2 * N + n] * share
        by_benefit += v[FACES + 5 * N + n] * slope
        by_share = grown * v[FACES + 2 * N + n] + v[FACES + 4 * N + n]
        by_slope = benefit * v[FACES + 5 * N + n]
        by_week = (by_share + by_slope * (1.0 - 2.0 * share) * steepness) * slope
        by_log = by_week * (first + STEP_WEEKS * n) + by_slope * slope
        by_rest += by_week
        by_steep -= by_log
        by_stretch -= by_log * grid[SLOWER + n]
    by[FADE] -= mark[SINCE] * non_specific(mark, par) * by_change
    by[TREND] += mark[CYCLE] * by_grown
    if mark[WORKS] > 0.0:
        by[STEEP] += by_steep / par[STEEP]
        by[STRETCH] += by_stretch
        add_rest(mark, by_rest, by)
    return by_benefit


@compiled
def add_rest(mark: Array, by_rest: float, by: Array) -> None:
    """From the amount left to the three parameters that shape it."""
    by[KAPPA] += by_rest * mark[REST_BY]
    by[ONSET] += by_rest * mark[REST_BY + 1]
    by[GAMMA] += by_rest * mark[REST_BY + 2]


@compiled
def wear_off_back(v: Array, mark: Array, by: Array) -> None:
    """The same for a report of wear-off."""
    by_rest = 0.0
    for n in range(N):
        by_rest += v[MIDDLE + n]
    add_rest(mark, by_rest, by)


@compiled
def stay_back(v: Array, mark: Array, par: Array, by: Array) -> None:
    """The same for staying or leaving."""
    grown = 1.0 + par[TREND] * mark[CYCLE]
    for n in range(N):
        by[STAY] += v[MIDDLE + n]
        some = 1.0 if n > 0 else 0.0
        by[STAY_BENEFIT] += some * (grown * v[FACES + 2 * N + n] + v[FACES + 4 * N + n])
        by[TREND] += some * mark[CYCLE] * par[STAY_BENEFIT] * v[FACES + 2 * N + n]

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
    WEEKS,
    WORKS,
    Array,
)
from masseter.response.layout import NODES as N
from masseter.response.precision import as_in

INVERSE = tuple(1.0 / math.factorial(order) for order in range(13))  # of the series of the exponential
STEEPEST = 30.0  # beyond this the curve is at one of its ends


@compiled
def prepare(grid: Array, par: Array) -> None:
    """What each duration brings along; needed once for each set of parameters. `grid`: (GRID NODES,)."""
    for n in range(N):
        grid[WEEKS + n] = SHORTEST_WEEKS + STEP_WEEKS * n
        slower = math.log((SHORTEST_WEEKS + STEP_WEEKS * n) / REFERENCE_WEEKS)
        grid[SLOWER + n] = slower
        grid[STEEPNESS + n] = math.exp(-par[STRETCH] * slower) / par[STEEP]
        grid[OWN_TIME + n] = math.exp(2.0 * par[STRETCH] * slower)


@compiled
def power_of_e(w: Array, x: float) -> float:
    """The exponential of a number between -30 and 30, by sums and products alone, in the precision of `w`.

    So the compiler can do several at once: a series for the 64th part of it, squared six times. Exact to
    1e-12 in double and to 1e-5 in single precision.
    """
    y = x * as_in(w, 1.0 / 64.0)
    z = as_in(w, INVERSE[-1])
    for part in INVERSE[-2::-1]:
        z = z * y + as_in(w, part)
    for _ in range(6):
        z *= z
    return z


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
    rest, one, steepest = as_in(w, mark[REST]), as_in(w, 1.0), as_in(w, STEEPEST)
    for n in range(N):
        far = -(rest + grid[WEEKS + n]) * grid[STEEPNESS + n]
        share = one / (one + power_of_e(w, min(steepest, max(-steepest, far))))
        w[CURVE + n] = share
        w[SLOPE + n] = share * (one - share) * grid[STEEPNESS + n]
    w[CURVE] = 0.0
    w[SLOPE] = 0.0


@compiled
def face_score(w: Array, mark: Array, par: Array, benefit: float) -> None:
    """A score shows level, non-specific change, the curve times the benefit, drift, and the cycle's own."""
    change, grown = as_in(w, non_specific(mark, par)), as_in(w, 1.0 + par[TREND] * mark[CYCLE])
    benefit = as_in(w, benefit)
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
    none, one, benefit = as_in(w, 0.0), as_in(w, 1.0), as_in(w, benefit)
    by_change, by_grown, by_benefit, by_rest, by_steep, by_stretch = none, none, none, none, none, none
    grown, rest = as_in(w, 1.0 + par[TREND] * mark[CYCLE]), as_in(w, mark[REST])
    for n in range(N):
        share, slope, steepness = w[CURVE + n], w[SLOPE + n], grid[STEEPNESS + n]
        by_change += v[FACES + 1 * N + n]
        by_grown += v[FACES + 2 * N + n] * share
        by_benefit += v[FACES + 5 * N + n] * slope
        by_share = grown * v[FACES + 2 * N + n] + v[FACES + 4 * N + n]
        by_slope = benefit * v[FACES + 5 * N + n]
        by_week = (by_share + by_slope * (one - share - share) * steepness) * slope
        by_log = by_week * (rest + grid[WEEKS + n]) + by_slope * slope
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

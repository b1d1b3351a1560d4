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
    REST,
    REST_BY,
    SHORTEST_WEEKS,
    SINCE,
    SLOPE,
    STAY,
    STAY_BENEFIT,
    STEEP,
    STEP_WEEKS,
    TREND,
    WORKS,
    Array,
    Live,
)
from masseter.response.layout import NODES as N
from masseter.response.live import span

STEEPEST = 600.0  # an exponent beyond this is as good as infinite


@compiled
def prepare(powers: Array, par: Array) -> None:
    """Powers that save one exponential a node; needed once for each set of parameters. `powers`: (NODES,)."""
    for n in range(N):
        powers[n] = math.exp(-n * STEP_WEEKS / par[STEEP])


@compiled
def non_specific(mark: Array, par: Array) -> float:
    """Share of the non-specific change at this time; nought before the first injection."""
    since = mark[SINCE]
    if since <= 0.0:
        return 0.0
    return (1.0 - math.exp(-since / par[LEARN])) * math.exp(-since * par[FADE])


@compiled
def draw_curve(w: Array, powers: Array, live: Live, mark: Array, par: Array) -> None:
    """Share of the full benefit at each duration, and its slope.  Source: response-model, section 2a."""
    steep = par[STEEP]
    low, many = span(live)
    if mark[WORKS] == 0.0:
        for k in range(many):
            n = low + k
            w[CURVE + n] = 0.0
            w[SLOPE + n] = 0.0
        return
    start = math.exp(min(STEEPEST, -(SHORTEST_WEEKS + mark[REST]) / steep))
    per = 1.0 / steep
    for k in range(many):
        n = low + k
        share = 1.0 / (1.0 + start * powers[n])
        w[CURVE + n] = share
        w[SLOPE + n] = share * (1.0 - share) * per


@compiled
def face_score(w: Array, live: Live, mark: Array, par: Array, benefit: float) -> None:
    """A score shows level, non-specific change, the curve times the benefit, drift, and the cycle's own."""
    change, grown = non_specific(mark, par), 1.0 + par[TREND] * mark[CYCLE]
    low, many = span(live)
    for k in range(many):
        n = low + k
        w[FACES + n] = 1.0
        w[FACES + 1 * N + n] = change
        w[FACES + 2 * N + n] = grown * w[CURVE + n]
        w[FACES + 3 * N + n] = 1.0
        w[FACES + 4 * N + n] = w[CURVE + n]
        w[FACES + 5 * N + n] = benefit * w[SLOPE + n]
        w[MIDDLE + n] = 0.0


@compiled
def face_wear_off(w: Array, live: Live, mark: Array) -> None:
    """A report of wear-off shows duration and length of the cycle."""
    low, many = span(live)
    for k in range(many):
        n = low + k
        for part in range(5):
            w[FACES + part * N + n] = 0.0
        w[FACES + 5 * N + n] = 1.0
        w[MIDDLE + n] = SHORTEST_WEEKS + STEP_WEEKS * n + mark[REST]


@compiled
def face_stay(w: Array, live: Live, mark: Array, par: Array) -> None:
    """Whether a patient comes back depends on the benefit of the cycle."""
    by, grown = par[STAY_BENEFIT], 1.0 + par[TREND] * mark[CYCLE]
    low, many = span(live)
    for k in range(many):
        n = low + k
        for part in range(6):
            w[FACES + part * N + n] = 0.0
        w[FACES + 2 * N + n] = by * grown
        w[FACES + 4 * N + n] = by
        w[MIDDLE + n] = par[STAY]


@compiled
def score_back(w: Array, v: Array, live: Live, mark: Array, par: Array, benefit: float, by: Array) -> float:
    """Add the derivatives by the shared parameters to `by`; return that by the mean benefit."""
    by_change, by_grown, by_benefit = 0.0, 0.0, 0.0
    by_rest, by_steep = 0.0, 0.0
    steep, grown = par[STEEP], 1.0 + par[TREND] * mark[CYCLE]
    low, many = span(live)
    for k in range(many):
        n = low + k
        share, slope = w[CURVE + n], w[SLOPE + n]
        by_change += v[FACES + 1 * N + n]
        by_grown += v[FACES + 2 * N + n] * share
        by_benefit += v[FACES + 5 * N + n] * slope
        by_share = grown * v[FACES + 2 * N + n] + v[FACES + 4 * N + n]
        by_slope = benefit * v[FACES + 5 * N + n]
        by_z = (by_share * steep + by_slope * (1.0 - 2.0 * share)) * slope
        by_rest += by_z
        by_steep -= by_z * (SHORTEST_WEEKS + STEP_WEEKS * n + mark[REST]) / steep + by_slope * slope
    by[FADE] -= mark[SINCE] * non_specific(mark, par) * by_change
    by[TREND] += mark[CYCLE] * by_grown
    if mark[WORKS] > 0.0:
        by[STEEP] += by_steep / steep
        add_rest(mark, by_rest / steep, by)
    return by_benefit


@compiled
def add_rest(mark: Array, by_rest: float, by: Array) -> None:
    """From the amount left to the three parameters that shape it."""
    by[KAPPA] += by_rest * mark[REST_BY]
    by[ONSET] += by_rest * mark[REST_BY + 1]
    by[GAMMA] += by_rest * mark[REST_BY + 2]


@compiled
def wear_off_back(v: Array, live: Live, mark: Array, by: Array) -> None:
    """The same for a report of wear-off."""
    by_rest = 0.0
    low, many = span(live)
    for k in range(many):
        n = low + k
        by_rest += v[MIDDLE + n]
    add_rest(mark, by_rest, by)


@compiled
def stay_back(v: Array, live: Live, mark: Array, par: Array, by: Array) -> None:
    """The same for staying or leaving."""
    grown = 1.0 + par[TREND] * mark[CYCLE]
    low, many = span(live)
    for k in range(many):
        n = low + k
        by[STAY] += v[MIDDLE + n]
        by[STAY_BENEFIT] += grown * v[FACES + 2 * N + n] + v[FACES + 4 * N + n]
        by[TREND] += mark[CYCLE] * par[STAY_BENEFIT] * v[FACES + 2 * N + n]

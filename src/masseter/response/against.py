"""One forecast against what came: its place in the forecast, how far off, and how much that costs."""

from __future__ import annotations

import math

from masseter.response.ahead import narrowing
from masseter.response.compiled import compiled
from masseter.response.layout import CEILING, FLOOR, NODES, Array

FINE = 128  # thresholds of a scale without steps
ROOT_HALF = math.sqrt(0.5)
EXACT = 1e-5  # of a probability, or of the width in which the median lies
TRIES = 60
COUNTED = 1e-7  # a duration less likely than this adds nothing to a forecast
NORMAL = 1e6  # degrees of freedom from which it makes no difference
FARTHEST = 34.0  # weeks: beyond twice what came and this, no forecast gives any chance

# Of each duration its share, mean and standard deviation, each (NODES,); and the degrees of freedom.
Ahead = tuple[Array, Array, Array, float]


@compiled
def normal_of(far: float, freedom: float) -> float:
    """The normal score of a place in a t distribution with standard deviation 1, to a few ten-thousandths.

    Source: D. L. Wallace, Bounds on normal approximations to Student's distribution, 1959.
    """
    if freedom > NORMAL:
        return far
    t = far / narrowing(freedom)
    score = math.sqrt(freedom * math.log1p(t * t / freedom)) * (8.0 * freedom + 1.0) / (8.0 * freedom + 3.0)
    return score if far >= 0.0 else -score


@compiled
def under(value: float, ahead: Ahead) -> float:
    """Probability of less than a value in a mixture."""
    share, middle, spread, freedom = ahead
    total = 0.0
    for n in range(NODES):
        if share[n] > COUNTED:
            far = normal_of((middle[n] - value) / spread[n], freedom)
            total += share[n] * 0.5 * math.erfc(far * ROOT_HALF)
    return total


@compiled
def median_of(ahead: Ahead) -> float:
    """The median of a mixture, to a hundred-thousandth of its width.

    Source: M. Dowell and P. Jarratt, A modified regula falsi method, 1971 (the Illinois rule).
    """
    share, middle, spread, _freedom = ahead
    low, high = math.inf, -math.inf
    for n in range(NODES):
        if share[n] > COUNTED:
            low, high = min(low, middle[n] - spread[n]), max(high, middle[n] + spread[n])
    below, above, near = under(low, ahead) - 0.5, under(high, ahead) - 0.5, EXACT * (high - low)
    side = 0
    for _ in range(TRIES):
        found = (low * above - high * below) / (above - below)
        off = under(found, ahead) - 0.5
        if off < 0.0:
            low, below = found, off
            above = above / 2 if side < 0 else above
            side = -1
        else:
            high, above = found, off
            below = below / 2 if side > 0 else below
            side = 1
        if abs(off) < EXACT or high - low < near:
            return found
    return (low + high) / 2


@compiled
def ranked(value: float, ends: tuple[float, float, float], ahead: Ahead) -> float:
    """Continuous ranked probability score on the steps of the scale.

    Source: T. Gneiting and A. Raftery, Strictly proper scoring rules, 2007, section 4.2.
    """
    low, high, step = ends
    width = step if step > 0.0 else (high - low) / FINE
    total, bound = 0.0, low + width / 2
    while bound < high:
        far = under(bound, ahead) - (1.0 if value < bound else 0.0)
        total += width * far * far
        bound += width
    return total


@compiled
def held_score(
    what: int,
    value: float,
    ends: tuple[float, float, float],
    ahead: Ahead,
    line: Array,
) -> None:
    """Hold one score against its forecast: write off, low, high and rps to the end of the line."""
    low, high, step = ends
    half = step / 2
    came = low if what == FLOOR else high if what == CEILING else value
    line[4] = min(high, max(low, median_of(ahead))) - came
    line[5] = 0.0 if what == FLOOR else under(value if what == CEILING else value - half, ahead)
    line[6] = 1.0 if what == CEILING else under(value if what == FLOOR else value + half, ahead)
    line[7] = ranked(came, ends, ahead)


@compiled
def held_wear_off(came: float, noise: float, ahead: Ahead, line: Array) -> None:
    """The same for the week of wear-off, which was told with this much noise."""
    spread = ahead[2]
    for n in range(NODES):
        spread[n] = math.sqrt(spread[n] * spread[n] + noise)
    line[4] = median_of(ahead) - came
    line[5] = line[6] = under(came, ahead)
    line[7] = ranked(came, (0.0, 2.0 * came + FARTHEST, 0.0), ahead)

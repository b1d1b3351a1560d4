"""One forecast against what came: its place in the forecast, how far off, and how much that costs."""

from __future__ import annotations

import math

from masseter.response.compiled import compiled
from masseter.response.layout import CEILING, FLOOR, NODES, Array

FINE = 128  # thresholds of a scale without steps
ROOT_HALF = math.sqrt(0.5)
HALVINGS = 40
COUNTED = 1e-9  # a duration less likely than this adds nothing to a forecast
FARTHEST = 34.0  # weeks: beyond twice what came and this, no forecast gives any chance


@compiled
def under(value: float, share: Array, middle: Array, spread: Array) -> float:
    """Probability of less than a value in a mixture of normal distributions."""
    total = 0.0
    for n in range(NODES):
        if share[n] > COUNTED:
            total += share[n] * 0.5 * math.erfc((middle[n] - value) / spread[n] * ROOT_HALF)
    return total


@compiled
def median_of(share: Array, middle: Array, spread: Array) -> float:
    """The median of a mixture."""
    low, high = math.inf, -math.inf
    for n in range(NODES):
        if share[n] > COUNTED:
            low, high = min(low, middle[n] - spread[n]), max(high, middle[n] + spread[n])
    for _ in range(HALVINGS):
        half = (low + high) / 2
        if under(half, share, middle, spread) < 0.5:
            low = half
        else:
            high = half
    return (low + high) / 2


@compiled
def ranked(
    value: float, ends: tuple[float, float, float], share: Array, middle: Array, spread: Array
) -> float:
    """Continuous ranked probability score on the steps of the scale.

    Source: T. Gneiting and A. Raftery, Strictly proper scoring rules, 2007, section 4.2.
    """
    low, high, step = ends
    width = step if step > 0.0 else (high - low) / FINE
    total, bound = 0.0, low + width / 2
    while bound < high:
        far = under(bound, share, middle, spread) - (1.0 if value < bound else 0.0)
        total += width * far * far
        bound += width
    return total


@compiled
def held_score(
    what: int,
    value: float,
    ends: tuple[float, float, float],
    mixture: tuple[Array, Array, Array],
    line: Array,
) -> None:
    """Hold one score against its forecast: write off, low, high and rps to the end of the line."""
    share, middle, spread = mixture
    low, high, step = ends
    half = step / 2
    came = low if what == FLOOR else high if what == CEILING else value
    line[4] = min(high, max(low, median_of(share, middle, spread))) - came
    line[5] = (
        0.0 if what == FLOOR else under(value if what == CEILING else value - half, share, middle, spread)
    )
    line[6] = (
        1.0 if what == CEILING else under(value if what == FLOOR else value + half, share, middle, spread)
    )
    line[7] = ranked(came, ends, share, middle, spread)


@compiled
def held_wear_off(came: float, noise: float, mixture: tuple[Array, Array, Array], line: Array) -> None:
    """The same for the week of wear-off, which was told with this much noise."""
    share, middle, spread = mixture
    for n in range(NODES):
        spread[n] = math.sqrt(spread[n] * spread[n] + noise)
    line[4] = median_of(share, middle, spread) - came
    line[5] = line[6] = under(came, share, middle, spread)
    line[7] = ranked(came, (0.0, 2.0 * came + FARTHEST, 0.0), share, middle, spread)

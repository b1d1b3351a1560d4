"""What one datum says: its log likelihood, and how that pulls at the state.

Two families carry everything. A score inside its scale is normal about the state. A score at an end of its
scale, a cycle that had not yet worn off, a patient who stayed or left: all of them say that a normal
quantity lies on one side of a bound. The second is taken in by matching mean and variance, which are exact
for one datum (assumed-density filtering).

With mean m, variance S of the state and noise R, F = S + R: the pull is the first derivative of the log
likelihood by m, the stiffness is minus the second.

Source: T. P. Minka, Expectation propagation for approximate Bayesian inference, 2001, section 2.
"""

from __future__ import annotations

import math

from masseter.response.alike import factor_of
from masseter.response.compiled import compiled
from masseter.response.layout import MIDDLE, PRODUCT, PULL, SCATTER, SHARE, SQUARES, STIFF, Array
from masseter.response.layout import NODES as N

LOG_2PI = math.log(2 * math.pi)
ROOT_HALF = math.sqrt(0.5)
FAR = -8.0  # below this many standard deviations the series of the normal tail is exact to 1e-6


@compiled
def log_below(u: float) -> tuple[float, float]:
    """Log of the normal distribution function at u, and its derivative there (the inverse Mills ratio)."""
    if u > FAR:
        below = 0.5 * math.erfc(-u * ROOT_HALF)
        return math.log(below), math.exp(-0.5 * (u * u + LOG_2PI)) / below
    v = 1.0 / (u * u)
    rest = 1.0 - v + 3.0 * v * v - 15.0 * v * v * v
    return -0.5 * (u * u + LOG_2PI) - math.log(-u) + math.log(rest), -u / rest


@compiled
def near(w: Array, tally: Array, value: float, noise: float) -> None:
    """A datum about its mean: normal with this noise variance."""
    for n in range(N):
        far = value - w[MIDDLE + n]
        whole = w[SCATTER + n] + noise
        w[STIFF + n] = 1.0 / whole
        w[PULL + n] = far / whole
        tally[SHARE + n] -= 0.5 * LOG_2PI
        tally[SQUARES + n] += far * far / whole
        tally[PRODUCT + n] *= whole


@compiled
def settle(tally: Array) -> None:
    """Take the logarithm of the variances that `near` has multiplied: one for many data."""
    for n in range(N):
        tally[SHARE + n] -= 0.5 * math.log(tally[PRODUCT + n])
        tally[PRODUCT + n] = 1.0


@compiled
def aside(w: Array, tally: Array, bound: float, noise: float, sign: float, scores: int, tail: float) -> None:
    """A datum known to lie below the bound (sign 1) or above it (sign -1).

    `scores`, `tail`: how many scores came before, and the tail of the patient's own factor.
    """
    for n in range(N):
        factor = factor_of(tally[SQUARES + n], scores, tail)
        whole = w[SCATTER + n] + noise
        root = math.sqrt(whole * factor)
        u = sign * (bound - w[MIDDLE + n]) / root
        log, ratio = log_below(u)
        tally[SHARE + n] += log
        w[PULL + n] = -sign * ratio * factor / root
        w[STIFF + n] = ratio * (ratio + u) / whole


@compiled
def near_back(w: Array, v: Array, share: Array, drawn: Array) -> None:
    """Derivatives of `near` by mean and variance, from those by pull and stiffness in `v`.

    `share`, `drawn`: (NODES,) weight of each node's log likelihood, and of its squared distances.
    """
    for n in range(N):
        pull, stiff = w[PULL + n], w[STIFF + n]
        by_share, by_pull, by_stiff = share[n], v[PULL + n], v[STIFF + n]
        v[MIDDLE + n] = drawn[n] * pull - by_pull * stiff
        v[SCATTER + n] = 0.5 * (drawn[n] * pull * pull - by_share * stiff)
        v[SCATTER + n] -= by_pull * pull * stiff + by_stiff * stiff * stiff


@compiled
def aside_back(
    w: Array,
    v: Array,
    tally: Array,
    weights: tuple[Array, Array],
    datum: tuple[float, float, float],
    scores: int,
    tail: float,
) -> float:
    """Derivatives of `aside`, likewise; `datum`: bound, noise, sign. Returns the derivative by the tail.

    Adds to the weight of the squared distances, on which the factor rests.
    """
    (share, drawn), (bound, noise, sign), by_tail, more = weights, datum, 0.0, 1.0 + tail * scores
    for n in range(N):
        squares = tally[SQUARES + n]
        factor = factor_of(squares, scores, tail)
        whole = w[SCATTER + n] + noise
        root = math.sqrt(whole * factor)
        u = sign * (bound - w[MIDDLE + n]) / root
        ratio = -sign * w[PULL + n] * root / factor  # as the way forth wrote it into the pull
        turn = -ratio * (u + ratio)
        by_pull, by_stiff = v[PULL + n], v[STIFF + n]
        by_u = share[n] * ratio - by_pull * sign * turn * factor / root
        by_u += by_stiff * (turn * (2.0 * ratio + u) + ratio) / whole
        v[MIDDLE + n] = -by_u * sign / root
        v[SCATTER + n] = -(0.5 * by_u * u + 0.5 * by_pull * w[PULL + n] + by_stiff * w[STIFF + n]) / whole
        by_factor = 0.5 * (by_pull * w[PULL + n] - by_u * u) / factor
        drawn[n] -= 2.0 * by_factor * tail / more
        by_tail += by_factor * (squares - scores) / (more * more)
    return by_tail


@compiled
def forget_squares(w: Array, tally: Array) -> None:
    """Take back what `near` added to the squared distances."""
    for n in range(N):
        tally[SQUARES + n] -= w[PULL + n] * w[PULL + n] / w[STIFF + n]

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

from numpy.polynomial.chebyshev import cheb2poly, chebfit, chebpts1
from scipy.special import erfcx

from masseter.response.alike import factor_line
from masseter.response.compiled import compiled
from masseter.response.faces import STEEPEST, power_of_e
from masseter.response.layout import MIDDLE, PRODUCT, PULL, SCATTER, SHARE, SQUARES, STIFF, Array
from masseter.response.layout import NODES as N
from masseter.response.precision import as_in

LOG_2PI = math.log(2 * math.pi)
ROOT_HALF = math.sqrt(0.5)
DENSITY = 1.0 / math.sqrt(2 * math.pi)
MIDDLE_OF_TAIL, DEGREE = 3.75, 18


def _powers() -> list[float]:
    """Of (1 + 2x) exp(x^2) erfc(x) / 2, by t = (x - middle) / (x + middle), for x that are not negative."""
    t = chebpts1(DEGREE + 1)
    x = MIDDLE_OF_TAIL * (1 + t) / (1 - t)
    powers: list[float] = cheb2poly(chebfit(t, (1 + 2 * x) * erfcx(x) / 2, DEGREE)).tolist()
    return powers


POWERS = tuple(_powers())
EVEN, ODD = POWERS[::2], POWERS[1::2]  # short loops are unrolled, long ones are not


@compiled
def tail_of(w: Array, x: float) -> float:
    """Half of exp(x^2) erfc(x), of a number that is not negative, in the precision of `w`; exact to 1e-13.

    Source: M. Shepherd and J. Laframboise, Chebyshev approximation of (1 + 2x) exp(x^2) erfc x, 1981.
    """
    middle, one = as_in(w, MIDDLE_OF_TAIL), as_in(w, 1.0)
    t = (x - middle) / (x + middle)
    square, even, odd = t * t, as_in(w, EVEN[-1]), as_in(w, ODD[-1])
    for part in EVEN[-2::-1]:
        even = even * square + as_in(w, part)
    for part in ODD[-2::-1]:
        odd = odd * square + as_in(w, part)
    return (even + t * odd) / (one + x + x)


@compiled
def near(w: Array, tally: Array, value: float, noise: float, unit: tuple[float, float]) -> None:
    """A datum about its mean: normal with this noise variance.

    `unit`: a variance of the usual size, and its logarithm. Variances are multiplied as shares of it, so that
    a product stays within single precision on any scale.
    """
    value, noise, share = as_in(w, value), as_in(w, noise), as_in(w, 0.5 * (LOG_2PI + unit[1]))
    one, of_unit = as_in(w, 1.0), as_in(w, 1.0 / unit[0])
    for n in range(N):
        far = value - w[MIDDLE + n]
        whole = w[SCATTER + n] + noise
        w[STIFF + n] = one / whole
        w[PULL + n] = far / whole
        tally[SHARE + n] -= share
        tally[SQUARES + n] += far * far / whole
        tally[PRODUCT + n] *= whole * of_unit


@compiled
def settle(tally: Array) -> None:
    """Take the logarithm of the variances that `near` has multiplied: one for many data.

    A product that is too large for its precision makes the likelihood no number, so that somebody sees it.
    """
    for n in range(N):
        product = tally[PRODUCT + n]
        tally[SHARE + n] -= math.nan if math.isinf(product) else 0.5 * math.log(product)
        tally[PRODUCT + n] = 1.0


@compiled
def aside(w: Array, tally: Array, bound: float, noise: float, sign: float, scores: int, tail: float) -> None:
    """A datum known to lie below the bound (sign 1) or above it (sign -1).

    `scores`, `tail`: how many scores came before, and the tail of the patient's own factor.
    """
    none, one, sign = as_in(w, 0.0), as_in(w, 1.0), as_in(w, sign)
    bound, noise = as_in(w, bound), as_in(w, noise)
    more, usual = factor_line(w, scores, tail)
    root_half, density, most = as_in(w, ROOT_HALF), as_in(w, DENSITY), as_in(w, STEEPEST)
    for n in range(N):
        factor = (one + more * tally[SQUARES + n]) / usual
        whole = w[SCATTER + n] + noise
        root = math.sqrt(whole * factor)
        u = sign * (bound - w[MIDDLE + n]) / root
        x = abs(u) * root_half
        is_far, square, part = u < none, x * x, tail_of(w, x)
        top = power_of_e(w, -min(square, most))
        below = part if is_far else one - part * top
        ratio = density * (one if is_far else top) / below
        tally[SHARE + n] -= square if is_far else none
        tally[PRODUCT + n] /= below * below
        w[PULL + n] = -sign * ratio * factor / root
        w[STIFF + n] = ratio * (ratio + u) / whole


@compiled
def near_back(w: Array, v: Array, share: Array, drawn: Array) -> None:
    """Derivatives of `near` by mean and variance, from those by pull and stiffness in `v`.

    `share`, `drawn`: (NODES,) weight of each node's log likelihood, and of its squared distances.
    """
    half = as_in(w, 0.5)
    for n in range(N):
        pull, stiff = w[PULL + n], w[STIFF + n]
        by_share, by_pull, by_stiff = share[n], v[PULL + n], v[STIFF + n]
        v[MIDDLE + n] = drawn[n] * pull - by_pull * stiff
        v[SCATTER + n] = half * (drawn[n] * pull * pull - by_share * stiff)
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
    (share, drawn), (bound, noise, sign), expected = weights, datum, 1.0 + tail * scores
    none, one, two, half = as_in(w, 0.0), as_in(w, 1.0), as_in(w, 2.0), as_in(w, 0.5)
    bound, noise, sign, by_tail = as_in(w, bound), as_in(w, noise), as_in(w, sign), none
    many, (more, usual) = as_in(w, scores), factor_line(w, scores, tail)
    for n in range(N):
        squares = tally[SQUARES + n]
        factor = (one + more * squares) / usual
        whole = w[SCATTER + n] + noise
        root = math.sqrt(whole * factor)
        u = sign * (bound - w[MIDDLE + n]) / root
        ratio = -sign * w[PULL + n] * root / factor  # as the way forth wrote it into the pull
        turn = -ratio * (u + ratio)
        by_pull, by_stiff = v[PULL + n], v[STIFF + n]
        by_u = share[n] * ratio - by_pull * sign * turn * factor / root
        by_u += by_stiff * (turn * (two * ratio + u) + ratio) / whole
        v[MIDDLE + n] = -by_u * sign / root
        v[SCATTER + n] = -(half * (by_u * u + by_pull * w[PULL + n]) + by_stiff * w[STIFF + n]) / whole
        by_factor = half * (by_pull * w[PULL + n] - by_u * u) / factor
        drawn[n] -= two * by_factor * more / usual
        by_tail += by_factor * (squares - many)
    return by_tail / (expected * expected)


@compiled
def forget_squares(w: Array, tally: Array) -> None:
    """Take back what `near` added to the squared distances."""
    for n in range(N):
        tally[SQUARES + n] -= w[PULL + n] * w[PULL + n] / w[STIFF + n]

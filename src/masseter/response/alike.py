"""How much one patient's scores scatter: more than another's, by a factor that the scores themselves tell.

Given the duration, the scores of a patient are jointly normal with a covariance that is multiplied by a
factor of their own. The factor has an inverse gamma distribution with mean 1, so that their density is that
of a t distribution with 2 + 1 / tail degrees of freedom; with a tail of nought it is normal. One squared
distance for each duration is all that it takes. A score at an end of the scale or a staying is taken in
by the factor that the scores before it let expect.

Sources: A. Shah, A. G. Wilson and Z. Ghahramani, Student-t processes as alternatives to Gaussian processes,
2014; J. C. Pinheiro, C. Liu and Y. N. Wu, Robust mixed-effects models with the multivariate t, 2001.
"""

from __future__ import annotations

import math

from masseter.response.compiled import compiled
from masseter.response.layout import NODES, SCORE, SQUARES, TAIL, WORN_OFF, Array, Kinds
from masseter.response.precision import as_in

NO_TAIL = 1e-5
FROM = 8.0


@compiled
def digamma(x: float) -> float:
    """Derivative of the log gamma function.  Source: M. Abramowitz and I. Stegun, 1964, 6.3.5 and 6.3.18."""
    less = 0.0
    while x < FROM:
        less += 1.0 / x
        x += 1.0
    y = 1.0 / (x * x)
    series = y * (1.0 / 12.0 - y * (1.0 / 120.0 - y * (1.0 / 252.0 - y * (1.0 / 240.0 - y / 132.0))))
    return math.log(x) - 0.5 / x - series - less


@compiled
def level_of(scores: int, tail: float) -> float:
    """The part of the log density that all durations share.  `scores`: how many there were."""
    if tail < NO_TAIL:
        return 0.0
    half = 1.0 + 0.5 / tail
    return math.lgamma(half + 0.5 * scores) - math.lgamma(half) + 0.5 * scores * math.log(2.0 * tail)


@compiled
def drawn_of(squares: float, scores: int, tail: float) -> float:
    """The part of the log density that squared distances make."""
    if tail < NO_TAIL:
        return -0.5 * squares
    return -(1.0 + 0.5 / tail + 0.5 * scores) * math.log1p(tail * squares)


@compiled
def factor_line(memory: Array, scores: int, tail: float) -> tuple[float, float]:
    """The patient's own factor, as the scores so far let expect it, is (1 + first squares) / second.

    In the precision of `memory`.
    """
    if tail < NO_TAIL:
        return as_in(memory, 0.0), as_in(memory, 1.0)
    return as_in(memory, tail), as_in(memory, 1.0 + tail * scores)


@compiled
def counts(what: int) -> int:
    """1 where a row is about its mean, 0 where it lies on one side of a bound or is an injection."""
    return 1 if what in (SCORE, WORN_OFF) else 0


@compiled
def known_scores(kind: Kinds) -> int:
    """How many of a patient's rows are about their mean, and so tell the patient's own factor."""
    scores = 0
    for row in range(kind.size):
        scores += counts(kind[row])
    return scores


@compiled
def tell_factor(kind: Kinds, tally: Array, tail: float, factor: Array) -> float:
    """The patient's own factor at each duration, `factor`: (NODES,); returns the degrees of freedom ahead."""
    scores = known_scores(kind)
    more, usual = factor_line(tally, scores, tail)
    for n in range(NODES):
        factor[n] = (1.0 + more * tally[SQUARES + n]) / usual
    return 2.0 + 1.0 / tail + scores if tail >= NO_TAIL else math.inf


@compiled
def drawn_back(tally: Array, scores: int, par: Array, share: Array, drawn: Array) -> float:
    """Weight of each node's squared distances, written to `drawn`; returns the derivative by the tail."""
    tail = par[TAIL]
    if tail < NO_TAIL:
        drawn[:] = share
        return 0.0
    freedom, by = 2.0 + 1.0 / tail, 0.0
    half = digamma(0.5 * (freedom + scores)) - digamma(0.5 * freedom)
    drawn[:] = 0.0
    for n in range(NODES):
        squares = tally[SQUARES + n]
        whole = 1.0 + tail * squares
        drawn[n] = share[n] * (tail * (freedom + scores)) / whole
        by += share[n] * 0.5 * (math.log1p(tail * squares) - half) / (tail * tail)
        by += share[n] * 0.5 * (scores / tail - (freedom + scores) * squares / whole)
    return by

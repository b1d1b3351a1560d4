"""One patient, from the last datum to the first: derivatives of the log likelihood."""

from __future__ import annotations

import math

from masseter.response.adjoint import faces_back, gain_back, move_back, renew_back, state_back, update_back
from masseter.response.alike import counts, known_scores
from masseter.response.compiled import compiled
from masseter.response.datum import Rows, noise_of, side_of, usual, usual_back
from masseter.response.faces import (
    score_back,
    stay_back,
    wear_off_back,
)
from masseter.response.family import aside_back, forget_squares, near_back
from masseter.response.layout import (
    BETWEEN,
    CEILING,
    CYCLE,
    DRIFT,
    INJECTION,
    LENGTH,
    NOISE,
    PAIRS,
    PASSED,
    RETURN,
    SCATTER,
    SIZE,
    SPREAD,
    STILL_WORKING,
    STRETCH,
    TAIL,
    Array,
)
from masseter.response.layout import NODES as N


@compiled
def datum_back(
    w: Array,
    v: Array,
    tally: Array,
    weights: tuple[Array, Array],
    what: int,
    datum: tuple[float, float, float],
    scores: int,
    mark: Array,
    par: Array,
    by: Array,
) -> None:
    """Back through one datum: to the state before it, to its faces, and to the parameters in `by`.

    `datum`: its value, noise and weight; `scores`: how many came before it.
    """
    value, noise, weight = datum
    side = side_of(what)
    update_back(w, v)
    if side == 0.0:
        near_back(w, v, weights[0], weights[1])
        forget_squares(w, tally)
    else:
        bound = (value, noise, side)
        by[TAIL] += aside_back(w, v, tally, weights, bound, scores, par[TAIL])
    gain_back(w, v)
    faces_back(w, v)
    state_back(w, v)
    if what <= CEILING:
        noisy = 0.0
        for n in range(N):
            noisy += v[SCATTER + n]
        by[NOISE] += weight * noisy
    elif what <= STILL_WORKING:
        wear_off_back(v, mark, by)
    else:
        stay_back(v, mark, par, by)


@compiled
def back(
    tape: Array,
    v: Array,
    tally: Array,
    weights: tuple[Array, Array],
    grid: Array,
    rows: Rows,
    own: Array,
    par: Array,
    grain: float,
    by: Array,
    by_own: Array,
) -> None:
    """Run the way back. Adds to `by` (SHARED,) and `by_own` (OWN,). Uses up the tally and the second of
    the `weights` of the nodes, which are those of `near_back`.
    """
    kind, _week, value, weight, marks = rows
    v[: SPREAD + PAIRS * N] = 0.0
    scores = known_scores(kind)
    for row in range(kind.size - 1, -1, -1):
        w, mark, what = tape[row], marks[row], kind[row]
        if what == INJECTION:
            size, length, stretch = renew_back(v, grid)
            by[SIZE] += size
            by[LENGTH] += length
            by[STRETCH] += stretch * par[LENGTH]
        else:
            scores -= counts(what)
            datum = (value[row], noise_of(what, weight[row], grain, par), weight[row])
            datum_back(w, v, tally, weights, what, datum, scores, mark, par, by)
            if what <= CEILING:
                benefit = usual(own, par, mark[CYCLE])
                by_usual = score_back(w, v, grid, mark, par, benefit, by)
                usual_back(own, par, mark[CYCLE], by_usual, by, by_own)
        if mark[PASSED] > 0.0:
            by_log, by_drift = move_back(w, v, math.exp(-par[RETURN] * mark[PASSED]), par[DRIFT])
            by[RETURN] -= mark[PASSED] * by_log
            by[DRIFT] += by_drift
    start_back(v, by, by_own)


@compiled
def start_back(v: Array, by: Array, by_own: Array) -> None:
    """Back to what was known before any datum."""
    for n in range(N):
        for part in range(3):
            by_own[part] += v[part * N + n]
        by[DRIFT] += v[SPREAD + 9 * N + n]
    pair = 0
    for i in range(3):
        for j in range(i + 1):
            for n in range(N):
                by[BETWEEN + pair] += v[SPREAD + pair * N + n] * (1.0 if i == j else 2.0)
            pair += 1

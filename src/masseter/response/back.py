"""One patient, from the last datum to the first: derivatives of the log likelihood."""

from __future__ import annotations

import math

from masseter.response.adjoint import faces_back, gain_back, move_back, renew_back, state_back, update_back
from masseter.response.compiled import compiled
from masseter.response.datum import Rows, noise_of, side_of, usual
from masseter.response.faces import (
    score_back,
    stay_back,
    wear_off_back,
)
from masseter.response.family import aside_back, near_back
from masseter.response.layout import (
    BETWEEN,
    CEILING,
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
    Array,
    Live,
)
from masseter.response.layout import NODES as N
from masseter.response.live import span


@compiled
def datum_back(
    w: Array,
    v: Array,
    share: Array,
    live: Live,
    what: int,
    value: float,
    noise: float,
    weight: float,
    mark: Array,
    par: Array,
    by: Array,
) -> None:
    """Back through one datum: to the state before it, to its faces, and to the parameters in `by`."""
    side = side_of(what)
    update_back(w, v, live)
    if side == 0.0:
        near_back(w, v, share, live, noise)
    else:
        aside_back(w, v, share, live, value, noise, side)
    gain_back(w, v, live)
    faces_back(w, v, live)
    state_back(w, v, live)
    if what <= CEILING:
        low, many = span(live)
        for k in range(many):
            by[NOISE] += weight * v[SCATTER + low + k]
    elif what <= STILL_WORKING:
        wear_off_back(v, live, mark, by)
    else:
        stay_back(v, live, mark, par, by)


@compiled
def back(
    tape: Array,
    v: Array,
    share: Array,
    live: Live,
    rows: Rows,
    own: Array,
    par: Array,
    grain: float,
    by: Array,
    by_own: Array,
) -> None:
    """Run the way back; `share`: (NODES,) weight of each node. Adds to `by` (SHARED,) and `by_own` (OWN,)."""
    kind, _week, value, weight, marks = rows
    v[: SPREAD + PAIRS * N] = 0.0
    benefit, by_benefit = usual(own, par), 0.0
    for row in range(kind.size - 1, -1, -1):
        w, mark, what = tape[row], marks[row], kind[row]
        if what == INJECTION:
            size, length = renew_back(v, live)
            by[SIZE] += size
            by[LENGTH] += length
        else:
            noise = noise_of(what, weight[row], grain, par)
            datum_back(w, v, share, live, what, value[row], noise, weight[row], mark, par, by)
            if what <= CEILING:
                by_benefit += score_back(w, v, live, mark, par, benefit, by)
        if mark[PASSED] > 0.0:
            by_log, by_drift = move_back(w, v, live, math.exp(-par[RETURN] * mark[PASSED]), par[DRIFT])
            by[RETURN] -= mark[PASSED] * by_log
            by[DRIFT] += by_drift
    by_own[2] += by_benefit * own[2] / benefit
    by[BETWEEN + 5] += 0.5 * by_benefit / benefit
    start_back(v, live, by, by_own)


@compiled
def start_back(v: Array, live: Live, by: Array, by_own: Array) -> None:
    """Back to what was known before any datum."""
    low, many = span(live)
    for k in range(many):
        n = low + k
        for part in range(3):
            by_own[part] += v[part * N + n]
        by[DRIFT] += v[SPREAD + 9 * N + n]
    pair = 0
    for i in range(3):
        for j in range(i + 1):
            for k in range(many):
                n = low + k
                by[BETWEEN + pair] += v[SPREAD + pair * N + n] * (1.0 if i == j else 2.0)
            pair += 1

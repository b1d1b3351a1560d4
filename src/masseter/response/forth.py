"""One patient, from the first datum to the last: the log likelihood at every duration."""

from __future__ import annotations

import math

from masseter.response.alike import counts, drawn_of
from masseter.response.compiled import compiled
from masseter.response.datum import Rows, face, noise_of, weigh
from masseter.response.family import settle
from masseter.response.filter import begin, learn, move, narrow, renew
from masseter.response.layout import (
    BETWEEN,
    DRIFT,
    INJECTION,
    LENGTH,
    NOISE,
    PASSED,
    PRODUCT,
    RETURN,
    SHARE,
    SIZE,
    SQUARES,
    TAIL,
    Array,
)
from masseter.response.layout import NODES as N

PENDING = 12  # so many variances are multiplied before one logarithm is taken


@compiled
def forth(
    tape: Array,
    tally: Array,
    grid: Array,
    prior: Array,
    rows: Rows,
    own: Array,
    par: Array,
    grain: float,
) -> int:
    """Run the filter over one patient; returns the row of the tape that holds what is known at the end.

    `tape`: (rows + 1 or 2, ROWS NODES); two rows do where no way back is wanted. `tally`: log likelihood of
    each node. `prior`: (NODES,) log probability of each duration. `own`: (OWN,) the patient's means.
    """
    (kind, _week, value, weight, marks), last, scores = rows, tape.shape[0] - 1, 0
    open_tally(tally)
    w = tape[0]
    begin(w, own, par[BETWEEN : BETWEEN + 6], par[DRIFT])
    usual = par[NOISE] + grain
    unit = usual, math.log(usual)
    for row in range(kind.size):
        if row % PENDING == 0:
            settle(tally)
        mark, what = marks[row], kind[row]
        w, after = tape[place(row, last)], tape[place(row + 1, last)]
        if mark[PASSED] > 0.0:
            move(w, math.exp(-par[RETURN] * mark[PASSED]), par[DRIFT])
        if what == INJECTION:
            renew(w, after, grid, par[SIZE], par[LENGTH])
            continue
        face(w, grid, what, mark, par, own)
        noise = noise_of(what, weight[row], grain, par)
        weigh(w, tally, what, (value[row], noise), unit, scores, par[TAIL])
        scores += counts(what)
        learn(w, after)
        narrow(w, after)
    settle(tally)
    return place(kind.size, last)


@compiled
def open_tally(tally: Array) -> None:
    """Nothing is known yet, and every duration counts."""
    tally[:] = 0.0
    tally[PRODUCT : PRODUCT + N] = 1.0


@compiled
def place(row: int, last: int) -> int:
    """Where on the tape a row stands: in its own place, or on one of two in turn."""
    return row if last > 1 else row % 2


@compiled
def odds_of(tally: Array, prior: Array, n: int, scores: int, tail: float) -> float:
    """Log probability of a duration so far, but for what all share."""
    return float(tally[SHARE + n] + drawn_of(tally[SQUARES + n], scores, tail) + prior[n])

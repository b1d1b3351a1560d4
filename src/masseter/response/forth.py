"""One patient, from the first datum to the last: the log likelihood at every duration."""

from __future__ import annotations

import math

from masseter.response.compiled import compiled
from masseter.response.datum import Rows, face, noise_of, usual, weigh
from masseter.response.family import settle
from masseter.response.filter import begin, learn, move, narrow, renew
from masseter.response.layout import (
    BETWEEN,
    DRIFT,
    INJECTION,
    LENGTH,
    PASSED,
    RETURN,
    SHARE,
    SIZE,
    Array,
    Live,
)
from masseter.response.layout import NODES as N

PENDING = 16  # so many variances are multiplied before one logarithm is taken
UNLIKELY = 20.0  # log odds against the likeliest: two in a thousand million


@compiled
def forth(
    tape: Array,
    tally: Array,
    powers: Array,
    live: Live,
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
    kind, _week, value, weight, marks = rows
    last = tape.shape[0] - 1
    live[0], live[1] = 0, N
    tally[:N], tally[N:] = 0.0, 1.0
    w, benefit = tape[0], usual(own, par)
    begin(w, own, par[BETWEEN : BETWEEN + 6], par[DRIFT])
    for row in range(kind.size):
        mark, what = marks[row], kind[row]
        w, after = tape[place(row, last)], tape[place(row + 1, last)]
        if mark[PASSED] > 0.0:
            move(w, live, math.exp(-par[RETURN] * mark[PASSED]), par[DRIFT])
        if what == INJECTION:
            prune(tally, live, prior)
            renew(w, after, live, par[SIZE], par[LENGTH])
            continue
        face(w, powers, live, what, mark, par, benefit)
        weigh(w, tally, live, what, value[row], noise_of(what, weight[row], grain, par))
        learn(w, after, live)
        narrow(w, after, live)
        if row % PENDING == PENDING - 1:
            settle(tally, live)
    prune(tally, live, prior)
    return place(kind.size, last)


@compiled
def place(row: int, last: int) -> int:
    """Where on the tape a row stands: in its own place, or on one of two in turn."""
    return row if last > 1 else row % 2


@compiled
def prune(tally: Array, live: Live, prior: Array) -> None:
    """Leave out the nodes at either end that have become so unlikely that they cannot count any more."""
    settle(tally, live)
    first, last = live[0], live[1]
    most = -math.inf
    for n in range(first, last):
        most = max(most, tally[SHARE + n] + prior[n])
    while tally[SHARE + first] + prior[first] < most - UNLIKELY:
        first += 1
    while tally[SHARE + last - 1] + prior[last - 1] < most - UNLIKELY:
        last -= 1
    live[0], live[1] = first, last

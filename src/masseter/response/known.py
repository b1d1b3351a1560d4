"""What is known of one patient after their data: a mixture over durations of normal distributions."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from masseter.response.alike import tell_factor
from masseter.response.amount import SUMS, decay, inject
from masseter.response.compiled import compiled
from masseter.response.courses import Courses
from masseter.response.crowd import log_of, prior_of
from masseter.response.faces import prepare
from masseter.response.layout import (
    GRID,
    INJECTION,
    LENGTH,
    MARKS,
    NODES,
    PAIRS,
    ROWS,
    STATE,
    TAIL,
    TALLY,
    Array,
    Kinds,
)
from masseter.response.parameters import Parameters

CLOCK = SUMS + 4  # amounts left; week of the last datum, of the first and last injection, cycles so far
KEPT = (STATE + PAIRS) * NODES


@dataclass(frozen=True, kw_only=True)
class Known:
    """One patient after the last datum.

    `share`: (NODES,) probability of each duration; `prior`: (NODES,) before any datum. `state`: (27 NODES,)
    mean and covariance of the state at each duration, as `layout.py` orders them. `clock`: (CLOCK,). `mean`:
    (OWN,) the means of patients like this one. `log`: log likelihood of the data. `factor`: (NODES,) by which
    all variances are larger for this patient, with so many degrees of `freedom`; the state is without it.
    """

    parameters: Parameters
    mean: Array
    grain: float
    share: Array
    prior: Array
    state: Array
    clock: Array
    log: float
    factor: Array
    freedom: float

    def own_length(self) -> float:
        """How much one cycle's length differs from another's, before any datum; standard deviation, weeks."""
        return math.sqrt(self.parameters.shared[LENGTH])

    @property
    def week(self) -> float:
        """Week of the last datum."""
        return float(self.clock[SUMS])

    @property
    def first(self) -> float:
        """Week of the first injection."""
        return float(self.clock[SUMS + 1])

    @property
    def last(self) -> float:
        """Week of the last injection."""
        return float(self.clock[SUMS + 2])

    @property
    def cycles(self) -> int:
        """Injections so far."""
        return int(self.clock[SUMS + 3])


@compiled
def run_clock(kind: Kinds, week: Array, value: Array, par: Array, clock: Array) -> None:
    """Amounts and times after the last row; `clock`: (CLOCK,) written."""
    clock[:] = 0.0
    for row in range(kind.size):
        if row > 0:
            decay(clock, week[row] - week[row - 1], par)
        if kind[row] == INJECTION:
            inject(clock, value[row], par)
            if clock[SUMS + 3] == 0.0:
                clock[SUMS + 1] = week[row]
            clock[SUMS + 2] = week[row]
            clock[SUMS + 3] += 1.0
        clock[SUMS] = week[row]


def know(courses: Courses, parameters: Parameters) -> Known:
    """What is known of the one patient in these columns.

    Raises ValueError where there is not exactly one.
    """
    if courses.patients != 1:
        raise ValueError("one patient at a time")
    _starts, kind, week, value, weight, about = courses.columns()
    own, par, grain = parameters.means(about)[0], parameters.kernels(), courses.scale.grain
    tape, tally, grid = np.zeros((2, ROWS * NODES)), np.zeros(TALLY * NODES), np.zeros(GRID * NODES)
    marks = np.zeros((kind.size, MARKS))
    share, prior, clock = np.zeros(NODES), np.zeros(NODES), np.zeros(CLOCK)
    prepare(grid, par)
    rows = (kind, week, value, weight, marks)
    prior_of(own[3], par, grid, prior)
    log, end = log_of(tape, tally, grid, prior, share, rows, own, par, grain)
    run_clock(kind, week, value, par, clock)
    factor = np.ones(NODES)
    freedom = tell_factor(kind, tally, par[TAIL], factor)
    return Known(
        parameters=parameters,
        mean=own,
        grain=grain,
        share=share,
        prior=np.exp(prior),
        state=tape[end, :KEPT],
        clock=clock,
        log=log,
        factor=factor,
        freedom=freedom,
    )

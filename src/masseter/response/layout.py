"""Where things stand in the working memory of the filter, and the grid of durations.

The state of one patient at one moment has six parts, each measured on the score's scale but the last:

    0 baseline            level without treatment
    1 non-specific        change since the first treatment that does not wear off with the toxin
    2 benefit             full size of the part that wears off, of an average cycle
    3 drift               autocorrelated residual (an Ornstein-Uhlenbeck process)
    4 size of the cycle   how much this cycle's benefit differs from the patient's own
    5 length of the cycle how much later, in weeks, this cycle wears off than the patient's own do

Given the duration they are jointly normal. The duration itself is integrated over `NODES` equally spaced
values, but for the first node, which stands for patients with nothing that wears off.
Working memory is one flat array of `ROWS` rows of `NODES` numbers: constant distances between rows let the
compiler do four nodes at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Memory = NDArray[np.float32] | NDArray[np.float64]
Kinds = NDArray[np.uint8]  # what each row says

NODES = 32
SHORTEST_WEEKS = 3.0
STEP_WEEKS = 1.0
STATE = 6
PAIRS = 21

MEAN = 0 * NODES  # six rows
SPREAD = 6 * NODES  # twenty-one rows: the lower triangle of the covariance, row by row
FACES = 27 * NODES  # six rows: how the datum depends on the state
GAIN = 33 * NODES  # six rows: spread times faces
MIDDLE = 39 * NODES  # what the datum is expected to be
SCATTER = 40 * NODES  # variance of that, without the datum's own noise
PULL = 41 * NODES  # first derivative of the datum's log likelihood by its mean
STIFF = 42 * NODES  # minus the second
CURVE = 43 * NODES  # share of the full benefit, 0 to 1
SLOPE = 44 * NODES  # its change for one week more of duration
ROWS = 45

# The tally, which runs along over all data of a patient.
SHARE = 0 * NODES  # log likelihood so far, but for
PRODUCT = 1 * NODES  # the variances whose logarithm is still to be taken
SQUARES = 2 * NODES  # squared distances of the scores from what was expected, in units of their variance
TALLY = 3

# What a row of a patient says.
SCORE = 0  # value: the score
FLOOR = 1  # a score at the lower end: the state lies below `value`
CEILING = 2  # a score at the upper end: the state lies above `value`
INJECTION = 3  # value: dose as a share of the reference dose of its product
WORN_OFF = 4  # value: weeks after the injection at which half was lost; weight: variance of that
STILL_WORKING = 5  # value: weeks after the injection at which more than half was left; weight likewise
STAYED = 6  # came back for the next cycle
LEFT = 7  # did not

# The parameters that all patients share, as the kernels read them.
KAPPA = 0  # weeks in which the remaining amount falls by the factor e
ONSET = 1  # weeks of the rise
STEEP = 2  # weeks: from 90 to 10 percent takes 4.4 of them
FADE = 3  # a week: how fast the non-specific change fades
LEARN = 4  # weeks in which the non-specific change comes; fixed
TREND = 5  # growth of the benefit over cycles
GAMMA = 6  # exponent of the dose in the amount
DRIFT = 7  # variance of the residual process
RETURN = 8  # a week: how fast the residual process returns
NOISE = 9  # variance of one score
SIZE = 10  # variance of the size of a cycle
LENGTH = 11  # variance of the length of a cycle, weeks squared
STAY = 12  # probit of staying without benefit
STAY_BENEFIT = 13  # and its change for each point of benefit
WIDTH = 14  # standard deviation of the log duration between patients
STRETCH = 15  # how much slower long durations fade: 0 all in the same weeks, 1 in proportion
TAIL = 16  # how much more one patient's scores scatter than another's; nought: all alike
ODDS = 17  # that a patient has nothing that wears off
BETWEEN = 18  # six: covariance of baseline, non-specific change and benefit between patients
SHARED = 24

# What a patient's own row of means holds.
OWN = 4  # baseline, non-specific change, benefit, log duration

# What is the same for all rows, at each duration.
STEEPNESS = 0 * NODES  # one divided by the weeks of its steepness
OWN_TIME = 1 * NODES  # the square of how much slower it fades than the duration of reference
SLOWER = 2 * NODES  # log of that per unit of stretch
WEEKS = 3 * NODES  # the duration itself
GRID = 4
REFERENCE_WEEKS = 10.0

# What the forward pass notes of each row for the way back.
PASSED = 0  # weeks since the row before
SINCE = 1  # weeks since the first injection
CYCLE = 2  # 1 - exp(-(cycle - 1) / 2)
REST = 3  # kappa times the log of the amount, weeks
REST_BY = 4  # three: its derivatives by kappa, onset and gamma
WORKS = 7  # 1 where any toxin is at work
MARKS = 8


def durations() -> Array:
    """The durations over which the model integrates, in weeks; the first is for nothing. Shape: (NODES,)."""
    return SHORTEST_WEEKS + STEP_WEEKS * np.arange(NODES, dtype=np.float64)

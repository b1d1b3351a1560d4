"""How much toxin is left: superposed over all earlier injections, in closed form, with its derivatives.

    a(t) = sum over injections of dose^gamma (e^(-d/kappa) - e^(-d (1/kappa + 1/onset))),  d = t - t_c

`left` holds six sums that decay together: of the slow part and of the fast part, each plain, times d, and
times the log of the dose.

Source: reference/response-model, section 2a (amount); the derivatives are ours.
"""

from __future__ import annotations

import math

from masseter.response.compiled import compiled
from masseter.response.layout import GAMMA, KAPPA, ONSET, REST, REST_BY, Array

SUMS = 6
NOTHING = 1e-250


@compiled
def decay(left: Array, weeks: float, par: Array) -> None:
    """Let time pass over the six sums."""
    rate = 1.0 / par[KAPPA]
    for part in range(2):
        keep = math.exp(-weeks * rate)
        first = 3 * part
        left[first + 1] = keep * (left[first + 1] + weeks * left[first])
        left[first] *= keep
        left[first + 2] *= keep
        rate += 1.0 / par[ONSET]


@compiled
def inject(left: Array, dose: float, par: Array) -> None:
    """Add one injection; dose: share of the reference dose, nought for placebo."""
    if dose > 0.0:
        size = dose ** par[GAMMA]
        for first in (0, 3):
            left[first] += size
            left[first + 2] += size * math.log(dose)


@compiled
def note_rest(left: Array, par: Array, mark: Array) -> bool:
    """Write kappa times the log of the amount, in weeks, and its derivatives; false where nothing is left."""
    kappa, onset = par[KAPPA], par[ONSET]
    amount = left[0] - left[3]
    if amount <= NOTHING:
        return False
    log = math.log(amount)
    mark[REST] = kappa * log
    mark[REST_BY] = log + (left[1] - left[4]) / (kappa * amount)
    mark[REST_BY + 1] = -kappa * left[4] / (onset * onset * amount)
    mark[REST_BY + 2] = kappa * (left[2] - left[5]) / amount
    return True


@compiled
def note_whole(left: Array, weeks: float, par: Array, mark: Array) -> bool:
    """The same for the amount right after the last injection, without the rise: what shifts its wear-off."""
    kappa, amount = par[KAPPA], left[0]
    if amount <= NOTHING:
        return False
    log = math.log(amount)
    mark[REST] = kappa * log + weeks
    mark[REST_BY] = log + left[1] / (kappa * amount)
    mark[REST_BY + 1] = 0.0
    mark[REST_BY + 2] = kappa * left[2] / amount
    return True

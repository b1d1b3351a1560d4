"""The week in which half of a cycle's best benefit is left, by the curve with its rise."""

from __future__ import annotations

import math

from masseter.response.compiled import compiled
from masseter.response.layout import KAPPA, ONSET, Array

NEWTON = 8
LONGEST = 600.0  # an exponent that a number still holds


@compiled
def wearing_of(slow: float, fast: float, since: float, shared: Array) -> tuple[float, float, float, float]:
    """What all durations share of a cycle's wear-off.

    `slow`, `fast`: both parts of the amount left (see `amount.py`) so many weeks `since` the last injection.
    Returns kappa times the log of the slow part at the injection, the share that the rise still lacked there,
    the week of the largest amount, and kappa times its log.
    """
    kappa, onset = shared[KAPPA], shared[ONSET]
    whole = kappa * math.log(slow) + since if slow > 0.0 else 0.0
    lacked = fast / slow * math.exp(min(LONGEST, since / onset)) if slow > 0.0 else 0.0
    top = onset * math.log(max(1.0, lacked * (1.0 + kappa / onset)))
    return whole, lacked, top, whole - top + kappa * math.log(1.0 - lacked * math.exp(-top / onset))


@compiled
def half_left(
    weeks: float, steepness: float, cycle: tuple[float, float, float, float], shared: Array
) -> float:
    """Weeks after the injection at which half of the best is left, if none follows.

    `weeks`: duration of the person and the cycle; `cycle`: from `wearing_of`. The time is that of the slow
    part alone, from which Newton's steps come down: the amount falls ever faster from its largest on.
    Source: response-model, section 2a (derived quantities); the rise is ours.
    """
    whole, lacked, top, most = cycle
    kappa, onset = shared[KAPPA], shared[ONSET]
    half = 0.5 / (1.0 + math.exp(-(weeks + most) * steepness))
    end = weeks + whole - math.log(half / (1.0 - half)) / steepness
    week = max(end, top + onset)
    for _ in range(NEWTON):
        lacks = lacked * math.exp(-week / onset)
        off = week - end - kappa * math.log(1.0 - lacks)
        week = max(top + 1e-6, week - off / (1.0 - kappa / onset * lacks / (1.0 - lacks)))
    return float(week)

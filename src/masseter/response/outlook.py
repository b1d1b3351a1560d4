"""One patient's running cycle without its ups and downs: the level, and the part of it that wears off.

Unlike `ahead`, it can be asked of any time since the last injection, and holds neither drift nor noise.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy.special import ndtr, stdtr

from masseter.response.ahead import Mixture, narrowing
from masseter.response.amount import NOTHING
from masseter.response.datum import usual
from masseter.response.faces import prepare
from masseter.response.known import Known
from masseter.response.layout import (
    FADE,
    GRID,
    KAPPA,
    LEARN,
    MEAN,
    NODES,
    ONSET,
    SPREAD,
    STATE,
    STEEPNESS,
    TREND,
    Array,
    durations,
)

TINY = 1e-12
WIDEST = 12  # standard deviations from the middle; nothing that is asked for lies further out
FLATTEST = 600.0  # an exponent beyond this is as good as infinite


def level(known: Known, weeks: Array) -> Mixture:
    """Distribution of the level at times after the last injection. `weeks`: (times,), never before it."""
    return _project(known, _faces(known, np.asarray(weeks, dtype=np.float64)))


def wearing_part(known: Known, weeks: Array) -> Mixture:
    """Distribution of the part of the level that wears off, likewise; negative where a fall is good."""
    faces = _faces(known, np.asarray(weeks, dtype=np.float64))
    faces[:, :2] = 0.0
    return _project(known, faces)


def quantiles(mixture: Mixture, levels: Sequence[float], low: float, high: float, looks: int) -> Array:
    """Values below which the quantity lies with these probabilities, within the ends. Shape: (times, levels).

    One look at so many places between the ends serves all levels; between two places the line is straight.
    """
    scale = np.linspace(low, high, looks)
    places, under = _distribution(mixture.freedom)
    far = (scale[None, :, None] - mixture.middle[:, None, :]) / mixture.spread[:, None, :]
    below = np.interp(far, places, under) @ mixture.share
    return np.stack([np.interp(levels, line, scale) for line in below])


@lru_cache(maxsize=256)
def _distribution(freedom: float) -> tuple[Array, Array]:
    """The distribution function of a mixture's parts, in standard deviations from the middle."""
    places = np.linspace(-WIDEST, WIDEST, 200 * WIDEST + 1)
    if math.isinf(freedom):
        return places, np.asarray(ndtr(places))
    return places, np.asarray(stdtr(freedom, places / narrowing(freedom)))


def _faces(known: Known, weeks: Array) -> Array:
    """How the level depends on the state. Shape: (times, STATE, NODES).  Source: response-model, 2a."""
    if known.cycles == 0 or (weeks < 0).any():
        raise ValueError("the running cycle begins with its injection")
    par = known.parameters.kernels()
    curve, slope = _curve(known, weeks, par)
    since = (known.last + weeks - known.first)[:, None]
    cycle = 1.0 - math.exp(-0.5 * (known.cycles - 1))
    grown = 1.0 + par[TREND] * cycle
    faces = np.zeros((weeks.size, STATE, NODES))
    faces[:, 0] = 1.0
    faces[:, 1] = (1.0 - np.exp(-since / par[LEARN])) * np.exp(-since * par[FADE])
    faces[:, 2] = grown * curve
    faces[:, 4] = curve
    faces[:, 5] = usual(known.mean, par, cycle) * slope
    return faces


def _curve(known: Known, weeks: Array, par: Array) -> tuple[Array, Array]:
    """Share of the full benefit and its change for a week more of duration. Shapes: (times, NODES)."""
    passed = known.last + weeks - known.week
    rate = 1.0 / par[KAPPA]
    slow = known.clock[0] * np.exp(-passed * rate)
    fast = known.clock[3] * np.exp(-passed * (rate + 1.0 / par[ONSET]))
    left = np.maximum(slow - fast, NOTHING)
    grid = np.zeros(GRID * NODES)
    prepare(grid, par)
    steepness = grid[STEEPNESS : STEEPNESS + NODES]
    rest = (durations()[None] + (par[KAPPA] * np.log(left))[:, None]) * steepness
    share = 1.0 / (1.0 + np.exp(np.clip(-rest, -FLATTEST, FLATTEST)))
    share[:, 0] = 0.0  # the node of those with nothing that wears off
    return share, share * (1.0 - share) * steepness


def _project(known: Known, faces: Array) -> Mixture:
    mean = known.state[MEAN : MEAN + STATE * NODES].reshape(STATE, NODES)
    spread = np.zeros((STATE, STATE, NODES))
    rows, columns = np.tril_indices(STATE)
    triangle = known.state[SPREAD : SPREAD + rows.size * NODES].reshape(rows.size, NODES)
    spread[rows, columns] = spread[columns, rows] = triangle
    middle = np.einsum("tsn,sn->tn", faces, mean)
    variance = known.factor * np.einsum("tsn,srn,trn->tn", faces, spread, faces)
    spread = np.sqrt(np.maximum(variance, TINY))
    return Mixture(share=known.share, middle=middle, spread=spread, freedom=known.freedom)

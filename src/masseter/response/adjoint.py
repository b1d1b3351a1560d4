"""The way back through the filter: from the log likelihood to every parameter, at every duration at once.

`w` holds a step as it was on the way forth; `v` holds, in the same rows, the derivatives of the log
likelihood by what stands there. Off-diagonal cells of a derivative by a spread count once in each half of
the matrix.

Source: A. Griewank and A. Walther, Evaluating Derivatives, 2008, chapter 3; the formulas are ours.
"""

from __future__ import annotations

from masseter.response.compiled import compiled
from masseter.response.layout import (
    FACES,
    GAIN,
    MEAN,
    MIDDLE,
    OWN_TIME,
    PULL,
    SCATTER,
    SLOWER,
    SPREAD,
    STIFF,
    Array,
)
from masseter.response.layout import NODES as N
from masseter.response.precision import as_in


@compiled
def update_back(w: Array, v: Array) -> None:
    """Derivatives by gain, pull and stiffness, from those by the mean and spread after the datum."""
    two = as_in(w, 2.0)
    for n in range(N):
        pull, stiff = w[PULL + n], w[STIFF + n]
        c0 = w[GAIN + n]
        c1 = w[GAIN + 1 * N + n]
        c2 = w[GAIN + 2 * N + n]
        c3 = w[GAIN + 3 * N + n]
        c4 = w[GAIN + 4 * N + n]
        c5 = w[GAIN + 5 * N + n]
        k0 = v[SPREAD + n] * c0 + v[SPREAD + 1 * N + n] * c1 + v[SPREAD + 3 * N + n] * c2
        k0 += v[SPREAD + 6 * N + n] * c3 + v[SPREAD + 10 * N + n] * c4 + v[SPREAD + 15 * N + n] * c5
        k1 = v[SPREAD + 1 * N + n] * c0 + v[SPREAD + 2 * N + n] * c1 + v[SPREAD + 4 * N + n] * c2
        k1 += v[SPREAD + 7 * N + n] * c3 + v[SPREAD + 11 * N + n] * c4 + v[SPREAD + 16 * N + n] * c5
        k2 = v[SPREAD + 3 * N + n] * c0 + v[SPREAD + 4 * N + n] * c1 + v[SPREAD + 5 * N + n] * c2
        k2 += v[SPREAD + 8 * N + n] * c3 + v[SPREAD + 12 * N + n] * c4 + v[SPREAD + 17 * N + n] * c5
        k3 = v[SPREAD + 6 * N + n] * c0 + v[SPREAD + 7 * N + n] * c1 + v[SPREAD + 8 * N + n] * c2
        k3 += v[SPREAD + 9 * N + n] * c3 + v[SPREAD + 13 * N + n] * c4 + v[SPREAD + 18 * N + n] * c5
        k4 = v[SPREAD + 10 * N + n] * c0 + v[SPREAD + 11 * N + n] * c1 + v[SPREAD + 12 * N + n] * c2
        k4 += v[SPREAD + 13 * N + n] * c3 + v[SPREAD + 14 * N + n] * c4 + v[SPREAD + 19 * N + n] * c5
        k5 = v[SPREAD + 15 * N + n] * c0 + v[SPREAD + 16 * N + n] * c1 + v[SPREAD + 17 * N + n] * c2
        k5 += v[SPREAD + 18 * N + n] * c3 + v[SPREAD + 19 * N + n] * c4 + v[SPREAD + 20 * N + n] * c5
        v[PULL + n] = c0 * v[MEAN + n] + c1 * v[MEAN + 1 * N + n] + c2 * v[MEAN + 2 * N + n]
        v[PULL + n] += c3 * v[MEAN + 3 * N + n] + c4 * v[MEAN + 4 * N + n] + c5 * v[MEAN + 5 * N + n]
        v[STIFF + n] = -(c0 * k0 + c1 * k1 + c2 * k2 + c3 * k3 + c4 * k4 + c5 * k5)
        v[GAIN + n] = pull * v[MEAN + n] - two * stiff * k0
        v[GAIN + 1 * N + n] = pull * v[MEAN + 1 * N + n] - two * stiff * k1
        v[GAIN + 2 * N + n] = pull * v[MEAN + 2 * N + n] - two * stiff * k2
        v[GAIN + 3 * N + n] = pull * v[MEAN + 3 * N + n] - two * stiff * k3
        v[GAIN + 4 * N + n] = pull * v[MEAN + 4 * N + n] - two * stiff * k4
        v[GAIN + 5 * N + n] = pull * v[MEAN + 5 * N + n] - two * stiff * k5


@compiled
def gain_back(w: Array, v: Array) -> None:
    """Add to the derivatives by the gain what comes through the variance."""
    for n in range(N):
        by_scatter = v[SCATTER + n]
        v[GAIN + n] += by_scatter * w[FACES + n]
        v[GAIN + 1 * N + n] += by_scatter * w[FACES + 1 * N + n]
        v[GAIN + 2 * N + n] += by_scatter * w[FACES + 2 * N + n]
        v[GAIN + 3 * N + n] += by_scatter * w[FACES + 3 * N + n]
        v[GAIN + 4 * N + n] += by_scatter * w[FACES + 4 * N + n]
        v[GAIN + 5 * N + n] += by_scatter * w[FACES + 5 * N + n]


@compiled
def faces_back(w: Array, v: Array) -> None:
    """Derivatives by the faces."""
    for n in range(N):
        by_scatter, by_middle = v[SCATTER + n], v[MIDDLE + n]
        c0 = v[GAIN + n]
        c1 = v[GAIN + 1 * N + n]
        c2 = v[GAIN + 2 * N + n]
        c3 = v[GAIN + 3 * N + n]
        c4 = v[GAIN + 4 * N + n]
        c5 = v[GAIN + 5 * N + n]
        h0 = by_scatter * w[GAIN + n] + by_middle * w[MEAN + n]
        h0 += w[SPREAD + n] * c0 + w[SPREAD + 1 * N + n] * c1 + w[SPREAD + 3 * N + n] * c2
        h0 += w[SPREAD + 6 * N + n] * c3 + w[SPREAD + 10 * N + n] * c4 + w[SPREAD + 15 * N + n] * c5
        h1 = by_scatter * w[GAIN + 1 * N + n] + by_middle * w[MEAN + 1 * N + n]
        h1 += w[SPREAD + 1 * N + n] * c0 + w[SPREAD + 2 * N + n] * c1 + w[SPREAD + 4 * N + n] * c2
        h1 += w[SPREAD + 7 * N + n] * c3 + w[SPREAD + 11 * N + n] * c4 + w[SPREAD + 16 * N + n] * c5
        h2 = by_scatter * w[GAIN + 2 * N + n] + by_middle * w[MEAN + 2 * N + n]
        h2 += w[SPREAD + 3 * N + n] * c0 + w[SPREAD + 4 * N + n] * c1 + w[SPREAD + 5 * N + n] * c2
        h2 += w[SPREAD + 8 * N + n] * c3 + w[SPREAD + 12 * N + n] * c4 + w[SPREAD + 17 * N + n] * c5
        h3 = by_scatter * w[GAIN + 3 * N + n] + by_middle * w[MEAN + 3 * N + n]
        h3 += w[SPREAD + 6 * N + n] * c0 + w[SPREAD + 7 * N + n] * c1 + w[SPREAD + 8 * N + n] * c2
        h3 += w[SPREAD + 9 * N + n] * c3 + w[SPREAD + 13 * N + n] * c4 + w[SPREAD + 18 * N + n] * c5
        h4 = by_scatter * w[GAIN + 4 * N + n] + by_middle * w[MEAN + 4 * N + n]
        h4 += w[SPREAD + 10 * N + n] * c0 + w[SPREAD + 11 * N + n] * c1 + w[SPREAD + 12 * N + n] * c2
        h4 += w[SPREAD + 13 * N + n] * c3 + w[SPREAD + 14 * N + n] * c4 + w[SPREAD + 19 * N + n] * c5
        h5 = by_scatter * w[GAIN + 5 * N + n] + by_middle * w[MEAN + 5 * N + n]
        h5 += w[SPREAD + 15 * N + n] * c0 + w[SPREAD + 16 * N + n] * c1 + w[SPREAD + 17 * N + n] * c2
        h5 += w[SPREAD + 18 * N + n] * c3 + w[SPREAD + 19 * N + n] * c4 + w[SPREAD + 20 * N + n] * c5
        v[FACES + n] = h0
        v[FACES + 1 * N + n] = h1
        v[FACES + 2 * N + n] = h2
        v[FACES + 3 * N + n] = h3
        v[FACES + 4 * N + n] = h4
        v[FACES + 5 * N + n] = h5


@compiled
def state_back(w: Array, v: Array) -> None:
    """Derivatives by mean and spread before the datum."""
    half = as_in(w, 0.5)
    for n in range(N):
        by_middle = v[MIDDLE + n]
        h0, c0 = w[FACES + n], half * v[GAIN + n]
        h1, c1 = w[FACES + 1 * N + n], half * v[GAIN + 1 * N + n]
        h2, c2 = w[FACES + 2 * N + n], half * v[GAIN + 2 * N + n]
        h3, c3 = w[FACES + 3 * N + n], half * v[GAIN + 3 * N + n]
        h4, c4 = w[FACES + 4 * N + n], half * v[GAIN + 4 * N + n]
        h5, c5 = w[FACES + 5 * N + n], half * v[GAIN + 5 * N + n]
        v[MEAN + n] += by_middle * h0
        v[MEAN + 1 * N + n] += by_middle * h1
        v[MEAN + 2 * N + n] += by_middle * h2
        v[MEAN + 3 * N + n] += by_middle * h3
        v[MEAN + 4 * N + n] += by_middle * h4
        v[MEAN + 5 * N + n] += by_middle * h5
        v[SPREAD + n] += c0 * h0 + h0 * c0
        v[SPREAD + 1 * N + n] += c1 * h0 + h1 * c0
        v[SPREAD + 2 * N + n] += c1 * h1 + h1 * c1
        v[SPREAD + 3 * N + n] += c2 * h0 + h2 * c0
        v[SPREAD + 4 * N + n] += c2 * h1 + h2 * c1
        v[SPREAD + 5 * N + n] += c2 * h2 + h2 * c2
        v[SPREAD + 6 * N + n] += c3 * h0 + h3 * c0
        v[SPREAD + 7 * N + n] += c3 * h1 + h3 * c1
        v[SPREAD + 8 * N + n] += c3 * h2 + h3 * c2
        v[SPREAD + 9 * N + n] += c3 * h3 + h3 * c3
        v[SPREAD + 10 * N + n] += c4 * h0 + h4 * c0
        v[SPREAD + 11 * N + n] += c4 * h1 + h4 * c1
        v[SPREAD + 12 * N + n] += c4 * h2 + h4 * c2
        v[SPREAD + 13 * N + n] += c4 * h3 + h4 * c3
        v[SPREAD + 14 * N + n] += c4 * h4 + h4 * c4
        v[SPREAD + 15 * N + n] += c5 * h0 + h5 * c0
        v[SPREAD + 16 * N + n] += c5 * h1 + h5 * c1
        v[SPREAD + 17 * N + n] += c5 * h2 + h5 * c2
        v[SPREAD + 18 * N + n] += c5 * h3 + h5 * c3
        v[SPREAD + 19 * N + n] += c5 * h4 + h5 * c4
        v[SPREAD + 20 * N + n] += c5 * h5 + h5 * c5


@compiled
def move_back(w: Array, v: Array, keep: float, drift: float) -> tuple[float, float]:
    """Through the time that passed: derivatives by the log of what was kept, and by the drift's variance.

    `w` holds mean and spread after the time has passed.
    """
    by_log, by_drift, two = as_in(w, 0.0), as_in(w, 0.0), as_in(w, 2.0)
    drift, new, keep = as_in(w, drift), as_in(w, 1.0 - keep * keep), as_in(w, keep)
    for n in range(N):
        by_log += v[MEAN + 3 * N + n] * w[MEAN + 3 * N + n]
        by_log += two * v[SPREAD + 6 * N + n] * w[SPREAD + 6 * N + n]
        by_log += two * v[SPREAD + 7 * N + n] * w[SPREAD + 7 * N + n]
        by_log += two * v[SPREAD + 8 * N + n] * w[SPREAD + 8 * N + n]
        by_log += two * v[SPREAD + 13 * N + n] * w[SPREAD + 13 * N + n]
        by_log += two * v[SPREAD + 18 * N + n] * w[SPREAD + 18 * N + n]
        by_log += two * v[SPREAD + 9 * N + n] * (w[SPREAD + 9 * N + n] - drift)
        by_drift += new * v[SPREAD + 9 * N + n]
        v[MEAN + 3 * N + n] *= keep
        v[SPREAD + 6 * N + n] *= keep
        v[SPREAD + 7 * N + n] *= keep
        v[SPREAD + 8 * N + n] *= keep
        v[SPREAD + 13 * N + n] *= keep
        v[SPREAD + 18 * N + n] *= keep
        v[SPREAD + 9 * N + n] *= keep * keep
    return by_log, by_drift


@compiled
def renew_back(v: Array, grid: Array) -> tuple[float, float, float]:
    """Through the start of a cycle: derivatives by the variances of its size and length, and by the stretch.

    The last is for a length of variance 1.
    """
    size, length, stretch = as_in(v, 0.0), as_in(v, 0.0), as_in(v, 0.0)
    for n in range(N):
        size += v[SPREAD + 14 * N + n]
        own = v[SPREAD + 20 * N + n] * grid[OWN_TIME + n]
        length += own
        stretch += (own + own) * grid[SLOWER + n]
        v[MEAN + 4 * N + n] = 0.0
        v[MEAN + 5 * N + n] = 0.0
    for pair in range(10, 21):
        for n in range(N):
            v[SPREAD + pair * N + n] = 0.0
    return size, length, stretch

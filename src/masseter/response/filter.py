"""The filter: how one datum after the other changes what is known of a patient, at every duration at once.

Each step is a loop over the nodes that the compiler turns into four-wide arithmetic; that is why the small
matrix products are written out. `w` is the working memory that `layout.py` describes.

Source: R. E. Kalman, A new approach to linear filtering and prediction problems, 1960.
"""

from __future__ import annotations

from masseter.response.compiled import compiled
from masseter.response.layout import (
    FACES,
    GAIN,
    MEAN,
    MIDDLE,
    OWN_TIME,
    PAIRS,
    PULL,
    SCATTER,
    SPREAD,
    STATE,
    STIFF,
    Array,
)
from masseter.response.layout import NODES as N
from masseter.response.precision import as_in


@compiled
def begin(w: Array, middle: Array, between: Array, drift: float) -> None:
    """Put what is known of a person before any datum into every node.

    `middle`: (3,) mean baseline, non-specific change and benefit. `between`: (6,) their covariance, lower
    triangle row by row. `drift`: variance of the residual process.
    """
    for part in range(STATE):
        for n in range(N):
            w[MEAN + part * N + n] = middle[part] if part < 3 else 0.0
    for pair in range(PAIRS):
        for n in range(N):
            w[SPREAD + pair * N + n] = between[pair] if pair < 6 else 0.0
    for n in range(N):
        w[SPREAD + 9 * N + n] = drift


@compiled
def move(w: Array, keep: float, drift: float) -> None:
    """Let time pass: the drift falls back by the factor `keep` and gathers new variance."""
    new, keep = as_in(w, (1.0 - keep * keep) * drift), as_in(w, keep)
    for n in range(N):
        w[MEAN + 3 * N + n] *= keep
        w[SPREAD + 6 * N + n] *= keep
        w[SPREAD + 7 * N + n] *= keep
        w[SPREAD + 8 * N + n] *= keep
        w[SPREAD + 9 * N + n] = w[SPREAD + 9 * N + n] * keep * keep + new
        w[SPREAD + 13 * N + n] *= keep
        w[SPREAD + 18 * N + n] *= keep


@compiled
def renew(w: Array, after: Array, grid: Array, size: float, length: float) -> None:
    """A new cycle begins: forget how the last one differed, and know the next one by its variance alone."""
    length = as_in(w, length)
    for n in range(N):
        after[MEAN + 0 * N + n] = w[MEAN + 0 * N + n]
        after[MEAN + 1 * N + n] = w[MEAN + 1 * N + n]
        after[MEAN + 2 * N + n] = w[MEAN + 2 * N + n]
        after[MEAN + 3 * N + n] = w[MEAN + 3 * N + n]
        after[MEAN + 4 * N + n] = 0.0
        after[MEAN + 5 * N + n] = 0.0
        after[SPREAD + 0 * N + n] = w[SPREAD + 0 * N + n]
        after[SPREAD + 1 * N + n] = w[SPREAD + 1 * N + n]
        after[SPREAD + 2 * N + n] = w[SPREAD + 2 * N + n]
        after[SPREAD + 3 * N + n] = w[SPREAD + 3 * N + n]
        after[SPREAD + 4 * N + n] = w[SPREAD + 4 * N + n]
        after[SPREAD + 5 * N + n] = w[SPREAD + 5 * N + n]
        after[SPREAD + 6 * N + n] = w[SPREAD + 6 * N + n]
        after[SPREAD + 7 * N + n] = w[SPREAD + 7 * N + n]
        after[SPREAD + 8 * N + n] = w[SPREAD + 8 * N + n]
        after[SPREAD + 9 * N + n] = w[SPREAD + 9 * N + n]
        after[SPREAD + 10 * N + n] = 0.0
        after[SPREAD + 11 * N + n] = 0.0
        after[SPREAD + 12 * N + n] = 0.0
        after[SPREAD + 13 * N + n] = 0.0
        after[SPREAD + 15 * N + n] = 0.0
        after[SPREAD + 16 * N + n] = 0.0
        after[SPREAD + 17 * N + n] = 0.0
        after[SPREAD + 18 * N + n] = 0.0
        after[SPREAD + 19 * N + n] = 0.0
        after[SPREAD + 14 * N + n] = size
        after[SPREAD + 20 * N + n] = length * grid[OWN_TIME + n]


@compiled
def project(w: Array) -> None:
    """Gain, mean and variance of what the datum would show, from spread and faces."""
    for n in range(N):
        h0 = w[FACES + n]
        h1 = w[FACES + 1 * N + n]
        h2 = w[FACES + 2 * N + n]
        h3 = w[FACES + 3 * N + n]
        h4 = w[FACES + 4 * N + n]
        h5 = w[FACES + 5 * N + n]
        c0 = w[SPREAD + n] * h0 + w[SPREAD + 1 * N + n] * h1 + w[SPREAD + 3 * N + n] * h2
        c0 += w[SPREAD + 6 * N + n] * h3 + w[SPREAD + 10 * N + n] * h4 + w[SPREAD + 15 * N + n] * h5
        c1 = w[SPREAD + 1 * N + n] * h0 + w[SPREAD + 2 * N + n] * h1 + w[SPREAD + 4 * N + n] * h2
        c1 += w[SPREAD + 7 * N + n] * h3 + w[SPREAD + 11 * N + n] * h4 + w[SPREAD + 16 * N + n] * h5
        c2 = w[SPREAD + 3 * N + n] * h0 + w[SPREAD + 4 * N + n] * h1 + w[SPREAD + 5 * N + n] * h2
        c2 += w[SPREAD + 8 * N + n] * h3 + w[SPREAD + 12 * N + n] * h4 + w[SPREAD + 17 * N + n] * h5
        c3 = w[SPREAD + 6 * N + n] * h0 + w[SPREAD + 7 * N + n] * h1 + w[SPREAD + 8 * N + n] * h2
        c3 += w[SPREAD + 9 * N + n] * h3 + w[SPREAD + 13 * N + n] * h4 + w[SPREAD + 18 * N + n] * h5
        c4 = w[SPREAD + 10 * N + n] * h0 + w[SPREAD + 11 * N + n] * h1 + w[SPREAD + 12 * N + n] * h2
        c4 += w[SPREAD + 13 * N + n] * h3 + w[SPREAD + 14 * N + n] * h4 + w[SPREAD + 19 * N + n] * h5
        c5 = w[SPREAD + 15 * N + n] * h0 + w[SPREAD + 16 * N + n] * h1 + w[SPREAD + 17 * N + n] * h2
        c5 += w[SPREAD + 18 * N + n] * h3 + w[SPREAD + 19 * N + n] * h4 + w[SPREAD + 20 * N + n] * h5
        w[GAIN + n] = c0
        w[GAIN + 1 * N + n] = c1
        w[GAIN + 2 * N + n] = c2
        w[GAIN + 3 * N + n] = c3
        w[GAIN + 4 * N + n] = c4
        w[GAIN + 5 * N + n] = c5
        w[SCATTER + n] = c0 * h0 + c1 * h1 + c2 * h2 + c3 * h3 + c4 * h4 + c5 * h5
        known = w[MEAN + n] * h0
        known += w[MEAN + 1 * N + n] * h1
        known += w[MEAN + 2 * N + n] * h2
        known += w[MEAN + 3 * N + n] * h3
        known += w[MEAN + 4 * N + n] * h4
        known += w[MEAN + 5 * N + n] * h5
        w[MIDDLE + n] += known


@compiled
def learn(w: Array, after: Array) -> None:
    """Take the datum in: the mean after it, by its pull."""
    for n in range(N):
        pull = w[PULL + n]
        after[MEAN + n] = w[MEAN + n] + w[GAIN + n] * pull
        after[MEAN + 1 * N + n] = w[MEAN + 1 * N + n] + w[GAIN + 1 * N + n] * pull
        after[MEAN + 2 * N + n] = w[MEAN + 2 * N + n] + w[GAIN + 2 * N + n] * pull
        after[MEAN + 3 * N + n] = w[MEAN + 3 * N + n] + w[GAIN + 3 * N + n] * pull
        after[MEAN + 4 * N + n] = w[MEAN + 4 * N + n] + w[GAIN + 4 * N + n] * pull
        after[MEAN + 5 * N + n] = w[MEAN + 5 * N + n] + w[GAIN + 5 * N + n] * pull


@compiled
def narrow(w: Array, after: Array) -> None:
    """Take the datum in: the spread after it, by its stiffness."""
    for n in range(N):
        stiff = w[STIFF + n]
        c0 = w[GAIN + n]
        c1 = w[GAIN + 1 * N + n]
        c2 = w[GAIN + 2 * N + n]
        c3 = w[GAIN + 3 * N + n]
        c4 = w[GAIN + 4 * N + n]
        c5 = w[GAIN + 5 * N + n]
        k0 = c0 * stiff
        after[SPREAD + n] = w[SPREAD + n] - c0 * k0
        k1 = c1 * stiff
        after[SPREAD + 1 * N + n] = w[SPREAD + 1 * N + n] - c0 * k1
        after[SPREAD + 2 * N + n] = w[SPREAD + 2 * N + n] - c1 * k1
        k2 = c2 * stiff
        after[SPREAD + 3 * N + n] = w[SPREAD + 3 * N + n] - c0 * k2
        after[SPREAD + 4 * N + n] = w[SPREAD + 4 * N + n] - c1 * k2
        after[SPREAD + 5 * N + n] = w[SPREAD + 5 * N + n] - c2 * k2
        k3 = c3 * stiff
        after[SPREAD + 6 * N + n] = w[SPREAD + 6 * N + n] - c0 * k3
        after[SPREAD + 7 * N + n] = w[SPREAD + 7 * N + n] - c1 * k3
        after[SPREAD + 8 * N + n] = w[SPREAD + 8 * N + n] - c2 * k3
        after[SPREAD + 9 * N + n] = w[SPREAD + 9 * N + n] - c3 * k3
        k4 = c4 * stiff
        after[SPREAD + 10 * N + n] = w[SPREAD + 10 * N + n] - c0 * k4
        after[SPREAD + 11 * N + n] = w[SPREAD + 11 * N + n] - c1 * k4
        after[SPREAD + 12 * N + n] = w[SPREAD + 12 * N + n] - c2 * k4
        after[SPREAD + 13 * N + n] = w[SPREAD + 13 * N + n] - c3 * k4
        after[SPREAD + 14 * N + n] = w[SPREAD + 14 * N + n] - c4 * k4
        k5 = c5 * stiff
        after[SPREAD + 15 * N + n] = w[SPREAD + 15 * N + n] - c0 * k5
        after[SPREAD + 16 * N + n] = w[SPREAD + 16 * N + n] - c1 * k5
        after[SPREAD + 17 * N + n] = w[SPREAD + 17 * N + n] - c2 * k5
        after[SPREAD + 18 * N + n] = w[SPREAD + 18 * N + n] - c3 * k5
        after[SPREAD + 19 * N + n] = w[SPREAD + 19 * N + n] - c4 * k5
        after[SPREAD + 20 * N + n] = w[SPREAD + 20 * N + n] - c5 * k5

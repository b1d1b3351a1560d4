"""The parameters of the model: as people read them, as the kernels take them, as the search moves them.

The search moves free numbers: logarithms of what is positive, the Cholesky factor of the covariance between
patients, and the coefficients of the means. `Parameters` is the readable form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from masseter.response.layout import BETWEEN, LEARN, LENGTH, OWN, SHARED, STEEP, Array

# Name of each shared parameter in the order of the kernels, and whether the search moves its logarithm.
NAMES = (
    "carry_over_weeks",
    "rise_weeks",
    "steepness_weeks",
    "fade_per_week",
    "learn_weeks",
    "growth",
    "dose_exponent",
    "drift_variance",
    "drift_return_per_week",
    "noise_variance",
    "cycle_size_variance",
    "cycle_length_variance",
    "stay",
    "stay_per_point",
    "duration_spread",
    "stretch",
    "unlikeness",
    "odds_of_nothing",
)
LOGGED = np.array([1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 0, 1, 0, 1, 1], dtype=bool)
MEANS = ("baseline", "non_specific", "benefit", "log_duration")
CORNERS = ((0, 0), (1, 0), (1, 1), (2, 0), (2, 1), (2, 2))
DIAGONAL = (0, 2, 5)
SMOOTHING = np.pi / 8
LEAST = 1e-6  # a logarithm of nought is that of this


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """One set of parameters of the time course.

    `shared`: (SHARED,) as `layout.py` orders them. `coefficients`: (OWN, q) of baseline, non-specific change,
    benefit and log duration on the q columns `about` a patient, whose names are `about`.
    """

    shared: Array
    coefficients: Array
    about: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.shared.shape != (SHARED,) or self.coefficients.shape != (OWN, len(self.about)):
            raise ValueError("parameters do not have the shape of the model")

    def named(self) -> dict[str, float]:
        """Every parameter under its name."""
        values = dict(zip(NAMES, self.shared[:BETWEEN].tolist(), strict=True))
        for (row, column), value in zip(CORNERS, self.shared[BETWEEN:].tolist(), strict=True):
            values[f"between.{MEANS[row]}.{MEANS[column]}"] = value
        for mean, line in zip(MEANS, self.coefficients.tolist(), strict=True):
            values.update({f"{mean}.{about}": value for about, value in zip(self.about, line, strict=True)})
        return values

    def kernels(self) -> Array:
        """The shared parameters as the kernels take them. Shape: (SHARED,).

        They see each cycle's length through a straight line, so its steepness is that of the curve averaged
        over lengths.  Source: D. J. Spiegelhalter and S. L. Lauritzen, 1990 (logistic-normal mean).
        """
        shared = self.shared.copy()
        shared[STEEP] = np.sqrt(shared[STEEP] ** 2 + SMOOTHING * shared[LENGTH])
        return shared

    def between(self) -> Array:
        """Covariance of baseline, non-specific change and benefit between patients. Shape: (3, 3)."""
        square = np.zeros((3, 3))
        for (row, column), value in zip(CORNERS, self.shared[BETWEEN:], strict=True):
            square[row, column] = square[column, row] = value
        return square

    def means(self, about: Array) -> Array:
        """The means of patients. `about`: (patients, q). Shape: (patients, OWN)."""
        return np.ascontiguousarray(about @ self.coefficients.T)


def free_names(about: Sequence[str]) -> list[str]:
    """Names of the free numbers, in order."""
    shared = [f"log {name}" if log else name for name, log in zip(NAMES, LOGGED, strict=True)]
    corners = [f"root.{MEANS[row]}.{MEANS[column]}" for row, column in CORNERS]
    return shared + corners + [f"{mean}.{one}" for mean in MEANS for one in about]


def freed(parameters: Parameters) -> Array:
    """The free numbers of a set of parameters. Shape: (SHARED + OWN q,)."""
    shared = parameters.shared[:BETWEEN].copy()
    shared[LOGGED] = np.log(np.maximum(shared[LOGGED], LEAST))
    root = np.linalg.cholesky(parameters.between())
    corners = np.array([root[corner] for corner in CORNERS])
    corners[list(DIAGONAL)] = np.log(corners[list(DIAGONAL)])
    return np.concatenate([shared, corners, parameters.coefficients.ravel()])


def bound(free: Array, about: tuple[str, ...]) -> Parameters:
    """The set of parameters behind free numbers."""
    shared = free[:SHARED].copy()
    shared[:BETWEEN][LOGGED] = np.exp(shared[:BETWEEN][LOGGED])
    root = _root(free[BETWEEN:SHARED])
    between = root @ root.T
    shared[BETWEEN:] = [between[corner] for corner in CORNERS]
    return Parameters(shared=shared, coefficients=free[SHARED:].reshape(OWN, -1).copy(), about=about)


def freeing(free: Array) -> Array:
    """How the kernels' parameters change with the free numbers. Shape: (SHARED + OWN q,) squared.

    `freeing.T @ derivatives` turns derivatives by the former into derivatives by the latter.
    """
    turned = np.eye(free.size)
    places = np.flatnonzero(LOGGED)
    turned[places, places] = np.exp(free[places])
    steep, length = np.exp(free[STEEP]), np.exp(free[LENGTH])
    flat = np.sqrt(steep**2 + SMOOTHING * length)
    turned[STEEP, STEEP], turned[STEEP, LENGTH] = steep**2 / flat, 0.5 * SMOOTHING * length / flat
    turned[LEARN, LEARN] = 0.0  # fixed: only a course with many early scores would tell
    root = _root(free[BETWEEN:SHARED])
    for place, (row, column) in enumerate(CORNERS):
        step = np.zeros((3, 3))
        step[row, column] = root[row, column] if row == column else 1.0
        change = step @ root.T + root @ step.T
        turned[BETWEEN:SHARED, BETWEEN + place] = [change[corner] for corner in CORNERS]
    return turned


def _root(corners: Array) -> Array:
    root = np.zeros((3, 3))
    for place, (row, column) in enumerate(CORNERS):
        root[row, column] = np.exp(corners[place]) if row == column else corners[place]
    return root

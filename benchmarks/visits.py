"""Peers that see a trial as one line of visits a person: jointly normal, with a mean for each arm and visit.

Both are fitted by expectation and maximisation over what is missing, and forecast later visits from earlier
ones by the conditional normal distribution. The first leaves the covariance of visits free; the second is a
linear mixed model, a natural cubic spline of four degrees by arm with a level, a slope and a bend of each
person's own.

Sources: A. P. Dempster, N. M. Laird and D. B. Rubin, 1977; N. M. Laird and J. H. Ware, 1982.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
ROUNDS = 300
NEAR = 1e-7


@dataclass(frozen=True, kw_only=True)
class Normal:
    """Shapes: `means` (arms, visits), `covariance` (visits, visits)."""

    means: Floats
    covariance: Floats

    def ahead(
        self, arm: int, seen: Floats, at: NDArray[np.int64], later: NDArray[np.int64]
    ) -> tuple[Floats, Floats]:
        """Mean and standard deviation of each later visit, from the scores at some. Shapes: (later,) each."""
        mean, inside = self.means[arm], self.covariance[np.ix_(at, at)]
        pull = np.linalg.solve(inside, self.covariance[np.ix_(at, later)]).T
        variance = self.covariance[later, later] - np.einsum(
            "lv,lv->l", pull, self.covariance[np.ix_(later, at)]
        )
        return mean[later] + pull @ (seen - mean[at]), np.sqrt(variance)


def unstructured(scores: Floats, arms: NDArray[np.int64]) -> Normal:
    """A covariance of visits without any shape. `scores`: (people, visits), not a number where missing."""
    people, visits = scores.shape
    many = int(arms.max()) + 1
    means = np.array([np.nanmean(scores[arms == arm], axis=0) for arm in range(many)])
    covariance = np.diag(np.nanvar(scores, axis=0))
    for _ in range(ROUNDS):
        filled, left = scores.copy(), np.zeros((visits, visits))
        for person in range(people):
            _fill(filled[person], left, means[arms[person]], covariance)
        means = np.array([filled[arms == arm].mean(axis=0) for arm in range(many)])
        off = filled - means[arms]
        before, covariance = covariance, (off.T @ off + left) / (people - many)
        if np.abs(covariance - before).max() < NEAR * np.abs(covariance).max():
            break
    return Normal(means=means, covariance=covariance)


def _fill(row: Floats, left: Floats, mean: Floats, covariance: Floats) -> None:
    """Put what is to be expected where a visit is missing, and add the covariance that is left."""
    gone, here = np.flatnonzero(np.isnan(row)), np.flatnonzero(~np.isnan(row))
    if not gone.size:
        return
    pull = np.linalg.solve(covariance[np.ix_(here, here)], covariance[np.ix_(here, gone)]).T
    row[gone] = mean[gone] + pull @ (row[here] - mean[here])
    left[np.ix_(gone, gone)] += covariance[np.ix_(gone, gone)] - pull @ covariance[np.ix_(here, gone)]


def spline(scores: Floats, arms: NDArray[np.int64], weeks: Floats) -> Normal:
    """The mixed model with splines, as what it says of the visits."""
    knots = np.quantile(weeks, np.linspace(0, 1, 5))
    basis = np.column_stack([np.ones(weeks.size), natural(weeks, knots)])
    own = basis[:, :3]
    many, columns = int(arms.max()) + 1, basis.shape[1]
    fixed = np.zeros((many, columns))
    spread, noise = np.diag([np.nanvar(scores), 1.0, 1.0]), float(np.nanvar(scores)) / 4
    for _ in range(ROUNDS):
        before = noise
        fixed = _fixed(scores, arms, basis, own @ spread @ own.T, noise)
        spread, noise = _random(scores, (fixed @ basis.T)[arms], own, spread, noise)
        if abs(noise - before) < NEAR * noise:
            break
    covariance = own @ spread @ own.T + noise * np.eye(weeks.size)
    return Normal(means=fixed @ basis.T, covariance=covariance)


def natural(weeks: Floats, knots: Floats) -> Floats:
    """Natural cubic splines but for the constant.  Source: T. Hastie and others, 2009, section 5.2.1."""
    last = knots[-1]

    def bend(knot: float) -> Floats:
        cubes = np.maximum(weeks - knot, 0) ** 3 - np.maximum(weeks - last, 0) ** 3
        return np.asarray(cubes / (last - knot))

    scale = (knots[-1] - knots[0]) ** 2
    bends = [(bend(knot) - bend(knots[-2])) / scale for knot in knots[:-2]]
    return np.column_stack([weeks, *bends])


def _fixed(scores: Floats, arms: NDArray[np.int64], basis: Floats, common: Floats, noise: float) -> Floats:
    """Each arm's coefficients by generalised least squares. Shape: (arms, columns)."""
    found = np.zeros((int(arms.max()) + 1, basis.shape[1]))
    for arm in range(len(found)):
        left, right = np.zeros((basis.shape[1],) * 2), np.zeros(basis.shape[1])
        for row in scores[arms == arm]:
            here = np.flatnonzero(~np.isnan(row))
            weight = np.linalg.inv(common[np.ix_(here, here)] + noise * np.eye(here.size))
            left += basis[here].T @ weight @ basis[here]
            right += basis[here].T @ weight @ row[here]
        found[arm] = np.linalg.solve(left, right)
    return found


def _random(scores: Floats, means: Floats, own: Floats, spread: Floats, noise: float) -> tuple[Floats, float]:
    """Covariance of the personal effects and variance of the noise, one round further."""
    together, squares, many = np.zeros_like(spread), 0.0, 0
    for row, mean in zip(scores, means, strict=True):
        here = np.flatnonzero(~np.isnan(row))
        z = own[here]
        gain = np.linalg.solve(z @ spread @ z.T + noise * np.eye(here.size), z @ spread).T
        effect = gain @ (row[here] - mean[here])
        left = spread - gain @ z @ spread
        off = row[here] - mean[here] - z @ effect
        together += np.outer(effect, effect) + left
        squares += float(off @ off + np.trace(z @ left @ z.T))
        many += here.size
    return together / len(scores), squares / many


def ranked(score: Floats, middle: Floats, spread: Floats, high: int) -> Floats:
    """Ranked probability score on a scale of whole points from nought, as our own forecasts are judged."""
    bounds = np.arange(high) + 0.5
    under = ndtr((bounds[None] - middle[:, None]) / spread[:, None])
    return np.asarray(((under - (score[:, None] < bounds[None])) ** 2).sum(axis=1))

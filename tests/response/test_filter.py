"""The filter against the definition: the density of all scores at once, written out for each duration."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import multivariate_t

from masseter.response import layout
from masseter.response.layout import BETWEEN, INJECTION, SCORE, Array, durations
from masseter.response.likelihood import logs
from masseter.response.parameters import Parameters
from tests.response.population import SCALE, patients, population

ROWS = [
    (SCORE, -1.0, 7.0, 1.0),
    (INJECTION, 0.0, 1.0, 1.0),
    (SCORE, 2.0, 4.0, 1.0),
    (SCORE, 7.0, 3.0, 1.7),
    (SCORE, 12.0, 5.0, 1.0),
    (INJECTION, 14.0, 1.5, 1.0),
    (SCORE, 16.0, 2.0, 1.0),
    (SCORE, 23.0, 4.0, 1.0),
]


def curve(par: Array, week: float, duration: float) -> float:
    """Share of the full benefit, from the definition."""
    amount = 0.0
    for kind, begin, dose, _weight in ROWS:
        if kind == INJECTION and begin < week:
            size = dose ** par[layout.GAMMA]
            amount += (
                size
                * np.exp(-(week - begin) / par[layout.KAPPA])
                * -np.expm1(-(week - begin) / par[layout.ONSET])
            )
    if amount == 0.0:
        return 0.0
    rest = duration + par[layout.KAPPA] * np.log(amount)
    return float(1 / (1 + np.exp(-rest / (par[layout.STEEP] * slower(par, duration)))))


def slower(par: Array, duration: float) -> float:
    """By how much a duration fades slower than that of reference."""
    return float((duration / layout.REFERENCE_WEEKS) ** par[layout.STRETCH])


def whole_density(truth: Parameters) -> float:
    """Log density of the scores of one patient: every covariance written out, summed over durations."""
    par, mean = truth.kernels(), truth.means(np.array([[1.0, 1.0]]))[0]
    between = np.zeros((3, 3))
    between[np.tril_indices(3)] = par[BETWEEN:]
    between = np.tril(between) + np.tril(between, -1).T
    scores = [row for row in ROWS if row[0] == SCORE]
    week, value = np.array([row[1] for row in scores]), np.array([row[2] for row in scores])
    noise = np.array([row[3] for row in scores]) * par[layout.NOISE] + SCALE.grain
    cycle = np.array([sum(r[0] == INJECTION and r[1] < one for r in ROWS) for one in week])
    since = np.clip(week, 0.0, None)
    change = (1 - np.exp(-since / par[layout.LEARN])) * np.exp(-since * par[layout.FADE])
    grown = 1 + par[layout.TREND] * (1 - np.exp(-0.5 * np.maximum(cycle - 1, 0)))
    benefit = -np.sqrt(grown**2 * (mean[2] ** 2 + par[BETWEEN + 5]) + par[layout.SIZE])
    same = (cycle[:, None] == cycle[None, :]).astype(float)
    drift = par[layout.DRIFT] * np.exp(-par[layout.RETURN] * np.abs(week[:, None] - week[None, :]))
    grid = durations()
    prior = -0.5 * ((np.log(grid) - mean[3]) / par[layout.WIDTH]) ** 2 - np.log(grid)
    prior[0] = -np.inf
    prior -= logsumexp(prior) + np.log1p(par[layout.ODDS])
    prior[0] = np.log(par[layout.ODDS]) - np.log1p(par[layout.ODDS])
    each, freedom = [], 2 + 1 / par[layout.TAIL]
    for duration in grid:
        share = np.array([curve(par, one, duration) for one in week]) * (duration > grid[0])
        slope = benefit * share * (1 - share) / par[layout.STEEP]  # times the length, which grows likewise
        faces = np.column_stack([np.ones(week.size), change, grown * share])
        covariance = faces @ between @ faces.T + drift + np.diag(noise)
        covariance += same * (
            par[layout.SIZE] * np.outer(share, share) + par[layout.LENGTH] * np.outer(slope, slope)
        )
        density = multivariate_t(faces @ mean[:3], covariance * (freedom - 2) / freedom, df=freedom)
        each.append(density.logpdf(value))
    return float(logsumexp(np.array(each) + prior))


def test_the_filter_gives_the_density_of_all_scores_at_once() -> None:
    truth = population()
    courses = patients([ROWS], about=np.array([[1.0, 1.0]]))

    log = logs(courses, truth)

    assert log[0] == pytest.approx(whole_density(truth), abs=1e-6)

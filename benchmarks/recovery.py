"""How often the intervals of a fit hold the truth: many simulated registries, each fitted from a wrong start.

Counted for every parameter that the data can tell; those that the prior holds are left out by name.
Run as `python -m benchmarks recovery`, or `python -m benchmarks recovery 40` for so many registries.
"""

from __future__ import annotations

import os

import numpy as np
from scipy.stats import norm
from tests.response.population import ABOUT, SCALE, population, weak_prior

from benchmarks.figure import Figure
from masseter.response.fit import fit
from masseter.response.parameters import bound, free_names, freed
from masseter.response.simulate import Visits, simulate

PATIENTS = 1500
LEVELS = (0.5, 0.8, 0.95)
# Few scores fall into the rise, nobody left, and the time of learning is fixed: the prior speaks here.
HELD = ("log learn_weeks", "log rise_weeks", "stay", "stay_per_point")


def measure(registries: int = 40) -> list[Figure]:
    """Each registry has its own seed, start and patients."""
    truth = population()
    free, names, prior = freed(truth), free_names(ABOUT), weak_prior(truth)
    told = [at for at, name in enumerate(names) if name not in HELD]
    far, failed = [], 0
    for seed in range(registries):
        courses, _truth = simulate(truth, SCALE, Visits(), patients=PATIENTS, seed=1000 + seed)
        start = bound(free + np.random.default_rng(seed).normal(scale=0.15, size=free.size), ABOUT)
        fitted = fit(courses, start, prior, threads=os.cpu_count() or 1)
        failed += not fitted.is_converged
        far.append((fitted.free - free) / np.sqrt(np.diag(fitted.covariance)))
    counted = np.array(far)[:, told]
    sized = (
        f"{registries} registries of {PATIENTS:,} patients, {len(told)} parameters; {failed} not converged"
    )
    return [
        *(_covered(level, counted, sized) for level in LEVELS),
        _worst(counted, [names[at] for at in told]),
    ]


def _covered(level: float, far: np.ndarray, sized: str) -> Figure:
    share = 100 * float((np.abs(far) < norm.ppf((1 + level) / 2)).mean())
    return Figure(f"{100 * level:.0f} % intervals of parameters hold the truth", f"{share:.1f} %", sized)


def _worst(far: np.ndarray, names: list[str]) -> Figure:
    bias = far.mean(axis=0)
    order = np.argsort(-np.abs(bias))[:3]
    told = ", ".join(f"{names[at]} {bias[at]:+.1f}" for at in order)
    return Figure("… furthest from it on average, in standard errors", told)

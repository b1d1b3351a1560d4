"""How fast courses are fitted and one patient is forecast: simulated patients with a known truth."""

from __future__ import annotations

import os
import resource
import time

import numpy as np
from tests.response.population import ABOUT, SCALE, population, weak_prior

from benchmarks.figure import Figure
from masseter.response.ahead import scores_ahead, wear_off
from masseter.response.courses import Courses
from masseter.response.fit import fit
from masseter.response.known import know
from masseter.response.likelihood import all_scores
from masseter.response.parameters import Parameters, bound, freed
from masseter.response.simulate import Visits, simulate

CYCLES, CYCLES_EACH = 1_000_000, 4
ONE_PATIENT = 2_000


def measure() -> list[Figure]:
    """A fit from a start beside the truth; kernels are compiled beforehand."""
    truth, threads = population(), os.cpu_count() or 1
    courses, _truth = simulate(truth, SCALE, Visits(), patients=CYCLES // CYCLES_EACH, seed=1)
    start = bound(freed(truth) + np.random.default_rng(2).normal(scale=0.15, size=freed(truth).size), ABOUT)
    all_scores(courses.part(0, 10), start)
    began = time.perf_counter()
    fitted = fit(courses, start, weak_prior(truth), threads=threads)
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    far = np.abs(fitted.free - freed(truth)) / np.sqrt(np.diag(fitted.covariance))
    asked = f"{threads} threads, {courses.kind.size / CYCLES:.1f} rows a cycle, compiled before"
    passes = sum(each.patients for each in fitted.passes) / courses.patients
    return [
        Figure("Fit of a million cycles, seconds", f"{seconds:.1f}", f"{asked}; asked: 25 from a file"),
        Figure("… in passes over all data", f"{passes:.1f}", fitted.why or "converged"),
        Figure("… peak memory, GiB", f"{memory:.2f}", "data of the simulation included; asked: 2"),
        Figure(
            "… parameters further than 4 standard errors from the truth", f"{(far > 4).sum()} of {far.size}"
        ),
        *_one_patient(courses.part(0, ONE_PATIENT), truth),
    ]


def _one_patient(courses: Courses, truth: Parameters) -> list[Figure]:
    weeks = np.arange(0.0, 16.0, 2.0)
    times = []
    for patient in range(courses.patients):
        alone = courses.part(patient, patient + 1)
        began = time.perf_counter()
        known = know(alone, truth)
        scores_ahead(known, known.week + weeks)
        wear_off(known)
        times.append(1000 * (time.perf_counter() - began))
    low, high = np.percentile(times, [50, 99])
    return [
        Figure(
            "Update and forecast of one patient, ms", f"{low:.2f}", f"99 of 100 within {high:.2f}; asked: 1"
        )
    ]

"""The population fit: it finds the truth that data were drawn from, and says where it does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from masseter.response import fit as fitting
from masseter.response.courses import Courses
from masseter.response.fit import Fit, fit, fit_crowd, stages
from masseter.response.layout import LEARN
from masseter.response.likelihood import Here, Sums, logs
from masseter.response.parameters import Parameters, bound, freed
from masseter.response.simulate import Visits, simulate
from tests.response.population import ABOUT, SCALE, population, weak_prior


@pytest.fixture(scope="module")
def courses() -> Courses:
    drawn, _truth = simulate(population(), SCALE, Visits(cycles=3, scores=6), patients=400, seed=11)
    return drawn


@pytest.fixture(scope="module")
def fitted(courses: Courses) -> Fit:
    away = freed(population()) + np.random.default_rng(1).normal(scale=0.1, size=freed(population()).size)
    return fit(courses, bound(away, ABOUT), weak_prior(population()), threads=2)


def test_a_fit_finds_the_truth(courses: Courses, fitted: Fit) -> None:
    far = (fitted.free - freed(population())) / np.sqrt(np.diag(fitted.covariance))

    assert fitted.is_converged
    assert np.abs(np.delete(far, LEARN)).max() < 4
    assert fitted.log > logs(courses, population()).sum()


def test_a_fit_that_starts_at_its_own_end_has_nothing_to_do(courses: Courses, fitted: Fit) -> None:
    again = fit(courses, fitted.parameters, weak_prior(population()))

    assert again.is_converged
    assert again.log == pytest.approx(fitted.log, abs=fitting.NEAR)
    assert len(again.passes) < len(fitted.passes) / 2


def test_a_fit_that_may_not_go_on_says_why(courses: Courses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "STEPS", 1)
    monkeypatch.setattr(fitting, "SEARCHES", 1)
    away = freed(population()) + 0.2

    short = fit(courses.part(0, 100), bound(away, ABOUT), weak_prior(population()))

    assert not short.is_converged
    assert "after 1 steps" in short.why


def test_a_large_fit_takes_a_sample_first() -> None:
    assert stages(100) == [100]
    assert stages(250_000) == [2_000, 24_000, 250_000]


class TooLarge(Here):
    """A crowd whose numbers are too large for single precision."""

    def sums(self, patients: int, parameters: Parameters, *, single: bool = False) -> Sums:
        sums = super().sums(patients, parameters)
        return replace(sums, log=np.inf) if single else sums


class Noting(Here):
    """A crowd that notes which passes were made in single precision."""

    def sums(self, patients: int, parameters: Parameters, *, single: bool = False) -> Sums:
        SINGLE.append(single)
        return super().sums(patients, parameters, single=single)


SINGLE: list[bool] = []


def test_a_fit_ends_in_double_precision(courses: Courses, fitted: Fit) -> None:
    away = freed(population()) + np.random.default_rng(1).normal(scale=0.1, size=freed(population()).size)
    SINGLE.clear()

    noted = fit_crowd(Noting(parts=(courses,)), bound(away, ABOUT), weak_prior(population()))
    wide = fit_crowd(TooLarge(parts=(courses,)), bound(away, ABOUT), weak_prior(population()))

    assert SINGLE[0]
    assert not SINGLE[-1]
    assert noted.log == pytest.approx(fitted.log, rel=1e-12)
    assert wide.is_converged
    assert wide.log == pytest.approx(noted.log, abs=2 * fitting.NEAR)

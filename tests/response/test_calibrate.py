"""Calibration by people who were not fitted: right forecasts pass, wrong ones do not, bands are mended."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from masseter.knowledge.load import load
from masseter.response.ahead import scores_ahead, wear_off
from masseter.response.calibrate import Calibration, Limits, calibrate
from masseter.response.courses import Courses
from masseter.response.held import Held, hold_out
from masseter.response.known import know
from masseter.response.layout import (
    DRIFT,
    INJECTION,
    NOISE,
    SIZE,
    WORN_OFF,
    Array,
)
from masseter.response.parameters import Parameters
from masseter.response.simulate import Truth, Visits, simulate, worn_off
from masseter.response.stretch import HIGHER, LEVELS, LOWER, NOTHING, USUAL, dose_group
from tests.response.population import SCALE, patients, population

LIMITS = Limits(
    overall=2.0,
    group=4.0,
    people=200,
    people_in_group=100,
    people_to_stretch=30,
    lower_dose=0.8,
    higher_dose=1.2,
)


@pytest.fixture(scope="module")
def held() -> tuple[Held, Held]:
    return forecast(population())


def forecast(parameters: Parameters) -> tuple[Held, Held]:
    courses, real = simulate(population(), SCALE, Visits(cycles=3, scores=6), patients=500, seed=31)
    return hold_out(courses, parameters, every=3, worn_off=true_weeks(courses, real))


def true_weeks(courses: Courses, real: Truth) -> Array:
    """Week of wear-off of every simulated cycle. Shape: (patients, cycles)."""
    weeks = worn_off(population(), courses, real)
    weeks[~real.some] = np.nan
    return weeks


def judged(pair: tuple[Held, Held]) -> Calibration:
    return calibrate(*pair, LIMITS)


def test_forecasts_by_the_truth_are_calibrated(held: tuple[Held, Held]) -> None:
    found = judged(held)

    assert found.faults == ()
    assert found.scores.overall.uneven < 0.03
    assert found.scores.stretch == pytest.approx((1, 1, 1), abs=0.08)
    assert found.wear_off is not None
    assert found.wear_off.overall.error < 16


def test_wrong_bands_are_stretched_until_they_hold(held: tuple[Held, Held]) -> None:
    shared = population().shared.copy()
    shared[[NOISE, DRIFT, SIZE]] /= 4
    narrow = judged(forecast(dataclasses.replace(population(), shared=shared)))

    pairs = zip(narrow.scores.overall.plain, narrow.scores.overall.stretched, LEVELS, strict=True)
    for plain, stretched, level in pairs:
        assert plain < 100 * level - 5
        assert stretched == pytest.approx(100 * level, abs=2.5)
    assert min(narrow.scores.stretch) > 1.2
    assert narrow.scores.overall.rps > judged(held).scores.overall.rps


def test_a_group_whose_forecasts_are_wrong_is_named(held: tuple[Held, Held]) -> None:
    scores, dates = held
    off = scores.patient % 4 == 0
    spoiled = dataclasses.replace(
        scores, low=np.where(off, 0.9, scores.low), high=np.where(off, 0.99, scores.high)
    )

    found = calibrate(spoiled, dates, LIMITS, strata={"clinic": ["north", "south", "east", "west"] * 125})

    assert any("clinic north" in fault for fault in found.faults)
    assert not found.is_calibrated


def test_a_group_with_wider_scatter_gets_bands_of_its_own(held: tuple[Held, Held]) -> None:
    scores, dates = held
    wide = scores.patient % 4 == 0
    at = np.where(wide, 2.0, 1.0)
    apart = dataclasses.replace(
        scores, **{name: ndtr(at * ndtri(getattr(scores, name))) for name in ("low", "high")}
    )
    groups = ["placebo", "a", "b", "few"] * 125
    groups[3::4] = ["few"] * 20 + ["a"] * 105

    shared = calibrate(apart, dates, LIMITS, strata={"arm": groups})
    found = calibrate(apart, dates, LIMITS, strata={"arm": groups}, own=groups)

    stretch = {one.group: one.stretch for one in found.scores.own}
    assert set(stretch) == {"placebo", "a", "b"}
    assert stretch["placebo"] == pytest.approx((2, 2, 2), rel=0.15)
    assert stretch["a"] == pytest.approx((1, 1, 1), abs=0.1)
    (before,), (after,) = (
        [one for one in each.scores.groups if one.name == ("arm", "placebo")] for each in (shared, found)
    )
    assert before.stretched[1] < 72
    assert after.stretched == pytest.approx([50, 80, 95], abs=4)


@pytest.mark.parametrize(
    ("share", "group"), [(0, NOTHING), (0.5, LOWER), (0.8, LOWER), (1, USUAL), (1.2, USUAL), (1.5, HIGHER)]
)
def test_a_dose_belongs_to_one_group(share: float, group: str) -> None:
    assert dose_group(share, LIMITS.lower_dose, LIMITS.higher_dose) == group


def test_too_few_people_prove_nothing(held: tuple[Held, Held]) -> None:
    few = tuple(each.of(each.patient < 100) for each in held)

    found = judged((few[0], few[1]))

    assert any("100 people are too few" in fault for fault in found.faults)


def test_a_held_forecast_is_the_one_that_a_person_would_be_given() -> None:
    rows = [(0, -1.0, 6.0, 1.0), (INJECTION, 0.0, 1.0, 1.0), (0, 3.0, 4.0, 1.0), (0, 8.0, 3.0, 1.0)]
    rows.append((WORN_OFF, 12.0, 10.5, 1.5))
    about = np.array([[1.0, 0.0]])

    scores, dates = hold_out(patients([rows], about=about), population())

    known = know(patients([rows[:3]], about=about), population())
    middle = scores_ahead(known, np.array([8.0])).quantile(0.5)[0]
    date = wear_off(known).quantile(0.5)[0]
    assert scores.seen.tolist() == [1, 1, 2]
    assert scores.ahead == pytest.approx([3, 8, 5])
    assert scores.off[2] == pytest.approx(middle - 3, abs=0.05)
    assert dates.seen.tolist() == [1, 2, 3]
    assert dates.off[1] == pytest.approx(date - 10.5, abs=0.05)


def test_people_without_a_later_score_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing came after"):
        hold_out(patients([[(0, -1.0, 6.0, 1.0), (INJECTION, 0.0, 1.0, 1.0)]]), population())


def test_the_limits_are_those_of_knowledge() -> None:
    assert Limits.of(load().practice) == LIMITS

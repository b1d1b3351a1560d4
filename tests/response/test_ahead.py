"""One patient: forecasts that agree with the likelihood, wear-off dates right as often as said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

from masseter.response.ahead import narrowing, scores_ahead, wear_off
from masseter.response.known import know
from masseter.response.layout import GAMMA, INJECTION, KAPPA, ONSET, SCORE, STEEP, STRETCH, durations
from masseter.response.simulate import Visits, simulate, worn_off
from tests.response.population import SCALE, patients, population

ABOUT = np.array([[1.0, 0.0]])
FIRST = [(SCORE, -1.0, 7.0, 1.0), (INJECTION, 0.0, 1.0, 1.0)]


@settings(max_examples=40, deadline=None)
@given(
    scores=st.lists(st.integers(1, 9), min_size=1, max_size=6),
    gaps=st.lists(st.floats(0.25, 4), min_size=6, max_size=6),
)
def test_forecast_of_the_next_score_is_its_likelihood(scores: list[int], gaps: list[float]) -> None:
    weeks = np.cumsum(gaps).astype(np.float32).astype(float)
    rows = FIRST + [(SCORE, week, float(score), 1.0) for week, score in zip(weeks, scores, strict=False)]

    before = know(patients([rows[:-1]], about=ABOUT), population())
    after = know(patients([rows], about=ABOUT), population())

    ahead = scores_ahead(before, np.array([rows[-1][1]]))
    scale = ahead.spread[0] * narrowing(ahead.freedom)
    density = student.pdf(rows[-1][2], ahead.freedom, loc=ahead.middle[0], scale=scale)
    assert after.log - before.log == pytest.approx(np.log(density @ ahead.share), abs=1e-6)


def test_a_quantile_has_its_share_below_it() -> None:
    ahead = scores_ahead(know(patients([FIRST], about=ABOUT), population()), np.array([1.0, 6.0, 30.0]))

    for level in (0.025, 0.1, 0.5, 0.9):
        assert ahead.below(ahead.quantile(level)) == pytest.approx(level, abs=1e-9)


def test_a_forecast_does_not_look_back() -> None:
    known = know(patients([FIRST], about=ABOUT), population())

    with pytest.raises(ValueError, match="forward"):
        scores_ahead(known, np.array([-2.0]))


def test_before_any_score_wear_off_is_that_of_the_population() -> None:
    known = know(patients([FIRST], about=ABOUT), population())

    own, prior = wear_off(known), wear_off(known, prior=True)

    assert own.mean() == pytest.approx(prior.mean(), abs=0.05)
    assert own.deviation() == pytest.approx(prior.deviation(), rel=0.02)


def test_without_toxin_nothing_wears_off() -> None:
    placebo = [FIRST[0], (INJECTION, 0.0, 0.0, 1.0)]

    with pytest.raises(ValueError, match="nothing was injected"):
        wear_off(know(patients([placebo], about=ABOUT), population()))


def test_wear_off_lies_in_its_interval_as_often_as_said() -> None:
    truth = population()
    courses, real = simulate(truth, SCALE, Visits(cycles=4, scores=8), patients=300, seed=21)

    true = worn_off(truth, courses, real)[:, -1]

    inside, off = 0, []
    for patient in np.flatnonzero(real.some).tolist():
        course = wear_off(know(courses.part(patient, patient + 1), truth))
        inside += bool(course.quantile(0.1)[0] <= true[patient] <= course.quantile(0.9)[0])
        off.append(course.quantile(0.5)[0] - true[patient])

    assert 0.72 < inside / len(off) < 0.88
    assert np.abs(off).mean() < 2.0


@pytest.mark.parametrize(("rise", "steep"), [(0.2, 1.6), (1.0, 1.0), (4.5, 1.6), (4.5, 2.5)])
@pytest.mark.parametrize("begins", [(0.0,), (0.0, 12.0), (0.0, 6.0, 12.0)])
def test_wear_off_is_the_week_with_half_of_the_best_left(
    rise: float, steep: float, begins: tuple[float, ...]
) -> None:
    """Against the curve itself, looked at every thousandth of a week, at every duration."""
    truth = population()
    truth.shared[[ONSET, STEEP, STRETCH]] = rise, steep, 0.0
    rows = [(0, -1.0, 6.0, 1.0), *((INJECTION, begin, 1.5, 1.0) for begin in begins)]
    rows.append((0, begins[-1] + 2.0, 4.0, 1.0))

    told = wear_off(know(patients([rows], about=ABOUT), truth), prior=True).middle[0]

    weeks = np.arange(0.001, 60, 0.001)
    since = begins[-1] + weeks[:, None] - np.array(begins)
    left = np.exp(-since / truth.shared[KAPPA]) * -np.expm1(-since / rise)
    rest = truth.shared[KAPPA] * np.log(1.5 ** truth.shared[GAMMA] * left.sum(axis=1))
    for at, duration in enumerate(durations()):
        share = 1 / (1 + np.exp(-(duration + rest) / steep))
        best = int(share.argmax())
        true = weeks[best + int(np.argmax(share[best:] <= share[best] / 2))]
        assert told[at] == pytest.approx(true, abs=0.005), duration

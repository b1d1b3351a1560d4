"""The level of a running cycle is what the scores of `ahead` lie about, and can be asked of earlier days."""

from __future__ import annotations

import numpy as np
import pytest

from masseter.response.ahead import scores_ahead
from masseter.response.known import know
from masseter.response.layout import DRIFT, NOISE
from masseter.response.outlook import level, quantiles, wearing_part
from masseter.response.simulate import Visits, simulate
from tests.response.population import SCALE, population

TRUTH = population()
COURSES, _ = simulate(TRUTH, SCALE, Visits(), patients=6, seed=4)


@pytest.mark.parametrize("patient", range(6))
def test_level_is_what_later_scores_lie_about(patient: int) -> None:
    known = know(COURSES.part(patient, patient + 1), TRUTH)
    # Far enough ahead that the drift remembers nothing of today.
    weeks = known.week + np.array([60.0, 80.0])

    scores, quiet = scores_ahead(known, weeks), level(known, weeks - known.last)

    assert quiet.middle == pytest.approx(scores.middle, abs=1e-6)
    own = known.factor * (TRUTH.shared[NOISE] + TRUTH.shared[DRIFT] + known.grain)
    assert quiet.freedom == scores.freedom
    assert quiet.spread**2 + own == pytest.approx(scores.spread**2, abs=1e-6)


def test_level_and_part_agree_next_to_the_last_datum() -> None:
    known = know(COURSES.part(0, 1), TRUTH)
    weeks = np.array([known.week - known.last])

    drift = scores_ahead(known, weeks + known.last).middle - level(known, weeks).middle

    assert np.abs(drift).max() < 3 * np.sqrt(TRUTH.shared[DRIFT])


def test_part_that_wears_off_comes_and_goes() -> None:
    alone, _ = simulate(TRUTH, SCALE, Visits(cycles=1), patients=1, seed=4)
    known = know(alone, TRUTH)

    sizes = np.abs(wearing_part(known, np.array([0.0, 4.0, 60.0])).mean())

    assert sizes[0] < 0.05
    assert sizes[2] < 0.05
    assert sizes[1] > 0.5


def test_level_before_the_injection_is_refused() -> None:
    known = know(COURSES.part(0, 1), TRUTH)

    with pytest.raises(ValueError, match="begins with its injection"):
        level(known, np.array([-1.0]))


@pytest.mark.parametrize("patient", range(3))
def test_quantiles_of_one_look_are_those_of_the_search(patient: int) -> None:
    known = know(COURSES.part(patient, patient + 1), TRUTH)
    scores = scores_ahead(known, known.week + np.arange(1.0, 9.0, 2.0))
    levels = [0.025, 0.5, 0.9]

    found = quantiles(scores, levels, 0.0, 10.0, 161)

    searched = np.stack([np.clip(scores.quantile(level), 0.0, 10.0) for level in levels], axis=1)
    assert found == pytest.approx(searched, abs=0.02)

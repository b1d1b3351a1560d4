"""Patients under other laws: drawn alike piece by piece, and their true dates are where the curve says."""

from __future__ import annotations

import numpy as np
import pytest

from masseter.response.layout import INJECTION
from masseter.response.otherwise import LATEST, LAWS, simulate_otherwise
from masseter.response.simulate import Visits
from tests.response.population import SCALE

ONE_LONG = Visits(cycles=1, scores=20, interval_weeks=30.0)


@pytest.mark.parametrize("law", LAWS)
def test_scores_are_halfway_back_when_the_benefit_is_said_to_have_worn_off(law: str) -> None:
    courses, real = simulate_otherwise(LAWS[law], SCALE, ONE_LONG, patients=3000, seed=4)

    rows = courses.kind.reshape(3000, -1)[:, 2:]
    week, value = (each.reshape(3000, -1)[:, 2:] for each in (courses.week, courses.value))
    of = real.responds[:, None] & (rows <= 2)
    left = week / real.worn_off
    full, half, gone = (
        value[of & (left > low) & (left < high)].mean()
        for low, high in ((0.2, 0.3), (0.95, 1.05), (2.2, 3.5))
    )
    assert (courses.kind.reshape(3000, -1)[:, 1] == INJECTION).all()
    assert full < half < gone
    assert (half - full) / (gone - full) == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize("law", LAWS)
def test_a_piece_is_the_same_whoever_draws_it(law: str) -> None:
    one, real = simulate_otherwise(LAWS[law], SCALE, Visits(), patients=50, seed=1, piece=3)
    again, _real = simulate_otherwise(LAWS[law], SCALE, Visits(), patients=50, seed=1, piece=3)

    assert np.array_equal(one.value, again.value)
    assert ((real.worn_off > 1) & (real.worn_off < LATEST)).all()

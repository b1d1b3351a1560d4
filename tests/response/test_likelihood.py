"""Sums over patients: the same to rounding, however the work is shared."""

from __future__ import annotations

import numpy as np
import pytest

from masseter.response.courses import BLOCK
from masseter.response.likelihood import added, all_scores
from masseter.response.simulate import Visits, simulate
from tests.response.population import SCALE, population


def test_any_number_of_threads_gives_the_same_sums() -> None:
    visits = Visits(cycles=1, scores=2)
    courses, _truth = simulate(population(), SCALE, visits, patients=2 * BLOCK + 7, seed=5)

    alone = all_scores(courses, population(), threads=1)
    together = all_scores(courses, population(), threads=3)

    assert alone.patients == courses.patients
    assert alone.log == pytest.approx(together.log, rel=1e-14)
    assert np.allclose(alone.slopes, together.slopes, rtol=1e-12)
    assert np.allclose(alone.outer, together.outer, rtol=1e-12)


def test_no_data_cannot_be_added() -> None:
    with pytest.raises(ValueError, match="no data"):
        added([])

"""Many patients at once are known as each of them alone is."""

from __future__ import annotations

import numpy as np
import pytest

from masseter.response.courses import Scale
from masseter.response.known import know
from masseter.response.layout import (
    BETWEEN,
    DRIFT,
    MEAN,
    NODES,
    NOISE,
    SIZE,
    SPREAD,
    STAY_BENEFIT,
    durations,
)
from masseter.response.likelihood import logs
from masseter.response.parameters import Parameters
from masseter.response.people import COLUMNS, people
from masseter.response.simulate import Visits, simulate
from tests.response.population import SCALE, population


def test_each_line_is_what_is_known_of_the_patient_alone() -> None:
    courses, _truth = simulate(population(), SCALE, Visits(cycles=2, scores=5), patients=12, seed=3)

    lines = people(courses, population())

    assert lines.shape == (12, len(COLUMNS))
    for patient in range(courses.patients):
        alone = know(courses.part(patient, patient + 1), population())
        told = dict(zip(COLUMNS, lines[patient], strict=True))
        mean = alone.share @ durations()
        benefit = alone.state[MEAN + 2 * NODES : MEAN + 3 * NODES]
        variance = alone.state[SPREAD + 5 * NODES : SPREAD + 6 * NODES]
        middle = alone.share @ benefit
        assert told["log"] == pytest.approx(alone.log)
        assert told["duration_weeks"] == pytest.approx(mean)
        assert told["benefit"] == pytest.approx(middle)
        spread = np.sqrt(alone.share @ (variance + benefit**2) - middle**2)
        assert told["benefit_spread"] == pytest.approx(spread)


def test_numbers_too_large_for_single_precision_are_known_all_the_same() -> None:
    courses, _truth = simulate(population(), SCALE, Visits(cycles=2, scores=7), patients=3, seed=4)
    noisy = population()
    noisy.shared[NOISE] = 1e6

    lines = people(courses, noisy)

    assert lines[:, 0] == pytest.approx(logs(courses, noisy))


@pytest.mark.parametrize("size", [0.02, 1.0, 40.0])
@pytest.mark.parametrize("quiet", [1.0, 200.0])
def test_single_precision_holds_on_any_scale_and_with_any_rhythm(size: float, quiet: float) -> None:
    """Treatments fall where products of variances are settled; noise may be small beside the rest."""
    usual = population()
    shared = usual.shared.copy()
    shared[BETWEEN : BETWEEN + 6] *= size**2
    shared[[DRIFT, NOISE, SIZE]] *= size**2
    shared[NOISE] /= quiet
    shared[STAY_BENEFIT] /= size
    coefficients = usual.coefficients.copy()
    coefficients[:3] *= size
    scaled = Parameters(shared=shared, coefficients=coefficients, about=usual.about)
    scale = Scale(low=-1000.0, high=1000.0, step=0.0)
    courses, _truth = simulate(scaled, scale, Visits(cycles=4, scores=10), patients=60, seed=6)

    lines = people(courses, scaled)

    assert lines[:, 0] == pytest.approx(logs(courses, scaled), rel=1e-4, abs=1e-2)

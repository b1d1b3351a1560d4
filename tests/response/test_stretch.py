"""The stretch of bands: what conformal prediction asks for, in people whose forecasts go together or not."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from masseter.response.stretch import LEVELS, stretches

EDGES = [float(ndtri((1 + level) / 2)) for level in LEVELS]


def order_statistic(normal: np.ndarray) -> list[float]:
    """Split-conformal prediction by one score a person: the value in place (people + 1) × level."""
    places = [int(np.ceil(level * (normal.size + 1))) - 1 for level in LEVELS]
    return [float(np.sort(normal)[at] / edge) for at, edge in zip(places, EDGES, strict=True)]


@pytest.mark.parametrize("each", [1, 6])
def test_people_whose_forecasts_all_say_the_same_count_as_one_each(each: int) -> None:
    normal = np.abs(np.random.default_rng(1).normal(size=39))

    found = stretches(np.repeat(normal, each), np.repeat(np.arange(39), each))

    assert found == pytest.approx(order_statistic(normal))


@pytest.mark.parametrize("between", [0.0, 0.3, 1.0])
def test_bands_of_few_people_hold_what_they_say_in_new_ones(between: float) -> None:
    """Averaged over many small groups, at any likeness of a person's forecasts."""
    rng = np.random.default_rng(2)
    held = []
    for _ in range(600):
        wide = np.exp(between * rng.normal(size=(37, 1)))
        normal = np.abs(wide * rng.normal(size=(37, 8)))
        by = np.array(stretches(normal[:36].ravel(), np.repeat(np.arange(36), 8)))
        held.append((normal[36][:, None] <= by * EDGES).mean(axis=0))

    assert 100 * np.mean(held, axis=0) == pytest.approx([50, 80, 95], abs=3)

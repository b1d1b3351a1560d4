"""From a curve of knowledge to the parameters of the model: the truth of a simulated registry."""

from __future__ import annotations

import math

import numpy as np

from masseter.knowledge.model import ResponseCurve, Value
from masseter.response import layout
from masseter.response.layout import BETWEEN, OWN, SHARED
from masseter.response.parameters import Parameters


def truth_of(curve: ResponseCurve) -> Parameters:
    """The parameters of a curve. Standard deviations become variances; everybody comes back."""
    shared = np.zeros(SHARED)
    for place, value in {
        layout.KAPPA: _plain(curve.carry_over_weeks),
        layout.ONSET: _plain(curve.rise_weeks),
        layout.STEEP: _plain(curve.steepness_weeks),
        layout.FADE: _plain(curve.fade_per_week),
        layout.LEARN: _plain(curve.learn_weeks),
        layout.TREND: _plain(curve.growth),
        layout.GAMMA: _plain(curve.dose_exponent),
        layout.DRIFT: _plain(curve.drift) ** 2,
        layout.RETURN: 1 / _plain(curve.drift_weeks),
        layout.NOISE: _plain(curve.noise) ** 2,
        layout.SIZE: _plain(curve.cycle_size) ** 2,
        layout.LENGTH: _plain(curve.cycle_weeks) ** 2,
        layout.WIDTH: _plain(curve.wear_off_spread),
    }.items():
        shared[place] = value
    parts = (curve.baseline, curve.non_specific, curve.benefit)
    spread, alike = np.array([_plain(part.spread) for part in parts]), np.eye(3)
    alike[1, 0] = _plain(curve.baseline_and_non_specific)
    alike[2, 0] = _plain(curve.baseline_and_benefit)
    alike[2, 1] = _plain(curve.non_specific_and_benefit)
    shared[BETWEEN:] = (alike * np.outer(spread, spread))[np.tril_indices(3)]
    means = [*(_plain(part.mean) for part in parts), math.log(_plain(curve.wear_off_weeks))]
    return Parameters(shared=shared, coefficients=np.array(means).reshape(OWN, 1), about=("one",))


def _plain(value: Value) -> float:
    return float(value.value)

"""From the curves of knowledge to the parameters of the response model."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from masseter.knowledge.model import Instrument, ResponseCurve
from masseter.response import layout
from masseter.response.courses import Scale
from masseter.response.layout import BETWEEN, OWN, SHARED, Array
from masseter.response.parameters import Parameters

ABOUT = ("one",)


def parameters_of(curve: ResponseCurve) -> Parameters:
    """The parameters of a curve.

    Whether people come back is not handed to the model, so what it would make of that is left at nought.
    """
    shared = np.zeros(SHARED)
    for place, value in _shared(curve).items():
        shared[place] = value
    shared[BETWEEN:] = _between(curve)
    means = (curve.baseline.mean, curve.non_specific.mean, curve.benefit.mean)
    coefficients = np.zeros((OWN, 1))
    coefficients[:, 0] = [*(float(each.value) for each in means), math.log(curve.wear_off_weeks.value)]
    return Parameters(shared=shared, coefficients=coefficients, about=ABOUT)


def scale_of(instrument: Instrument) -> Scale:
    """The ends and the step of a measure."""
    return Scale(low=float(instrument.low), high=float(instrument.high), step=float(instrument.step))


def _shared(curve: ResponseCurve) -> dict[int, float]:
    """Standard deviations become variances, weeks of remembering a rate."""
    return {
        layout.KAPPA: float(curve.carry_over_weeks.value),
        layout.ONSET: float(curve.rise_weeks.value),
        layout.STEEP: float(curve.steepness_weeks.value),
        layout.FADE: float(curve.fade_per_week.value),
        layout.LEARN: float(curve.learn_weeks.value),
        layout.TREND: float(curve.growth.value),
        layout.GAMMA: float(curve.dose_exponent.value),
        layout.DRIFT: float(curve.drift.value) ** 2,
        layout.RETURN: 1 / float(curve.drift_weeks.value),
        layout.NOISE: float(curve.noise.value) ** 2,
        layout.SIZE: float(curve.cycle_size.value) ** 2,
        layout.LENGTH: float(curve.cycle_weeks.value) ** 2,
        layout.WIDTH: float(curve.wear_off_spread.value),
        layout.STRETCH: float(curve.stretch.value),
        layout.TAIL: float(curve.unlikeness.value),
        layout.ODDS: float(curve.odds_of_nothing.value) if curve.odds_of_nothing else 0.0,
    }


def _between(curve: ResponseCurve) -> Array:
    """Covariance of baseline, non-specific change and benefit, lower triangle row by row. Shape: (6,)."""
    spread = [float(each.spread.value) for each in (curve.baseline, curve.non_specific, curve.benefit)]
    together = np.eye(3)
    together[1, 0] = curve.baseline_and_non_specific.value
    together[2, 0] = curve.baseline_and_benefit.value
    together[2, 1] = curve.non_specific_and_benefit.value
    rows, columns = np.tril_indices(3)
    return np.asarray(together[rows, columns] * np.array(spread)[rows] * np.array(spread)[columns])


parameters_kept = lru_cache(maxsize=64)(parameters_of)

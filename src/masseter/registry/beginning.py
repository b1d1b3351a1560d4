"""Where a fit begins, and the weak prior that goes with it.

The times come from the curve of the condition, or from all curves together where it has none: then they are
wide enough to hold each. Sizes come from the scale; level and scatter from the first scores in the data.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from masseter.knowledge.load import load
from masseter.knowledge.model import ResponseCurve, Value
from masseter.response import layout
from masseter.response.courses import Courses
from masseter.response.fit import Prior
from masseter.response.layout import BETWEEN, CEILING, FLOOR, OWN, SCORE, SHARED, Array
from masseter.response.parameters import Parameters, free_names, freed

SAMPLE = 2000  # patients whose first scores tell the level
# How far each free number may lie from where the fit begins: standard deviations. Logarithms have no unit,
# sizes are shares of the scale. Wide, but for what few early scores cannot tell: how fast the effect comes.
WIDE = 1.5
SPREADS = {
    "log carry_over_weeks": 0.5,
    "log rise_weeks": 0.5,
    "log steepness_weeks": 0.5,
    "log fade_per_week": 1.0,
    "log learn_weeks": 0.3,
    "growth": 0.5,
    "dose_exponent": 0.5,
    "stay": 0.3,
    "stay_per_point": 0.3,
    "log duration_spread": 0.7,
    "stretch": 0.5,
    "log unlikeness": 1.0,
    "log odds_of_nothing": 1.0,
}
OF_SCALE = {"baseline": 0.5, "non_specific": 0.3, "benefit": 0.3}
OF_PRODUCT = 0.2
DURATION, DURATION_OF_PRODUCT = 0.5, 0.3
# Stretch, tail and odds of nothing to wear off: a little of each, which the data may take away.
LIKELY_SHAPE = (0.5, 0.05, 0.1)
LEAST_FADE = 0.01  # a week: a logarithm needs more than nought


def beginning(condition: str, measure: str, first: Courses) -> tuple[Parameters, Prior]:
    """Parameters to begin with, and the prior about them. `first`: patients from the start of the data."""
    curves = _curves(condition, measure)
    span = first.scale.high - first.scale.low
    level, scatter = _level(first)
    shared = np.zeros(SHARED)
    for place, value in _times(curves).items():
        shared[place] = value
    shared[layout.DRIFT] = shared[layout.NOISE] = (scatter / 2) ** 2
    shared[layout.SIZE] = (0.05 * span) ** 2
    shared[[layout.STRETCH, layout.TAIL, layout.ODDS]] = LIKELY_SHAPE
    between = np.diag([scatter**2, (0.1 * span) ** 2, (0.15 * span) ** 2])
    shared[BETWEEN:] = between[np.tril_indices(3)]
    coefficients = np.zeros((OWN, len(first.names)))
    coefficients[:, 0] = [
        level,
        -0.1 * span,
        -0.2 * span,
        math.log(_middle([one.wear_off_weeks for one in curves])),
    ]
    start = Parameters(shared=shared, coefficients=coefficients, about=first.names)
    return start, _prior(start, span)


def _prior(start: Parameters, span: float) -> Prior:
    names = free_names(start.about)
    return Prior(middle=freed(start), spread=np.array([_spread(name, span) for name in names]))


def _spread(name: str, span: float) -> float:
    if name in SPREADS:
        return SPREADS[name]
    what, _, about = name.rpartition(".")
    if what in OF_SCALE:
        return (OF_SCALE[what] if about == "one" else OF_PRODUCT) * span
    if what == "log_duration":
        return DURATION if about == "one" else DURATION_OF_PRODUCT
    if name.startswith("root."):
        _, row, column = name.split(".")
        return 1.0 if row == column else OF_PRODUCT * span
    return WIDE if name.startswith("log ") else 0.3


def _curves(condition: str, measure: str) -> Sequence[ResponseCurve]:
    known = tuple(load().curves.values())
    fits = [one for one in known if (one.condition, one.measure) == (condition, measure)]
    return fits or [one for one in known if one.condition == condition] or known


def _times(curves: Sequence[ResponseCurve]) -> dict[int, float]:
    """Weeks and rates that do not depend on the scale."""
    return {
        layout.KAPPA: _middle([one.carry_over_weeks for one in curves]),
        layout.ONSET: _middle([one.rise_weeks for one in curves]),
        layout.STEEP: _middle([one.steepness_weeks for one in curves]),
        layout.FADE: max(LEAST_FADE, _middle([one.fade_per_week for one in curves])),
        layout.LEARN: _middle([one.learn_weeks for one in curves]),
        layout.GAMMA: _middle([one.dose_exponent for one in curves]),
        layout.RETURN: 1 / _middle([one.drift_weeks for one in curves]),
        layout.LENGTH: _middle([one.cycle_weeks for one in curves]) ** 2,
        layout.WIDTH: _middle([one.wear_off_spread for one in curves]),
    }


def _middle(values: Sequence[Value]) -> float:
    return float(np.median([float(value.value) for value in values]))


def _level(courses: Courses) -> tuple[float, float]:
    """Mean and standard deviation of the scores before the first treatment, else of all."""
    told = np.isin(courses.kind, (SCORE, FLOOR, CEILING))
    before = told & (courses.week < 0)
    values: Array = courses.value[before if before.sum() > 1 else told].astype(np.float64)
    least = 0.02 * (courses.scale.high - courses.scale.low)
    return float(values.mean()), max(float(values.std()), least)

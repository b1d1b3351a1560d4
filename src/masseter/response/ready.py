"""Compiles what one patient's forecast needs and keeps it on disk: `python -m masseter.response.ready`."""

from __future__ import annotations

import numpy as np

from masseter.response.ahead import scores_ahead, wear_off
from masseter.response.courses import Courses, Scale
from masseter.response.known import know
from masseter.response.layout import BETWEEN, INJECTION, OWN, SCORE, SHARED
from masseter.response.parameters import Parameters


def make_ready() -> None:
    """Forecast an invented patient, so that no real one waits for the compiler."""
    shared = np.full(SHARED, 0.5)
    shared[BETWEEN:] = (1.0, 0.0, 1.0, 0.0, 0.0, 1.0)
    parameters = Parameters(shared=shared, coefficients=np.ones((OWN, 1)), about=("one",))
    courses = Courses(
        starts=np.array([0, 3]),
        kind=np.array([SCORE, INJECTION, SCORE], dtype=np.uint8),
        week=np.array([0, 0, 1], dtype=np.float32),
        value=np.ones(3, dtype=np.float32),
        weight=np.ones(3, dtype=np.float32),
        about=np.ones((1, 1)),
        names=("one",),
        scale=Scale(low=0.0, high=10.0, step=1.0),
    )
    known = know(courses, parameters)
    scores_ahead(known, np.array([2.0]))
    wear_off(known)


if __name__ == "__main__":
    make_ready()

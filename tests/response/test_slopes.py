"""The way back through the filter against small steps of each parameter."""

from __future__ import annotations

import numpy as np
import pytest

from masseter.response.layout import LEARN
from masseter.response.likelihood import logs, scores
from masseter.response.parameters import bound, free_names, freed, freeing
from tests.response.population import ABOUT, everything, patients, population

STEP = 1e-5


def test_every_slope_is_what_a_small_step_shows() -> None:
    rng = np.random.default_rng(3)
    courses = patients([everything(rng, 1 + number % 3) for number in range(12)])
    free = freed(population())

    slopes = freeing(free).T @ scores(courses, population())[0].slopes

    for place, name in enumerate(free_names(ABOUT)):
        if place == LEARN:
            continue  # held fast
        step = np.zeros(free.size)
        step[place] = STEP
        up = logs(courses, bound(free + step, ABOUT)).sum()
        down = logs(courses, bound(free - step, ABOUT)).sum()
        assert slopes[place] == pytest.approx((up - down) / (2 * STEP), rel=2e-5, abs=2e-5), name


def test_scores_and_logs_agree_on_the_likelihood() -> None:
    rng = np.random.default_rng(4)
    courses = patients([everything(rng, 2) for _ in range(5)])

    assert scores(courses, population())[0].log == pytest.approx(logs(courses, population()).sum(), rel=1e-12)


def test_free_numbers_lead_back_to_the_same_parameters() -> None:
    truth = population()

    again = bound(freed(truth), ABOUT)

    assert again.named() == pytest.approx(truth.named())


def test_single_precision_leads_the_same_way() -> None:
    rng = np.random.default_rng(5)
    courses = patients([everything(rng, 1 + number % 4) for number in range(40)])

    wide, narrow = scores(courses, population())[0], scores(courses, population(), single=True)[0]

    far = wide.slopes - narrow.slopes
    lost = 0.5 * far @ np.linalg.pinv(wide.outer) @ far
    assert lost < 1e-6  # of log likelihood, by a step with these slopes instead of those
    assert narrow.log == pytest.approx(wide.log, rel=1e-5)
    assert narrow.log != wide.log

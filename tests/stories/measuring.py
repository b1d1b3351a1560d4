"""The step `results` in the browser: scores on their days, and what they say together."""

from __future__ import annotations

import re
from decimal import Decimal

from masseter.knowledge.load import load
from masseter.ui.instruments import items_of
from tests.stories.script import Stage
from tests.stories.walk import Walk, starting


def enter_baseline(stage: Stage, instrument: str, value: Decimal) -> None:
    """A clinician enters the score before the treatment, marked as what later ones are held against."""
    walk = stage.injector
    walk.go("score_add", stage.case_id, instrument)
    _fill(walk, instrument, value)
    assert walk.page.get_by_role("checkbox", name=starting("This is the baseline")).is_checked()
    walk.press("Save the score")


def enter_score(stage: Stage, instrument: str, value: Decimal) -> None:
    """A later score: by the patient at home where the product asks the patient, else by the clinic."""
    known = load().instruments[instrument]
    at_home = known.asked_of == "patient" and not known.total_only and not known.only_from_diary
    walk = stage.patient if at_home else stage.injector
    walk.go("my_score_add" if at_home else "score_add", stage.case_id, instrument)
    _fill(walk, instrument, value)
    walk.press("Save" if at_home else "Save the score")


def read_results(stage: Stage) -> str:
    """The results page of the main measure; its picture and words are kept."""
    walk = stage.injector
    walk.go("results", stage.case_id)
    chart = walk.page.get_by_role("main").get_by_role("img")
    if chart.count():
        stage.script.outcome.picture("results", chart.first)
    stage.patient.go("my_results")
    return walk.text()


def says_fall(text: str, percent: Decimal) -> bool:
    """The page says that the measure is better by this percentage."""
    return re.search(rf"\b{percent:f}\s% better".replace(r".0\s", r"(\.0)?\s"), text) is not None


def _fill(walk: Walk, instrument: str, value: Decimal) -> None:
    label = items_of(load().instruments[instrument])[0].label
    scale = walk.page.get_by_role("group", name=starting(label))
    if scale.count():
        scale.get_by_role("radio", name=str(value), exact=True).check()
    else:
        walk.fill(label, value)

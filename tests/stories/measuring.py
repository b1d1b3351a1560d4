"""The step `results` in the browser: scores on their days, and what they say together."""

from __future__ import annotations

from decimal import Decimal

from masseter.knowledge.load import load
from masseter.ui.instruments import items_of
from tests.stories.script import Stage
from tests.stories.walk import starting


def enter_score(stage: Stage, instrument: str, value: Decimal, *, is_baseline: bool = False) -> None:
    """Enter one score of today; the tick for the baseline is set as it should be."""
    walk = stage.injector
    walk.go("score_add", stage.case_id, instrument)
    label = items_of(load().instruments[instrument])[0].label
    scale = walk.page.get_by_role("group", name=starting(label))
    if scale.count():
        scale.get_by_role("radio", name=str(value), exact=True).check()
    else:
        walk.fill(label, value)
    walk.page.get_by_role("checkbox", name=starting("This is the baseline")).set_checked(is_baseline)
    walk.press("Save the score")


def read_results(stage: Stage) -> str:
    """The results page of the main measure; its chart and words are kept."""
    walk = stage.injector
    walk.go("results", stage.case_id)
    chart = walk.page.get_by_role("main").get_by_role("img")
    if chart.count():
        stage.script.outcome.picture("results", chart.first)
    return walk.text()

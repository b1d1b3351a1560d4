"""The step `recover` in the browser: the patient's advice of the day and the symptom check."""

from __future__ import annotations

import re
from collections.abc import Mapping

from masseter.knowledge.load import load
from tests.stories.script import Stage
from tests.stories.walk import Answer

ANSWERS = ("Expected at this time", "Call the clinic", "Emergency")


def read_aftercare(stage: Stage) -> str:
    """The advice of the day, as the patient reads it."""
    stage.patient.go("my_aftercare")
    return stage.patient.text()


def check_symptoms(stage: Stage, answers: Mapping[str, Answer]) -> str:
    """The patient tells what is there and says no to the rest; answers what the product says."""
    walk = stage.patient
    walk.go("my_symptoms")
    for code in (code for code, value in answers.items() if value is True):
        walk.tick(load().observations[code].question)
    for box in walk.page.get_by_role("checkbox", name=re.compile("^No to all that I did not tick")).all():
        box.check()
    walk.press("See the answer")
    headings = walk.page.get_by_role("main").get_by_role("heading").all_inner_texts()
    return next(text.strip() for text in headings if text.strip() in ANSWERS)


def record_effect(stage: Stage, effect: str, *, began: str, over: str) -> None:
    """The clinic records a mild unwanted effect that is over."""
    walk = stage.injector
    walk.go("adverse_add", stage.treatment_id)
    name = load().effects[effect].name
    walk.select("What happened", name)
    walk.fill("When it began", began)
    walk.choose("How bad", "Mild: noticed, does not get in the way")
    walk.choose("Is it over?", "Over")
    walk.fill("Over since", over)
    walk.press("Save")
    walk.sees(name)

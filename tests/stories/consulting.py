"""The step `consult` in the browser: intake at home, confirmed; examination; verdict; decision; consent."""

from __future__ import annotations

import re
from collections.abc import Mapping

from masseter.knowledge.load import load
from tests.stories.script import Stage
from tests.stories.walk import Answer, Walk, asked, labels


def fill_in_at_home(stage: Stage) -> None:
    """The patient answers what the publication tells, and leaves the rest open."""
    walk, script = stage.patient, stage.script
    walk.go("my_intake", step="all")
    walk.answer(asked("home", script.told, script.case.condition), plain=True)
    walk.press("Send my answers")
    walk.sees("Your answers are saved")


def confirm_intake(stage: Stage) -> None:
    """The clinician sees what the patient answered, in the self-check and at home, and confirms it."""
    walk, script = stage.injector, stage.script
    walk.go("intake", stage.case_id)
    condition, types = script.case.condition, load().observations
    checked = asked("self_check", {**script.told, **script.assumed}, condition)
    sent = [code for code in checked if "intake" in types[code].asked_in]
    told = dict.fromkeys([*sent, *asked("home", script.told, condition)])
    walk.sees(f"{len(told)} answer")
    for label in labels(told):
        walk.sees(label)
    walk.press("Confirm the intake")


def examine(stage: Stage, answers: Mapping[str, Answer]) -> None:
    """Record what was found; the diagnosis page comes next."""
    walk = stage.injector
    walk.go("examination", stage.case_id)
    walk.answer(asked("examination", answers, stage.script.case.condition))
    walk.press("Save the examination")


def verdict(stage: Stage) -> str:
    """The verdict of the candidacy page in words."""
    walk = stage.injector
    walk.go("candidacy", stage.case_id)
    return verdict_on(walk)


def verdict_on(walk: Walk) -> str:
    """The verdict that the page shows."""
    known = (
        "Candidate",
        "More information needed",
        "Something else first",
        "Not a candidate",
        "Refer urgently",
    )
    headings = walk.page.get_by_role("main").get_by_role("heading").all_inner_texts()
    return next(text.strip() for text in headings if text.strip() in known)


def questions_to_ask(stage: Stage) -> list[str]:
    """What the candidacy page wants to know, in its words."""
    stage.injector.go("candidacy", stage.case_id)
    items = stage.injector.page.get_by_role("listitem").all_inner_texts()
    known = {one.label for one in load().observations.values()}
    return [text.strip() for text in items if text.strip() in known]


def answer_what_is_asked(stage: Stage) -> None:
    """Answer what the publication left out: first the intake, then the examination."""
    walk, script = stage.injector, stage.script
    intake = asked("intake", script.assumed, script.case.condition)
    walk.go("intake", stage.case_id)
    walk.answer(intake)
    walk.press("Confirm the intake")
    examine(stage, {**script.told, **script.assumed})


def choose_diagnosis(stage: Stage) -> None:
    """Work with the diagnosis whose criteria are met."""
    walk = stage.injector
    walk.go("diagnosis", stage.case_id)
    walk.choose("Working diagnosis", f"{stage.script.diagnosis} (criteria met)")
    walk.press("Work with this diagnosis")


def write_reasons(stage: Stage) -> list[str]:
    """Write the script's own reason beside each caution; answers the cautions.

    The cautions are exactly those that the script expects: a new one, or one less, fails the story.
    """
    walk, reasons = stage.injector, stage.script.cautions
    walk.go("candidacy", stage.case_id)
    cautions = walk.sentences("Caution")
    links = walk.page.get_by_role("link", name="Go on despite this, with a reason", exact=True)
    found = [_code(str(link.get_attribute("href"))) for link in links.all()]
    assert sorted(found) == sorted(reasons), f"{sorted(found)}: {cautions}"
    for _ in found:
        link = links.first
        code = _code(str(link.get_attribute("href")))
        walk.leave_by(link)
        walk.fill("Why do you go on?", reasons[code])
        walk.press("Keep this reason")
    walk.sees("Nothing stands in the way of a plan")
    walk.press("Keep the verdict")
    return cautions


def _code(address: str) -> str:
    """The code of the finding that a link is about."""
    return re.findall(r"/candidacy/([^/?]+)/", address)[0]


def decide_and_consent(stage: Stage, wish: str) -> str:
    """Decide together and sign; answers the text that was signed."""
    walk = stage.injector
    walk.go("decision", stage.case_id)
    walk.choose("Decided together", "Go ahead with botulinum toxin")
    walk.fill("What matters most to the patient", wish)
    walk.press("Write it down")
    is_open = stage.script.product_is_open_at_consent
    return sign_consent(stage, "" if is_open else stage.script.product)


def sign_consent(stage: Stage, product: str) -> str:
    """Read and sign the text for one product, or for any; answers the text that was signed."""
    walk = stage.injector
    walk.go("consent_take", stage.case_id)
    if product:
        walk.select("Product", product)
        walk.press("Show the text for it")
    text = walk.text()
    walk.tick("I have read this text")
    walk.fill("Full name of the person who signs", stage.script.name)
    walk.press("Sign the consent")
    return text

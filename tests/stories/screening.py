"""The step `screen` in the browser: the public pages, the self-check, asking for an appointment."""

from __future__ import annotations

from dataclasses import dataclass

from masseter.knowledge.load import load
from tests.stories.script import Stage
from tests.stories.walk import Walk, asked

ANSWERS = ("Worth a consultation", "Something else first", "Get help now")


@dataclass(frozen=True, kw_only=True)
class SelfCheck:
    """How a self-check ended: with what is published alone, and after what was asked was answered."""

    public: str
    first: str
    open_questions: list[str]
    reassured: bool
    last: str
    reasons: list[str]


def read_public_page(stage: Stage) -> str:
    """The public page of the condition, as anybody reads it."""
    stage.visitor.go("condition_page", stage.script.case.condition)
    return stage.visitor.text()


def check_oneself(stage: Stage) -> SelfCheck:
    """The self-check with the published facts alone, then with what it asks besides."""
    walk, script = stage.visitor, stage.script
    condition = script.case.condition
    public = read_public_page(stage)
    walk.follow("Take the self-check")
    walk.answer(asked("self_check", script.told, condition), plain=True)
    walk.press("Show my answer")
    first, said = _answer(walk), walk.text()
    questions = [
        load().observations[code].question for code in asked("self_check", script.assumed, condition)
    ]
    listed = [item.strip() for item in walk.page.get_by_role("listitem").all_inner_texts()]
    open_questions = [question for question in questions if question in listed]
    folded = walk.page.get_by_text("Look at my answers and change them")
    if folded.count():  # where nothing can be said yet, the questions stand there at once
        folded.click()
    walk.answer(asked("self_check", script.assumed, condition), plain=True)
    walk.press("Show my answer")
    return SelfCheck(
        public=public,
        first=first,
        open_questions=open_questions,
        reassured="no all-clear" not in said,
        last=_answer(walk),
        reasons=walk.page.get_by_role("region", name="Why").get_by_role("paragraph").all_inner_texts(),
    )


def ask_for_appointment(stage: Stage) -> None:
    """Ask for an appointment and send the answers along."""
    walk, script = stage.visitor, stage.script
    walk.press("Ask for an appointment")
    walk.fill("Your name", script.name)
    walk.fill("E-mail address", script.email)
    walk.fill("Date of birth", script.born)
    walk.tick("Send the answers of my self-check along")
    walk.press("Send my request")
    walk.sees("Your request has arrived")


def _answer(walk: Walk) -> str:
    headings = walk.page.get_by_role("main").get_by_role("heading").all_inner_texts()
    return next(text.strip() for text in headings if text.strip().startswith(ANSWERS))

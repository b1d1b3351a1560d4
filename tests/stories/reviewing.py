"""The step `follow_up` in the browser: the review visit with its recommendation, and the recall."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from masseter.journey.follow_up.models import Review
from masseter.ui.words import VERDICTS
from tests.stories.script import Stage
from tests.stories.walk import Walk, day_words

CODES = ("repeat", "adjust", "pause", "stop", "refer")
DECISIONS = {VERDICTS[code].words: Review.Decided(code).label for code in CODES}
ADVICE = (*DECISIONS, "Ask first")
ON_RECORD = "Asked: there was, and it is on record"
TALK = "No published rule decides: talk it through"


@dataclass(frozen=True, kw_only=True)
class Advised:
    """What a review recommended, with its reasons, its open questions and the earliest next day."""

    advice: str
    reasons: list[str]
    asks: str
    earliest: date | None


def goes_on(advised: Advised) -> bool:
    """Another treatment is recommended."""
    return advised.advice in (VERDICTS["repeat"].words, VERDICTS["adjust"].words)


def look(stage: Stage, effect: str, *, wish: str, unwanted: str = "Asked: there was none") -> Advised:
    """Ask what is asked at a review, and look at the recommendation."""
    walk = stage.injector
    walk.go("review_add", stage.case_id)
    walk.fill("What the treatment did", effect)
    walk.choose("Unwanted effects in this cycle", unwanted)
    walk.choose("Does the patient want another treatment?", wish)
    walk.press("Show the recommendation")
    return _read(walk)


def decide_too_early(stage: Stage, advised: Advised, decision: str) -> None:
    """The product refuses a day inside the interval, and keeps what was typed."""
    walk = stage.injector
    assert advised.earliest is not None
    walk.choose("Decided", decision)
    walk.fill("Next treatment due from", advised.earliest - timedelta(days=1))
    walk.press_only("Keep the review")
    assert walk.page.title().startswith("Error")
    walk.sees("This day lies inside the interval. The earliest day is")


def decide(stage: Stage, decision: str, *, due: date | None, reason: str = "") -> str:
    """Decide, with the day of the next treatment where there is to be one; answers the kept review."""
    walk = stage.injector
    walk.choose("Decided", decision)
    walk.fill("Reason", reason)
    walk.fill("Next treatment due from", due or "")
    walk.press("Keep the review")
    if due is not None:
        walk.sees(day_words(due))
    return walk.text()


def recall_is_listed(stage: Stage, due: date) -> None:
    """The patient stands on the recall list with the day."""
    walk = stage.desk
    walk.go("recalls")
    row = walk.page.get_by_role("row", name=re.compile(re.escape(stage.script.name), re.IGNORECASE))
    assert f"{due.day} {due:%b} {due.year}" in " ".join(row.inner_text().split())  # the list is narrow


def _read(walk: Walk) -> Advised:
    said = walk.page.get_by_role("region", name="Recommendation")
    headings = [text.strip() for text in said.get_by_role("heading").all_inner_texts()]
    lines = said.inner_text().splitlines()
    words = tuple(f"{one}:" for one in ADVICE)
    earliest = re.search(r"The earliest day is (\d+ \w+ \d{4})", walk.text())
    return Advised(
        advice=next(text for text in headings if text in (*ADVICE, TALK)),
        reasons=[line for line in lines if line.startswith(words)],
        asks=next((line for line in lines if line.startswith("Still to be asked")), ""),
        earliest=datetime.strptime(earliest.group(1), "%d %B %Y").date() if earliest else None,
    )

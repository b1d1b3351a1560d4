"""What a review may end in: a reason where the advice is not followed, a day that is not too early."""

from __future__ import annotations

from datetime import date

from masseter.core.follow_up.due import Due
from masseter.core.follow_up.recommend import PRECEDENCE, Recommendation
from masseter.knowledge.model import Recommends

GOES_ON: tuple[Recommends, ...] = ("repeat", "adjust")
DATED: tuple[Recommends, ...] = (*GOES_ON, "pause")
ENDS: tuple[Recommends, ...] = ("stop", "refer")


class DecisionRefused(ValueError):
    """A decision that cannot stand; `field` is decision, reason or next_due_on, `sentence` says why."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


def is_other(recommendation: Recommendation, decision: Recommends) -> bool:
    """The decision is another one than what the known facts recommend."""
    return recommendation.so_far is not None and recommendation.so_far != decision


def goes_on_unasked(recommendation: Recommendation, decision: Recommends) -> bool:
    """Another treatment is decided while an open question could still speak against it."""
    return recommendation.recommends == "ask" and decision in GOES_ON


def needs_reason(recommendation: Recommendation, decision: Recommends) -> bool:
    """The decision does not follow from what is known."""
    return is_other(recommendation, decision) or goes_on_unasked(recommendation, decision)


def check_decision(recommendation: Recommendation, decision: str, reason: str) -> Recommends:
    """Accept a decision, with a written reason where the recommendation is another.

    Raises: DecisionRefused.
    """
    known = next((one for one in PRECEDENCE if one == decision), None)
    if known is None:
        raise DecisionRefused("decision", "Choose what was decided.")
    if reason.strip():
        return known
    if is_other(recommendation, known):
        raise DecisionRefused("reason", "Write why the decision is another one than recommended.")
    if goes_on_unasked(recommendation, known):
        raise DecisionRefused(
            "reason", "Questions are still open that could speak against it. Answer them, or write why not."
        )
    return known


def check_due(decision: Recommends, next_due_on: date | None, due: Due | None, today: date) -> date | None:
    """Accept the day of the next treatment: never inside the interval, never in the past.

    Raises: DecisionRefused.
    """
    if next_due_on is None:
        if decision in GOES_ON:
            raise DecisionRefused("next_due_on", "Enter the day from which the next treatment is due.")
        if decision in DATED:
            raise DecisionRefused("next_due_on", "Enter the day on which you look again.")
        return None
    if decision in ENDS:
        raise DecisionRefused("next_due_on", "Leave this day empty: no further treatment was decided.")
    if next_due_on < today:
        raise DecisionRefused("next_due_on", "This day lies in the past.")
    if due is not None and next_due_on < due.earliest:
        raise DecisionRefused(
            "next_due_on", f"This day lies inside the interval. The earliest day is {_say(due.earliest)}."
        )
    return next_due_on


def _say(day: date) -> str:
    return f"{day.day} {day:%B %Y}"

"""What an unwanted effect on record says for the next plan: which effects this patient has felt so far."""

from __future__ import annotations

from typing import get_args

from masseter.core.facts import EFFECTS_FELT, NONE_CHOSEN, Observation
from masseter.knowledge.model import EventSeverity, Knowledge

_ORDER = get_args(EventSeverity)


def felt_with(
    known: Observation | None, *, effect: str, severity: EventSeverity, knowledge: Knowledge
) -> tuple[str, ...] | None:
    """The effects felt so far and this one; None where it is nothing that a plan could go by.

    An expected effect counts only from the severity that knowledge names, e.g. chewing that is weak so that
    it bothers. An effect that no plan could be made smaller for is not among the choices.
    """
    type_ = knowledge.observations.get(EFFECTS_FELT)
    if type_ is None or effect not in {choice.code for choice in type_.choices}:
        return None
    if _ORDER.index(severity) < _ORDER.index(knowledge.effects[effect].counts_from):
        return None
    told = known.value if known is not None and isinstance(known.value, tuple) else ()
    return tuple(dict.fromkeys([*(code for code in told if code != NONE_CHOSEN), effect]))

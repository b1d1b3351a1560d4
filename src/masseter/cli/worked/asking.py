"""The same question to `core` that each command asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from masseter.cli.answers.block import Answer
from masseter.cli.case.reading import Case
from masseter.cli.verbs import assess, check, follow_up, plan, reconstitute, score, symptom

ASKS: Mapping[str, Callable[[Case], Answer]] = MappingProxyType(
    {
        "assess": assess.VERB.ask,
        "plan": plan.VERB.ask,
        "check": check.VERB.ask,
        "reconstitute": reconstitute.VERB.ask,
        "score": score.VERB.ask,
        "symptom": symptom.VERB.ask,
        "follow-up": follow_up.VERB.ask,
    }
)


def ask(verb: str, case: Case) -> Answer:
    """The answer of a command about a case. Raises: BadCase."""
    return ASKS[verb](case)

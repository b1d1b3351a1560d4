"""Which questions apply, and which of them to ask first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from masseter.core.answers import Answer, evaluate
from masseter.core.facts import NOT_APPLICABLE, Facts, Observation, fact
from masseter.knowledge.model import ObservationType

ObservationTypes = Mapping[str, ObservationType]


class UnknownObservation(LookupError):
    """A code that no observation has."""


def type_of(code: str, types: ObservationTypes) -> ObservationType:
    """The observation type of a code.

    Raises: UnknownObservation when there is none.
    """
    if code not in types:
        raise UnknownObservation(f"There is no observation called {code!r}.")
    return types[code]


def settle(facts: Facts, types: ObservationTypes) -> dict[str, Observation]:
    """The facts, with every unanswered question that does not apply marked as such.

    A question with `only_if` does not apply once that rule is known not to be met. An answer that
    was given is kept, even where the question no longer applies: contradictions stay visible.
    """
    settled = dict(facts)
    while skipped := [code for code in types if _is_skipped(types[code], settled)]:
        settled.update({code: fact(code, NOT_APPLICABLE) for code in skipped})
    return settled


def askable(codes: Iterable[str], facts: Facts, types: ObservationTypes) -> tuple[str, ...]:
    """The questions to ask for these codes: where one hangs on another that is open, the other first.

    Raises: UnknownObservation for a code that no observation has.
    """
    asked: dict[str, None] = {}
    for code in codes:
        asked.update(dict.fromkeys(_first_to_ask(code, facts, types, seen=frozenset())))
    return tuple(asked)


def questions_behind(codes: Iterable[str], facts: Facts, types: ObservationTypes) -> tuple[str, ...]:
    """The same codes, each computed one replaced by the question that has to be answered for it."""
    return tuple(dict.fromkeys(each for code in codes for each in _behind(code, facts, types)))


def _behind(code: str, facts: Facts, types: ObservationTypes) -> tuple[str, ...]:
    question = types[code].asked_by if code in types else ""
    return askable([question], facts, types) if question else (code,)


def _is_skipped(type_: ObservationType, facts: Facts) -> bool:
    if type_.only_if is None:
        return False
    known = facts.get(type_.code)
    if known is not None and known.value is not None:
        return False
    return evaluate(type_.only_if, facts).answer is Answer.NOT_MET


def _first_to_ask(
    code: str, facts: Facts, types: ObservationTypes, *, seen: frozenset[str]
) -> tuple[str, ...]:
    type_ = type_of(code, types)
    if type_.only_if is None or code in seen:
        return (code,)
    outcome = evaluate(type_.only_if, facts)
    if not outcome.is_unknown:
        return (code,)
    return tuple(
        first
        for missing in outcome.missing
        for first in _first_to_ask(missing, facts, types, seen=seen | {code})
    )

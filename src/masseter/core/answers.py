"""The answer to a rule over observations: met, not met or unknown, and what decided it.

Three-valued (Kleene) logic: what is not known is never taken for no. A question that does not
apply, because the one before it was answered no, counts as answered with no.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import singledispatch

from masseter.core.facts import NONE_CHOSEN, Facts, NoLessThan, NotApplicable, Observation
from masseter.knowledge.model import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    CountAtLeast,
    Is,
    Not,
    NumberOf,
    OneOf,
    Rule,
)


class Answer(StrEnum):
    """What is known about a rule."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class WrongKind(TypeError):
    """A rule reads an observation whose value is of another kind, e.g. a number as yes or no."""


class MeaninglessRule(ValueError):
    """A rule that would always or never be met: without parts, or asking for none or too many of them."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """An answer with the observations that decided it and, when unknown, those still missing."""

    answer: Answer
    decided_by: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_met(self) -> bool:
        """The rule is known to hold."""
        return self.answer is Answer.MET

    @property
    def is_unknown(self) -> bool:
        """Something is missing that could still change the answer."""
        return self.answer is Answer.UNKNOWN


@singledispatch
def evaluate(rule: Rule, facts: Facts) -> Outcome:
    """Whether a rule is met by the facts, not met, or cannot be answered yet.

    Raises: WrongKind when a value is of another kind than the rule reads; MeaninglessRule for a
    rule that nothing could change; TypeError for something that is not a rule.
    """
    raise TypeError(f"{type(rule).__name__} is not a rule")


@evaluate.register
def _(rule: Is, facts: Facts) -> Outcome:
    value = _value(rule.observation, facts)
    if value is None:
        return _unknown(rule.observation)
    if isinstance(value, NotApplicable):
        return _settled(rule.equals is False, rule.observation)
    if not isinstance(value, bool):
        raise _wrong_kind(rule.observation, "yes or no")
    return _settled(value is rule.equals, rule.observation)


@evaluate.register
def _(rule: AtLeast, facts: Facts) -> Outcome:
    number = _number(rule.observation, facts)
    if isinstance(number, NoLessThan):
        is_reached = number.number >= rule.at_least
        return _settled(True, rule.observation) if is_reached else _unknown(rule.observation)
    if isinstance(number, Decimal):
        return _settled(number >= rule.at_least, rule.observation)
    return number


@evaluate.register
def _(rule: AtMost, facts: Facts) -> Outcome:
    number = _number(rule.observation, facts)
    if isinstance(number, NoLessThan):
        is_passed = number.number > rule.at_most
        return _settled(False, rule.observation) if is_passed else _unknown(rule.observation)
    if isinstance(number, Decimal):
        return _settled(number <= rule.at_most, rule.observation)
    return number


@evaluate.register
def _(rule: OneOf, facts: Facts) -> Outcome:
    chosen = _chosen(rule.observation, facts)
    if isinstance(chosen, tuple):
        return _settled(any(code in rule.one_of for code in chosen), rule.observation)
    return chosen


@evaluate.register
def _(rule: CountAtLeast, facts: Facts) -> Outcome:
    chosen = _chosen(rule.observation, facts)
    if isinstance(chosen, tuple):
        counted = {code for code in chosen if (code in rule.of if rule.of else code != NONE_CHOSEN)}
        return _settled(len(counted) >= rule.count_at_least, rule.observation)
    return chosen


@evaluate.register
def _(rule: AllOf, facts: Facts) -> Outcome:
    return _count(rule.all, facts, need=len(rule.all))


@evaluate.register
def _(rule: AnyOf, facts: Facts) -> Outcome:
    return _count(rule.any, facts, need=1)


@evaluate.register
def _(rule: NumberOf, facts: Facts) -> Outcome:
    if not 1 <= rule.count <= len(rule.of_rules):
        raise MeaninglessRule("A rule needs at least one of its parts and no more than it has.")
    return _count(rule.of_rules, facts, need=rule.count)


@evaluate.register
def _(rule: Not, facts: Facts) -> Outcome:
    inner = evaluate(rule.negate, facts)
    turned = {Answer.MET: Answer.NOT_MET, Answer.NOT_MET: Answer.MET, Answer.UNKNOWN: Answer.UNKNOWN}
    return Outcome(answer=turned[inner.answer], decided_by=inner.decided_by, missing=inner.missing)


def observations_of(rule: Rule) -> tuple[str, ...]:
    """The codes of every observation that a rule reads, each once, in the order of the rule."""
    if isinstance(rule, AllOf | AnyOf | NumberOf):
        parts = (
            rule.all if isinstance(rule, AllOf) else rule.any if isinstance(rule, AnyOf) else rule.of_rules
        )
        return _once(code for part in parts for code in observations_of(part))
    if isinstance(rule, Not):
        return observations_of(rule.negate)
    return (rule.observation,)


def _count(rules: tuple[Rule, ...], facts: Facts, *, need: int) -> Outcome:
    if not rules:
        raise MeaninglessRule("A rule without parts says nothing.")
    outcomes = [evaluate(rule, facts) for rule in rules]
    met = [outcome for outcome in outcomes if outcome.answer is Answer.MET]
    still_open = [outcome for outcome in outcomes if outcome.is_unknown]
    if len(met) >= need:
        return Outcome(answer=Answer.MET, decided_by=_once(c for o in met for c in o.decided_by))
    if len(met) + len(still_open) < need:
        against = [outcome for outcome in outcomes if outcome.answer is Answer.NOT_MET]
        return Outcome(answer=Answer.NOT_MET, decided_by=_once(c for o in against for c in o.decided_by))
    return Outcome(answer=Answer.UNKNOWN, missing=_once(c for o in still_open for c in o.missing))


def _value(code: str, facts: Facts) -> object:
    observation: Observation | None = facts.get(code)
    return None if observation is None else observation.value


def _number(code: str, facts: Facts) -> Decimal | NoLessThan | Outcome:
    value = _value(code, facts)
    if isinstance(value, NoLessThan):
        return value
    if value is None:
        return _unknown(code)
    if isinstance(value, NotApplicable):
        return _settled(False, code)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise _wrong_kind(code, "a number")
    return Decimal(value)


def _chosen(code: str, facts: Facts) -> tuple[str, ...] | Outcome:
    value = _value(code, facts)
    if value is None:
        return _unknown(code)
    if isinstance(value, NotApplicable):
        return _settled(False, code)
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, tuple):
        raise _wrong_kind(code, "a choice")
    return value


def _settled(is_met: bool, code: str) -> Outcome:
    return Outcome(answer=Answer.MET if is_met else Answer.NOT_MET, decided_by=(code,))


def _unknown(code: str) -> Outcome:
    return Outcome(answer=Answer.UNKNOWN, missing=(code,))


def _wrong_kind(code: str, wanted: str) -> WrongKind:
    return WrongKind(f"The rule reads {code!r} as {wanted}, but its value is of another kind.")


def _once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))

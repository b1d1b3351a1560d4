"""The answer to a rule over observations: met, not met or unknown, and what decided it.

Three-valued (Kleene) logic: what is not known is never taken for no. A question that does not
apply, because the one before it was answered no, counts as answered with no.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from masseter.core.facts import NONE_CHOSEN, Facts, NoLessThan, NotApplicable
from masseter.core.kept import Kept
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
    singles_in,
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


Check = Callable[[Facts], Outcome]
"""A rule made ready: asked of facts, it gives the outcome."""

# Rules never change, so each is made ready once. It is held here, so that no other takes over its id.
_made: Kept[int, tuple[Rule, Check]] = Kept(20_000)


def evaluate(rule: Rule, facts: Facts) -> Outcome:
    """Whether a rule is met by the facts, not met, or cannot be answered yet.

    Raises: WrongKind when a value is of another kind than the rule reads; MeaninglessRule for a
    rule that nothing could change; TypeError for something that is not a rule.
    """
    made = _made.get(id(rule)) or _made.keep(id(rule), (rule, make_check(rule)))
    return made[1](facts)


def make_check(rule: Rule) -> Check:
    """A rule made ready to be asked of many patients.

    Raises: MeaninglessRule, TypeError.
    """
    match rule:
        case Is():
            return _is(rule)
        case AtLeast():
            return _at_least(rule)
        case AtMost():
            return _at_most(rule)
        case OneOf():
            return _chosen(rule.observation, _any_of(rule.one_of))
        case CountAtLeast():
            return _chosen(rule.observation, lambda chosen: _counted(rule, chosen) >= rule.count_at_least)
        case AllOf():
            return _count(rule.all, need=len(rule.all))
        case AnyOf():
            return _count(rule.any, need=1)
        case NumberOf():
            if not 1 <= rule.count <= len(rule.of_rules):
                raise MeaninglessRule("A rule needs at least one of its parts and no more than it has.")
            return _count(rule.of_rules, need=rule.count)
        case Not():
            return _not(rule)
        case _:
            raise TypeError(f"{type(rule).__name__} is not a rule")


def observations_of(rule: Rule) -> tuple[str, ...]:
    """The codes of every observation that a rule reads, each once, in the order of the rule."""
    return _once(single.observation for single in singles_in(rule))


@dataclass(frozen=True, kw_only=True)
class _Leaf:
    """The three outcomes of a rule over one observation, each made once."""

    code: str
    met: Outcome
    not_met: Outcome
    unknown: Outcome

    def settled(self, is_met: bool) -> Outcome:
        return self.met if is_met else self.not_met

    def wrong(self, wanted: str) -> WrongKind:
        return WrongKind(f"The rule reads {self.code!r} as {wanted}, but its value is of another kind.")


def _leaf(code: str) -> _Leaf:
    return _Leaf(
        code=code,
        met=Outcome(answer=Answer.MET, decided_by=(code,)),
        not_met=Outcome(answer=Answer.NOT_MET, decided_by=(code,)),
        unknown=Outcome(answer=Answer.UNKNOWN, missing=(code,)),
    )


def _is(rule: Is) -> Check:
    code, equals, leaf = rule.observation, rule.equals, _leaf(rule.observation)

    def check(facts: Facts) -> Outcome:
        known = facts.get(code)
        value = None if known is None else known.value
        if value is None:
            return leaf.unknown
        if isinstance(value, NotApplicable):
            return leaf.settled(equals is False)
        if not isinstance(value, bool):
            raise leaf.wrong("yes or no")
        return leaf.settled(value is equals)

    return check


def _at_least(rule: AtLeast) -> Check:
    code, bound, leaf = rule.observation, rule.at_least, _leaf(rule.observation)

    def check(facts: Facts) -> Outcome:
        number = _number(code, facts, leaf)
        if isinstance(number, NoLessThan):
            return leaf.met if number.number >= bound else leaf.unknown
        return leaf.settled(number >= bound) if isinstance(number, Decimal) else number

    return check


def _at_most(rule: AtMost) -> Check:
    code, bound, leaf = rule.observation, rule.at_most, _leaf(rule.observation)

    def check(facts: Facts) -> Outcome:
        number = _number(code, facts, leaf)
        if isinstance(number, NoLessThan):
            return leaf.not_met if number.number > bound else leaf.unknown
        return leaf.settled(number <= bound) if isinstance(number, Decimal) else number

    return check


def _chosen(code: str, is_met: Callable[[tuple[str, ...]], bool]) -> Check:
    leaf = _leaf(code)

    def check(facts: Facts) -> Outcome:
        known = facts.get(code)
        value = None if known is None else known.value
        if value is None:
            return leaf.unknown
        if isinstance(value, NotApplicable):
            return leaf.not_met
        if isinstance(value, str):
            return leaf.settled(is_met((value,)))
        if not isinstance(value, tuple):
            raise leaf.wrong("a choice")
        return leaf.settled(is_met(value))

    return check


def _any_of(codes: tuple[str, ...]) -> Callable[[tuple[str, ...]], bool]:
    wanted = frozenset(codes)
    return lambda chosen: not wanted.isdisjoint(chosen)


def _counted(rule: CountAtLeast, chosen: tuple[str, ...]) -> int:
    return len({code for code in chosen if (code in rule.of if rule.of else code != NONE_CHOSEN)})


def _not(rule: Not) -> Check:
    inner = make_check(rule.negate)
    turned = {Answer.MET: Answer.NOT_MET, Answer.NOT_MET: Answer.MET, Answer.UNKNOWN: Answer.UNKNOWN}

    def check(facts: Facts) -> Outcome:
        found = inner(facts)
        return Outcome(answer=turned[found.answer], decided_by=found.decided_by, missing=found.missing)

    return check


def _count(rules: tuple[Rule, ...], *, need: int) -> Check:
    if not rules:
        raise MeaninglessRule("A rule without parts says nothing.")
    checks = tuple(make_check(rule) for rule in rules)

    def check(facts: Facts) -> Outcome:
        outcomes = [each(facts) for each in checks]
        met = [outcome for outcome in outcomes if outcome.answer is Answer.MET]
        if len(met) >= need:
            return Outcome(answer=Answer.MET, decided_by=_once(c for o in met for c in o.decided_by))
        still_open = [outcome for outcome in outcomes if outcome.answer is Answer.UNKNOWN]
        if len(met) + len(still_open) < need:
            against = [outcome for outcome in outcomes if outcome.answer is Answer.NOT_MET]
            return Outcome(answer=Answer.NOT_MET, decided_by=_once(c for o in against for c in o.decided_by))
        return Outcome(answer=Answer.UNKNOWN, missing=_once(c for o in still_open for c in o.missing))

    return check


def _number(code: str, facts: Facts, leaf: _Leaf) -> Decimal | NoLessThan | Outcome:
    known = facts.get(code)
    value = None if known is None else known.value
    if value is None:
        return leaf.unknown
    if isinstance(value, NoLessThan):
        return value
    if isinstance(value, NotApplicable):
        return leaf.not_met
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise leaf.wrong("a number")
    return Decimal(value)


def _once(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes))

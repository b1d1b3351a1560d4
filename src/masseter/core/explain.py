"""Why a rule is met, not met or unknown: the rule as a tree, each part with its answer and its facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from masseter.core.answers import Answer, evaluate
from masseter.core.facts import Facts, NoLessThan, NotApplicable, ObservationValue
from masseter.core.questions import ObservationTypes, type_of
from masseter.knowledge.model import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    Is,
    Not,
    NumberOf,
    ObservationType,
    OneOf,
    Rule,
    Single,
)


@dataclass(frozen=True, kw_only=True)
class Because:
    """One branch of the tree of reasons: what is asked, the answer, the fact behind it, its parts.

    `answer` is None for a heading. `fact` is what is on record, `observation` its code.
    """

    says: str
    answer: Answer | None = None
    fact: str = ""
    observation: str = ""
    sources: tuple[str, ...] = ()
    parts: tuple[Because, ...] = ()


def explain_rule(rule: Rule, facts: Facts, types: ObservationTypes) -> Because:
    """The tree of a rule over the facts.

    Raises: UnknownObservation, WrongKind, MeaninglessRule.
    """
    answer = evaluate(rule, facts).answer
    match rule:
        case AllOf():
            return _group("All of these", rule.all, answer, facts, types)
        case AnyOf():
            return _group("At least one of these", rule.any, answer, facts, types)
        case NumberOf():
            return _group(f"At least {rule.count} of these", rule.of_rules, answer, facts, types)
        case Not():
            return _group("Not this", (rule.negate,), answer, facts, types)
        case _:
            return _leaf(rule, answer, facts, types)


def value_words(value: ObservationValue, type_: ObservationType) -> str:
    """A value as a person reads it: yes or no, the labels of choices, a number with its unit."""
    labels = {choice.code: choice.label for choice in type_.choices}
    match value:
        case None:
            return "not known"
        case NotApplicable():
            return "does not apply"
        case bool():
            return "yes" if value else "no"
        case tuple():
            return ", ".join(labels.get(code, code) for code in value)
        case str():
            return labels.get(value, value)
        case date():
            return value.isoformat()
        case NoLessThan():
            return f"{value} {type_.unit}".strip()
        case _:
            return f"{Decimal(value).normalize():f} {type_.unit}".strip()


def _group(
    says: str, rules: tuple[Rule, ...], answer: Answer, facts: Facts, types: ObservationTypes
) -> Because:
    parts = tuple(explain_rule(part, facts, types) for part in rules)
    return Because(says=says, answer=answer, parts=parts)


def _leaf(
    rule: Single,
    answer: Answer,
    facts: Facts,
    types: ObservationTypes,
) -> Because:
    type_ = type_of(rule.observation, types)
    known = facts.get(rule.observation)
    return Because(
        says=f"{type_.label}: {_wanted(rule, type_)}",
        answer=answer,
        fact=value_words(known.value if known else None, type_),
        observation=rule.observation,
    )


def _wanted(rule: Single, type_: ObservationType) -> str:
    labels = {choice.code: choice.label for choice in type_.choices}
    match rule:
        case Is():
            return "yes" if rule.equals else "no"
        case AtLeast():
            return f"at least {rule.at_least.normalize():f} {type_.unit}".strip()
        case AtMost():
            return f"at most {rule.at_most.normalize():f} {type_.unit}".strip()
        case OneOf():
            return " or ".join(labels.get(code, code) for code in rule.one_of)
        case _:  # the one kind that is left, as the type of `rule` says
            of = f" of {', '.join(labels.get(code, code) for code in rule.of)}" if rule.of else ""
            return f"at least {rule.count_at_least}{of}"

"""The symptom check: expected, call the clinic, or emergency, with every reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from masseter.core.answers import evaluate, observations_of
from masseter.core.facts import NOT_APPLICABLE, Facts, fact
from masseter.core.questions import askable, settle
from masseter.core.recover.aftercare import check_day
from masseter.knowledge.model import (
    Condition,
    Knowledge,
    ObservationType,
    Sureness,
    SymptomGrade,
    SymptomRule,
)

GRADES: tuple[SymptomGrade, ...] = ("emergency", "call", "expected")
NOT_EXPLAINED = "symptom-not-explained"


@dataclass(frozen=True, kw_only=True)
class SymptomReason:
    """One reason for the grade: a rule that is met, or a symptom that no rule of the day explains."""

    code: str
    grade: SymptomGrade
    sentence: str
    plain: str
    sources: tuple[str, ...] = ()
    sure: Sureness = "design"
    effect: str = ""


@dataclass(frozen=True, kw_only=True)
class SymptomResult:
    """The gravest grade, all reasons with the gravest first, and the questions left open."""

    grade: SymptomGrade
    reasons: tuple[SymptomReason, ...]
    unanswered: tuple[str, ...]


def symptom_questions(*, knowledge: Knowledge, condition: Condition) -> tuple[ObservationType, ...]:
    """The questions of the symptom check for a condition, in the order asked."""
    asked = (type_ for type_ in knowledge.observations.values() if _is_asked(type_, condition))
    return tuple(sorted(asked, key=lambda type_: (type_.order, type_.code)))


def grade_symptoms(*, knowledge: Knowledge, condition: Condition, facts: Facts, day: int) -> SymptomResult:
    """Whether what is felt on a day after treatment is expected, needs a call or is an emergency.

    `expected` is said only when every question is answered; one left open makes it a call, and so
    does a symptom that no rule of that day explains. A rule that expects an effect counts only where
    the treatment of this condition is known to have it, and not before its first day.
    Raises: DayBeforeTreatment for a negative day.
    """
    check_day(day)
    asked = symptom_questions(knowledge=knowledge, condition=condition)
    known = _settle_others(settle(facts, knowledge.observations), knowledge, condition)
    judged = [(rule, evaluate(rule.when, known)) for rule in _rules_on(day, knowledge, condition)]
    met = [rule for rule, outcome in judged if outcome.is_met]
    reasons = [*map(_reason, met), *_unexplained(met, known, asked)]
    by_rules = [code for _, outcome in judged for code in outcome.missing]
    skipped = [type_.code for type_ in asked if type_.kind == "boolean" and _is_open(type_.code, known)]
    unanswered = askable([*by_rules, *skipped], known, knowledge.observations)
    return SymptomResult(
        grade=_gravest(reasons, has_open=bool(unanswered)),
        reasons=tuple(sorted(reasons, key=lambda reason: (GRADES.index(reason.grade), reason.code))),
        unanswered=unanswered,
    )


def grade_of_effect(*, knowledge: Knowledge, condition: Condition, effect: str, day: int) -> SymptomGrade:
    """What an unwanted effect that somebody names asks for, before anybody has looked at it.

    An emergency where any rule takes a sign of it for one: a name alone does not say how bad it is. Expected
    only where a rule expects it on that day after this treatment; all else, and what has no name, is a call.
    Raises: DayBeforeTreatment for a negative day.
    """
    check_day(day)
    if any(rule.effect == effect and rule.grade == "emergency" for rule in knowledge.symptom_rules if effect):
        return "emergency"
    in_force = [rule for rule in _rules_on(day, knowledge, condition) if effect and rule.effect == effect]
    return "expected" if any(rule.grade == "expected" for rule in in_force) else "call"


def gravest_of(results: Sequence[SymptomResult]) -> SymptomResult:
    """The gravest of several answers to the same symptoms; the first of those that are equally grave."""
    return min(results, key=lambda result: GRADES.index(result.grade))


def _rules_on(day: int, knowledge: Knowledge, condition: Condition) -> list[SymptomRule]:
    return [
        rule
        for rule in knowledge.symptom_rules
        if (rule.from_day is None or rule.from_day <= day)
        and (rule.to_day is None or day <= rule.to_day)
        and (rule.grade != "expected" or _may_be_expected(rule, day, knowledge, condition))
    ]


def _may_be_expected(rule: SymptomRule, day: int, knowledge: Knowledge, condition: Condition) -> bool:
    """The effect that the rule expects belongs to the condition's treatment and may have begun by then."""
    if not rule.effect:
        return True
    effect = knowledge.effects[rule.effect]
    is_own = not effect.conditions or condition.code in effect.conditions
    return is_own and day >= effect.onset_days.low


def _settle_others(facts: Facts, knowledge: Knowledge, condition: Condition) -> Facts:
    """The facts, with the symptom questions of other conditions, which nobody asks, marked as such."""
    others = {
        type_.code: fact(type_.code, NOT_APPLICABLE)
        for type_ in knowledge.observations.values()
        if "symptom_check" in type_.asked_in
        and not _is_asked(type_, condition)
        and _is_open(type_.code, facts)
    }
    return {**facts, **others}


def _is_open(code: str, facts: Facts) -> bool:
    return code not in facts or facts[code].value is None


def _unexplained(
    met: list[SymptomRule], known: Facts, asked: tuple[ObservationType, ...]
) -> list[SymptomReason]:
    """What was reported, ticked or in own words, and stands in no rule that is met: a call."""
    explained = {code for rule in met for code in observations_of(rule.when)}
    return [
        SymptomReason(
            code=f"{NOT_EXPLAINED}-{type_.code}",
            grade="call",
            sentence=f"{type_.label}: reported, and not expected on this day after this treatment.",
            plain=f"You told us about this: {type_.label}. Please call us, so that we can look into it.",
        )
        for type_ in asked
        if type_.code not in explained and _is_reported(type_, known)
    ]


def _is_reported(type_: ObservationType, known: Facts) -> bool:
    value = known[type_.code].value if type_.code in known else None
    return value is True or (type_.kind == "text" and bool(value) and value is not NOT_APPLICABLE)


def _reason(rule: SymptomRule) -> SymptomReason:
    return SymptomReason(
        code=rule.code,
        grade=rule.grade,
        sentence=rule.sentence,
        plain=rule.plain,
        sources=rule.evidence.sources,
        sure=rule.evidence.sure,
        effect=rule.effect,
    )


def _gravest(reasons: list[SymptomReason], *, has_open: bool) -> SymptomGrade:
    grades = {reason.grade for reason in reasons}
    if "emergency" in grades:
        return "emergency"
    return "call" if "call" in grades or has_open else "expected"


def _is_asked(type_: ObservationType, condition: Condition) -> bool:
    return "symptom_check" in type_.asked_in and (not type_.conditions or condition.code in type_.conditions)

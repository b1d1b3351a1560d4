"""Every rule speaks of observations that exist, in the way that their kind allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from masseter.knowledge.checks.walk import blocks, findings, observations_in, problem
from masseter.knowledge.model import (
    Adjustment,
    AtLeast,
    AtMost,
    BillingNote,
    Condition,
    CountAtLeast,
    Criterion,
    FindingRule,
    FollowUpRule,
    Is,
    Knowledge,
    NumberOf,
    ObservationType,
    OneOf,
    Rule,
    Single,
    SymptomRule,
    singles_in,
)
from masseter.knowledge.problems import Problem

_KINDS: dict[type, tuple[str, ...]] = {
    Is: ("boolean",),
    AtLeast: ("integer", "decimal"),
    AtMost: ("integer", "decimal"),
    OneOf: ("choice", "choices"),
    CountAtLeast: ("choices",),
}


def check_rules(knowledge: Knowledge) -> Iterator[Problem]:
    """Problems of all rules, and of where their observations are asked."""
    rules = list(_rules(knowledge))
    for place, rule in rules:
        for single in singles_in(rule):
            yield from _single(place, single, knowledge)
    for place, block in blocks(knowledge):
        if isinstance(block, NumberOf) and not 1 <= block.count <= len(block.of_rules):
            yield problem(place, "count must lie between one and the number of its rules")
    for condition in knowledge.conditions.values():
        yield from _of_condition(condition, rules, knowledge)
    for place, finding in findings(knowledge):
        yield from _in_self_check(place, finding, knowledge)
    yield from _shared_clearances(knowledge)
    for observation in knowledge.observations.values():
        yield from _asked_by(observation, knowledge)


def _rules(knowledge: Knowledge) -> Iterator[tuple[str, Rule]]:
    for place, block in blocks(knowledge):
        match block:
            case FindingRule() | FollowUpRule() | SymptomRule() | Adjustment():
                yield place, block.when
            case Criterion():
                yield place, block.rule
            case BillingNote() if block.when is not None:
                yield place, block.when
            case Condition():
                yield f"{place}worth_consultation", block.worth_consultation
            case ObservationType() if block.only_if is not None:
                yield f"{place}.only_if", block.only_if


def _single(place: str, single: Single, knowledge: Knowledge) -> Iterator[Problem]:
    observation = knowledge.observations.get(single.observation)
    if observation is None:
        yield problem(place, f"there is no observation {single.observation}")
        return
    if observation.kind not in _KINDS[type(single)]:
        said = type(single).__name__
        yield problem(place, f"{said} cannot ask {observation.code}, which is of kind {observation.kind}")
    yield from _codes(place, single, observation)


def _codes(place: str, single: Single, observation: ObservationType) -> Iterator[Problem]:
    offered = {choice.code for choice in observation.choices}
    asked = (
        single.one_of if isinstance(single, OneOf) else single.of if isinstance(single, CountAtLeast) else ()
    )
    for code in sorted(set(asked) - offered):
        yield problem(place, f"{observation.code} has no choice {code}")
    if isinstance(single, CountAtLeast) and single.count_at_least > len(asked or offered):
        yield problem(place, f"{observation.code} has too few choices for this count")
    if isinstance(single, AtLeast) and observation.high is not None and single.at_least > observation.high:
        yield problem(place, f"{observation.code} can never be so high")
    if isinstance(single, AtMost) and observation.low is not None and single.at_most < observation.low:
        yield problem(place, f"{observation.code} can never be so low")


def _of_condition(
    condition: Condition, rules: Sequence[tuple[str, Rule]], knowledge: Knowledge
) -> Iterator[Problem]:
    place = f"conditions/{condition.code}.yaml#"
    for code in condition.self_check:
        observation = knowledge.observations.get(code)
        if observation is None or "self_check" not in observation.asked_in:
            yield problem(f"{place}self_check", f"{code} is not asked in the self-check")
    for code in sorted(observations_in(condition.worth_consultation) - set(condition.self_check)):
        yield problem(f"{place}worth_consultation", f"{code} is not among the questions of self_check")
    for where, rule in rules:
        if where.startswith(place):
            yield from _belongs(where, rule, condition, knowledge)


def _belongs(place: str, rule: Rule, condition: Condition, knowledge: Knowledge) -> Iterator[Problem]:
    for code in sorted(observations_in(rule)):
        observation = knowledge.observations.get(code)
        if observation and observation.conditions and condition.code not in observation.conditions:
            yield problem(place, f"{code} is not asked for {condition.code}")


def _shared_clearances(knowledge: Knowledge) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for place, finding in findings(knowledge):
        if finding.is_red_flag and taken.setdefault(finding.needs_approval, finding.code) != finding.code:
            sentence = f"{finding.needs_approval} settles {taken[finding.needs_approval]} already"
            yield problem(place, f"needs_approval: {sentence}; each warning sign has its own")


def _asked_by(observation: ObservationType, knowledge: Knowledge) -> Iterator[Problem]:
    if not observation.asked_by:
        return
    place, asked = f"observations#{observation.code}", knowledge.observations.get(observation.asked_by)
    if asked is None or "derived" in asked.asked_in:
        yield problem(place, f"asked_by: there is no question {observation.asked_by}")
    if "derived" not in observation.asked_in:
        yield problem(place, "asked_by: only what is computed is asked by another question")


def _in_self_check(place: str, finding: FindingRule, knowledge: Knowledge) -> Iterator[Problem]:
    approval = knowledge.observations.get(finding.needs_approval)
    if finding.needs_approval and (approval is None or approval.kind != "boolean"):
        yield problem(place, f"needs_approval: there is no yes-or-no observation {finding.needs_approval}")
    if not finding.in_self_check:
        return
    for code in sorted(observations_in(finding.when)):
        observation = knowledge.observations.get(code)
        if observation and "self_check" not in observation.asked_in:
            yield problem(place, f"{code} is not asked in the self-check, so this cannot be found there")

"""Which of the missing observations to ask first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from masseter.core.answers import evaluate
from masseter.core.consult.diagnose import CriterionResult, DiagnosisResult
from masseter.core.facts import Facts
from masseter.core.findings import LEADS, SEVERITIES, Finding
from masseter.core.questions import ObservationTypes, askable, questions_behind
from masseter.knowledge.model import FindingRule

Weight = tuple[int, int]  # place of the verdict, place of the severity: the smaller, the graver

DIAGNOSIS_WEIGHT: Weight = (LEADS.index("something_else_first"), SEVERITIES.index("caution"))


class Stake(NamedTuple):
    """What hangs on one missing observation: what would settle it, what to ask for that, how grave it is."""

    settled_by: frozenset[str]
    questions: tuple[str, ...]
    weight: Weight


def rule_stakes(rule: FindingRule, facts: Facts, types: ObservationTypes) -> tuple[Stake, ...]:
    """What the rule still waits for. Raises: UnknownObservation when it names one that does not exist."""
    weight = (LEADS.index(rule.leads_to), SEVERITIES.index(rule.severity))
    return tuple(_stake(code, weight, facts, types) for code in evaluate(rule.when, facts).missing)


def criterion_stakes(result: CriterionResult, facts: Facts, types: ObservationTypes) -> dict[str, Stake]:
    """What a criterion still waits for, by observation. Raises: UnknownObservation."""
    return {code: _stake(code, DIAGNOSIS_WEIGHT, facts, types) for code in result.outcome.missing}


def diagnosis_stakes(result: DiagnosisResult, facts: Facts, types: ObservationTypes) -> tuple[Stake, ...]:
    """What a diagnosis that botulinum toxin may treat still waits for. Raises: UnknownObservation."""
    if not result.diagnosis.treatable:
        return ()
    return tuple(_stake(code, DIAGNOSIS_WEIGHT, facts, types) for code in result.missing)


def order_questions(
    stakes: Iterable[Stake], findings: Iterable[Finding], types: ObservationTypes
) -> tuple[str, ...]:
    """The questions that the open findings ask: first by the gravest verdict that an answer could
    bring, then by how many verdicts hang on it, then in the order of the form.
    """
    return order_asked(stakes, {code for finding in findings for code in finding.asks}, types)


def order_asked(stakes: Iterable[Stake], asks: Collection[str], types: ObservationTypes) -> tuple[str, ...]:
    """The questions of `order_questions`, from what the open findings ask."""
    weights: dict[str, Weight] = {}
    counts: dict[str, int] = {}
    for settled_by, questions, weight in stakes:
        if settled_by.isdisjoint(asks):
            continue
        for question in questions:
            counts[question] = counts.get(question, 0) + 1
            if question not in weights or weight < weights[question]:
                weights[question] = weight
    places = sorted([(weight, -counts[code], types[code].order, code) for code, weight in weights.items()])
    return tuple([code for *_, code in places])


def _stake(code: str, weight: Weight, facts: Facts, types: ObservationTypes) -> Stake:
    settling = questions_behind([code], facts, types)
    return Stake(settled_by=frozenset(settling), questions=askable(settling, facts, types), weight=weight)

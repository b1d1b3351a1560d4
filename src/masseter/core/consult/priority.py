"""Which of the missing observations to ask first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from masseter.core.answers import evaluate
from masseter.core.consult.diagnose import DiagnosisResult
from masseter.core.facts import Facts
from masseter.core.findings import LEADS, SEVERITIES, Finding
from masseter.core.questions import ObservationTypes, askable, questions_behind
from masseter.knowledge.model import FindingRule

Weight = tuple[int, int]  # place of the verdict, place of the severity: the smaller, the graver

DIAGNOSIS_WEIGHT: Weight = (LEADS.index("something_else_first"), SEVERITIES.index("caution"))


def order_questions(
    rules: Iterable[FindingRule],
    diagnoses: Iterable[DiagnosisResult],
    findings: Iterable[Finding],
    facts: Facts,
    types: ObservationTypes,
) -> tuple[str, ...]:
    """The questions that the open findings ask: first by the gravest verdict that an answer could
    bring, then by how many verdicts hang on it, then in the order of the form.

    Raises: UnknownObservation when a rule names one that does not exist.
    """
    asks = {code for finding in findings for code in finding.asks}
    weights: dict[str, Weight] = {}
    counts: Counter[str] = Counter()
    for code, weight in _stakes(rules, diagnoses, facts):
        wanted = questions_behind([code], facts, types)
        if asks.intersection(wanted):
            for question in askable(wanted, facts, types):
                weights[question] = min(weight, weights.get(question, weight))
                counts[question] += 1
    return tuple(sorted(weights, key=lambda code: _place(code, weights, counts, types)))


def _stakes(
    rules: Iterable[FindingRule], diagnoses: Iterable[DiagnosisResult], facts: Facts
) -> Iterator[tuple[str, Weight]]:
    for rule in rules:
        weight = (LEADS.index(rule.leads_to), SEVERITIES.index(rule.severity))
        for code in evaluate(rule.when, facts).missing:
            yield code, weight
    for result in diagnoses:
        if result.diagnosis.treatable:
            for code in result.missing:
                yield code, DIAGNOSIS_WEIGHT


def _place(
    code: str, weights: Mapping[str, Weight], counts: Counter[str], types: ObservationTypes
) -> tuple[Weight, int, int, str]:
    return weights[code], -counts[code], types[code].order, code

"""Candidacy: may this person be treated for this condition, with all findings and what to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from masseter.core.consult.diagnose import DiagnosisResult, diagnose
from masseter.core.consult.findings import (
    diagnosis_findings,
    licence_findings,
    precaution_findings,
)
from masseter.core.consult.priority import Stake, diagnosis_stakes, order_questions, rule_stakes
from masseter.core.facts import Facts
from masseter.core.findings import Finding, gravest_lead, order_findings
from masseter.core.questions import ObservationTypes, settle
from masseter.core.rules import UnknownProduct, has_approval, regions_of, rules_for
from masseter.knowledge.model import (
    Condition,
    Diagnosis,
    FindingRule,
    Jurisdiction,
    Knowledge,
    Leads,
)


@dataclass(frozen=True, kw_only=True)
class Candidacy:
    """The verdict for one condition with everything that it rests on.

    `questions`: observations still missing, those first that could change the verdict most.
    `approvals`: the specialist's approvals (observation codes) that a finding waits for.
    """

    verdict: Leads
    condition: str
    jurisdiction: Jurisdiction
    diagnoses: tuple[DiagnosisResult, ...]
    findings: tuple[Finding, ...]
    questions: tuple[str, ...]
    approvals: tuple[str, ...]
    knowledge_version: str

    @property
    def is_candidate(self) -> bool:
        """The person may be treated; cautions may still ask for a written reason."""
        return self.verdict == "candidate"

    @property
    def treatable(self) -> tuple[Diagnosis, ...]:
        """The diagnoses made for which botulinum toxin may be considered."""
        return tuple(
            result.diagnosis
            for result in self.diagnoses
            if result.diagnosis.treatable and result.answer == "met"
        )


def assess_candidacy(
    *,
    condition: Condition,
    knowledge: Knowledge,
    facts: Facts,
    jurisdiction: Jurisdiction,
    product: str | None = None,
    sites: Sequence[str] = (),
) -> Candidacy:
    """The verdict for one condition: the gravest finding decides, and all are shown.

    Without `product` or `sites` the rules of every product and region are looked at; a rule about
    some products then only warns, since another product may be chosen.
    Raises: UnknownProduct, UnknownSite; UnknownObservation when a rule names one that does not exist.
    """
    if product is not None and product not in knowledge.products:
        raise UnknownProduct(f"There is no product called {product!r}.")
    types = knowledge.observations
    known = settle(facts, types)
    rules = rules_for(condition=condition, knowledge=knowledge, jurisdiction=jurisdiction)
    diagnoses = diagnose(condition=condition, facts=known)
    regions = regions_of(sites, knowledge)
    findings = order_findings(
        (
            *precaution_findings(rules, known, knowledge, product=product, regions=regions),
            *diagnosis_findings(condition, diagnoses),
            *licence_findings(condition, diagnoses, jurisdiction=jurisdiction, product=product),
        )
    )
    return Candidacy(
        verdict=gravest_lead(findings),
        condition=condition.code,
        jurisdiction=jurisdiction,
        diagnoses=diagnoses,
        findings=findings,
        questions=order_questions(_stakes(rules, diagnoses, known, types), findings, types),
        approvals=_approvals(rules, findings, known),
        knowledge_version=knowledge.version,
    )


def _stakes(
    rules: Sequence[FindingRule], diagnoses: Sequence[DiagnosisResult], facts: Facts, types: ObservationTypes
) -> Iterator[Stake]:
    for rule in rules:
        yield from rule_stakes(rule, facts, types)
    for result in diagnoses:
        yield from diagnosis_stakes(result, facts, types)


def _approvals(
    rules: tuple[FindingRule, ...], findings: tuple[Finding, ...], facts: Facts
) -> tuple[str, ...]:
    found = {finding.code for finding in findings}
    waited_for = (
        rule.needs_approval
        for rule in rules
        if rule.needs_approval and rule.code in found and not has_approval(rule.needs_approval, facts)
    )
    return tuple(dict.fromkeys(waited_for))

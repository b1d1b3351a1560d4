"""The whole tree of reasons behind a candidacy: diagnosis, findings, open questions, all with sources."""

from __future__ import annotations

from masseter.core.consult.candidacy import Candidacy
from masseter.core.consult.diagnose import DiagnosisResult
from masseter.core.explain import Because, explain_rule
from masseter.core.facts import Facts
from masseter.core.findings import Finding
from masseter.core.questions import settle
from masseter.core.rules import rules_for
from masseter.knowledge.model import Condition, FindingRule, Knowledge

OPEN = "-open"


def explain_candidacy(
    candidacy: Candidacy, *, condition: Condition, knowledge: Knowledge, facts: Facts
) -> Because:
    """The tree behind a verdict; `facts` are those that it was made with.

    Raises: UnknownObservation when a rule names one that does not exist.
    """
    known = settle(facts, knowledge.observations)
    rules = {
        rule.code: rule
        for rule in rules_for(condition=condition, knowledge=knowledge, jurisdiction=candidacy.jurisdiction)
    }
    diagnoses = tuple(_diagnosis(each, known, knowledge) for each in candidacy.diagnoses)
    findings = tuple(_finding(each, rules, known, knowledge) for each in candidacy.findings)
    asked = tuple(
        Because(says=knowledge.observations[code].label, observation=code) for code in candidacy.questions
    )
    sections = (("Diagnosis", diagnoses), ("Findings", findings), ("Ask next", asked))
    return Because(
        says=f"{condition.name}: {candidacy.verdict.replace('_', ' ')}",
        parts=tuple(Because(says=title, parts=parts) for title, parts in sections if parts),
    )


def _diagnosis(result: DiagnosisResult, facts: Facts, knowledge: Knowledge) -> Because:
    return Because(
        says=result.diagnosis.name,
        answer=result.answer,
        sources=result.diagnosis.evidence.sources,
        parts=tuple(
            Because(
                says=each.criterion.label,
                answer=each.outcome.answer,
                sources=each.criterion.evidence.sources,
                parts=(explain_rule(each.criterion.rule, facts, knowledge.observations),),
            )
            for each in result.criteria
        ),
    )


def _finding(finding: Finding, rules: dict[str, FindingRule], facts: Facts, knowledge: Knowledge) -> Because:
    rule = rules.get(finding.code.removesuffix(OPEN))
    parts = () if rule is None else (explain_rule(rule.when, facts, knowledge.observations),)
    return Because(says=f"{finding.severity}: {finding.sentence}", sources=finding.sources, parts=parts)

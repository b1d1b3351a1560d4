"""From `core`'s results to the shapes of the answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from masseter.cli.answers.shape import BecauseOut, CriterionOut, DiagnosisOut, FindingOut, VerdictOut
from masseter.core.consult.candidacy import Candidacy
from masseter.core.consult.diagnose import CriterionResult, DiagnosisResult
from masseter.core.explain import Because
from masseter.core.findings import Finding


def findings_out(findings: Iterable[Finding]) -> tuple[FindingOut, ...]:
    """Findings as data, in their order."""
    return tuple(FindingOut(**finding_fields(found)) for found in findings)


def finding_fields(found: Finding) -> dict[str, Any]:
    """The fields of a finding, in the order in which they are written."""
    return {
        "code": found.code,
        "severity": found.severity,
        "sentence": found.sentence,
        "plain": found.plain,
        "sources": found.sources,
        "sure": found.sure,
        "leads_to": found.leads_to,
        "urgency": found.urgency,
        "asks": found.asks,
        "subject": found.subject,
    }


def verdict_out(candidacy: Candidacy) -> VerdictOut:
    """A candidacy as data."""
    return VerdictOut(
        condition=candidacy.condition,
        verdict=candidacy.verdict,
        diagnoses=tuple(diagnosis_out(result) for result in candidacy.diagnoses),
        findings=findings_out(candidacy.findings),
        questions=candidacy.questions,
        approvals=candidacy.approvals,
    )


def because_out(because: Because) -> BecauseOut:
    """A tree of reasons as data."""
    return BecauseOut(
        says=because.says,
        answer=because.answer.value if because.answer else "",
        fact=because.fact,
        observation=because.observation,
        sources=because.sources,
        parts=tuple(because_out(part) for part in because.parts),
    )


def diagnosis_out(result: DiagnosisResult) -> DiagnosisOut:
    """One diagnosis with its criteria as data."""
    return DiagnosisOut(
        code=result.diagnosis.code,
        name=result.diagnosis.name,
        answer=result.answer.value,
        treatable=result.diagnosis.treatable,
        criteria=tuple(criterion_out(each) for each in result.criteria),
    )


def criterion_out(result: CriterionResult) -> CriterionOut:
    """One criterion and its answer as data."""
    return CriterionOut(**criterion_fields(result))


def criterion_fields(result: CriterionResult) -> dict[str, Any]:
    """The fields of a criterion and its answer, in the order in which they are written."""
    return {
        "code": result.criterion.code,
        "label": result.criterion.label,
        "answer": result.outcome.answer.value,
        "decided_by": result.outcome.decided_by,
        "missing": result.outcome.missing,
    }

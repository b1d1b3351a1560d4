"""The consultation in words: waiting answers, criteria, findings with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from masseter.clinic.consult.questions import Question, question_links
from masseter.core.answers import Answer
from masseter.core.consult.diagnose import CriterionResult, DiagnosisResult
from masseter.core.consult.standing import Standing
from masseter.core.facts import NOT_APPLICABLE, Observation
from masseter.core.findings import Finding, Override, written_for
from masseter.journey.consult.models import Case
from masseter.knowledge.load import load
from masseter.knowledge.model import Evidence, Source
from masseter.ui.observations import value_words


def sources_of(keys: Iterable[str]) -> list[Source]:
    """The entries of the register for these keys."""
    register = load().sources
    return [register[key] for key in keys if key in register]


def value_of(fact: Observation) -> str:
    """The value of a fact in words."""
    type_ = load().observations.get(fact.code)
    if fact.value is NOT_APPLICABLE:
        return "does not apply"
    return value_words(type_, fact.value) if type_ is not None else str(fact.value)


@dataclass(frozen=True, kw_only=True)
class WaitingAnswer:
    """An answer of the patient that no clinician has confirmed."""

    code: str
    label: str
    anchor: str
    answer: str
    on: date | None
    before: str
    differs: bool


def waiting_answers(standing: Mapping[str, Standing], codes: Iterable[str]) -> list[WaitingAnswer]:
    """The patient's answers that wait, those first that contradict what is on record."""
    types = load().observations
    rows = [
        WaitingAnswer(
            code=code,
            label=types[code].label,
            anchor=f"id_{code}",
            answer=value_of(one.waits),
            on=one.waits.observed_on,
            before=value_of(one.stands) if one.stands is not None else "",
            differs=one.differs,
        )
        for code in codes
        if (one := standing.get(code)) is not None and one.waits is not None
    ]
    return sorted(rows, key=lambda row: not row.differs)


@dataclass(frozen=True, kw_only=True)
class CriterionRow:
    """One line of criteria as the `c-criteria` component takes it."""

    label: str
    answer: str
    why: str
    sources: list[Source]


@dataclass(frozen=True, kw_only=True)
class DiagnosisCard:
    """One diagnosis with its criteria and the way to what is missing."""

    code: str
    name: str
    answer: str
    is_met: bool
    is_treatable: bool
    look_alike: str
    accompanies: bool
    criteria: list[CriterionRow]
    questions: list[Question]
    sources: list[Source]
    sure: str


def diagnosis_cards(
    case: Case, results: Iterable[DiagnosisResult], facts: Mapping[str, Observation]
) -> list[DiagnosisCard]:
    """Every diagnosis of the condition, those met first, then those still possible."""
    order = {Answer.MET: 0, Answer.UNKNOWN: 1, Answer.NOT_MET: 2}
    ranked = sorted(results, key=lambda result: (order[result.answer], not result.diagnosis.treatable))
    return [
        DiagnosisCard(
            code=result.diagnosis.code,
            name=result.diagnosis.name,
            answer=result.answer.value,
            is_met=result.answer is Answer.MET,
            is_treatable=result.diagnosis.treatable,
            look_alike=result.diagnosis.look_alike,
            accompanies=result.diagnosis.accompanies,
            criteria=[
                criterion_row(line, facts, told=result.diagnosis.evidence.sources) for line in result.criteria
            ],
            questions=question_links(case, result.missing),
            sources=sources_of(result.diagnosis.evidence.sources),
            sure=_sure(result.diagnosis.evidence),
        )
        for result in ranked
    ]


def criterion_row(
    line: CriterionResult, facts: Mapping[str, Observation], told: tuple[str, ...] = ()
) -> CriterionRow:
    """One criterion with what decided it, or what is missing; sources only beside those `told` already."""
    types = load().observations
    if line.outcome.is_unknown:
        why = "Missing: " + "; ".join(types[code].label for code in line.outcome.missing)
    else:
        decided = [facts[code] for code in line.outcome.decided_by if code in facts]
        why = "; ".join(f"{types[fact.code].label}: {value_of(fact)}" for fact in decided)
    return CriterionRow(
        label=line.criterion.label,
        answer=line.outcome.answer.value,
        why=why,
        sources=sources_of(key for key in line.criterion.evidence.sources if key not in told),
    )


@dataclass(frozen=True, kw_only=True)
class FindingCard:
    """One finding with its sources, the questions it asks and the reason written against it."""

    code: str
    subject: str
    severity: str
    sentence: str
    sources: list[Source]
    sure: str
    questions: list[Question] = field(default_factory=list)
    reason: str = ""
    reason_by: str = ""
    may_be_overruled: bool = False


def finding_cards(
    case: Case, findings: Iterable[Finding], overrides: Iterable[Override]
) -> list[FindingCard]:
    """All findings, the gravest first; only cautions take a reason."""
    written = tuple(overrides)
    return [_finding_card(case, finding, written_for(finding, written)) for finding in findings]


def _finding_card(case: Case, finding: Finding, override: Override | None) -> FindingCard:
    return FindingCard(
        code=finding.code,
        subject=finding.subject,
        severity=finding.severity,
        sentence=finding.sentence,
        sources=sources_of(finding.sources),
        sure=finding.sure,
        questions=question_links(case, finding.asks),
        reason=override.reason if override is not None else "",
        reason_by=override.by if override is not None else "",
        may_be_overruled=finding.severity == "caution",
    )


def _sure(evidence: Evidence) -> str:
    return evidence.sure

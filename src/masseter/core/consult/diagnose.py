"""Diagnosis by published criteria: each one met, not met or unknown, with what is missing to decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from masseter.core.answers import Answer, Outcome, evaluate
from masseter.core.facts import Facts
from masseter.knowledge.model import Condition, Criterion, Diagnosis


@dataclass(frozen=True, kw_only=True)
class CriterionResult:
    """One criterion and its answer."""

    criterion: Criterion
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class DiagnosisResult:
    """One diagnosis: met when all its criteria are, not met when one is not, else unknown."""

    diagnosis: Diagnosis
    answer: Answer
    criteria: tuple[CriterionResult, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The observations that are missing to decide; none once a criterion is not met."""
        if self.answer is not Answer.UNKNOWN:
            return ()
        return tuple(dict.fromkeys(code for result in self.criteria for code in result.outcome.missing))


def diagnose(*, condition: Condition, facts: Facts) -> tuple[DiagnosisResult, ...]:
    """Every diagnosis of the condition with its criteria, in the order of the knowledge."""
    return tuple(judge(diagnosis, facts) for diagnosis in condition.diagnoses)


def place_of(diagnosis: Diagnosis) -> str:
    """What a diagnosis is beside those that are treated; empty for one of them."""
    if diagnosis.treatable:
        return ""
    return "goes along" if diagnosis.accompanies else "look-alike"


def judge(diagnosis: Diagnosis, facts: Facts) -> DiagnosisResult:
    """One diagnosis with the answers to its criteria."""
    return from_criteria(diagnosis, [judge_criterion(criterion, facts) for criterion in diagnosis.criteria])


def judge_criterion(criterion: Criterion, facts: Facts) -> CriterionResult:
    """One criterion and its answer."""
    return CriterionResult(criterion=criterion, outcome=evaluate(criterion.rule, facts))


def from_criteria(diagnosis: Diagnosis, results: Iterable[CriterionResult]) -> DiagnosisResult:
    """One diagnosis from the answers to its criteria."""
    criteria = tuple(results)
    answers = {result.outcome.answer for result in criteria}
    return DiagnosisResult(diagnosis=diagnosis, answer=_all_of(answers), criteria=criteria)


def _all_of(answers: set[Answer]) -> Answer:
    if Answer.NOT_MET in answers:
        return Answer.NOT_MET
    if Answer.UNKNOWN in answers or not answers:
        return Answer.UNKNOWN
    return Answer.MET

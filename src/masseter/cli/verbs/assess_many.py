"""`masseter assess --batch`: the answers of `masseter assess --json`, letter for letter, for many cases.

Most people share most lines of their verdicts. So each line is written once and put together after.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from pydantic_core import to_json

from masseter.cli.answers.shape import AssessOut
from masseter.cli.case.reading import Case
from masseter.cli.verbs.convert import criterion_out, diagnosis_out, findings_out
from masseter.core.consult.candidacy import Candidacy
from masseter.core.consult.diagnose import CriterionResult, DiagnosisResult
from masseter.core.consult.many import Assessor
from masseter.core.findings import Finding
from masseter.core.kept import Kept
from masseter.knowledge.model import Condition, Jurisdiction, Knowledge

MOST_KEPT = 200_000  # written lines; then they are written anew, so that memory stays bounded
T = TypeVar("T")
_CLOSING = '],"why":[]}'


class ManyAssessments:
    """Answers case after case. The assessor says the same thing by the same object, which is kept here."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._assessor = Assessor(knowledge)
        self._version = knowledge.version
        self._opening = lru_cache(maxsize=1000)(self._open)
        self._openings: dict[Hashable, str] = {}  # of diagnoses: as many as they have answers
        self._written: Kept[int, tuple[str, object]] = Kept(MOST_KEPT)

    def answer(self, case: Case) -> tuple[str, bool]:
        """The answer as one line of JSON, and whether a finding stops. Raises as `assess_candidacy` does."""
        verdicts = [self._assess(case, condition) for condition in case.conditions]
        told = ",".join([self._verdict(verdict) for verdict in verdicts])
        stops = any(verdict.findings and verdict.findings[0].is_stop for verdict in verdicts)  # gravest first
        return f"{self._opening(case.today, case.file.jurisdiction)}{told}{_CLOSING}", stops

    def _open(self, today: date, jurisdiction: Jurisdiction) -> str:
        empty = AssessOut(
            knowledge=self._version, today=today, jurisdiction=jurisdiction, verdicts=()
        ).model_dump_json()
        return empty.removesuffix(_CLOSING)

    def _assess(self, case: Case, condition: Condition) -> Candidacy:
        plan = case.file.plan
        return self._assessor.assess(
            condition=condition,
            facts=case.standing,
            jurisdiction=case.file.jurisdiction,
            product=plan.product if plan is not None else None,
        )

    def _verdict(self, verdict: Candidacy) -> str:
        diagnoses = ",".join(self._lines(verdict.diagnoses, self._diagnosis))
        findings = ",".join(self._lines(verdict.findings, _finding))
        return (
            f'{{"condition":"{verdict.condition}","verdict":"{verdict.verdict}",'
            f'"diagnoses":[{diagnoses}],"findings":[{findings}],'
            f'"questions":{_codes(verdict.questions)},"approvals":{_codes(verdict.approvals)}}}'
        )

    def _lines(self, said: Sequence[T], write: Callable[[T], str]) -> list[str]:
        find = self._written.get
        return [(find(id(each)) or self._write(each, write))[0] for each in said]

    def _write(self, said: T, write: Callable[[T], str]) -> tuple[str, object]:
        # The thing itself is held too, so that no other takes over its id.
        return self._written.keep(id(said), (write(said), said))

    def _diagnosis(self, result: DiagnosisResult) -> str:
        """As `diagnosis_out` says it, its criteria written once each."""
        key = (id(result.diagnosis), result.answer)
        opening = self._openings.get(key)
        if opening is None:
            bare = diagnosis_out(replace(result, criteria=())).model_dump_json()
            opening = self._openings[key] = bare.removesuffix("]}")
        return f"{opening}{','.join(self._lines(result.criteria, _criterion))}]}}"


def _criterion(result: CriterionResult) -> str:
    return criterion_out(result).model_dump_json()


def _finding(finding: Finding) -> str:
    return findings_out([finding])[0].model_dump_json()


def _codes(codes: tuple[str, ...]) -> str:
    return to_json(codes).decode()

"""`masseter assess --batch`: the answers of `masseter assess --json`, letter for letter, for many cases.

Most people share most lines of their verdicts. So each line is written once and put together after.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic_core import to_json

from masseter.cli.answers.shape import AssessOut
from masseter.cli.case.reading import Case
from masseter.cli.verbs.convert import diagnosis_out, findings_out
from masseter.core.consult.candidacy import Candidacy
from masseter.core.consult.diagnose import DiagnosisResult
from masseter.core.consult.many import Assessor
from masseter.core.findings import Finding
from masseter.core.kept import Kept
from masseter.knowledge.model import Condition, Jurisdiction, Knowledge

MOST_KEPT = 200_000  # written lines; then they are written anew, so that memory stays bounded
_CLOSING = '],"why":[]}'


class ManyAssessments:
    """Answers case after case. The assessor says the same thing by the same object, which is kept here."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._assessor = Assessor(knowledge)
        self._version = knowledge.version
        self._opening = lru_cache(maxsize=1000)(self._open)
        self._written: Kept[int, tuple[object, str]] = Kept(MOST_KEPT)

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
        diagnoses = ",".join([self._line(each, _diagnosis) for each in verdict.diagnoses])
        findings = ",".join([self._line(each, _finding) for each in verdict.findings])
        return (
            f'{{"condition":"{verdict.condition}","verdict":"{verdict.verdict}",'
            f'"diagnoses":[{diagnoses}],"findings":[{findings}],'
            f'"questions":{_codes(verdict.questions)},"approvals":{_codes(verdict.approvals)}}}'
        )

    def _line(self, said: object, write: Callable[[Any], str]) -> str:
        # The thing itself is held too, so that no other takes over its id.
        kept = self._written.get(id(said)) or self._written.keep(id(said), (said, write(said)))
        return kept[1]


def _diagnosis(result: DiagnosisResult) -> str:
    return diagnosis_out(result).model_dump_json()


def _finding(finding: Finding) -> str:
    return findings_out([finding])[0].model_dump_json()


def _codes(codes: tuple[str, ...]) -> str:
    return to_json(codes).decode()

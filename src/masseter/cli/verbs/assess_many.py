"""`masseter assess --batch`: the answers of `masseter assess --json`, letter for letter, for many cases.

Most people share most lines of their verdicts. So each line is written once and put together after.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from pydantic_core import to_json

from masseter.cli.answers.shape import AssessOut
from masseter.cli.case.reading import Case
from masseter.cli.verbs.convert import criterion_fields, diagnosis_out, finding_fields
from masseter.core.consult.diagnose import CriterionResult, DiagnosisResult
from masseter.core.consult.many import Assessor, Judged
from masseter.core.consult.parts import Line
from masseter.core.findings import Finding
from masseter.core.kept import Kept
from masseter.knowledge.model import Jurisdiction, Knowledge

MOST_KEPT = 200_000  # written criteria; then they are written anew, so that memory stays bounded
T = TypeVar("T")
_CLOSING = b'],"why":[]}'


class ManyAssessments:
    """Answers case after case. What is said alike is the same line, which keeps how it is written."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._assessor = Assessor(knowledge)
        self.alike = self._assessor.alike
        self._version = knowledge.version
        self._opening = lru_cache(maxsize=1000)(self._open)
        self._openings: dict[Hashable, bytes] = {}  # of diagnoses: as many as they have answers
        self._criteria: Kept[int, tuple[bytes, CriterionResult]] = Kept(MOST_KEPT)

    def answer(self, case: Case) -> tuple[bytes, bool]:
        """The answer as one line of JSON, and whether a finding stops. Raises as `assess_candidacy` does."""
        pieces, stops = [self._opening(case.today, case.file.jurisdiction)], False
        product = case.file.plan.product if case.file.plan is not None else None
        for number, condition in enumerate(case.conditions):
            judged = self._assessor.bench(condition, case.file.jurisdiction, product).judge(case.standing)
            pieces += (b"," if number else b"", *self._verdict(condition.code, judged))
            stops |= judged.findings[0].what.is_stop  # the gravest first; the licence always has its finding
        pieces.append(_CLOSING)
        return b"".join(pieces), stops

    def _open(self, today: date, jurisdiction: Jurisdiction) -> bytes:
        empty = AssessOut(knowledge=self._version, today=today, jurisdiction=jurisdiction, verdicts=())
        return empty.model_dump_json().encode().removesuffix(_CLOSING)

    def _verdict(self, condition: str, judged: Judged) -> tuple[bytes, ...]:
        return (
            b'{"condition":"%b","verdict":"%b","diagnoses":[' % (condition.encode(), judged.verdict.encode()),
            b",".join([line.written or _write(line, self._diagnosis) for line in judged.diagnoses]),
            b'],"findings":[',
            b",".join([line.written or _write(line, _finding) for line in judged.findings]),
            b'],"questions":%b,"approvals":%b}' % (to_json(judged.questions), to_json(judged.approvals)),
        )

    def _diagnosis(self, result: DiagnosisResult) -> bytes:
        """As `diagnosis_out` says it, its criteria written once each."""
        key = (id(result.diagnosis), result.answer)
        opening = self._openings.get(key)
        if opening is None:
            bare = diagnosis_out(replace(result, criteria=())).model_dump_json()
            opening = self._openings[key] = bare.encode().removesuffix(b"]}")
        return b"%b%b]}" % (opening, b",".join([self._criterion(each) for each in result.criteria]))

    def _criterion(self, result: CriterionResult) -> bytes:
        # The result is held too, so that no other takes over its id.
        kept = self._criteria.get(id(result))
        if kept is None:
            kept = self._criteria.keep(id(result), (to_json(criterion_fields(result)), result))
        return kept[0]


def _write(line: Line[T], write: Callable[[T], bytes]) -> bytes:
    line.written = write(line.what)
    return line.written


def _finding(finding: Finding) -> bytes:
    return to_json(finding_fields(finding))

"""Every rule of the knowledge from both sides: facts that bring it, and facts beside them that do not."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from masseter.cli.case.source import read_yaml
from masseter.cli.worked.reading import read_all
from masseter.cli.worked.shape import Block
from masseter.core.consult.candidacy import assess_candidacy
from masseter.core.consult.diagnose import diagnose
from masseter.core.facts import Facts, Observation, fact
from masseter.core.follow_up.recommend import recommend
from masseter.core.questions import settle, type_of
from masseter.core.reading import read_observation
from masseter.core.recover.grade import grade_symptoms
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction

TODAY = date(2026, 11, 25)
KNOWN = load()
FOLDER = Path(__file__).parent


class RuleRow(Block):
    """One rule. `says` is its severity, advice, grade, or `met`; `beside` are the facts that undo it.

    A criterion is named by its diagnosis and its own code: myalgia.history.
    """

    kind: Literal["finding", "criterion", "follow_up", "symptom"]
    code: str
    of: str
    says: str
    facts: dict[str, object]
    beside: dict[str, object]
    jurisdiction: Jurisdiction = "UK"
    product: str | None = None
    diagnosis: str = ""
    day: int = 3
    beside_day: int | None = None


class Table(Block):
    """A file of rules."""

    rules: list[RuleRow]


def rule_rows() -> list[RuleRow]:
    """The rows of every file, in order."""
    texts = [(path.name, path.read_text()) for path in sorted(FOLDER.glob("*.yaml"))]
    return [row for name, text in texts for row in Table.model_validate(read_yaml(text, name).values).rules]


def brought(row: RuleRow) -> dict[str, str]:
    """What the facts of a row bring: code and what it says."""
    return _asked(row, row.facts, row.day)


def brought_beside(row: RuleRow) -> dict[str, str]:
    """What the facts beside it bring."""
    return _asked(row, {**row.facts, **row.beside}, row.beside_day if row.beside_day is not None else row.day)


def _asked(row: RuleRow, told: dict[str, object], day: int) -> dict[str, str]:
    condition, facts = KNOWN.conditions[row.of], {code: _observed(code, raw) for code, raw in told.items()}
    if row.kind == "symptom":
        result = grade_symptoms(knowledge=KNOWN, condition=condition, facts=facts, day=day)
        return {reason.code: reason.grade for reason in result.reasons}
    if row.kind == "follow_up":
        advice = recommend(
            condition=condition,
            knowledge=KNOWN,
            facts=facts,
            jurisdiction=row.jurisdiction,
            diagnosis=row.diagnosis,
            product=row.product or "",
        )
        return {reason.code: reason.recommends for reason in advice.reasons}
    facts = {**_usual(row.of), **facts}
    if row.kind == "criterion":
        results = diagnose(condition=condition, facts=settle(facts, KNOWN.observations))
        return {
            f"{result.diagnosis.code}.{each.criterion.code}": each.outcome.answer.value
            for result in results
            for each in result.criteria
        }
    verdict = assess_candidacy(
        condition=condition,
        knowledge=KNOWN,
        facts=facts,
        jurisdiction=row.jurisdiction,
        product=row.product,
    )
    return {found.code: found.severity for found in verdict.findings}


def _observed(code: str, raw: object) -> Observation:
    type_ = type_of(code, KNOWN.observations)
    if "derived" in type_.asked_in:
        assert isinstance(raw, (int, str))
        return fact(code, raw, observed_on=TODAY)
    return read_observation(type_, raw, today=TODAY, reported_by="")


@cache
def _usual(condition: str) -> Facts:
    """The facts of the condition's first worked case, a clear yes."""
    return next(iter(read_all(condition))).case.facts

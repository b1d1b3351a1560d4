"""A case's verdict by today's facts and knowledge, and how a verdict is kept."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from masseter.core.consult.candidacy import Candidacy, assess_candidacy
from masseter.core.consult.consent import ConsentText, consent_text
from masseter.core.findings import Override
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import facts_of, overrides_of, working_diagnosis
from masseter.journey.ground.actor import Actor
from masseter.knowledge.load import load


def candidacy_of(by: Actor, case: Case, *, today: date) -> Candidacy:
    """The verdict of a case with everything that is known today."""
    knowledge = load()
    return assess_candidacy(
        condition=knowledge.conditions[case.condition],
        knowledge=knowledge,
        facts=facts_of(case, today=today),
        jurisdiction=by.jurisdiction,
    )


def consent_text_of(by: Actor, case: Case, *, product: str = "") -> ConsentText:
    """The consent text for a case and its working diagnosis."""
    knowledge = load()
    return consent_text(
        condition=knowledge.conditions[case.condition],
        knowledge=knowledge,
        jurisdiction=by.jurisdiction,
        diagnosis=working_diagnosis(case),
        product=product,
    )


def written_overrides(case: Case, *, plan_id: int | None = None) -> tuple[Override, ...]:
    """The written reasons of the present cycle, or of that of a plan, as core reads them."""
    return tuple(
        Override(
            code=row.finding_code,
            subject=row.subject,
            sentence=row.sentence,
            reason=row.reason,
            by=row.by_name,
        )
        for row in overrides_of(case, plan_id=plan_id)
    )


def told(candidacy: Candidacy) -> dict[str, object]:
    """A verdict as it is kept, so that it can be shown later as it was."""
    diagnoses = [
        {
            "code": result.diagnosis.code,
            "name": result.diagnosis.name,
            "treatable": result.diagnosis.treatable,
            "answer": result.answer.value,
            "criteria": [
                {
                    "code": line.criterion.code,
                    "label": line.criterion.label,
                    "answer": line.outcome.answer.value,
                    "decided_by": list(line.outcome.decided_by),
                    "missing": list(line.outcome.missing),
                }
                for line in result.criteria
            ],
        }
        for result in candidacy.diagnoses
    ]
    return {
        "verdict": candidacy.verdict,
        "jurisdiction": candidacy.jurisdiction,
        "diagnoses": diagnoses,
        "findings": [asdict(finding) for finding in candidacy.findings],
        "questions": list(candidacy.questions),
        "approvals": list(candidacy.approvals),
    }

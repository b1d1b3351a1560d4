"""What the checks need to know of a patient, read fresh each time: never taken from a page."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from masseter.core.consult.candidacy import assess_candidacy
from masseter.core.facts import Facts
from masseter.core.findings import Override
from masseter.core.plan.types import Earlier, PatientSafety, SharedDecision, VialSize, with_day_told
from masseter.journey.consult.models import Case, Decision, ElsewhereTreatment
from masseter.journey.consult.queries import (
    decided_so_far,
    elsewhere_of,
    facts_of,
    standings_of,
    toxin_history,
)
from masseter.journey.consult.verdicts import written_overrides
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.plan.models import Plan
from masseter.journey.stock.queries import toxin_given, usable_counts
from masseter.knowledge.load import load

_DECIDED: dict[str, SharedDecision] = {
    Decision.Decided.GO_AHEAD: "go_ahead",
    Decision.Decided.WAIT: "wait",
    Decision.Decided.OTHER_WAY: "other_way",
    Decision.Decided.NO: "no",
}
HERE = "here"


def safety_of(
    by: Actor,
    case: Case,
    *,
    product: str,
    sites: Collection[str],
    today: date,
    elsewhere: Collection[ElsewhereTreatment] | None = None,
) -> tuple[PatientSafety, Facts]:
    """The patient's safety facts with the candidacy's findings as they stand today.

    Raises: Refused without a birth date: no age limit can be checked.
    """
    if case.patient.birth_date is None:
        raise Refused("The date of birth is not known. Write it down first: doses depend on age.")
    knowledge, history = load(), toxin_history(case.patient, elsewhere)
    standing = standings_of(case.patient, case)
    facts = facts_of(case, today=today, standing=standing, history=history)
    candidacy = assess_candidacy(
        condition=knowledge.conditions[case.condition],
        knowledge=knowledge,
        facts=facts,
        jurisdiction=by.jurisdiction,
        product=product or None,
        sites=sorted(sites),
    )
    decided, diagnosis = decided_so_far(case)
    patient = PatientSafety(
        birth_date=case.patient.birth_date,
        facts=facts,
        candidacy=candidacy.findings,
        unconfirmed=tuple(code for code, one in standing.items() if one.waits is not None),
        decided=_DECIDED[decided] if decided else "",
        diagnosis=diagnosis,
    )
    return patient, facts


def earlier_of(
    by: Actor,
    case: Case,
    facts: Facts,
    without: Collection[int] = (),
    elsewhere: Collection[ElsewhereTreatment] | None = None,
) -> tuple[Earlier, ...]:
    """Every toxin treatment on record for the patient, here and elsewhere; None is not known, not zero.

    `without` names vials that are left out: those of the treatment that is being corrected.
    """
    here = [
        Earlier(given_on=each.given_on, product=each.product, units=each.units, where=HERE)
        for each in toxin_given(by, case.patient, without)
    ]
    there = [
        Earlier(given_on=row.given_on, product=row.product or None, units=row.units, where=row.where)
        for row in (elsewhere_of(case.patient) if elsewhere is None else elsewhere)
    ]
    return with_day_told([*here, *there], facts)


def stock_of(by: Actor, product: str, today: date) -> tuple[VialSize, ...] | None:
    """The sizes of a product that are in stock; None where there are none, so that any number is planned."""
    sizes = {size.key: size for size in load().products[product].presentations}
    found = tuple(
        VialSize(presentation=key, label_units=sizes[key].label_units, count=count)
        for (brand, key), count in sorted(usable_counts(by, today).items())
        if brand == product and key in sizes
    )
    return found or None


def reasons_of(plan: Plan) -> tuple[Override, ...]:
    """The written reasons that count for a plan: those of its cycle's candidacy, and its own."""
    own = (
        Override(
            code=row.finding_code,
            subject=row.subject,
            sentence=row.sentence,
            reason=row.reason,
            by=row.by_name,
        )
        for row in plan.overrides.all()
    )
    return (*written_overrides(plan.case, plan_id=plan.pk), *own)

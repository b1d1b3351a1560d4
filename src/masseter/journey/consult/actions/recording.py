"""Opening cases and recording what is known: answers, findings, treatments elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from masseter.core.consult.clearance import clearances_of
from masseter.core.facts import Observation as Fact
from masseter.core.facts import is_too_old
from masseter.journey.audit.trail import record
from masseter.journey.consult.actions.receiving import write_checks_of_case
from masseter.journey.consult.actions.telling import write_patients_words
from masseter.journey.consult.models import Case, ElsewhereTreatment, Observation
from masseter.journey.consult.queries import open_case_of, rules_of, standings_of
from masseter.journey.consult.rows import PATIENT, to_row
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.knowledge.load import load

MOST_UNITS = 100_000  # what the column holds; no treatment comes near


@action(Right.CONSULT)
def open_case(*, by: Actor, patient: Patient, condition: str) -> Case:
    """Open a case of a condition for a patient; answers of a self-check about it that waited come along.

    Raises: Refused for an unknown condition, or one that is open already.
    """
    if condition not in load().conditions:
        raise Refused("Choose one of the conditions.", field="condition")
    # Two who open the same case at once: the second waits here and is told.
    Patient.objects.select_for_update().get(pk=patient.pk)
    if open_case_of(by, patient, condition) is not None:
        raise Refused("This patient has an open case of this condition already.", field="condition")
    case = Case.objects.create(
        clinic_id=by.clinic_id,
        patient=patient,
        condition=condition,
        opened_at=clock.now(),
        opened_by_name=by.name,
    )
    record(by=by, what="case.opened", on=case, data={"condition": condition})
    write_checks_of_case(by, case)
    return case


@action(Right.CONSULT, Right.REVIEW)
def close_case(*, by: Actor, case: Case, reason: str) -> Case:
    """Close a case: the care for this condition has ended, or it was opened by mistake.

    Raises: Refused without a reason, or when it is closed already.
    """
    if case.state == Case.State.CLOSED:
        raise Refused("This case is closed already.")
    if not reason.strip():
        raise Refused("Write why the case is closed.", field="reason")
    case.state = Case.State.CLOSED
    case.closed_at, case.closed_by_name, case.closed_reason = clock.now(), by.name, reason.strip()
    case.save(update_fields=["state", "closed_at", "closed_by_name", "closed_reason"])
    record(by=by, what="case.closed", on=case, why=reason.strip())
    return case


@action(Right.CONSULT)
def record_observations(
    *, by: Actor, patient: Patient, case: Case | None, facts: Mapping[str, Fact], note: str = ""
) -> list[Observation]:
    """Record what a clinician asked, found or confirmed.

    What already stands unchanged is not written again, but for an answer that had grown too old.
    Codes that hold whatever the condition belong to the patient, the others to the case. A clearance is
    written after the warning signs of the same form: it is about them.
    """
    standing, last = standings_of(patient, case), clearances_of(rules_of(case))
    types, today = load().observations, clock.today(by.zone)
    rows = []
    for code, fact in sorted(facts.items(), key=lambda pair: pair[0] in last):
        known = standing.get(code)
        is_settled = known is not None and known.waits is None and known.stands is not None
        is_same = is_settled and known is not None and known.fact.value == fact.value
        if known is not None and is_same and not is_too_old(known.fact, types.get(code), today):
            continue
        waits = known.waits if known is not None else None
        is_patients_word = waits is not None and waits.value == fact.value
        told = replace(fact, reported_by=PATIENT) if is_patients_word else fact
        rows.append(to_row(by, patient, case, told, confirmed=True, note=note))
    Observation.objects.bulk_create(rows)
    data = {"codes": [row.code for row in rows]}
    record(by=by, what="observations.recorded", on=case or patient, patient_id=patient.pk, data=data)
    return rows


@action(Right.OWN_CARE)
def answer_intake(
    *, by: Actor, patient: Patient, case: Case | None, facts: Mapping[str, Fact]
) -> list[Observation]:
    """Record a patient's own answers; a clinician looks at them and confirms.

    A warning sign that is reported again on another day is written again: no older work-up settles it.
    Steps the version of the case: a clinician who has the old answers open is told.
    """
    if case is not None:
        case.claim(None)
    rows = write_patients_words(by, patient, case, facts)
    data = {"codes": [row.code for row in rows]}
    record(by=by, what="intake.answered", on=case or patient, patient_id=patient.pk, data=data)
    return rows


@action(Right.CONSULT)
def add_elsewhere_treatment(
    *,
    by: Actor,
    patient: Patient,
    given_on: date,
    is_date_approximate: bool = False,
    product: str = "",
    units: Decimal | None = None,
    where: str = "",
    reason: str = "",
    passport: str = "",
) -> ElsewhereTreatment:
    """Record a toxin treatment that was given in another place; product and units may stay unknown.

    `passport`: the signed text that says so, where it does.
    Raises: Refused for a date in the future or before birth, an unknown product, units without a product.
    """
    _check_day(by, patient, given_on)
    if product and product not in {*load().products, *load().unlicensed}:
        raise Refused("Choose a product of the list, or leave it as not known.", field="product")
    if units is not None and not product:
        raise Refused("Units mean nothing without the product that they belong to.", field="product")
    if units is not None and not 0 < units < MOST_UNITS:
        raise Refused("Enter units above 0 as they were given, or leave them as not known.", field="units")
    row = ElsewhereTreatment.objects.create(
        clinic_id=by.clinic_id,
        patient=patient,
        given_on=given_on,
        is_date_approximate=is_date_approximate,
        product=product,
        units=units,
        where=where.strip(),
        reason=reason.strip(),
        passport=passport,
        recorded_by_name=by.name,
    )
    record(by=by, what="elsewhere.added", on=row, data={"given_on": given_on, "product": product})
    return row


def _check_day(by: Actor, patient: Patient, given_on: date) -> None:
    if given_on > clock.today(by.zone):
        raise Refused("This date lies in the future.", field="given_on")
    if patient.birth_date is not None and given_on < patient.birth_date:
        raise Refused("This date lies before the date of birth.", field="given_on")


@action(Right.CONSULT)
def withdraw_elsewhere_treatment(
    *, by: Actor, elsewhere: ElsewhereTreatment, reason: str
) -> ElsewhereTreatment:
    """Take back a treatment elsewhere that was entered in error; it stays on record as taken back.

    Raises: Refused without a reason, or when it was taken back already.
    """
    if elsewhere.withdrawn_at is not None:
        raise Refused("This entry was taken back already.")
    if not reason.strip():
        raise Refused("Write why this entry is wrong.", field="reason")
    elsewhere.withdrawn_at, elsewhere.withdrawn_by_name = clock.now(), by.name
    elsewhere.withdrawn_reason = reason.strip()
    elsewhere.save(update_fields=["withdrawn_at", "withdrawn_by_name", "withdrawn_reason"])
    record(by=by, what="elsewhere.withdrawn", on=elsewhere, why=reason.strip())
    return elsewhere

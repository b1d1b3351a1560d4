"""Playing one character up to their step: the same actions as in the clinic, on days gone by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from masseter.cli.demo.answers import facts_from
from masseter.cli.demo.cast import ASSUMED, STEPS, Character, Part
from masseter.core.findings import one_reason
from masseter.core.inject.today import TodayAnswers
from masseter.core.inject.types import TimeOut
from masseter.core.plan.propose import AffectedSide
from masseter.core.plan.reconstitute import DrawUp
from masseter.core.plan.types import PlannedPoint
from masseter.journey.consult.actions import (
    assess,
    choose_diagnosis,
    decide_together,
    give_reason,
    open_case,
    record_observations,
    take_consent,
)
from masseter.journey.consult.models import Case
from masseter.journey.consult.verdicts import candidacy_of, consent_text_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.actions import sign_treatment
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.preparing import Given, Session, doses_of
from masseter.journey.inject.vials import rests
from masseter.journey.people.actions import add_patient, open_portal
from masseter.journey.people.models import Patient
from masseter.journey.plan.actions import (
    Drawing,
    approve_plan,
    change_plan,
    draft_plan,
    propose_plan,
)
from masseter.journey.plan.checking import check
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from masseter.journey.stock.ledger import Opening
from masseter.journey.stock.models import Vial
from masseter.journey.stock.queries import usable_vials
from masseter.knowledge.load import load

REASON = "Discussed with the patient; benefit is expected to outweigh this."
WISH = "Less pain at work and at night."
VIAL_OF_PUBLISHED = 100  # the vial that the typed dilution of a published case is for
OFF_LABEL = "Licensed treatments were tried or do not fit; the evidence was discussed."
CLINICIAN = frozenset({"intake", "examination"})
# Days before today on which a character of a step was seen first, and treated.
SEEN_DAYS = {"consult": 1, "plan": 3, "inject": 4, "recover": 10, "results": 55, "follow_up": 110}
TREATED_DAYS = {"recover": 3, "results": 42, "follow_up": 95}


@dataclass(frozen=True, kw_only=True)
class Company:
    """The staff who act in the demo."""

    injector: Actor
    desk: Actor
    manager: Actor


def reached(character: Character, step: str) -> bool:
    """Whether the character has got as far as a step."""
    return STEPS.index(character.step) >= STEPS.index(step)


def moment(days_ago: int, hour: int = 9) -> datetime:
    """A working hour so many days ago."""
    real = clock.now()  # asked before travelling: the demo tells its months backwards from today
    wanted = (real - timedelta(days=days_ago)).replace(hour=hour, minute=0, second=0, microsecond=0)
    return min(wanted, real - timedelta(minutes=1))


def add(character: Character, company: Company) -> Patient:
    """Put a character on record; those who are treated get the portal."""
    patient = add_patient(
        by=company.desk,
        family_name=character.family_name,
        given_names=character.given_names,
        birth_date=character.birth_date,
        sex=character.sex,
        phone=character.phone,
        email=character.email,
        is_another_person=True,
        is_published_case=character.is_published,
    )
    return open_portal(by=company.desk, patient=patient)


def consult(patient: Patient, company: Company, part: Part) -> Case:
    """Open the case and record history and examination; what is assumed is recorded as assumed."""
    case = open_case(by=company.injector, patient=patient, condition=part.condition)
    is_made_up = not part.assumed
    _record(case, company, part.facts, part.facts_note, quiet=is_made_up)
    if part.assumed:
        _record(case, company, part.assumed, ASSUMED, quiet=True)
    return case


def ask_again(case: Case, company: Company, part: Part) -> None:
    """Ask once more what was answered too long ago to hold."""
    _record(case, company, part.facts, part.facts_note, quiet=not part.assumed)


def after_toxin(part: Part, last: Treatment) -> Part:
    """The part, with the answers of somebody who was treated before and felt nothing unwanted."""
    told = {
        "had_toxin_before": True,
        "last_toxin_on": last.given_at.date().isoformat(),
        "toxin_reaction": False,
        "effects_felt": ["none"],
    }
    return replace(part, facts={**part.facts, **told})


def _record(
    case: Case,
    company: Company,
    values: dict[str, Any],  # Any: values as a person would type them
    note: str,
    *,
    quiet: bool,
) -> None:
    by = company.injector
    facts = facts_from(
        values,
        condition=case.condition,
        knowledge=load(),
        today=clock.today(by.zone),
        asked_in=CLINICIAN,
        reported_by="clinician",
        quiet=quiet,
    )
    record_observations(by=by, patient=case.patient, case=case, facts=facts, note=note)


def conclude(case: Case, company: Company, character: Character) -> None:
    """Diagnosis, verdict, written reasons for cautions, shared decision, consent to the scheme's product."""
    by = company.injector
    why = character.told or "Working diagnosis after examination."
    choose_diagnosis(by=by, case=case, diagnosis=character.part.diagnosis, reason=why)
    candidacy = candidacy_of(by, case, today=clock.today(by.zone))
    for finding in candidacy.findings:
        if finding.severity == "caution":
            give_reason(by=by, case=case, finding_code=finding.code, subject=finding.subject, reason=REASON)
    assess(by=by, case=case)
    wish, words = (ASSUMED, "") if character.is_published else (WISH, "Understood well.")
    decide_together(by=by, case=case, decided="go_ahead", wish=wish, words=words)
    product = load().protocols[character.part.protocol].product
    version = consent_text_of(by, case, product=product).version
    take_consent(by=by, case=case, signer_name=str(case.patient), text_version=version, product=product)


def draft(case: Case, company: Company, part: Part) -> Plan:
    """Draft a plan from the published scheme with the character's own doses, and reasons for its cautions."""
    by = company.injector
    sides: dict[str | None, AffectedSide] = {"left": "left", "right": "right"}
    plan = draft_plan(by=by, case=case, protocol=part.protocol, affected_side=sides.get(part.side))
    points = tuple(
        replace(point, units=part.doses.get(point.site, point.units)) for point in stored_points(plan)
    )
    drawing = Drawing(
        presentation=plan.presentation,
        diluent_ml=part.diluent_ml or plan.diluent_ml,
        graduation_ml=plan.graduation_ml,
        syringes=plan.syringes if part.syringes is None else part.syringes,
    )
    if part.diluent_ml:
        drawing = replace(drawing, presentation=f"{plan.product}-{VIAL_OF_PUBLISHED}")
    plan = change_plan(by=by, plan=plan, points=points, drawing=drawing)
    return settle(plan, company, points, drawing)


def settle(plan: Plan, company: Company, points: tuple[PlannedPoint, ...], drawing: Drawing) -> Plan:
    """Save a draft with a written reason for every caution of its check."""
    by = company.injector
    findings = check(by, plan, today=clock.today(by.zone)).findings
    reasons = one_reason(findings, REASON)
    return change_plan(
        by=by, plan=plan, points=points, drawing=drawing, off_label_reason=OFF_LABEL, reasons=reasons
    )


def approve(plan: Plan, company: Company) -> Plan:
    """Propose and approve."""
    plan = propose_plan(by=company.injector, plan=plan)
    return approve_plan(by=company.injector, plan=plan)


def treat(plan: Plan, company: Company) -> Treatment:
    """Give the plan as it stands, from the vials that expire first, and sign."""
    by = company.injector
    now = clock.now()
    drawn = check(by, plan, today=clock.today(by.zone)).drawn
    if drawn is None:
        raise AssertionError(f"plan {plan.pk} cannot be drawn up")
    vials = enough_vials(by, plan, drawn.needed)
    given = tuple(Given(point=as_drawn(point, drawn), planned=point.id) for point in stored_points(plan))
    session = Session(
        time_out=TimeOut(
            identifiers=("name", "date of birth"),
            consent_confirmed=True,
            plan_confirmed=True,
            allergies_confirmed=True,
            today=TodayAnswers(infection=False, pregnancy=False, news=False),
        ),
        vial_ids=tuple(vial.pk for vial in vials),
        openings={
            vial.pk: Opening(at=now - timedelta(minutes=20), diluent_ml=plan.diluent_ml) for vial in vials
        },
        given=given,
        left_out={},
        started_at=now - timedelta(minutes=8),
        ended_at=now,
        reasons={},
        discarded=rests(doses_of(given), {str(vial.pk): vial.left_units for vial in vials}),
    )
    return sign_treatment(by=by, plan=plan, session=session)


def as_drawn(point: PlannedPoint, drawn: DrawUp) -> PlannedPoint:
    """The point with the units that the syringe gives."""
    draw = drawn.draw_of(point.id)
    return point if draw is None else replace(point, units=draw.recorded)


def enough_vials(by: Actor, plan: Plan, needed: Fraction) -> list[Vial]:
    """The usable vials of the plan's size that expire first, as many as are needed."""
    chosen: list[Vial] = []
    held = Fraction(0)
    for vial in usable_vials(by, plan.product, clock.today(by.zone)):
        if held >= needed:
            break
        if vial.lot.presentation == plan.presentation and vial.state == Vial.State.SEALED:
            chosen.append(vial)
            held += Fraction(vial.label_units)
    return chosen

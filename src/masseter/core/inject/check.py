"""The check of a treatment before it is signed: every finding at once, the gravest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from masseter.core.findings import Finding, order_findings
from masseter.core.inject.case import TreatmentCase
from masseter.core.inject.rules.given import check_given
from masseter.core.inject.rules.readiness import check_approval, check_consent, check_time_out
from masseter.core.inject.rules.vials import check_ledger, check_vials
from masseter.core.inject.today import with_today
from masseter.core.inject.types import ApprovedPlan, Consent, GivenPoint, LeftOut, TimeOut, VialState
from masseter.core.plan.case import drawn_if_possible, open_case
from masseter.core.plan.check import HISTORY_RULES, PERSON_RULES, PLACE_RULES, apply_rules
from masseter.core.plan.types import Earlier, PatientSafety, PlanDraft, PlannedPoint
from masseter.knowledge.model import Jurisdiction, Knowledge

TREATMENT_RULES: tuple[Callable[[TreatmentCase], Iterator[Finding]], ...] = (
    check_time_out,
    check_consent,
    check_approval,
    check_vials,
    check_ledger,
    check_given,
)


def check_treatment(
    *,
    timeout: TimeOut,
    approved: ApprovedPlan,
    given: tuple[GivenPoint, ...],
    vials: tuple[VialState, ...],
    consent: Consent | None,
    patient: PatientSafety,
    knowledge: Knowledge,
    jurisdiction: Jurisdiction,
    today: date,
    now: datetime,
    earlier: tuple[Earlier, ...] = (),
    left_out: tuple[LeftOut, ...] = (),
    began: datetime | None = None,
) -> tuple[Finding, ...]:
    """Every finding about a treatment, the gravest first; limits and person are checked again as given.

    `today` is the clinic's local day, `now` the moment of the last injection with its zone, `began` that
    of the time-out where it is another. `earlier` holds every toxin
    treatment on record, this one not among them.
    Raises: UnknownProduct, UnknownPresentation, UnknownProtocol, UnknownCondition, UnknownSite;
    ValueError for a time without a zone.
    """
    began = began or now
    if now.tzinfo is None or began.tzinfo is None:
        raise ValueError("The moment of a treatment needs its time zone.")
    as_given = open_case(
        plan=plan_as_given(approved.plan, given),
        patient=replace(
            patient, facts=with_today(patient.facts, timeout.today, knowledge.observations, today)
        ),
        knowledge=knowledge,
        jurisdiction=jurisdiction,
        today=today,
        earlier=earlier,
        stock=None,
    )
    case = TreatmentCase(
        timeout=timeout,
        approved=approved,
        given=given,
        left_out=left_out,
        vials=vials,
        consent=consent,
        as_given=as_given,
        drawn_as_planned=drawn_if_possible(approved.plan, knowledge),
        today=today,
        # In one and the same zone the wall's time would be compared, which can lie by an hour.
        began=began.astimezone(UTC),
        now=now.astimezone(UTC),
    )
    again = apply_rules((*PERSON_RULES, *PLACE_RULES, *HISTORY_RULES), as_given)
    return order_findings((*again, *(found for rule in TREATMENT_RULES for found in rule(case))))


def plan_as_given(plan: PlanDraft, given: tuple[GivenPoint, ...]) -> PlanDraft:
    """The plan with what was really given in place of its points."""
    return replace(plan, points=tuple(_as_planned(point) for point in given))


def _as_planned(point: GivenPoint) -> PlannedPoint:
    return PlannedPoint(
        id=point.id,
        site=point.site,
        side=point.side,
        number=point.number,
        view=point.view,
        x=point.x,
        y=point.y,
        units=point.units,
        depth=point.depth,
        route=point.route,
    )

"""Cases with several treatments, for the pages over several cycles."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from masseter.journey.consult.models import Case
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.actions import sign_treatment
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.preparing import Given
from masseter.journey.people.models import Patient
from masseter.journey.plan.actions import approve_plan, propose_plan
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from masseter.journey.plan.queries import plan_of
from tests.days import days_back
from tests.journey.given import make_lot, make_plan, session_for, vials_of, write_reasons

WHY = "The patient asked for it."


def given_otherwise(by: Actor, case: Case) -> Treatment:
    """A treatment of which one point got 2.5 units less, one was moved by 4 mm and one left out."""
    plan = write_reasons(by, make_plan(by, case))
    plan = approve_plan(by=by, plan=propose_plan(by=by, plan=plan))
    points = stored_points(plan_of(by, plan.pk))
    less, moved, gone = points[0], points[1], points[2]
    assert less.units is not None
    changed = {
        less.id: replace(less, units=less.units - Decimal("2.5")),
        moved.id: replace(moved, x=moved.x + 8),
    }
    given = tuple(
        Given(
            point=changed.get(point.id, point),
            planned=point.id,
            reason=WHY if point.id in changed else "",
        )
        for point in points
        if point.id != gone.id
    )
    vials = vials_of(make_lot(by))[:1]
    session = session_for(by, plan, vials, given=given, left_out={gone.id: "A bruise there."})
    return sign_treatment(by=by, plan=plan, session=session)


def as_rows(
    treatment: Treatment,
    *,
    days_ago: int,
    cycle: int,
    patient: Patient | None = None,
    product: str = "",
    share: str = "1",
) -> Treatment:
    """Another signed treatment like this one, put into the tables at once: what a page shows of many cycles.

    `share`: by how much its doses are multiplied.
    """
    points, uses = list(treatment.points.all()), list(treatment.vial_uses.all())
    plan = plan_of_like(treatment, cycle)
    at = days_back(days_ago)
    copy = Treatment.objects.get(pk=treatment.pk)
    copy.pk, copy._state.adding, copy.plan = None, True, plan
    copy.cycle, copy.started_at, copy.given_at, copy.signed_at = cycle, at, at, None
    copy.signed_by_name, copy.digest, copy.product = "", "", product or treatment.product
    copy.patient = patient or treatment.patient
    copy.save()
    for row in (*points, *uses):
        row.pk, row._state.adding, row.treatment, row.patient = None, True, copy, copy.patient
        if row in points:
            row.units = row.units * Decimal(share)
        row.save()
    copy.signed_at, copy.signed_by_name, copy.digest = at, treatment.signed_by_name, "0" * 64
    copy.save()
    return copy


def plan_of_like(treatment: Treatment, cycle: int) -> Plan:
    """A given plan like that of a treatment."""
    plan = Plan.objects.get(pk=treatment.plan_id)
    plan.pk, plan._state.adding, plan.cycle = None, True, cycle
    plan.save()
    return plan

"""A written reason holds for the very finding that it was written for, and for its cycle."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from masseter.core.findings import one_reason
from masseter.core.plan.types import PlannedPoint
from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.actions import give_reason
from masseter.journey.consult.models import Case
from masseter.journey.consult.verdicts import written_overrides
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.plan.actions import change_plan, propose_plan
from masseter.journey.plan.checking import Checked, check
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from masseter.journey.plan.queries import plan_of
from masseter.journey.plan.safety import reasons_of
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, approved_plan, drawing_of, make_plan, make_treatment, migraine_case

DOSE = "dose-outside-protocol"


def checked(by: Actor, plan: Plan, points: tuple[PlannedPoint, ...] | None = None) -> Checked:
    return check(by, plan_of(by, plan.pk), today=clock.today(by.zone), points=points)


def dosed(plan: Plan, *units: int) -> tuple[PlannedPoint, ...]:
    """The plan's points with other units in the first ones."""
    points = stored_points(plan)
    changed = [replace(point, units=Decimal(one)) for point, one in zip(points, units, strict=False)]
    return (*changed, *points[len(units) :])


def reasoned(by: Actor, *units: int) -> Plan:
    """A draft with other units and a reason against each caution."""
    plan = make_plan(by, migraine_case(by))
    points = dosed(plan, *units)
    reasons = one_reason(checked(by, plan, points).findings, "Strong frown.")
    return change_plan(by=by, plan=plan, points=points, drawing=drawing_of(plan), reasons=reasons)


def blocking(found: Checked) -> set[tuple[str, str]]:
    return {(each.code, each.subject) for each in found.blocking if each.code == DOSE}


def test_a_reason_for_six_units_says_nothing_about_sixty(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan = reasoned(by, 6)
    first = stored_points(plan)[0].id
    assert blocking(checked(by, plan)) == set()

    plan = change_plan(by=by, plan=plan, points=dosed(plan, 60), drawing=drawing_of(plan))

    assert blocking(checked(by, plan)) == {(DOSE, first)}
    with pytest.raises(Refused, match="written reason"):
        propose_plan(by=by, plan=plan)


def test_a_reason_comes_back_with_the_finding_that_it_was_written_for(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    plan = reasoned(by, 6)
    plan = change_plan(by=by, plan=plan, points=dosed(plan, 60), drawing=drawing_of(plan))

    plan = change_plan(by=by, plan=plan, points=dosed(plan, 6), drawing=drawing_of(plan))

    assert blocking(checked(by, plan)) == set()


def test_a_reason_does_not_reach_a_point_that_was_not_listed(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan = reasoned(by, 6)
    second = stored_points(plan)[1].id

    plan = change_plan(by=by, plan=plan, points=dosed(plan, 6, 6), drawing=drawing_of(plan))

    assert blocking(checked(by, plan)) == {(DOSE, second)}


def candidacy_reason(by: Actor, case: Case) -> None:
    give_reason(by=by, case=case, finding_code="heart-or-seizures", reason="Cardiologist agrees.")


def test_a_candidacys_reason_ends_with_the_cycle(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    case = migraine_case(by, illnesses=("heart_disease",))
    candidacy_reason(by, case)
    assert [each.code for each in written_overrides(case)] == ["heart-or-seizures"]

    treatment = make_treatment(by, approved_plan(by, case))

    assert written_overrides(case) == ()
    assert "heart-or-seizures" not in {each.code for each in reasons_of(make_plan(by, case))}
    assert "heart-or-seizures" in {each.code for each in written_overrides(case, plan_id=treatment.plan_id)}


def test_a_reason_of_the_next_cycle_counts_for_it(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    case = migraine_case(by, illnesses=("heart_disease",))
    make_treatment(by, approved_plan(by, case))

    candidacy_reason(by, case)

    assert "heart-or-seizures" in {each.code for each in reasons_of(make_plan(by, case))}

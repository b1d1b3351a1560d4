"""A plan rests on the consultation as it stands now: answers read, decided together, the same diagnosis."""

from __future__ import annotations

import pytest

from masseter.core.findings import Finding
from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.actions import (
    answer_intake,
    choose_diagnosis,
    decide_together,
    record_observations,
)
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.plan.actions import approve_plan, propose_plan
from masseter.journey.plan.checking import check
from masseter.journey.plan.models import Plan
from tests.conftest import ActorMaker
from tests.factories import actor_of_patient, make_portal_patient, make_ready_case, observe, read
from tests.journey.given import DOCTOR, MIGRAINE, healthy, make_plan, migraine_case, write_reasons


def found(by: Actor, plan: Plan) -> dict[str, Finding]:
    return {each.code: each for each in check(by, plan, today=clock.today(by.zone)).findings}


def test_plan_is_not_proposed_on_answers_that_nobody_read(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    known = {**healthy(), **MIGRAINE}
    case = make_ready_case(
        by,
        condition="chronic_migraine",
        diagnosis="chronic_migraine",
        patient=make_portal_patient(by),
        **known,
    )
    plan = write_reasons(by, make_plan(by, case))
    told = read({"refuses_blood_products": True}, today=clock.today(by.zone), reported_by="patient")
    answer_intake(by=actor_of_patient(case.patient), patient=case.patient, case=case, facts=told)

    assert "Does not accept human blood products" in found(by, plan)["answers-unconfirmed"].sentence
    with pytest.raises(Refused, match="not confirmed by a clinician"):
        propose_plan(by=by, plan=plan)

    record_observations(by=by, patient=case.patient, case=case, facts=told)

    assert "answers-unconfirmed" not in found(by, plan)


@pytest.mark.parametrize("decided", ["wait", "other_way", "no"])
def test_proposed_plan_is_not_approved_against_the_newest_decision(
    clinic: Clinic, actor: ActorMaker, decided: str
) -> None:
    by = actor(*DOCTOR)
    case = migraine_case(by)
    plan = propose_plan(by=by, plan=write_reasons(by, make_plan(by, case)))

    decide_together(by=by, case=case, decided=decided)

    with pytest.raises(Refused, match="last shared decision"):
        approve_plan(by=by, plan=plan)


def test_proposed_plan_is_not_approved_once_another_diagnosis_is_worked_with(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    case = migraine_case(by)
    plan = propose_plan(by=by, plan=write_reasons(by, make_plan(by, case)))

    choose_diagnosis(by=by, case=case, diagnosis="episodic_migraine", reason="Fewer days now.")

    with pytest.raises(Refused, match="working diagnosis is now"):
        approve_plan(by=by, plan=plan)


def test_proposed_plan_is_not_approved_once_its_criteria_fail(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    case = migraine_case(by)
    plan = propose_plan(by=by, plan=write_reasons(by, make_plan(by, case)))

    observe(by, case, headache_days=9)

    with pytest.raises(Refused, match="no diagnosis that botulinum toxin may be considered for is met"):
        approve_plan(by=by, plan=plan)

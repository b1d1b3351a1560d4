"""Drafting, checking, proposing, approving, withdrawing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from masseter.core.findings import one_reason
from masseter.core.plan.types import PlannedPoint
from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.plan.actions import (
    approve_plan,
    change_plan,
    choose_product,
    draft_plan,
    propose_plan,
    reopen_plan,
    withdraw_plan,
)
from masseter.journey.plan.checking import check
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan, PlanOverride
from masseter.journey.plan.personal import left_out_of
from masseter.journey.plan.queries import plan_of
from tests.conftest import ActorMaker, make_actor
from tests.factories import make_case, observe
from tests.journey.given import (
    DOCTOR,
    approved_plan,
    drawing_of,
    make_lot,
    make_plan,
    make_treatment,
    migraine_case,
    write_reasons,
)


def with_first(plan: Plan, **changed: object) -> tuple[PlannedPoint, ...]:
    first, *others = stored_points(plan)
    return (replace(first, **changed), *others)  # type: ignore[arg-type]  # named by the test


def save(by: Actor, plan: Plan, points: tuple[PlannedPoint, ...], **reasons: str) -> Plan:
    return change_plan(by=by, plan=plan, points=points, drawing=drawing_of(plan), reasons=reasons)


def test_draft_plan_refuses_a_case_without_diagnosis(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    case = make_case(by, condition="chronic_migraine")

    with pytest.raises(Refused, match="diagnosis"):
        make_plan(by, case)


def test_draft_plan_refuses_a_second_running_plan(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    case = migraine_case(by)
    make_plan(by, case)

    with pytest.raises(Refused, match="already"):
        make_plan(by, case)


def test_draft_plan_refuses_a_proposal_for_an_age_that_is_not_known(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    case = migraine_case(by)
    case.patient.birth_date = None
    case.patient.save()

    with pytest.raises(Refused, match="date of birth"):
        make_plan(by, case)
    assert not Plan.objects.filter(case=case).exists()


@pytest.mark.parametrize(("protocol", "product"), [("nothing", ""), ("migraine_label_155_botox", "nothing")])
def test_draft_plan_refuses_what_knowledge_has_not(
    clinic: Clinic, actor: ActorMaker, protocol: str, product: str
) -> None:
    by = actor(*DOCTOR)

    with pytest.raises(Refused):
        draft_plan(by=by, case=migraine_case(by), protocol=protocol, product=product)


def test_draft_plan_refuses_the_front_desk(clinic: Clinic, actor: ActorMaker) -> None:
    case = migraine_case(actor(*DOCTOR))

    with pytest.raises(NotPermitted):
        make_plan(actor(Role.FRONT_DESK), case)


def test_draft_plan_starts_with_the_published_points_and_doses(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    make_lot(by)

    plan = make_plan(by, migraine_case(by))

    points = stored_points(plan)
    assert (len(points), sum(point.units or 0 for point in points)) == (31, Decimal(155))
    assert (plan.presentation, plan.diluent_ml) == ("botox-200", Decimal(4))


def test_draft_plan_keeps_what_it_left_out_of_the_scheme_and_why(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)

    plan = plan_of(by, make_plan(by, migraine_case(by), "migraine_follow_pain_botox").pk)

    left_out = left_out_of(plan)
    assert {each.site for each in left_out} == {"temporalis", "occipitalis", "trapezius"}
    assert all("Only where it hurts" in each.reason for each in left_out)
    assert not {name for each in left_out for name in each.points} & {p.id for p in stored_points(plan)}


def test_draft_plan_adds_chosen_muscles_where_pain_is_recorded(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    case = migraine_case(by, pain_sites_left=("temporalis",), pain_sites_right=("frontalis",))

    plan = draft_plan(
        by=by,
        case=case,
        protocol="migraine_follow_pain_botox",
        include_optional=("temporalis", "occipitalis", "frontalis"),
    )

    names = [point.id for point in stored_points(plan)]
    assert (len(names), names[-2:]) == (33, ["TEMP-L-5", "TEMP-L-6"])
    assert ("occipitalis", "left") in {(each.site, each.side) for each in left_out_of(plan)}


def test_draft_plan_with_another_product_has_no_dose(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)

    plan = draft_plan(by=by, case=migraine_case(by), protocol="migraine_label_155_botox", product="xeomin")

    assert {point.units for point in stored_points(plan)} == {None}


def test_choose_product_empties_every_dose(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan = make_plan(by, migraine_case(by))

    plan = choose_product(by=by, plan=plan, product="dysport")

    assert {point.units for point in stored_points(plan)} == {None}
    with pytest.raises(Refused, match="Type how many"):
        propose_plan(by=by, plan=plan)


def test_plan_of_another_clinic_is_not_here(clinic: Clinic, other_clinic: Clinic, actor: ActorMaker) -> None:
    plan = make_plan(actor(*DOCTOR), migraine_case(actor(*DOCTOR)))
    stranger = make_actor(other_clinic, *DOCTOR)

    with pytest.raises(NotHere):
        plan_of(stranger, plan.pk)
    with pytest.raises(NotHere):
        withdraw_plan(by=stranger, plan=plan, reason="Mine now.")


@pytest.mark.parametrize("units", [None, Decimal(0), Decimal(500)])
def test_propose_plan_refuses_a_stop(clinic: Clinic, actor: ActorMaker, units: Decimal | None) -> None:
    by = actor(*DOCTOR)
    plan = make_plan(by, migraine_case(by))
    plan = save(by, plan, with_first(plan, units=units))

    with pytest.raises(Refused, match="stops the plan"):
        propose_plan(by=by, plan=plan)


def test_propose_plan_refuses_an_allergy_to_a_component(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan = make_plan(by, migraine_case(by, allergies=("human_albumin",)))

    with pytest.raises(Refused, match="Allerg"):
        propose_plan(by=by, plan=plan)


def test_propose_plan_refuses_an_open_red_flag(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan = make_plan(by, migraine_case(by, flag_sudden_headache=True))

    with pytest.raises(Refused, match="stops the plan"):
        propose_plan(by=by, plan=plan)


def test_propose_plan_refuses_myasthenia_until_a_specialist_agrees(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan = make_plan(by, migraine_case(by, neuromuscular=("myasthenia_gravis",)))

    with pytest.raises(Refused, match="stops the plan"):
        propose_plan(by=by, plan=write_reasons(by, plan))


def test_caution_blocks_until_a_reason_is_written_and_kept(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan = make_plan(by, migraine_case(by))
    points = with_first(plan, units=Decimal(10))
    plan = save(by, plan, points)

    with pytest.raises(Refused, match="written reason"):
        propose_plan(by=by, plan=plan)
    found = check(by, plan, today=clock.today(by.zone)).findings
    reasons = one_reason(found, "Strong frown.")
    plan = change_plan(by=by, plan=plan, points=points, drawing=drawing_of(plan), reasons=reasons)
    proposed = propose_plan(by=by, plan=plan)

    assert proposed.state == "proposed"
    kept = PlanOverride.objects.get(plan=plan, finding_code="dose-outside-protocol")
    assert (kept.reason, kept.by_name) == ("Strong frown.", by.name)
    assert "published" in kept.sentence


def test_reason_against_a_stop_has_no_effect(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan = make_plan(by, migraine_case(by, allergies=("human_albumin",)))
    plan = change_plan(
        by=by,
        plan=plan,
        points=stored_points(plan),
        drawing=drawing_of(plan),
        reasons={each.key: "He insists." for each in check(by, plan, today=clock.today(by.zone)).findings},
    )

    with pytest.raises(Refused, match="Allerg"):
        propose_plan(by=by, plan=plan)


def test_treatment_twelve_weeks_ago_counts_whoever_gave_it(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    treatment = make_treatment(by)
    plan = make_plan(by, treatment.case)

    checked = check(by, plan, today=clock.today(by.zone))

    assert "interval-too-short" in {found.code for found in checked.findings}


def test_approve_plan_refuses_an_injector_who_may_not(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan = propose_plan(by=by, plan=write_reasons(by, make_plan(by, migraine_case(by))))

    with pytest.raises(NotPermitted):
        approve_plan(by=actor(Role.INJECTOR), plan=plan)


def test_approve_plan_checks_again(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    case = migraine_case(by)
    plan = propose_plan(by=by, plan=write_reasons(by, make_plan(by, case)))
    observe(by, case, allergies=("human_albumin",))

    with pytest.raises(Refused, match="Allerg"):
        approve_plan(by=by, plan=plan)


def test_approved_plan_is_not_changed_in_silence(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan = approved_plan(by)

    with pytest.raises(Refused, match="no longer a draft"):
        save(by, plan, with_first(plan, units=Decimal(4)))


def test_reopened_plan_loses_its_approval(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)

    plan = reopen_plan(by=by, plan=approved_plan(by))

    assert (plan.state, plan.approved_at, plan.approved_fingerprint) == ("draft", None, "")


def test_withdrawn_plan_needs_a_reason_and_makes_room(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan = approved_plan(by)

    with pytest.raises(Refused, match="why"):
        withdraw_plan(by=by, plan=plan, reason="")
    withdraw_plan(by=by, plan=plan, reason="Pregnant.")

    assert make_plan(by, plan.case).cycle == 1

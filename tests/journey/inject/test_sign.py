"""Signing a treatment: every stop refuses, the ledger closes, nothing is signed twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from masseter.core.inject.today import NOT_ASKED
from masseter.core.inject.types import TimeOut
from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.actions import withdraw_consent
from masseter.journey.consult.models import Consent
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.inject.actions import sign_treatment
from masseter.journey.inject.digest import is_unchanged
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.preparing import Given, Session, prepare
from masseter.journey.inject.queries import treatment_of, treatments_of
from masseter.journey.plan.actions import reopen_plan, withdraw_plan
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from masseter.journey.plan.queries import plan_of
from masseter.journey.stock.actions import change_lot_state, discard_vial, open_vial, quarantine_vial
from masseter.journey.stock.models import Lot, Vial
from masseter.journey.stock.queries import toxin_given
from tests.conftest import ActorMaker, make_actor
from tests.days import days_back
from tests.factories import make_patient, observe
from tests.journey.given import (
    CONFIRMED,
    DOCTOR,
    NOTHING_NEW,
    approved_plan,
    make_lot,
    make_treatment,
    session_for,
    vials_of,
)


def sign(by: Actor, plan: Plan, vials: list[Vial], **changed: object) -> Treatment:
    session = replace(session_for(by, plan, vials), **changed)  # type: ignore[arg-type]  # named by the test
    return sign_treatment(by=by, plan=plan, session=session)


def test_sign_finds_no_vial_of_another_clinic(
    clinic: Clinic, other_clinic: Clinic, actor: ActorMaker
) -> None:
    """Its number stands inside the session, where no argument of the action names it."""
    by = actor(*DOCTOR)
    plan, own = approved_plan(by), vials_of(make_lot(by))[0]
    with clinic_scope(other_clinic.pk):
        foreign = vials_of(make_lot(make_actor(other_clinic, *DOCTOR), number="THEIRS"))[0]

    for vials in ([foreign], [own, foreign]):
        with pytest.raises(NotHere):
            sign(by, plan, vials)

    assert not Treatment.objects.exists()
    with clinic_scope(other_clinic.pk):
        foreign.refresh_from_db()
    assert foreign.opened_at is None


def given(plan: Plan) -> list[Given]:
    return [Given(point=point, planned=point.id) for point in stored_points(plan)]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"identifiers": ("name",)}, "two identifiers"),
        ({"identifiers": ("name", "name")}, "two identifiers"),
        ({"consent_confirmed": False}, "confirm consent"),
        ({"plan_confirmed": False}, "product, sites and sides"),
        ({"allergies_confirmed": False}, "confirm allergies"),
    ],
)
def test_sign_refuses_an_incomplete_time_out(
    clinic: Clinic, actor: ActorMaker, changed: dict[str, object], words: str
) -> None:
    by = actor(*DOCTOR)
    time_out: TimeOut = replace(CONFIRMED, **changed)  # type: ignore[arg-type]  # named by the test

    with pytest.raises(Refused, match=words):
        sign(by, approved_plan(by), vials_of(make_lot(by))[:1], time_out=time_out)

    assert not Treatment.objects.exists()


def test_sign_refuses_an_infection_that_is_there_today(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    today = replace(CONFIRMED, today=replace(NOTHING_NEW, infection=True))

    with pytest.raises(Refused, match="Infection at a planned site"):
        sign(by, approved_plan(by), vials_of(make_lot(by))[:1], time_out=today)


def test_sign_refuses_what_was_not_asked_today(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    today = replace(CONFIRMED, today=NOT_ASKED)

    with pytest.raises(Refused, match="ask today about infection"):
        sign(by, approved_plan(by), vials_of(make_lot(by))[:1], time_out=today)


def test_sign_refuses_something_new_without_a_reason_and_keeps_the_reason(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]
    today = replace(CONFIRMED, today=replace(NOTHING_NEW, news=True))

    with pytest.raises(Refused, match="is new since the plan"):
        sign(by, plan, vials, time_out=today)
    session = replace(session_for(by, plan, vials), time_out=today)
    found = prepare(by, plan, session, vials).findings
    key = next(each.key for each in found if each.code == "new-since-plan")
    treatment = sign(by, plan, vials, time_out=today, reasons={key: "Paracetamol."})

    assert treatment.time_out["today"] == {"infection": False, "pregnancy": False, "news": True}
    assert "Paracetamol." in {each["reason"] for each in treatment.findings}


def test_warning_signs_that_were_asked_long_ago_stop_the_signature(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    with clock.travel(days_back(61)):
        plan = approved_plan(by)
    vials = vials_of(make_lot(by))[:1]

    with pytest.raises(Refused, match="ask again whether this applies"):
        sign(by, plan, vials)


def test_sign_refuses_a_withdrawn_consent(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]
    withdraw_consent(by=by, consent=Consent.objects.get(), reason="Changed her mind.")

    with pytest.raises(Refused, match="withdrawn"):
        sign(by, plan, vials)


def test_sign_refuses_a_plan_that_is_not_approved(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]
    session = session_for(by, plan, vials)
    reopen_plan(by=by, plan=plan)

    with pytest.raises(Refused, match="Only an approved plan"):
        sign_treatment(by=by, plan=plan, session=session)


def test_sign_refuses_a_withdrawn_plan(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]
    withdraw_plan(by=by, plan=plan, reason="Pregnant.")

    with pytest.raises(Refused, match="Only an approved plan"):
        sign(by, plan, vials)


def test_sign_refuses_a_plan_changed_behind_its_approval(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]
    # Its points the database itself keeps as they are; see tests/journey/ground/test_raw_sql.py.
    Plan.objects.filter(pk=plan.pk).update(diluent_ml=Decimal(8))

    with pytest.raises(Refused, match="approv"):
        sign(by, plan_of(by, plan.pk), vials)


def recall(by: Actor, vial: Vial) -> None:
    change_lot_state(by=by, lot=vial.lot, state="recalled", reason="Letter of the maker.")


def quarantine(by: Actor, vial: Vial) -> None:
    quarantine_vial(by=by, vial=vial, reason="Warm parcel.")


def discard(by: Actor, vial: Vial) -> None:
    discard_vial(by=by, vial=vial, reason="Dropped.")


def expire(by: Actor, vial: Vial) -> None:
    Lot.objects.filter(pk=vial.lot_id).update(expires_on=clock.today(by.zone) - timedelta(days=1))


def give_to_another(by: Actor, vial: Vial) -> None:
    other = make_patient(by)
    open_vial(by=by, vial=vial, patient=other, opened_at=clock.now(), diluent_ml=Decimal(4))


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (recall, "recalled"),
        (quarantine, "quarantine"),
        (discard, "discarded"),
        (expire, "expired"),
        (give_to_another, "another patient"),
    ],
)
def test_sign_refuses_a_vial_that_may_not_be_used(
    clinic: Clinic, actor: ActorMaker, happened: Callable[[Actor, Vial], None], words: str
) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]
    session = session_for(by, plan, vials)
    happened(by, vials[0])

    with pytest.raises(Refused, match=words):
        sign_treatment(by=by, plan=plan, session=session)

    assert Vial.objects.get(pk=vials[0].pk).given_units == 0


def test_sign_refuses_a_vial_past_its_in_use_time(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]
    yesterday = clock.now() - timedelta(hours=25)

    with pytest.raises(Refused, match="in-use time"):
        sign_treatment(by=by, plan=plan, session=session_for(by, plan, vials, opened_at=yesterday))


def test_sign_refuses_another_product(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    vials = vials_of(make_lot(by, product="xeomin", presentation="xeomin-200"))[:1]

    with pytest.raises(Refused, match="another product"):
        sign(by, approved_plan(by), vials)


def test_sign_refuses_another_concentration(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]

    with pytest.raises(Refused, match="concentration"):
        sign_treatment(by=by, plan=plan, session=session_for(by, plan, vials, diluent_ml=Decimal(2)))


def test_sign_refuses_more_than_the_vial_holds(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    vials = vials_of(make_lot(by, presentation="botox-100"))[:1]

    with pytest.raises(Refused, match="overfill"):
        sign(by, approved_plan(by), vials)


def test_sign_refuses_a_rest_that_does_not_add_up(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]

    with pytest.raises(Refused, match="given and discarded together are 195"):
        sign(by, plan, vials, discarded={vials[0].pk: Decimal(40)})


def test_sign_refuses_a_rest_that_nobody_counted(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]

    with pytest.raises(Refused, match="Record what was discarded"):
        sign(by, plan, vials, discarded={})


def test_sign_refuses_no_vial_and_a_stranger_s_vial(
    clinic: Clinic, other_clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    plan = approved_plan(by)
    vials = vials_of(make_lot(by))[:1]
    session = session_for(by, plan, vials)

    with pytest.raises(Refused, match="vial"):
        sign_treatment(by=by, plan=plan, session=replace(session, vial_ids=(), openings={}))
    with pytest.raises(NotHere):
        sign_treatment(by=by, plan=plan, session=replace(session, vial_ids=(999_999,)))
    with pytest.raises(NotHere):
        sign_treatment(by=make_actor(other_clinic, *DOCTOR), plan=plan, session=session)


def test_sign_refuses_who_may_not(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]

    with pytest.raises(NotPermitted):
        sign(actor(Role.MANAGER), plan, vials)


def test_sign_refuses_an_allergy_learned_since_approval(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]
    observe(by, plan.case, allergies=("human_albumin",))

    with pytest.raises(Refused, match="Allerg"):
        sign(by, plan, vials)


def test_sign_refuses_a_dose_above_the_ceiling(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan = approved_plan(by)
    vials = vials_of(make_lot(by, count=3))
    points = given(plan)
    points[0] = replace(points[0], point=replace(points[0].point, units=Decimal(200)), reason="By mistake.")
    points[1] = replace(points[1], point=replace(points[1].point, units=Decimal(195)), reason="By mistake.")

    with pytest.raises(Refused, match="ceiling"):
        sign(by, plan, vials, given=tuple(points))


def test_sign_refuses_deviations_without_reason(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]
    points = given(plan)
    more = replace(points[0], point=replace(points[0].point, units=Decimal(6)))

    with pytest.raises(Refused, match="write the reason"):
        sign(by, plan, vials, given=(more, *points[1:]))
    with pytest.raises(Refused, match="write the reason"):
        sign(by, plan, vials, given=tuple(points[1:]))


def test_sign_refuses_times_that_cannot_be(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]
    now = clock.now()

    with pytest.raises(Refused, match="not over yet"):
        sign(by, plan, vials, ended_at=now + timedelta(minutes=5))
    with pytest.raises(Refused, match="before the plan was approved"):
        sign(by, plan, vials, started_at=now - timedelta(hours=1))


def test_signed_treatment_holds_what_was_planned(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]

    treatment = sign(by, plan, vials)

    points = list(treatment.points.all())
    assert (len(points), sum(point.units for point in points)) == (31, Decimal(155))
    assert {point.volume_ml for point in points} == {Decimal("0.1")}
    assert plan_of(by, plan.pk).state == "given"
    assert is_unchanged(treatment_of(by, treatment.pk))


def test_signed_treatment_closes_the_vial_s_ledger(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    vials = vials_of(make_lot(by))[:1]

    treatment = sign(by, approved_plan(by), vials)

    vial = Vial.objects.get(pk=vials[0].pk)
    assert (vial.given_units, vial.discarded_units, vial.left_units) == (155, 45, 0)
    assert (vial.state, vial.patient_id) == ("used", treatment.patient_id)
    (use,) = treatment.vial_uses.all()
    assert use.given_units + use.discarded_units == vial.label_units
    assert [each.units for each in toxin_given(by, treatment.patient)] == [Decimal(155)]


def test_two_small_vials_are_filled_in_order(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    vials = vials_of(make_lot(by, presentation="botox-100"))
    plan = approved_plan(by)

    treatment = sign(by, plan, vials)

    assert plan.presentation == "botox-100"
    assert [use.given_units for use in treatment.vial_uses.all()] == [Decimal(100), Decimal(55)]


def test_treatment_is_signed_once(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    lot = make_lot(by)
    plan = approved_plan(by)
    session: Session = session_for(by, plan, vials_of(lot)[:1])
    sign_treatment(by=by, plan=plan, session=session)

    with pytest.raises(Refused, match="signed as given already"), transaction.atomic():
        sign_treatment(by=by, plan=plan, session=session)

    assert Treatment.objects.count() == 1


def test_used_vial_is_not_used_again(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    vials = vials_of(make_lot(by))[:1]
    sign(by, approved_plan(by), vials)
    other = approved_plan(by)

    with pytest.raises(Refused, match="used"):
        sign(by, other, vials_of(vials[0].lot)[:1])


def test_left_out_and_changed_points_keep_their_reasons(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]
    points = given(plan)
    more = replace(points[0], point=replace(points[0].point, units=Decimal(6)), reason="Strong muscle.")

    treatment = sign(
        by,
        plan,
        vials,
        given=(more, *points[2:]),
        left_out={points[1].planned: "She asked to stop."},
        discarded={vials[0].pk: Decimal(49)},
    )

    assert treatment.points.get(label=more.planned).reason == "Strong muscle."
    assert treatment.left_out == [{"point": points[1].planned, "reason": "She asked to stop."}]


def test_treatments_of_another_clinic_are_not_here(
    clinic: Clinic, other_clinic: Clinic, actor: ActorMaker
) -> None:
    treatment = make_treatment(actor(*DOCTOR))
    stranger = make_actor(other_clinic, *DOCTOR)

    with pytest.raises(NotHere):
        treatment_of(stranger, treatment.pk)
    assert treatments_of(stranger, treatment.patient) == []

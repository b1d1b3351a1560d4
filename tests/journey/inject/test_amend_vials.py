"""Correcting which vial was used, and who injected: the ledger and the stock go with the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Role
from masseter.journey.inject.actions import amend_treatment
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.preparing import Given, Session
from masseter.journey.inject.queries import given_points, treatment_of
from masseter.journey.stock.actions import change_lot_state, open_vial, release_vial
from masseter.journey.stock.ledger import Opening
from masseter.journey.stock.models import Vial
from masseter.journey.stock.queries import toxin_given
from tests.conftest import ActorMaker
from tests.factories import make_patient
from tests.journey.given import CONFIRMED, DOCTOR, approved_plan, make_lot, make_treatment, vials_of

REASON = "The other vial was in my hand."


def corrected(
    treatment: Treatment,
    vials: Mapping[int, Decimal],
    *,
    of: Mapping[str, int] | None = None,
    injector_id: int | None = None,
) -> Session:
    """The treatment as it was, from these vials with what was thrown away of each."""
    named = of or {row.label: next(iter(vials)) for row in treatment.points.all()}
    return Session(
        time_out=CONFIRMED,
        vial_ids=tuple(vials),
        openings=dict.fromkeys(vials, Opening(at=treatment.started_at, diluent_ml=treatment.diluent_ml)),
        given=tuple(
            Given(point=point, planned=point.id, vial_id=named[point.id]) for point in given_points(treatment)
        ),
        left_out={},
        started_at=treatment.started_at,
        ended_at=treatment.given_at,
        discarded=vials,
        injector_id=injector_id,
    )


def amend(by: Actor, treatment: Treatment, session: Session) -> Treatment:
    return amend_treatment(by=by, treatment=treatment, session=session, reason=REASON)


def test_vial_used_for_another_patient_is_refused(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    treatment = make_treatment(by)
    spare = Vial.objects.get(state="sealed")
    open_vial(by=by, vial=spare, patient=make_patient(by), opened_at=clock.now(), diluent_ml=Decimal(4))

    with pytest.raises(Refused, match="another patient"):
        amend(by, treatment, corrected(treatment, {spare.pk: Decimal(45)}))


def test_vial_of_another_treatment_is_refused(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    treatment = make_treatment(by)
    taken = make_treatment(by, vials=vials_of(make_lot(by, number="D1"))[:1]).vial_uses.get().vial

    with pytest.raises(Refused, match="is used"):
        amend(by, treatment, corrected(treatment, {taken.pk: Decimal(45)}))


def test_vial_of_another_product_is_refused(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    treatment = make_treatment(by)
    (other,) = vials_of(make_lot(by, product="xeomin", presentation="xeomin-200", number="X1", count=1))

    with pytest.raises(Refused, match="another product"):
        amend(by, treatment, corrected(treatment, {other.pk: Decimal(45)}))


def test_rest_that_does_not_add_up_or_is_not_told_is_refused(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    treatment = make_treatment(by)
    pk = treatment.vial_uses.get().vial_id
    session = corrected(treatment, {pk: Decimal(45)})

    with pytest.raises(Refused, match="given and discarded together are 190"):
        amend(by, treatment, replace(session, discarded={pk: Decimal(35)}))
    with pytest.raises(Refused, match="Record what was discarded"):
        amend(by, treatment, replace(session, discarded={}))


def test_injector_who_may_not_inject_is_refused(clinic: Clinic, actor: ActorMaker) -> None:
    by, desk = actor(*DOCTOR), actor(Role.FRONT_DESK)
    treatment = make_treatment(by)
    pk = treatment.vial_uses.get().vial_id

    with pytest.raises(Refused, match="may inject"):
        amend(by, treatment, corrected(treatment, {pk: Decimal(45)}, injector_id=desk.user_id))


def test_wrong_vial_is_replaced_and_goes_to_quarantine(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    treatment = make_treatment(by)
    wrong, right = treatment.vial_uses.get().vial, Vial.objects.get(state="sealed")

    newer = amend(by, treatment, corrected(treatment, {right.pk: Decimal(45)}))

    wrong.refresh_from_db()
    right.refresh_from_db()
    assert (right.state, right.given_units, right.discarded_units) == ("used", 155, 45)
    assert (right.patient_id, right.diluent_ml) == (treatment.patient_id, 4)
    assert (wrong.state, wrong.left_units, wrong.patient_id, wrong.opened_at) == (
        "quarantined",
        200,
        None,
        None,
    )
    assert REASON in wrong.reason
    assert {row.vial_id for row in newer.points.all()} == {right.pk}
    assert [(each.product, each.units) for each in toxin_given(by, newer.case.patient)] == [("botox", 155)]
    assert treatment_of(by, treatment.pk).vial_uses.get().vial_id == wrong.pk
    assert release_vial(by=by, vial=wrong, reason="Sealed and full.").state == "sealed"


def test_vial_that_was_opened_beforehand_is_never_sealed_again(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan, (first, second) = approved_plan(by), vials_of(make_lot(by))
    open_vial(by=by, vial=first, patient=plan.case.patient, opened_at=clock.now(), diluent_ml=Decimal(4))
    treatment = make_treatment(by, plan, [Vial.objects.get(pk=first.pk)])

    amend(by, treatment, corrected(treatment, {second.pk: Decimal(45)}))

    assert release_vial(by=by, vial=first, reason="Looked at.").state == "opened"
    first.refresh_from_db()
    assert first.patient_id == plan.case.patient_id


def test_vial_recalled_since_is_still_written_down(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    treatment = make_treatment(by)
    (right,) = vials_of(make_lot(by, number="RECALLED", count=1))
    change_lot_state(by=by, lot=right.lot, state="recalled", reason="Letter of the maker.")

    newer = amend(by, treatment, corrected(treatment, {right.pk: Decimal(45)}))

    assert "vial-recalled" in {each["code"] for each in newer.findings}
    assert newer.vial_uses.get().vial_id == right.pk


def test_correction_of_a_correction_brings_the_first_vial_back(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    treatment = make_treatment(by)
    first, second = treatment.vial_uses.get().vial, Vial.objects.get(state="sealed")
    newer = amend(by, treatment, corrected(treatment, {second.pk: Decimal(45)}))

    amend(by, newer, corrected(newer, {first.pk: Decimal(45)}))

    states = dict(Vial.objects.values_list("pk", "state"))
    assert states == {first.pk: "used", second.pk: "quarantined"}


def test_points_keep_the_vials_that_they_came_from(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    vials = vials_of(make_lot(by, presentation="botox-100"))
    treatment = make_treatment(by, vials=vials)
    before = {row.label: row.vial_id for row in treatment.points.all()}
    session = corrected(treatment, {vials[0].pk: Decimal(0), vials[1].pk: Decimal(45)}, of=before)

    newer = amend(by, treatment, session)

    assert {row.label: row.vial_id for row in newer.points.all()} == before


def test_injector_is_corrected(clinic: Clinic, actor: ActorMaker) -> None:
    by, other = actor(*DOCTOR), actor(Role.INJECTOR)
    treatment = make_treatment(by)
    pk = treatment.vial_uses.get().vial_id

    newer = amend(by, treatment, corrected(treatment, {pk: Decimal(45)}, injector_id=other.user_id))

    assert (newer.injector_user_id, newer.injector_name) == (other.user_id, other.name)
    assert newer.signed_by_name == by.name


def test_use_of_a_vial_keeps_diluent_and_time(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)

    use = make_treatment(by).vial_uses.get()

    assert (use.diluent_ml, use.opened_here) == (4, True)
    assert use.reconstituted_at is not None
    assert clock.now() - use.reconstituted_at < timedelta(minutes=5)

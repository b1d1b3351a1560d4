"""At the chair: beginning, taps that come twice, undoing, setting aside, and what the signature asks."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.utils import DatabaseError, IntegrityError

from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.models import Event
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.inject.actions import sign_treatment
from masseter.journey.inject.chair_actions import begin_sitting, keep_order, note_taps, set_sitting_aside
from masseter.journey.inject.models import ChairTap, Sitting
from masseter.journey.inject.sittings import last_sitting, late_taps, order_of, taps_of
from masseter.journey.inject.taps import last_by
from masseter.journey.plan.queries import plan_of
from masseter.journey.stock.models import Vial
from tests.conftest import ActorMaker, make_actor
from tests.journey.given import (
    CONFIRMED,
    DOCTOR,
    approved_plan,
    make_lot,
    make_plan,
    migraine_case,
    session_for,
    vials_of,
)
from tests.journey.seated import seated, state, tap_given, tap_skipped, tap_undone


def sign_seated(by: Actor, sitting: Sitting, taps_seen: int | None) -> None:
    """Sign as planned, drawn from the taps up to one."""
    vials = list(Vial.objects.filter(pk__in=sitting.vials))
    session = replace(session_for(by, sitting.plan, vials), taps_seen=taps_seen)
    sign_treatment(by=by, plan=sitting.plan, session=session)


def newest(sitting: Sitting) -> int:
    return taps_of(sitting)[-1].pk


def test_begin_refuses_a_plan_that_is_not_approved(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)

    with pytest.raises(Refused, match="Only an approved plan"):
        seated(by, make_plan(by, migraine_case(by)))


def test_begin_refuses_an_incomplete_time_out_and_opens_nothing(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan, vials = approved_plan(by), vials_of(make_lot(by))[:1]
    hurried = replace(CONFIRMED, identifiers=("name",))

    with pytest.raises(Refused, match="two identifiers"):
        begin_sitting(by=by, plan=plan, session=session_for(by, plan, vials, time_out=hurried))

    vials[0].refresh_from_db()
    assert vials[0].state == Vial.State.SEALED
    assert not Sitting.objects.exists()


def test_begin_opens_the_vial_for_the_patient_and_keeps_the_time_out(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    vial = vials_of(make_lot(by))[0]

    sitting = seated(by, vials=[vial])

    vial.refresh_from_db()
    assert (vial.state, vial.patient) == (Vial.State.OPENED, sitting.patient)
    sitting.refresh_from_db()
    assert sitting.time_out["identifiers"] == ["name", "birth_date"]
    assert (sitting.vials, sitting.begun_by_name) == ([vial.pk], by.name)


def test_begin_refuses_a_second_sitting_of_the_plan(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    sitting = seated(by)

    with pytest.raises(Refused, match="under way"):
        begin_sitting(by=by, plan=sitting.plan, session=session_for(by, sitting.plan, []))
    with pytest.raises(IntegrityError), transaction.atomic():
        Sitting.objects.create(
            **{**{f.name: getattr(sitting, f.name) for f in Sitting._meta.fields}, "id": None}
        )


def test_taps_need_the_right_and_the_clinic(clinic: Clinic, other_clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    sitting = seated(by)
    taps = [tap_given(sitting)]

    with pytest.raises(NotPermitted):
        note_taps(by=actor(Role.FRONT_DESK), sitting=sitting, taps=taps)
    with clinic_scope(other_clinic.pk), pytest.raises(NotHere):
        note_taps(by=make_actor(other_clinic, *DOCTOR), sitting=sitting, taps=taps)
    with pytest.raises(NotHere):
        last_sitting(by, 10**9)
    assert not taps_of(sitting)


def test_tap_that_is_delivered_again_is_answered_and_not_doubled(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    sitting = seated(by)
    first, second = tap_given(sitting, 0), tap_given(sitting, 1)

    assert note_taps(by=by, sitting=sitting, taps=[first]) == ["saved"]
    assert note_taps(by=by, sitting=sitting, taps=[first, second, second]) == ["known", "saved", "known"]

    assert len(taps_of(sitting)) == 2
    assert state(by, sitting).units_given == Decimal(10)
    event = Event.objects.filter(what="chair.noted").latest("number")
    assert (event.data["known"], len(event.data["noted"])) == (2, 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        ChairTap.objects.update(units=Decimal(50))
    with pytest.raises(DatabaseError), transaction.atomic():
        ChairTap.objects.all().delete()


def test_taps_by_two_devices_are_one_state(clinic: Clinic, actor: ActorMaker) -> None:
    by, other = actor(*DOCTOR), actor(Role.INJECTOR)
    sitting = seated(by)

    note_taps(by=by, sitting=sitting, taps=[tap_given(sitting, 0), tap_given(sitting, 1)])
    note_taps(by=other, sitting=sitting, taps=[tap_given(sitting, 0), tap_given(sitting, 1, units="2.5")])

    told = state(by, sitting)
    assert [point.status for point in told.points[:3]] == ["given", "conflict", "open"]
    assert {tap.by for tap in told.points[1].answers} == {by.name, other.name}
    assert told.units_given == Decimal(10)
    with pytest.raises(Refused, match="differently"):
        sign_seated(by, sitting, newest(sitting))


def test_last_tap_of_a_person_is_a_whole_hand_and_undone_once(clinic: Clinic, actor: ActorMaker) -> None:
    by, other = actor(*DOCTOR), actor(Role.INJECTOR)
    sitting = seated(by)
    one = tap_given(sitting, 0)
    hand = [replace(tap_given(sitting, number), hand=one.hand) for number in (1, 2)]
    note_taps(by=by, sitting=sitting, taps=[one, *hand])
    note_taps(by=other, sitting=sitting, taps=[tap_given(sitting, 3)])

    last = last_by(taps_of(sitting), by.user_id)
    note_taps(by=by, sitting=sitting, taps=[replace(tap_undone(), undoes=last)])

    assert set(last) == {str(each.key) for each in (one, *hand)}
    assert state(by, sitting).done == 1
    assert last_by(taps_of(sitting), by.user_id) == ()


def test_sitting_is_set_aside_with_a_reason_and_only_while_nothing_was_given(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    sitting = seated(by)
    tap = tap_given(sitting)
    note_taps(by=by, sitting=sitting, taps=[tap, tap_skipped(sitting, 1)])

    with pytest.raises(Refused, match="Write why"):
        set_sitting_aside(by=by, sitting=sitting, reason=" ")
    with pytest.raises(Refused, match="Something was given"):
        set_sitting_aside(by=by, sitting=sitting, reason="Fainted")
    note_taps(by=by, sitting=sitting, taps=[tap_undone(tap.key)])
    aside = set_sitting_aside(by=by, sitting=sitting, reason="Fainted")

    assert (aside.outcome, aside.set_aside_reason) == ("set_aside", "Fainted")
    with pytest.raises(Refused, match="over already"):
        set_sitting_aside(by=by, sitting=sitting, reason="Again")
    with pytest.raises(DatabaseError), transaction.atomic():
        Sitting.objects.filter(pk=sitting.pk).update(set_aside_reason="Something else")
    again = begin_sitting(
        by=by,
        plan=sitting.plan,
        session=session_for(by, sitting.plan, list(Vial.objects.filter(pk__in=sitting.vials))),
    )
    assert last_sitting(by, sitting.plan_id) == again


def test_sign_refuses_what_was_not_drawn_from_the_newest_tap(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    sitting = seated(by)
    note_taps(by=by, sitting=sitting, taps=[tap_given(sitting, 0)])
    seen = newest(sitting)
    note_taps(by=by, sitting=sitting, taps=[tap_given(sitting, 1)])

    for taps_seen in (None, seen):
        with pytest.raises(Refused, match="after this page was opened"):
            sign_seated(by, sitting, taps_seen)
    sign_seated(by, sitting, newest(sitting))

    sitting.refresh_from_db()
    assert (sitting.outcome, sitting.ended_by_name) == ("signed", by.name)
    assert late_taps(by, sitting.plan) == []


def test_tap_that_comes_after_the_signature_is_kept_beside_the_record(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    sitting = seated(by)
    point = plan_of(by, sitting.plan_id).points.all()[1].label
    sign_seated(by, sitting, None)

    assert note_taps(by=by, sitting=sitting, taps=[tap_given(sitting, 1)]) == ["saved"]

    assert [tap.point for tap in late_taps(by, sitting.plan)] == [point]
    assert Event.objects.filter(what="chair.noted").latest("number").data["late"] is True


def test_own_order_is_kept_for_each_person(clinic: Clinic, actor: ActorMaker) -> None:
    by, other = actor(*DOCTOR), actor(Role.INJECTOR)

    keep_order(by=by, muscles=["b", "a", "b"])
    keep_order(by=by, muscles=["c", "a"])

    assert (order_of(by), order_of(other)) == (["c", "a"], [])

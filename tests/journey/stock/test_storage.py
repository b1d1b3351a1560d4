"""Where vials are kept: places, moves, and what a label says against a place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.stock.actions import discard_vial, receive_lot
from masseter.journey.stock.kept import place_of, places_of, unit_of, units_now, units_of
from masseter.journey.stock.models import Stay, StorageUnit
from masseter.journey.stock.storage_actions import add_unit, end_unit, move_vials, unit_for
from tests.conftest import ActorMaker, make_actor
from tests.journey.given import DOCTOR, make_lot, vials_of


def fridge(by: Actor, name: str = "Fridge 1", place: str = "refrigerator") -> StorageUnit:
    return add_unit(by=by, name=name, place=place, longest_minutes=60)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "Fridge 1"}, "name"),
        ({"place": "garden"}, "place"),
        ({"longest_minutes": 0}, "longest_minutes"),
        ({"longest_minutes": 99_999}, "longest_minutes"),
    ],
)
def test_add_unit_refuses_at_the_field(
    clinic: Clinic, actor: ActorMaker, changed: dict[str, object], field: str
) -> None:
    by = actor(Role.MANAGER)
    fridge(by)
    typed: dict[str, object] = {"name": "Fridge 2", "place": "freezer", "longest_minutes": 60, **changed}

    with pytest.raises(Refused) as refusal:
        add_unit(by=by, **typed)  # type: ignore[arg-type]  # wrong on purpose

    assert refusal.value.field == field


def test_injector_moves_vials_and_adds_no_place(clinic: Clinic, actor: ActorMaker) -> None:
    with pytest.raises(NotPermitted):
        fridge(actor(Role.INJECTOR))
    unit, lot = fridge(actor(Role.MANAGER)), make_lot(actor(Role.MANAGER))

    assert move_vials(by=actor(Role.INJECTOR), vials=[vials_of(lot)[0].pk], unit=unit) == 1


def test_received_vials_stand_where_they_were_put(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    unit = fridge(by)

    lot = receive_lot(
        by=by,
        product="botox",
        presentation="botox-100",
        number="C1",
        expires_on=clock.today(by.zone) + timedelta(days=90),
        count=2,
        unit=unit,
    )

    assert set(places_of(by, vials_of(lot)).values()) == {unit}
    (now,) = units_now(by, clock.now())
    assert (now.vials, now.kept_back, now.last) == (2, 0, None)


def test_moved_vial_keeps_where_it_stood_before_and_until_when(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    first, second = fridge(by), fridge(by, "Fridge 2")
    vial = vials_of(make_lot(by))[0]
    now = clock.now()

    move_vials(by=by, vials=[vial.pk], unit=first, at=now - timedelta(hours=5))
    with pytest.raises(Refused, match="moved later than that"):
        move_vials(by=by, vials=[vial.pk], unit=second, at=now - timedelta(hours=6))
    with pytest.raises(Refused, match="still to come"):
        move_vials(by=by, vials=[vial.pk], unit=second, at=now + timedelta(hours=1))
    move_vials(by=by, vials=[vial.pk], unit=second, at=now - timedelta(hours=2))

    stays = Stay.objects.filter(vial=vial).order_by("since")
    assert [(stay.unit, stay.until) for stay in stays] == [
        (first, now - timedelta(hours=2)),
        (second, None),
    ]


def test_place_that_the_label_does_not_name_needs_a_reason(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    cupboard = fridge(by, "Cupboard", "room")
    vial = vials_of(make_lot(by))[0]
    with pytest.raises(Refused, match="label of Botox names no keeping at: room temperature") as refusal:
        move_vials(by=by, vials=[vial.pk], unit=cupboard)

    move_vials(by=by, vials=[vial.pk], unit=cupboard, reason="Fridge broken, for an hour.")

    assert refusal.value.field == "reason"
    stay = place_of(by, vial)
    assert stay is not None
    assert (stay.unit, stay.reason) == (cupboard, "Fridge broken, for an hour.")


def test_vial_that_is_gone_stands_nowhere_and_cannot_be_moved(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    unit, vial = fridge(by), vials_of(make_lot(by))[0]
    move_vials(by=by, vials=[vial.pk], unit=unit)

    discard_vial(by=by, vial=vial, reason="Broken.")

    assert place_of(by, vial) is None
    with pytest.raises(Refused, match="discarded already"):
        move_vials(by=by, vials=[vial.pk], unit=unit)
    with pytest.raises(Refused, match="Choose the vials"):
        move_vials(by=by, vials=[], unit=unit)


def test_place_with_vials_stays_in_use_and_an_empty_one_takes_no_more(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    unit, other, vial = fridge(by), fridge(by, "Fridge 2"), vials_of(make_lot(by))[0]
    move_vials(by=by, vials=[vial.pk], unit=unit)
    with pytest.raises(Refused, match="move them first"):
        end_unit(by=by, unit=unit, reason="Old.")
    move_vials(by=by, vials=[vial.pk], unit=other)
    with pytest.raises(Refused, match="why"):
        end_unit(by=by, unit=unit, reason=" ")

    end_unit(by=by, unit=unit, reason="Old.")

    assert units_of(by) == [other]
    with pytest.raises(Refused, match="not in use"):
        move_vials(by=by, vials=[vial.pk], unit=unit_of(by, unit.pk))
    with pytest.raises(Refused, match="out of use already"):
        end_unit(by=by, unit=unit, reason="Again.")
    assert fridge(by).name == "Fridge 1"


def test_database_lets_a_vial_stand_in_one_place_only(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    unit, vial = fridge(by), vials_of(make_lot(by))[0]
    move_vials(by=by, vials=[vial.pk], unit=unit)

    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(
            clinic_id=by.clinic_id, vial=vial, unit=unit, since=clock.now(), moved_by_name="x"
        )


def test_place_of_another_clinic_is_not_here(clinic: Clinic, other_clinic: Clinic, actor: ActorMaker) -> None:
    unit = fridge(actor(*DOCTOR))
    with clinic_scope(other_clinic.pk):
        by = make_actor(other_clinic, *DOCTOR)

        with pytest.raises(NotHere):
            unit_of(by, unit.pk)
        with pytest.raises(NotHere):
            unit_for(by, unit.pk)
        assert unit_for(by, None) is None

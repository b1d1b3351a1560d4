"""Receiving, keeping back, opening and throwing away."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.stock.actions import (
    change_lot_state,
    discard_vial,
    open_vial,
    quarantine_vial,
    receive_lot,
    release_vial,
    return_vial,
)
from masseter.journey.stock.models import Vial
from masseter.journey.stock.queries import history_of, lot_of, lots_of, usable_vials, vial_of
from tests.conftest import ActorMaker, make_actor
from tests.factories import make_patient
from tests.journey.given import DOCTOR, make_lot, vials_of


def receive(by: object, **changed: object) -> object:
    today = clock.today("Europe/London")
    typed: dict[str, object] = {
        "product": "botox",
        "presentation": "botox-100",
        "number": "C1",
        "expires_on": today + timedelta(days=100),
        "count": 2,
    }
    return receive_lot(by=by, **{**typed, **changed})  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"product": "nothing"}, "size"),
        ({"presentation": "botox-300"}, "size"),
        ({"number": " - "}, "number"),
        ({"count": 0}, "count"),
        ({"count": 100_000}, "count"),
        ({"serials": ("1", "2", "3")}, "serials"),
        ({"serials": ("1", "1")}, "serials"),
        ({"code": "no code at all"}, "code"),
    ],
)
def test_receive_lot_refuses_at_the_field(
    clinic: Clinic, actor: ActorMaker, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        receive(actor(Role.MANAGER), **changed)

    assert refusal.value.field == field


@pytest.mark.parametrize("days", [-1, 365 * 20])
def test_receive_lot_refuses_an_impossible_expiry(clinic: Clinic, actor: ActorMaker, days: int) -> None:
    with pytest.raises(Refused) as refusal:
        receive(actor(Role.MANAGER), expires_on=clock.today("UTC") + timedelta(days=days))

    assert refusal.value.field == "expires_on"


def test_lot_of_an_alert_arrives_in_quarantine_and_is_released_with_a_reason(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(Role.MANAGER)
    receive(by, number="c3709-c3")
    lot = lots_of(by)[0].lot

    assert (lot.state, usable_vials(by, "botox", clock.today(by.zone))) == ("quarantined", [])
    assert "ask the maker" in lot.reason
    assert [each.what for each in history_of(by, lot)].count("stock.lot_quarantined") == 1
    with pytest.raises(Refused, match="in quarantine"):
        receive(by, number="C3709C3")
    with pytest.raises(Refused):
        change_lot_state(by=by, lot=lot, state="available", reason=" ")
    assert change_lot_state(by=by, lot=lot, state="available", reason="The maker confirmed it.").reason


def test_receive_lot_takes_a_lot_on_its_last_day(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(Role.MANAGER)

    receive(by, expires_on=clock.today(by.zone))

    assert len(usable_vials(by, "botox", clock.today(by.zone))) == 2


def test_receive_lot_refuses_a_carton_that_says_otherwise(clinic: Clinic, actor: ActorMaker) -> None:
    code = "010030023114501417280300" + "10OTHER"

    with pytest.raises(Refused) as refusal:
        receive(actor(Role.MANAGER), code=code)

    assert refusal.value.field == "number"


def test_receive_lot_refuses_a_known_lot_with_another_expiry(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(Role.MANAGER)
    receive(by)

    with pytest.raises(Refused, match="another expiry"):
        receive(by, number="c-1", expires_on=clock.today(by.zone) + timedelta(days=90))


def test_receive_lot_refuses_an_injector(clinic: Clinic, actor: ActorMaker) -> None:
    with pytest.raises(NotPermitted):
        receive(actor(Role.INJECTOR))


def test_receive_lot_adds_vials_to_a_known_lot(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(Role.MANAGER)
    receive(by)

    receive(by, number="c-1", count=3)

    (counted,) = lots_of(by)
    assert (counted.sealed, counted.total) == (5, 5)


def test_lot_of_another_clinic_is_not_here(clinic: Clinic, other_clinic: Clinic, actor: ActorMaker) -> None:
    lot = make_lot(actor(Role.MANAGER))
    stranger = make_actor(other_clinic, Role.MANAGER)

    with pytest.raises(NotHere):
        lot_of(stranger, lot.pk)
    with pytest.raises(NotHere):
        vial_of(stranger, vials_of(lot)[0].pk)


def test_lot_state_needs_a_reason(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(Role.MANAGER)

    with pytest.raises(Refused, match="reason"):
        change_lot_state(by=by, lot=make_lot(by), state="recalled", reason=" ")


def test_recalled_lot_is_not_released_at_once(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(Role.MANAGER)
    lot = change_lot_state(by=by, lot=make_lot(by), state="recalled", reason="Letter of the maker.")

    with pytest.raises(Refused):
        change_lot_state(by=by, lot=lot, state="available", reason="Never mind.")

    assert usable_vials(by, "botox", clock.today(by.zone)) == []


def test_quarantined_lot_is_released_and_told(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(Role.MANAGER)
    lot = change_lot_state(by=by, lot=make_lot(by), state="quarantined", reason="Fridge alarm.")

    lot = change_lot_state(by=by, lot=lot, state="available", reason="Data logger is fine.")

    assert [each.why for each in history_of(by, lot)] == ["Data logger is fine.", "Fridge alarm.", ""]


def test_usable_vials_come_first_expiring_first(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(Role.MANAGER)
    make_lot(by, number="LATE", expires_on=clock.today(by.zone) + timedelta(days=500))
    make_lot(by, number="SOON", expires_on=clock.today(by.zone) + timedelta(days=5))

    found = usable_vials(by, "botox", clock.today(by.zone))

    assert [vial.lot.number for vial in found] == ["SOON", "SOON", "LATE", "LATE"]


def test_opened_vial_is_kept_for_its_patient(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    patient, other = make_patient(by), make_patient(by)
    vial = vials_of(make_lot(by, count=1))[0]

    open_vial(by=by, vial=vial, patient=patient, opened_at=clock.now(), diluent_ml=Decimal(4))

    today = clock.today(by.zone)
    assert [each.pk for each in usable_vials(by, "botox", today, patient)] == [vial.pk]
    assert usable_vials(by, "botox", today, other) == []


def test_vial_is_opened_once_and_not_in_the_future(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    patient, vial = make_patient(by), vials_of(make_lot(by))[0]
    later = clock.now() + timedelta(hours=1)

    with pytest.raises(Refused, match="still to come"):
        open_vial(by=by, vial=vial, patient=patient, opened_at=later, diluent_ml=Decimal(4))
    open_vial(by=by, vial=vial, patient=patient, opened_at=clock.now(), diluent_ml=Decimal(4))
    with pytest.raises(Refused, match="opened"):
        open_vial(by=by, vial=vial, patient=patient, opened_at=clock.now(), diluent_ml=Decimal(4))


def test_discarded_vial_closes_its_ledger(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(Role.MANAGER)
    vial = vials_of(make_lot(by))[0]

    vial = discard_vial(by=by, vial=vial, reason="Dropped.")

    assert (vial.discarded_units, vial.left_units, vial.state) == (Decimal(200), Decimal(0), "discarded")
    with pytest.raises(Refused, match="already"):
        discard_vial(by=by, vial=vial, reason="Again.")


def test_quarantined_vial_comes_back_as_it_was(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(Role.MANAGER)
    vial = quarantine_vial(by=by, vial=vials_of(make_lot(by))[0], reason="Warm parcel.")

    vial = release_vial(by=by, vial=vial, reason="Logger checked.")

    assert vial.state == "sealed"


def test_database_refuses_a_ledger_that_does_not_close(clinic: Clinic, actor: ActorMaker) -> None:
    vial = vials_of(make_lot(actor(Role.MANAGER)))[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        Vial.objects.filter(pk=vial.pk).update(discarded_units=Decimal(201))


def test_opened_vial_keeps_which_diluent_went_in(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    vial = vials_of(make_lot(by))[0]
    opening = {"by": by, "vial": vial, "patient": make_patient(by), "opened_at": clock.now()}

    with pytest.raises(Refused, match="of the list"):
        open_vial(**opening, diluent_ml=Decimal(4), diluent="tap_water")
    opened = open_vial(**opening, diluent_ml=Decimal(4), diluent="preserved_saline")

    assert (opened.diluent, opened.diluent_ml) == ("preserved_saline", Decimal(4))


def test_only_a_whole_vial_goes_back_to_the_supplier(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    whole, opened = vials_of(make_lot(by))
    open_vial(by=by, vial=opened, patient=make_patient(by), opened_at=clock.now(), diluent_ml=Decimal(4))

    with pytest.raises(Refused, match="so it cannot go back"):
        return_vial(by=by, vial=opened, reason="Ordered too many.")
    quarantine_vial(by=by, vial=opened, reason="Dropped.")
    with pytest.raises(Refused, match="An opened vial is thrown away"):
        return_vial(by=by, vial=opened, reason="Ordered too many.")
    with pytest.raises(Refused, match="to whom"):
        return_vial(by=by, vial=whole, reason=" ")
    sent = return_vial(by=by, vial=whole, reason="To Northern Pharma, recall 12.")

    assert (sent.state, sent.returned_units, sent.left_units) == ("returned", sent.label_units, 0)
    with pytest.raises(Refused, match="already"):
        discard_vial(by=by, vial=whole, reason="Gone.")
    assert whole not in usable_vials(by, "botox", clock.today(by.zone))


@pytest.mark.parametrize(
    "wrong",
    [
        {"returned_units": Decimal(1)},
        {"discarded_units": Decimal(1)},
        {"given_units": Decimal(1)},
        {"diluent": "saline"},
        {"state": "returned"},
    ],
)
def test_database_refuses_a_sealed_vial_that_is_not_whole(
    clinic: Clinic, actor: ActorMaker, wrong: dict[str, object]
) -> None:
    vial = vials_of(make_lot(actor(*DOCTOR)))[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        Vial.objects.filter(pk=vial.pk).update(**wrong)

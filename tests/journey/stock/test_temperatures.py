"""Temperatures: what is outside the label goes into quarantine by itself, and only a person ends that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.stock.actions import open_vial
from masseter.journey.stock.kept import excursions_of, exposed_in, readings_of, units_now
from masseter.journey.stock.models import StorageUnit, TemperatureExcursion, TemperatureReading, Vial
from masseter.journey.stock.queries import history_of, usable_vials
from masseter.journey.stock.storage_actions import move_vials
from masseter.journey.stock.temperature_actions import (
    Imported,
    discard_exposed,
    enter_temperature,
    import_temperatures,
    release_exposed,
)
from tests.conftest import ActorMaker
from tests.factories import make_patient
from tests.journey.given import DOCTOR, make_lot, make_treatment, vials_of
from tests.journey.stock.test_storage import fridge


def at(hours_ago: float) -> datetime:
    return (clock.now() - timedelta(hours=hours_ago)).replace(second=0, microsecond=0)


def kept(
    by: Actor, *, since: float = 48, product: str = "botox", count: int = 2
) -> tuple[StorageUnit, list[Vial]]:
    """A refrigerator with vials that have stood in it for so many hours."""
    unit = fridge(by)
    size = {"botox": "botox-200", "xeomin": "xeomin-100"}[product]
    vials = vials_of(make_lot(by, product=product, presentation=size, count=count))
    move_vials(by=by, vials=[vial.pk for vial in vials], unit=unit, at=at(since))
    return unit, vials


def send(by: Actor, unit: StorageUnit, log: Sequence[tuple[float, str]], name: str = "log.csv") -> Imported:
    """Take in a file with temperatures of so many hours ago."""
    lines = [f"{at(hours):%Y-%m-%dT%H:%M}Z,{celsius}" for hours, celsius in log]
    text = "Time,Temperature °C\n" + "\n".join(lines)
    return import_temperatures(by=by, unit=unit, name=name, text=text, zone="UTC")


def states(vials: list[Vial]) -> list[str]:
    return [Vial.objects.get(pk=vial.pk).state for vial in vials]


WARM = [(6, "5.0"), (5, "9.5"), (4, "12"), (3, "7.9"), (2, "5")]


def test_wrong_file_takes_in_nothing(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    unit, vials = kept(by)
    with pytest.raises(Refused, match="Line 3"):
        send(by, unit, [(5, "12"), (4, "ERR")])
    with pytest.raises(Refused, match="still to come"):
        send(by, unit, [(5, "12"), (-3, "5")])

    assert not TemperatureReading.objects.exists()
    assert states(vials) == ["sealed", "sealed"]


def test_same_file_again_adds_nothing_and_another_place_is_noticed(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    unit, _ = kept(by)

    assert send(by, unit, WARM[:1]) == Imported(new=1, known=0, excursions=0)
    assert send(by, unit, [(6, "5"), (2, "6")]) == Imported(new=1, known=1, excursions=0)
    with pytest.raises(Refused, match="file of another place"):
        send(by, unit, [(6, "7"), (1, "6")])

    assert [each.celsius for each in readings_of(by, unit, at(48), at(0))] == [Decimal(5), Decimal(6)]


def test_excursion_puts_the_vials_that_were_there_into_quarantine(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    unit, vials = kept(by)
    elsewhere = vials_of(make_lot(by, number="D9"))

    done = send(by, unit, WARM)

    assert done == Imported(new=5, known=0, excursions=1)
    assert states(vials) == ["quarantined", "quarantined"]
    assert states(elsewhere) == ["sealed", "sealed"]
    (excursion,) = excursions_of(by)
    assert (excursion.lowest, excursion.highest, excursion.minutes) == (Decimal("9.5"), Decimal(12), 120)
    reason = Vial.objects.get(pk=vials[0].pk).reason
    assert "Between 9.5 and 12 °C in Fridge 1" in reason
    assert "Within what is published (2 of 120 hours in all)" in reason
    assert [vial.pk for vial in usable_vials(by, "botox", clock.today(by.zone))] == [
        vial.pk for vial in elsewhere
    ]
    (now,) = units_now(by, clock.now())
    assert (now.kept_back, now.highest) == (2, Decimal(12))


def test_product_that_may_be_warmer_stays_in_use(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    cupboard = fridge(by, "Cupboard", "room")
    vials = vials_of(make_lot(by, product="xeomin", presentation="xeomin-100"))
    move_vials(by=by, vials=[vial.pk for vial in vials], unit=cupboard, at=at(48))

    assert send(by, cupboard, [(5, "24"), (4, "25")]).excursions == 0
    assert send(by, cupboard, [(3, "26"), (2, "24")]).excursions == 1
    assert states(vials) == ["quarantined", "quarantined"]


def test_vial_that_came_after_the_excursion_is_not_touched(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    unit, vials = kept(by, since=1)

    assert send(by, unit, WARM).excursions == 0
    assert states(vials) == ["sealed", "sealed"]


def test_vial_said_later_to_have_stood_there_is_found_too(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    unit = fridge(by)
    vial = vials_of(make_lot(by))[0]
    send(by, unit, WARM)

    move_vials(by=by, vials=[vial.pk], unit=unit, at=at(5.5))

    assert states([vial]) == ["quarantined"]


def test_released_vial_stays_released_until_the_excursion_grows(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    unit, vials = kept(by)
    send(by, unit, WARM)
    excursion = TemperatureExcursion.objects.get()
    release_exposed(by=by, excursion=excursion, vials=[vial.pk for vial in vials], reason="Maker: use first.")

    assert send(by, unit, [*WARM, (1, "5")]).excursions == 0
    assert states(vials) == ["sealed", "sealed"]
    assert send(by, unit, [(5.5, "15")]).excursions == 1
    assert states(vials) == ["quarantined", "quarantined"]
    excursion.refresh_from_db()
    assert (excursion.highest, TemperatureExcursion.objects.count()) == (Decimal(15), 1)


def test_only_who_keeps_the_stock_releases_and_only_with_the_answer(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    unit, vials = kept(by)
    enter_temperature(by=actor(Role.INJECTOR), unit=unit, at=at(2), celsius=Decimal(-3), note="display")
    excursion = TemperatureExcursion.objects.get()
    ids = [vials[0].pk]
    with pytest.raises(NotPermitted):
        release_exposed(by=actor(Role.INJECTOR), excursion=excursion, vials=ids, reason="Fine.")
    with pytest.raises(Refused, match="maker’s answer"):
        release_exposed(by=by, excursion=excursion, vials=ids, reason=" ")
    with pytest.raises(Refused, match="Choose the vials"):
        release_exposed(by=by, excursion=excursion, vials=[], reason="Fine.")

    release_exposed(by=by, excursion=excursion, vials=ids, reason="Dr Lee of the maker, by phone.")
    discard_exposed(by=by, excursion=excursion, vials=[vials[1].pk], reason="Not worth asking.")

    assert states(vials) == ["sealed", "discarded"]
    assert history_of(by, vials[0])[0].why == "Dr Lee of the maker, by phone."
    with pytest.raises(Refused, match="is sealed"):
        release_exposed(by=by, excursion=excursion, vials=ids, reason="Again.")


def test_vial_that_was_used_since_is_named_with_what_became_of_it(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    unit, vials = kept(by)
    make_treatment(by, vials=vials[:1])

    send(by, unit, WARM)

    (excursion,) = excursions_of(by)
    assert [each.vial.state for each in exposed_in(by, excursion)] == ["used", "quarantined"]


def test_opened_vial_is_judged_by_the_range_for_what_is_ready(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    freezer = fridge(by, "Freezer", "freezer")
    vial = vials_of(make_lot(by))[0]
    open_vial(by=by, vial=vial, patient=make_patient(by), opened_at=at(2), diluent_ml=Decimal(4))

    with pytest.raises(Refused, match="names no keeping at: freezer"):
        move_vials(by=by, vials=[vial.pk], unit=freezer)


@pytest.mark.parametrize(("celsius", "hours"), [("150", 1.0), ("5", -2.0)])
def test_temperature_that_cannot_be_is_refused(
    clinic: Clinic, actor: ActorMaker, celsius: str, hours: float
) -> None:
    by = actor(*DOCTOR)

    with pytest.raises(Refused):
        enter_temperature(by=by, unit=fridge(by), at=at(hours), celsius=Decimal(celsius))


def test_database_never_changes_a_reading(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    enter_temperature(by=by, unit=fridge(by), at=at(1), celsius=Decimal(5))

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE stock_temperaturereading SET celsius = 4")

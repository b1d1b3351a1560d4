"""Which vials a time outside touches, for how long, and which of them it touches again when more is known."""

from __future__ import annotations

from decimal import Decimal

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.actor import Actor
from masseter.journey.stock.models import ExposedVial, StorageUnit, TemperatureExcursion, Vial
from masseter.journey.stock.storage_actions import move_vials
from masseter.journey.stock.temperature_actions import enter_temperature, release_exposed
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, make_lot, vials_of
from tests.journey.stock.test_storage import fridge
from tests.journey.stock.test_temperatures import WARM, at, kept, send, states

DAY = 24


def release(by: Actor, vials: list[Vial]) -> None:
    excursion = TemperatureExcursion.objects.earliest("id")
    release_exposed(by=by, excursion=excursion, vials=[each.pk for each in vials], reason="Maker: use first.")


def minutes() -> list[int]:
    return list(ExposedVial.objects.order_by("excursion_id", "vial_id").values_list("minutes", flat=True))


def put(by: Actor, vials: list[Vial], unit: StorageUnit, hours_ago: float) -> None:
    move_vials(by=by, vials=[each.pk for each in vials], unit=unit, at=at(hours_ago))


def test_excursion_longer_than_the_look_around_is_not_cut_by_a_later_reading(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    unit, vials = kept(by, since=30 * DAY)
    send(by, unit, [(day * DAY, "12") for day in range(25, 8, -1)] + [(8 * DAY, "5")])
    known = TemperatureExcursion.objects.values_list("began_at", "ended_at").get()
    release(by, vials)

    done = send(by, unit, [(4 * DAY, "5")])

    assert done.excursions == 0
    assert TemperatureExcursion.objects.values_list("began_at", "ended_at").get() == known
    assert minutes() == [17 * DAY * 60] * 2
    assert states(vials) == ["sealed", "sealed"]


def test_reading_inside_that_comes_late_splits_an_excursion_and_shortens_the_time(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    unit, vials = kept(by, count=1)
    send(by, unit, [(10, "12"), (8, "12"), (4, "12"), (2, "5")])
    release(by, vials)

    send(by, unit, [(6, "5")])

    assert [each.minutes for each in TemperatureExcursion.objects.order_by("began_at")] == [240, 120]
    assert minutes() == [240, 120]
    assert states(vials) == ["quarantined"]


def test_vial_that_was_taken_out_and_released_is_left_alone_when_the_excursion_grows(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    unit, (out, there) = kept(by)
    send(by, unit, [(6, "9.5"), (5, "12")])
    put(by, [out], fridge(by, "Fridge 2"), 5)
    release(by, [out, there])

    assert send(by, unit, [(3, "11")]).excursions == 1

    assert states([out, there]) == ["sealed", "quarantined"]
    assert minutes() == [60, 180]


def test_reading_that_is_worse_counts_for_a_vial_that_was_there_then(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    unit, (out, there) = kept(by)
    put(by, [out], fridge(by, "Fridge 2"), 4.5)
    send(by, unit, WARM)
    release(by, [out, there])

    enter_temperature(by=by, unit=unit, at=at(4.2), celsius=Decimal(13))
    assert states([out, there]) == ["sealed", "quarantined"]
    enter_temperature(by=by, unit=unit, at=at(4.7), celsius=Decimal(16))
    assert states([out, there]) == ["quarantined", "quarantined"]


def test_minutes_of_a_vial_that_came_back_are_added_up(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    unit, other = fridge(by), fridge(by, "Fridge 2")
    vials = vials_of(make_lot(by, count=1))
    for place, hours in ((unit, 12), (other, 9), (unit, 6)):
        put(by, vials, place, hours)

    send(by, unit, [(10, "12"), (4, "12"), (3, "5")])

    assert minutes() == [60 + 180]

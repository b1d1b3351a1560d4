"""Writing where vials are kept: units, and moving vials between them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from masseter.core.cold import kept_there
from masseter.journey.audit.trail import record
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.rights import Right
from masseter.journey.stock.exposing import OLDEST, find_excursions
from masseter.journey.stock.ledger import FINISHED, lock_vials
from masseter.journey.stock.models import Lot, Stay, StorageUnit, Vial
from masseter.knowledge.load import load

LONGEST_MINUTES = 10_080  # a week between two readings


@action(Right.KEEP_STOCK)
def add_unit(*, by: Actor, name: str, place: str, longest_minutes: int) -> StorageUnit:
    """Add a place of storage: a refrigerator, a freezer, or a cupboard at room temperature."""
    if not name.strip():
        raise Refused("Write how this place is called.", field="name")
    if place not in StorageUnit.Place.values:
        raise Refused("Choose what kind of place it is.", field="place")
    if not 1 <= longest_minutes <= LONGEST_MINUTES:
        raise Refused(f"Enter from 1 to {LONGEST_MINUTES} minutes.", field="longest_minutes")
    try:
        with transaction.atomic():
            unit = StorageUnit.objects.create(
                clinic_id=by.clinic_id, name=name.strip(), place=place, longest_minutes=longest_minutes
            )
    except IntegrityError:
        raise Refused("There is a place of this name already.", field="name") from None
    record(by=by, what="stock.unit_added", on=unit, data={"name": unit.name, "place": place})
    return unit


@action(Right.KEEP_STOCK)
def end_unit(*, by: Actor, unit: StorageUnit, reason: str) -> StorageUnit:
    """Take an empty place of storage out of use, with the reason; its temperatures are kept."""
    if not reason.strip():
        raise Refused("Write why it is not used any more.", field="reason")
    locked = StorageUnit.objects.select_for_update().get(clinic_id=by.clinic_id, pk=unit.pk)
    if locked.ended_at is not None:
        raise Refused(f"{locked} is out of use already.")
    if Stay.objects.filter(unit=locked, until=None).exists():
        raise Refused(f"There are vials in {locked}: move them first.")
    locked.ended_at = clock.now()
    locked.version += 1
    locked.save()
    record(by=by, what="stock.unit_ended", on=locked, why=reason.strip())
    return locked


@action(Right.KEEP_STOCK, Right.INJECT)
def move_vials(
    *, by: Actor, vials: Collection[int], unit: StorageUnit, at: datetime | None = None, reason: str = ""
) -> int:
    """Put vials into a place of storage; answers how many. One that no label names needs a reason."""
    locked = lock_vials(by, vials)
    if not locked:
        raise Refused("Choose the vials.", field="vials")
    put_into(by, locked, unit, at=at, reason=reason)
    return len(locked)


def put_into(
    by: Actor, vials: Sequence[Vial], unit: StorageUnit, *, at: datetime | None = None, reason: str = ""
) -> None:
    """Put locked vials into a unit, and look at the temperatures that it has had since.

    Raises: Refused for a finished vial, a time to come or before the vial's last move, a unit out of use,
    and a place that the label does not name, without a reason.
    """
    moment = at or clock.now()
    if moment > clock.now():
        raise Refused("The time of the move is still to come.", field="at")
    if moment < clock.now() - OLDEST:
        raise Refused("The time of the move is more than ten years ago.", field="at")
    if unit.ended_at is not None:
        raise Refused(f"{unit} is not in use any more.", field="unit")
    for vial in vials:
        _check_movable(by, vial, unit, reason)
    running = {stay.vial_id: stay for stay in Stay.objects.filter(vial__in=vials, until=None)}
    for vial in vials:
        stay = running.get(vial.pk)
        if stay is not None and stay.since > moment:
            raise Refused(f"Vial {vial} was moved later than that. Check the time.", field="at")
    Stay.objects.filter(pk__in=[stay.pk for stay in running.values()]).update(until=moment)
    Stay.objects.bulk_create(
        Stay(
            clinic_id=by.clinic_id,
            vial=vial,
            unit=unit,
            since=moment,
            moved_by_name=by.name,
            reason=reason.strip(),
        )
        for vial in vials
    )
    for lot in {vial.lot_id: vial.lot for vial in vials}.values():
        count = sum(vial.lot_id == lot.pk for vial in vials)
        told = {"unit": unit.name, "vials": count, "at": moment}
        record(by=by, what="stock.vials_moved", on=lot, why=reason.strip(), data=told)
    find_excursions(by, unit, moment, clock.now())


def unit_for(by: Actor, unit_id: int | None) -> StorageUnit | None:
    """The unit of a form; None where none was chosen.

    Raises: NotHere.
    """
    if unit_id is None:
        return None
    unit = StorageUnit.objects.filter(clinic_id=by.clinic_id, pk=unit_id).first()
    if unit is None:
        raise NotHere("There is no such place of storage.")
    return unit


def _check_movable(by: Actor, vial: Vial, unit: StorageUnit, reason: str) -> None:
    if vial.state in FINISHED:
        raise Refused(f"Vial {vial} is {vial.get_state_display().lower()} already.", field="vials")
    product = load().products.get(vial.lot.product)
    if product is None or reason.strip():
        return
    stage = "ready" if vial.opened_at else "unopened"
    if kept_there(product, stage, unit.place, by.jurisdiction) is None:  # type: ignore[arg-type]  # a choice
        raise Refused(
            f"The label of {product.brand} names no keeping at: {unit.get_place_display().lower()}. Choose "
            "another place, or write the reason.",
            field="reason",
        )


def vials_left(lot: Lot) -> list[Vial]:
    """The vials of a lot that are still there."""
    return list(lot.vials.exclude(state__in=FINISHED).select_related("lot").order_by("place"))

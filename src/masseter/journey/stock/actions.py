"""Writing the stock: receive, quarantine, recall, release, open, discard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from masseter.core.lots import alert_words, alerts_for, normalise_lot
from masseter.core.plan.lookup import UnknownPresentation, UnknownProduct, find_presentation, find_product
from masseter.journey.audit.trail import record
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.stock.alerted import open_hits, refuse_alerted
from masseter.journey.stock.barcode import read_cartons
from masseter.journey.stock.blocking import block_lot
from masseter.journey.stock.carton import check_carton, check_labels
from masseter.journey.stock.ledger import FINISHED, Opening, lock_vials, open_locked, step
from masseter.journey.stock.models import Lot, StockLevel, StorageUnit, Vial
from masseter.journey.stock.storage_actions import put_into
from masseter.knowledge.load import load
from masseter.knowledge.model import Presentation

MOST_VIALS = 500
FARTHEST_YEARS = 10
NEXT_STATES = {
    Lot.State.AVAILABLE: {Lot.State.QUARANTINED, Lot.State.RECALLED},
    Lot.State.QUARANTINED: {Lot.State.AVAILABLE, Lot.State.RECALLED},
    Lot.State.RECALLED: {Lot.State.QUARANTINED},
}
_DONE = {
    Lot.State.AVAILABLE: "stock.lot_released",
    Lot.State.QUARANTINED: "stock.lot_quarantined",
    Lot.State.RECALLED: "stock.lot_recalled",
}


@action(Right.KEEP_STOCK)
def receive_lot(
    *,
    by: Actor,
    product: str,
    presentation: str,
    number: str,
    expires_on: date,
    count: int,
    serials: Sequence[str] = (),
    code: str = "",
    label_code: str = "",
    unit: StorageUnit | None = None,
) -> Lot:
    """Take vials of a lot into stock; a code that was scanned must say the same as what was typed.

    A lot that an authority named in an alert arrives in quarantine, from where it is released with a reason.
    One that an open alert of the clinic names is blocked as if the alert had come after it.
    """
    size = _size(product, presentation)
    cartons = read_cartons(code, load())
    for carton in cartons:
        check_carton(carton, product=product, size=size, number=number, expires_on=expires_on)
    check_labels(label_code, product=product, number=number, expires_on=expires_on)
    _check_received(by, number=number, expires_on=expires_on, count=count, serials=serials)
    lot = _lot(by, product, size, number.strip(), expires_on, gtin=cartons[0].gtin if cartons else "")
    first = Vial.objects.filter(lot=lot).count() + 1
    _check_serials(lot, serials)
    named = [*serials, *[""] * (count - len(serials))]
    vials = Vial.objects.bulk_create(
        Vial(
            clinic_id=by.clinic_id, lot=lot, place=first + place, serial=serial, label_units=size.label_units
        )
        for place, serial in enumerate(named)
    )
    told = {"product": product, "presentation": presentation, "vials": count, "expires_on": expires_on}
    record(by=by, what="stock.lot_received", on=lot, data=told | {"scanned": len(cartons)})
    if unit is not None:
        put_into(by, vials, unit)
    return _blocked(by, lot)


@action(Right.KEEP_STOCK)
def change_lot_state(*, by: Actor, lot: Lot, state: str, reason: str) -> Lot:
    """Quarantine, recall or release a lot, with the reason."""
    if not reason.strip():
        raise Refused("Write the reason.", field="reason")
    lot = Lot.objects.select_for_update().get(clinic_id=by.clinic_id, pk=lot.pk)
    wanted = Lot.State(state)
    if wanted not in NEXT_STATES[Lot.State(lot.state)]:
        raise Refused(
            f"A lot that is {lot.get_state_display().lower()} cannot become {wanted.label.lower()}."
        )
    if wanted == Lot.State.AVAILABLE:
        refuse_alerted(by, lot)
    lot.state = wanted
    lot.reason = reason.strip()
    lot.version += 1
    lot.save()
    record(by=by, what=_DONE[wanted], on=lot, why=reason.strip())
    return lot


@action(Right.INJECT)
def open_vial(
    *,
    by: Actor,
    vial: Vial,
    patient: Patient,
    opened_at: datetime,
    diluent_ml: Decimal | None,
    diluent: str = "",
) -> Vial:
    """Record that a sealed vial was opened for one patient, with diluent and time."""
    (locked,) = lock_vials(by, [vial.pk])
    if opened_at > clock.now():
        raise Refused("The time of opening is still to come.", field="opened_at")
    opening = Opening(at=opened_at, diluent_ml=diluent_ml, diluent=diluent)
    open_locked(locked, by=by, patient=patient, opening=opening)
    told = {"diluent_ml": diluent_ml, "diluent": diluent, "opened_at": opened_at}
    record(by=by, what="stock.vial_opened", on=locked, data=told)
    return locked


@action(Right.KEEP_STOCK, Right.INJECT)
def discard_vial(*, by: Actor, vial: Vial, reason: str) -> Vial:
    """Throw away what is left in a vial, with the reason."""
    if not reason.strip():
        raise Refused("Write why the vial is thrown away.", field="reason")
    (locked,) = lock_vials(by, [vial.pk])
    if locked.state in FINISHED:
        raise Refused(f"Vial {locked} is {locked.get_state_display().lower()} already.")
    left = locked.left_units
    locked.discarded_units = locked.label_units - locked.given_units
    locked.state = Vial.State.DISCARDED
    locked.reason = reason.strip()
    step(locked)
    record(by=by, what="stock.vial_discarded", on=locked, why=reason.strip(), data={"units": left})
    return locked


@action(Right.KEEP_STOCK)
def return_vial(*, by: Actor, vial: Vial, reason: str) -> Vial:
    """Send a whole vial back to the supplier, with the reason."""
    if not reason.strip():
        raise Refused("Write to whom the vial goes back, and why.", field="reason")
    (locked,) = lock_vials(by, [vial.pk])
    if locked.state not in {Vial.State.SEALED, Vial.State.QUARANTINED}:
        raise Refused(f"Vial {locked} is {locked.get_state_display().lower()}, so it cannot go back.")
    if locked.opened_at is not None or locked.left_units != locked.label_units:
        raise Refused(f"Vial {locked} was opened. An opened vial is thrown away, not sent back.")
    locked.returned_units = locked.label_units
    locked.state = Vial.State.RETURNED
    locked.reason = reason.strip()
    step(locked)
    told = {"units": locked.label_units}
    record(by=by, what="stock.vial_returned", on=locked, why=reason.strip(), data=told)
    return locked


@action(Right.KEEP_STOCK, Right.INJECT)
def quarantine_vial(*, by: Actor, vial: Vial, reason: str) -> Vial:
    """Keep one vial from being used, for example after a break in the cold chain."""
    if not reason.strip():
        raise Refused("Write the reason.", field="reason")
    (locked,) = lock_vials(by, [vial.pk])
    if locked.state not in {Vial.State.SEALED, Vial.State.OPENED}:
        raise Refused(
            f"Vial {locked} is {locked.get_state_display().lower()}; there is nothing to keep back."
        )
    locked.state = Vial.State.QUARANTINED
    locked.reason = reason.strip()
    step(locked)
    record(by=by, what="stock.vial_quarantined", on=locked, why=reason.strip())
    return locked


@action(Right.KEEP_STOCK)
def release_vial(*, by: Actor, vial: Vial, reason: str) -> Vial:
    """Give a vial in quarantine back to use, with the reason."""
    if not reason.strip():
        raise Refused("Write the reason.", field="reason")
    (locked,) = lock_vials(by, [vial.pk])
    if locked.state != Vial.State.QUARANTINED:
        raise Refused(f"Vial {locked} is not in quarantine.")
    locked.state = Vial.State.OPENED if locked.opened_at else Vial.State.SEALED
    locked.reason = ""
    step(locked)
    record(by=by, what="stock.vial_released", on=locked, why=reason.strip())
    return locked


@action(Right.KEEP_STOCK)
def set_level(*, by: Actor, product: str, presentation: str, least: int) -> StockLevel:
    """Say how many sealed vials of a size there should be at least; nought asks for none."""
    size = _size(product, presentation)
    if not 0 <= least <= MOST_VIALS:
        raise Refused(f"Enter from 0 to {MOST_VIALS} vials.", field="least")
    level, _ = StockLevel.objects.update_or_create(
        clinic_id=by.clinic_id, product=product, presentation=size.key, defaults={"least": least}
    )
    told = {"product": product, "presentation": size.key, "least": least}
    record(by=by, what="stock.level_set", on=level, data=told)
    return level


def _blocked(by: Actor, lot: Lot) -> Lot:
    """A lot that has just come, kept from use where an alert names it."""
    if lot.state == Lot.State.QUARANTINED:
        record(by=by, what="stock.lot_quarantined", on=lot, why=lot.reason)
    for hit in open_hits(by, lot):
        lot = block_lot(by, hit)
    return lot


def _size(product: str, presentation: str) -> Presentation:
    try:
        return find_presentation(find_product(load(), product), presentation)
    except (UnknownProduct, UnknownPresentation) as error:
        raise Refused("Choose a product and vial size of the list.", field="size") from error


def _check_received(by: Actor, *, number: str, expires_on: date, count: int, serials: Sequence[str]) -> None:
    today = clock.today(by.zone)
    if not normalise_lot(number):
        raise Refused("Type the lot number as it stands on the carton.", field="number")
    if expires_on < today:
        raise Refused("This lot has expired; it cannot be taken into stock.", field="expires_on")
    if expires_on.year > today.year + FARTHEST_YEARS:
        raise Refused("That is very far away: check the year of expiry.", field="expires_on")
    if not 1 <= count <= MOST_VIALS:
        raise Refused(f"Type how many vials came, from 1 to {MOST_VIALS}.", field="count")
    if len(serials) > count:
        raise Refused("There are more serial numbers than vials.", field="serials")
    if len(set(serials)) < len(serials):
        raise Refused("A serial number is there twice.", field="serials")


def _check_serials(lot: Lot, serials: Sequence[str]) -> None:
    known = Vial.objects.filter(lot=lot, serial__in=serials).values_list("serial", flat=True)
    if known:
        raise Refused(f"Already in stock: serial {', '.join(known)}.", field="serials")


def _lot(by: Actor, product: str, size: Presentation, number: str, expires_on: date, *, gtin: str) -> Lot:
    alerts = alerts_for(number, load())
    lot, is_new = Lot.objects.select_for_update().get_or_create(
        clinic_id=by.clinic_id,
        product=product,
        presentation=size.key,
        normalised=normalise_lot(number),
        defaults={
            "number": number,
            "expires_on": expires_on,
            "gtin": gtin,
            "received_at": clock.now(),
            "received_by_name": by.name,
            "state": Lot.State.QUARANTINED if alerts else Lot.State.AVAILABLE,
            "reason": alert_words(alerts) if alerts else "",
        },
    )
    if not is_new and lot.expires_on != expires_on:
        raise Refused(
            f"Lot {lot} is in stock with another expiry, {lot.expires_on:%d %B %Y}. Compare the cartons.",
            field="expires_on",
        )
    if not is_new and lot.state != Lot.State.AVAILABLE:
        raise Refused(f"Lot {lot} is {lot.get_state_display().lower()}: {lot.reason}", field="number")
    return lot

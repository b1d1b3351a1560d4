"""Finding the vials in the hand by the codes on their cartons: every word of a code is compared."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from masseter.core.lots import normalise_lot
from masseter.core.plan.lookup import find_presentation
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.people.models import Patient
from masseter.journey.stock.barcode import MOST_CODES, Carton, read_carton
from masseter.journey.stock.carton import check_carton, check_labels, said
from masseter.journey.stock.ledger import is_anothers
from masseter.journey.stock.models import Lot, Vial
from masseter.journey.stock.queries import vials_of_lot_number
from masseter.journey.stock.written import lines_of
from masseter.knowledge.load import load
from masseter.knowledge.model import Product

FIELD = "vial_code"
BY_HAND = "Choose the vial by hand and compare lot and expiry with your own eyes."


def vials_of_codes(
    by: Actor, text: str, *, product: str, patient: Patient, ticked: Collection[int] = ()
) -> tuple[Vial, ...]:
    """The vials whose cartons were scanned, one code a line, in that order.

    Where nothing tells the vials of a lot apart, one that is ticked already is meant.
    Raises: Refused at `vial_code`, naming the line where there are several, for a code that cannot be
    read or says too little, and for a vial that differs from the stock or may not be used.
    """
    lines = lines_of(text)
    if len(lines) > MOST_CODES:
        raise Refused(f"Scan at most {MOST_CODES} cartons at once.", field=FIELD)
    found: list[Vial] = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(_vial(by, line, load().products[product], patient, ticked, found))
        except Refused as problem:
            place = f"Code {number}: " if len(lines) > 1 else ""
            raise Refused(f"{place}{problem.sentence}", field=FIELD) from problem
    return tuple(found)


def check_both(vial: Vial, *, carton_code: str, label_code: str) -> None:
    """Compare the scanned carton and the scanned vial with the stock, and so with one another.

    Raises: Refused at `carton_code` or `label_code`. What was not scanned is not compared.
    """
    lot = vial.lot
    if carton_code.strip():
        try:
            carton = read_carton(carton_code, load())
            _check_says_enough(carton, load().products[lot.product])
            if not carton.is_known and carton.gtin != lot.gtin:
                raise Refused(f"The product number {carton.gtin} is not in the formulary. {BY_HAND}")
            size = find_presentation(load().products[lot.product], lot.presentation)
            check_carton(carton, product=lot.product, size=size, number=lot.number, expires_on=lot.expires_on)
            if vial.serial and carton.serial and vial.serial != carton.serial:
                raise Refused(f"The carton's code says serial {carton.serial}.")
        except Refused as problem:
            raise Refused(f"{problem.sentence} {_in_stock(lot)}", field="carton_code") from problem
    check_labels(label_code, product=lot.product, number=lot.number, expires_on=lot.expires_on)


def _vial(
    by: Actor, line: str, product: Product, patient: Patient, ticked: Collection[int], taken: Sequence[Vial]
) -> Vial:
    carton = read_carton(line, load())
    _check_says_enough(carton, product)
    vials = vials_of_lot_number(by, product.key, normalise_lot(carton.lot))
    if not carton.is_known and not any(vial.lot.gtin == carton.gtin for vial in vials):
        raise Refused(f"The product number {carton.gtin} is not in the formulary. {BY_HAND}")
    if not vials:
        raise Refused(f"No vial of lot {carton.lot} is ready for use in the stock. Take the lot in first.")
    same = [vial for vial in vials if _is_size(vial.lot, carton)]
    lot = (same or vials)[0].lot
    size = find_presentation(product, lot.presentation)
    try:
        check_carton(carton, product=product.key, size=size, number=lot.number, expires_on=lot.expires_on)
    except Refused as problem:
        raise Refused(f"{problem.sentence} {_in_stock(lot)} Stop and check.") from problem
    _check_lot(lot, clock.today(by.zone))
    return _one_of(same, carton, patient, ticked, taken)


def _check_says_enough(carton: Carton, product: Product) -> None:
    """A scan stands for the eye's comparison, so it must say product, lot and expiry."""
    if not carton.gtin:
        raise Refused(f"The code does not say the product. {BY_HAND}")
    if carton.product is not None and carton.product.key != product.key:
        raise Refused(f"The code is of {said(carton)}. The plan is for {product.brand}: stop and check.")
    if not normalise_lot(carton.lot) or carton.expires_on is None:
        missing = "expiry" if normalise_lot(carton.lot) else "lot"
        raise Refused(f"The code does not say the {missing}. {BY_HAND}")


def _is_size(lot: Lot, carton: Carton) -> bool:
    # A number that we do not know is one that was compared by eye when the lot came in.
    own = carton.presentation.key if carton.presentation else None
    return lot.presentation == own if own else lot.gtin == carton.gtin


def _in_stock(lot: Lot) -> str:
    units = find_presentation(load().products[lot.product], lot.presentation).label_units
    told = f"{units.normalize():f} units, expiry {lot.expires_on:%d %B %Y}"
    return f"The stock has lot {lot} with {told}."


def _check_lot(lot: Lot, today: date) -> None:
    if lot.state != Lot.State.AVAILABLE:
        raise Refused(f"Lot {lot} is {lot.get_state_display().lower()}: {lot.reason} Do not use it.")
    if lot.is_expired(today):
        raise Refused(f"Lot {lot} expired on {lot.expires_on:%d %B %Y}. Do not use it.")


def _one_of(
    vials: Sequence[Vial], carton: Carton, patient: Patient, ticked: Collection[int], taken: Sequence[Vial]
) -> Vial:
    """The vial of a serial number; without one, a vial of the lot that may be used."""
    named = [vial for vial in vials if carton.serial and vial.serial == carton.serial]
    if named:
        if named[0] in taken:
            raise Refused(f"Vial {named[0]} is scanned twice.")
        _check_vial(named[0], patient)
        return named[0]
    free = [
        vial
        for vial in vials
        if vial not in taken and not (vial.serial and carton.serial) and not _against(vial, patient)
    ]
    if not free:
        which = f"with serial {carton.serial}" if carton.serial else "that may still be used"
        raise Refused(f"There is no vial of lot {carton.lot} {which} in the stock.")
    return min(free, key=lambda vial: (vial.pk not in ticked, vial.state == Vial.State.SEALED, vial.place))


def _check_vial(vial: Vial, patient: Patient) -> None:
    problem = _against(vial, patient)
    if problem:
        raise Refused(f"Vial {vial} {problem}. Do not use it.")


def _against(vial: Vial, patient: Patient) -> str:
    """What speaks against using a vial for this patient; empty where nothing does."""
    if is_anothers(vial, patient):
        return "was opened for another patient"
    if vial.state not in (Vial.State.SEALED, Vial.State.OPENED):
        why = f": {vial.reason}" if vial.reason else ""
        return f"is {vial.get_state_display().lower()}{why}"
    return ""

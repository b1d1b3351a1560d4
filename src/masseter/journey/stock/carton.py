"""Comparing what was scanned from a carton with what was typed."""

from __future__ import annotations

from datetime import date

from masseter.core.lots import normalise_lot
from masseter.journey.ground.refusals import Refused
from masseter.journey.stock.barcode import Carton, read_carton
from masseter.journey.stock.written import lines_of
from masseter.knowledge.load import load
from masseter.knowledge.model import Presentation


def check_carton(carton: Carton, *, product: str, size: Presentation, number: str, expires_on: date) -> None:
    """Raises: Refused at the field where the carton says otherwise."""
    known = (carton.product.key, carton.presentation.key) if carton.product and carton.presentation else None
    if known and known != (product, size.key):
        raise Refused(f"The carton's code is of {said(carton)}. Compare carton and choice.", field="size")
    if carton.lot and normalise_lot(carton.lot) != normalise_lot(number):
        raise Refused(f"The carton's code says lot {carton.lot}.", field="number")
    if carton.expires_on and carton.expires_on != expires_on:
        raise Refused(f"The carton's code says {carton.expires_on:%d %B %Y}.", field="expires_on")


def said(carton: Carton) -> str:
    """The vial size that the carton's code names, in words."""
    if carton.product is None or carton.presentation is None:
        return "a product that we do not know"
    return f"{carton.product.brand}, {carton.presentation.label_units.normalize():f} units"


def check_labels(text: str, *, product: str, number: str, expires_on: date) -> None:
    """Raises: Refused at `label_code` where the code of a vial does not agree with carton and stock."""
    codes = lines_of(text)
    for place, line in enumerate(codes, start=1):
        try:
            check_label(read_carton(line, load()), product=product, number=number, expires_on=expires_on)
        except Refused as problem:
            where = f"Vial {place}: " if len(codes) > 1 else ""
            raise Refused(f"{where}{problem.sentence}", field="label_code") from problem


def check_label(label: Carton, *, product: str, number: str, expires_on: date) -> None:
    """Raises: Refused where the code on a vial does not agree with its carton or its lot in the stock.

    The product number may differ: carton and vial are two levels of packing. Lot and expiry may not.
    """
    if label.product is not None and label.product.key != product:
        raise Refused(f"The vial's code is of {said(label)}. Carton and vial do not belong together.")
    if not normalise_lot(label.lot) or label.expires_on is None:
        missing = "expiry" if normalise_lot(label.lot) else "lot"
        raise Refused(f"The vial's code does not say the {missing}: compare vial and carton by eye.")
    if normalise_lot(label.lot) != normalise_lot(number):
        raise Refused(
            f"The carton is of lot {number} and the vial of lot {label.lot}. A fake was found this way: do "
            "not use it, keep both and ask the maker."
        )
    if label.expires_on != expires_on:
        raise Refused(
            f"The carton expires on {expires_on:%d %B %Y} and the vial on {label.expires_on:%d %B %Y}. A "
            "fake was found this way: do not use it, keep both and ask the maker."
        )

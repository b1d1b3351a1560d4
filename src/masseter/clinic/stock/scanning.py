"""From scanned codes to a filled form, for the eye to compare."""

from __future__ import annotations

from typing import Any

from masseter.journey.stock.barcode import Carton, UnreadableCode, read_cartons
from masseter.journey.stock.carton import said
from masseter.knowledge.load import load


def filled(code: str) -> dict[str, Any]:
    """What the form is filled with from the codes.

    Raises: UnreadableCode.
    """
    cartons = read_cartons(code, load())
    if not cartons:
        raise UnreadableCode("Scan the square code on the carton first.")
    first = cartons[0]
    return {
        "code": code,
        "size": _size(first),
        "number": first.lot,
        "expires_on": first.expires_on,
        "count": len(cartons),
        "serials": "\n".join(carton.serial for carton in cartons if carton.serial),
    }


def summary(code: str) -> dict[str, object]:
    """What the codes said, in words; an unknown product number is said so."""
    cartons = read_cartons(code, load())
    first = cartons[0]
    return {"count": len(cartons), "gtin": first.gtin, "is_known": first.is_known, "said": said(first)}


def _size(carton: Carton) -> str:
    if carton.product is None or carton.presentation is None:
        return ""
    return f"{carton.product.key}|{carton.presentation.key}"

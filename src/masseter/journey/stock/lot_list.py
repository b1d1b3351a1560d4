"""A list of lots as it stands in an alert: pasted or from a file, one lot a line, nothing half read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from masseter.core.lots import normalise_lot
from masseter.journey.ground.refusals import Refused
from masseter.journey.stock.table import Row, lines_told, rows_of
from masseter.knowledge.load import load

MOST_LINES = 5000
MOST_TOLD = 8
LONGEST = {"lot": 40, "pack": 100, "expiry": 60, "note": 500}
COLUMNS = ("lot", "product", "pack", "expiry", "note")
# How a heading may call a column.
_HEADINGS = {
    "lot": {
        "lot",
        "lot number",
        "lot no",
        "batch",
        "batch number",
        "batch no",
        "charge",
        "chargen-nr",
        "lote",
    },
    "product": {"product", "brand", "medicine", "name", "produkt", "producto"},
    "pack": {"pack", "size", "pack size", "strength", "gtin", "presentation", "packung"},
    "expiry": {"expiry", "exp", "expiry date", "expires", "expiration", "verfall", "verwendbar bis"},
    "note": {"note", "notes", "remark", "comment", "bemerkung"},
}


@dataclass(frozen=True, kw_only=True)
class ListedLot:
    """One line of the list. `product` is a key of ours, empty where the list names none."""

    number: str
    product: str = ""
    pack: str = ""
    expiry: str = ""
    note: str = ""

    @property
    def normalised(self) -> str:
        return normalise_lot(self.number)


def read_lot_list(text: str) -> tuple[ListedLot, ...]:
    """The lots of a list: one number a line, or a table with or without headings.

    Without headings the columns are lot, product, pack, expiry and note.
    Raises: Refused at `lots`, naming each wrong line.
    """
    rows = [row for row in _rows(text) if any(cell.strip() for cell in row[1])]
    if not rows:
        raise Refused("Write the lots that the alert names, one a line.", field="lots")
    if len(rows) > MOST_LINES:
        raise Refused(f"At most {MOST_LINES} lines at once.", field="lots")
    names = _names(rows[0][1])
    body = rows[1:] if names else rows
    found: dict[tuple[str, str, str, str], ListedLot] = {}
    problems = []
    for line, cells in body:
        try:
            lot = _lot(dict(zip(names or COLUMNS, cells, strict=False)))
            found.setdefault((lot.product, lot.normalised, lot.pack, lot.expiry), lot)
        except ValueError as problem:
            problems.append(f"Line {line}: {problem}")
    if problems or not found:
        told = lines_told(problems, MOST_TOLD) or "There is no lot below the headings."
        raise Refused(told, field="lots")
    return tuple(found.values())


def _rows(text: str) -> list[Row]:
    lines = text.lstrip("\ufeff").splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(";\t,", key=first.count)
    return rows_of(lines, delimiter, field="lots")


def _names(cells: Sequence[str]) -> tuple[str, ...]:
    """The columns of a line of headings; empty where it is none."""
    told = [cell.strip().lower().rstrip(".:") for cell in cells]
    names = tuple(
        next((name for name, words in _HEADINGS.items() if each in words), f"other {place}")
        for place, each in enumerate(told)
    )
    return names if "lot" in names else ()


def _lot(cells: dict[str, str]) -> ListedLot:
    told = {name: (cells.get(name) or "").strip() for name in COLUMNS}
    if not normalise_lot(told["lot"]):
        raise ValueError("the lot number is missing.")
    for name, most in LONGEST.items():
        if len(told[name]) > most:
            raise ValueError(f"the {name} is longer than {most} characters.")
    return ListedLot(
        number=told["lot"],
        product=_product(told["product"]),
        pack=told["pack"],
        expiry=told["expiry"],
        note=told["note"],
    )


def _product(words: str) -> str:
    wanted = words.lower()
    for product in load().products.values():
        if wanted in (product.key.lower(), product.brand.lower()):
            return product.key
    if wanted:
        raise ValueError(
            f"the product “{words[:40]}” is not in the formulary; leave it empty for every product."
        )
    return ""

"""A table that somebody pasted or sent as a file, line by line."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from masseter.journey.ground.refusals import Refused

Row = tuple[int, list[str]]


def rows_of(lines: Sequence[str], delimiter: str, *, field: str, first: int = 1) -> list[Row]:
    """The cells of each line with its number. A quote ends with its line.

    Raises: Refused at `field` for a line with a cell that is longer than any can be.
    """
    rows = []
    for number, line in enumerate(lines, start=first):
        try:
            rows.append((number, next(csv.reader([line.replace("\x00", "")], delimiter=delimiter), [])))
        except csv.Error:
            raise Refused(f"Line {number} is too long to be read.", field=field) from None
    return rows


def lines_told(problems: Sequence[str], most: int) -> str:
    """The first of what is wrong, and how much more there is."""
    more = f" And {len(problems) - most} more." if len(problems) > most else ""
    return f"{' '.join(problems[:most])}{more}"

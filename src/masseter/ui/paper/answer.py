"""A paper or a table as the answer to a request."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse

# With one of these in front a spreadsheet takes a text for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF that opens in the browser and has a telling name when it is kept."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )


def as_table(rows: Iterable[Iterable[str]], name: str, *, is_marked: bool = False) -> HttpResponse:
    """A table (CSV) to keep, in which no cell can be taken for a formula.

    `is_marked`: begins with the mark by which a spreadsheet knows UTF-8, which other programs stumble over.
    """
    out = io.StringIO("\ufeff" if is_marked else "")
    out.seek(0, io.SEEK_END)
    csv.writer(out).writerows([_as_text(cell) for cell in row] for row in rows)
    return HttpResponse(
        out.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

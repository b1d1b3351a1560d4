"""One measured figure and how it is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, what came out, and beside what it is held."""

    what: str
    value: str
    beside: str = ""


def table(figures: Sequence[Figure]) -> str:
    """The figures as a table in Markdown."""
    rows = [f"| {one.what} | {one.value} | {one.beside} |" for one in figures]
    return "\n".join(["| Figure | Measured | Beside |", "|---|---|---|", *rows])

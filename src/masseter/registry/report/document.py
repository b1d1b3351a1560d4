"""What a report consists of, before it becomes a page or a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from masseter.ui.charts.draw import Chart


@dataclass(frozen=True, kw_only=True)
class Words:
    """A paragraph."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table; the first column names the line, the others are numbers unless `is_words`."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_words: bool = False


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A chart, with the words that stand for it where it is not seen."""

    name: str
    chart: Chart


Block = Words | Grid | Picture


@dataclass(frozen=True, kw_only=True)
class Section:
    """One heading with what is under it."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """The whole. `marks`: hashes and dates that say what it was made from."""

    title: str
    lead: str
    marks: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


def number(value: object, digits: int = 0) -> str:
    """A number with commas, or that there is none."""
    if value is None:
        return "none"
    rounded = round(float(str(value)), digits)
    return f"{rounded:,.{digits}f}" if rounded else f"{0:.{digits}f}"


def middle(low: object, median: object, high: object, digits: int = 0) -> str:
    """A median with its quartiles."""
    if median is None:
        return "none"
    return f"{number(median, digits)} ({number(low, digits)} to {number(high, digits)})"


def percent(found: int, of: int) -> str:
    """A share as percent; nothing of nothing is none."""
    return f"{100 * found / of:.1f} %" if of else "none"


def count(many: int, of: int) -> str:
    """How many, and which share."""
    return f"{many:,} ({percent(many, of)})" if of else f"{many:,}"


def grid(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, is_words: bool = False
) -> Grid:
    """A table from any rows."""
    return Grid(
        title=title, columns=tuple(columns), rows=tuple(tuple(row) for row in rows), is_words=is_words
    )

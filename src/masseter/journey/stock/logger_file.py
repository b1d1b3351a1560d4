"""The file of a temperature logger: read whole, or refused with every line that is wrong.

Loggers write CSV with a comma, semicolon or tab, a decimal point or comma, lines about themselves on top,
day and time in one column or two, in local time or with a zone, in °C or °F.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from masseter.core.cold import Reading
from masseter.journey.ground.refusals import Refused
from masseter.journey.stock.logger_time import (
    DayOrder,
    LocalTime,
    OrderUnknown,
    Zone,
    guess_order,
    zone_of,
)
from masseter.journey.stock.table import Row, lines_told, rows_of

MOST_LINES = 200_000
MOST_TOLD = 10
MOST_ABOVE = 100  # lines that a logger writes about itself
COLDEST, HOTTEST = Decimal(-100), Decimal(100)
_DAY = re.compile(r"^(?:date|day|datum|tag|fecha|jour)$", re.IGNORECASE)
_CLOCK = re.compile(r"^(?:time|clock|uhrzeit|zeit|heure|hora)$", re.IGNORECASE)
_MOMENT = re.compile(r"time|zeit|heure|hora|fecha|date|datum|timestamp", re.IGNORECASE)
_DEGREES = re.compile(r"temp|celsius|°\s*[cf]|fahrenheit|reading|messwert|^value|^wert|\[c\]", re.IGNORECASE)
_NOT_DEGREES = re.compile(r"alarm|limit|humid|feucht|\bmin\b|\bmax\b|batter", re.IGNORECASE)
_FAHRENHEIT = re.compile(r"°\s*f|fahrenheit|\bdeg\.? ?f\b", re.IGNORECASE)
_UNIT = re.compile(r"\s*°?\s*[CF]\s*$", re.IGNORECASE)
_CHOOSE = (
    "Every date of the file may be read in two ways. Choose below whether the day or the month stands first."
)


@dataclass(frozen=True, kw_only=True)
class LogRead:
    """What a file says: its readings in order of time, and how many lines said the same twice."""

    readings: tuple[Reading, ...]
    repeated: int


@dataclass(frozen=True, kw_only=True)
class _Columns:
    """Where day, clock and degrees stand. `clock` None: day and time stand together."""

    day: int
    clock: int | None
    degrees: int
    is_fahrenheit: bool
    zone: Zone
    delimiter: str


def read_log(text: str, *, zone: str, order: DayOrder = "auto") -> LogRead:
    """The readings of a logger's file. Times without a zone are of `zone`, unless the heading names one.

    `order` says whether 03/04 is in April or in March; `auto` finds it out where the file allows.
    Raises: Refused at `file`, naming each wrong line; nothing is half read.
    """
    lines = text.lstrip("\ufeff").splitlines()
    if len(lines) > MOST_LINES:
        raise Refused(f"The file has more than {MOST_LINES:,} lines. Export a shorter time.", field="file")
    place, columns = _heading(lines, ZoneInfo(zone))
    rows = rows_of(lines, columns.delimiter, field="file")
    body = [row for row in rows[place + 1 :] if any(each.strip() for each in row[1])]
    if not body:
        raise Refused("There is no reading in the file.", field="file")
    local = LocalTime(zone=columns.zone, order=_order(body, columns, order))
    return _read(_in_time(body, columns, local), columns, local)


def _read(body: Sequence[Row], columns: _Columns, local: LocalTime) -> LogRead:
    found: dict[datetime, Decimal] = {}
    problems, repeated = [], 0
    for line, cells in body:
        try:
            moment = local.read(_when(cells, columns))
            celsius = _celsius(_cell(cells, columns.degrees), is_fahrenheit=columns.is_fahrenheit)
        except ValueError as problem:
            problems.append(f"Line {line}: {problem}")
            continue
        repeated += moment in found
        if found.setdefault(moment, celsius) != celsius:
            problems.append(f"Line {line}: another temperature for the time of an earlier line.")
    if problems:
        raise Refused(f"Nothing was taken in. {lines_told(problems, MOST_TOLD)}", field="file")
    return LogRead(
        readings=tuple(Reading(at=at, celsius=found[at]) for at in sorted(found)), repeated=repeated
    )


def _heading(lines: Sequence[str], zone: ZoneInfo) -> tuple[int, _Columns]:
    """The line with the names of the columns, and where they stand.

    Raises: Refused where there is none in the first lines.
    """
    for place, line in enumerate(lines[:MOST_ABOVE]):
        for delimiter in sorted(";\t,", key=line.count, reverse=True):
            ((_, cells),) = rows_of([line], delimiter, field="file", first=place + 1)
            columns = _columns([cell.strip() for cell in cells], zone, delimiter)
            if columns is not None:
                return place, columns
    raise Refused(
        "No line names a column for the time and one for the temperature. Export the readings as CSV with "
        "their headings.",
        field="file",
    )


def _columns(cells: Sequence[str], zone: ZoneInfo, delimiter: str) -> _Columns | None:
    names = list(enumerate(cells))
    degrees = [place for place, name in names if _DEGREES.search(name) and not _NOT_DEGREES.search(name)]
    day = next((place for place, name in names if _DAY.match(name)), None)
    clock = next((place for place, name in names if _CLOCK.match(name)), None)
    moments = [place for place, name in names if _MOMENT.search(name) and place not in degrees]
    if not degrees or not moments:
        return None
    two = day is not None and clock is not None
    first = day if two and day is not None else moments[0]
    return _Columns(
        day=first,
        clock=clock if two else None,
        degrees=degrees[0],
        is_fahrenheit=bool(_FAHRENHEIT.search(cells[degrees[0]])),
        zone=zone_of(cells[first]) or zone,
        delimiter=delimiter,
    )


def _order(body: Sequence[Row], columns: _Columns, order: DayOrder) -> DayOrder:
    if order != "auto":
        return order
    try:
        return guess_order(_when(cells, columns) for _, cells in body)
    except OrderUnknown:
        raise Refused(_CHOOSE, field="order") from None


def _in_time(body: Sequence[Row], columns: _Columns, local: LocalTime) -> Sequence[Row]:
    """The lines from the oldest to the newest; a logger may write the newest first."""
    try:
        first, last = (local.read(_when(body[place][1], columns)) for place in (0, -1))
    except ValueError:
        return body
    finally:
        local.before = None
    return body[::-1] if first > last else body


def _when(cells: Sequence[str], columns: _Columns) -> str:
    day = _cell(cells, columns.day).strip()
    return day if columns.clock is None else f"{day} {_cell(cells, columns.clock).strip()}"


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _celsius(text: str, *, is_fahrenheit: bool) -> Decimal:
    words = text.strip().replace("\u2212", "-")
    bare = _UNIT.sub("", words).replace(",", ".")
    try:
        value = Decimal(bare)
    except InvalidOperation:
        raise ValueError(f"“{words[:40]}” is no temperature.") from None
    if not value.is_finite():
        raise ValueError(f"“{words[:40]}” is no temperature.")
    celsius = (value - 32) * 5 / 9 if is_fahrenheit or words.upper().endswith("F") else value
    if not COLDEST <= celsius <= HOTTEST:
        raise ValueError(f"{words[:40]} cannot be: a logger was read wrongly or is broken.")
    return celsius.quantize(Decimal("0.01"))

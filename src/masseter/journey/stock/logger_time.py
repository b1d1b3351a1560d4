"""Day and time as temperature loggers write them, to a moment: which order, which zone, which hour twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

DayOrder = Literal["auto", "day_first", "month_first"]
Zone = ZoneInfo | timezone
_CENTURY = 2000
_NOON = 12
_CLOCK = (
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?\s*(?P<offset>Z|UTC|[+-]\d{2}:?\d{2})?"
)
_ISO = re.compile(
    rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})[T ]+{_CLOCK}", re.IGNORECASE
)
_DOTTED = re.compile(
    rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}|\d{{2}}),?\s+{_CLOCK}", re.IGNORECASE
)
_SLASHED = re.compile(
    rf"(?P<one>\d{{1,2}})[/-](?P<two>\d{{1,2}})[/-](?P<year>\d{{4}}|\d{{2}}),?\s+{_CLOCK}", re.IGNORECASE
)
_IN_HEADING = re.compile(
    r"(?:GMT|UTC)\s*(?:(?P<sign>[+-])\s*(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?)?", re.IGNORECASE
)


class OrderUnknown(ValueError):
    """The file does not show whether the day or the month stands first."""


def guess_order(texts: Iterable[str]) -> DayOrder:
    """Whether the day or the month stands first in dates such as 03/04/2026.

    Raises: OrderUnknown where every date may be read both ways.
    """
    pairs = [(int(found["one"]), int(found["two"])) for found in map(_SLASHED.fullmatch, texts) if found]
    if not pairs:
        return "day_first"
    if any(one > _NOON for one, _ in pairs):
        return "day_first"
    if any(two > _NOON for _, two in pairs):
        return "month_first"
    if all(one == two for one, two in pairs):
        return "day_first"
    raise OrderUnknown("Every date of the file may be read in two ways.")


def zone_of(heading: str) -> Zone | None:
    """The zone that a heading names, such as 'Date Time, GMT+01:00'; None where it names none."""
    found = _IN_HEADING.search(heading)
    if not found:
        return None
    if not found["hours"]:
        return UTC
    span = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    return timezone(-span if found["sign"] == "-" else span)


@dataclass(kw_only=True)
class LocalTime:
    """Reads the moments of one file, line by line in order of time."""

    zone: Zone
    order: DayOrder
    before: datetime | None = None

    def read(self, text: str) -> datetime:
        """The moment in UTC; in the hour that the clock shows twice, the one after the line before.

        Raises: ValueError with a sentence.
        """
        words = text.strip()
        found = _ISO.fullmatch(words) or _DOTTED.fullmatch(words) or _SLASHED.fullmatch(words)
        if not found:
            raise ValueError(f"“{words[:40]}” is no day and time.")
        try:
            moment = self._moment(found.groupdict(), words)
        except OverflowError:
            raise ValueError(f"“{words[:40]}” is no day and time.") from None
        self.before = moment
        return moment

    def _moment(self, parts: dict[str, str | None], words: str) -> datetime:
        try:
            naive = _naive(parts, self.order)
        except ValueError:
            raise ValueError(f"“{words[:40]}” is no day and time.") from None
        if parts["offset"]:
            return naive.replace(tzinfo=_offset(parts["offset"])).astimezone(UTC)
        first = naive.replace(tzinfo=self.zone).astimezone(UTC)
        second = naive.replace(tzinfo=self.zone, fold=1).astimezone(UTC)
        if first.astimezone(self.zone).replace(tzinfo=None) != naive:
            raise ValueError(f"“{words[:40]}” never was, as the clocks went forward: choose another zone.")
        return second if self.before is not None and first <= self.before < second else first


def _naive(parts: dict[str, str | None], order: DayOrder) -> datetime:
    number = {name: int(value) for name, value in parts.items() if value and value.isdigit()}
    if "one" in number:
        is_day_first = order != "month_first"
        number["day"], number["month"] = (
            (number["one"], number["two"]) if is_day_first else (number["two"], number["one"])
        )
    year = number["year"] + (_CENTURY if number["year"] < 100 else 0)  # two digits
    hour, half = number["hour"], (parts["half"] or "").lower()
    if half:
        if not 1 <= hour <= _NOON:
            raise ValueError("no such hour")
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    return datetime(year, number["month"], number["day"], hour, number["minute"], number.get("second", 0))


def _offset(text: str) -> timezone:
    if text.upper() in ("Z", "UTC"):
        return UTC
    span = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-span if text[0] == "-" else span)

"""What one cell of a foreign table says: a number, a day, a name, or nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from masseter.registry.mapping import Mapping
from masseter.registry.shapes import TimeUnit

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
NOTHING = ("", "na", "nan", ".", "n/a", "#n/a", "null", "#null!", "-")
# Digits in threes behind a point, or a comma: a decimal, or thousands? Nought never begins a thousand.
POINTS = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")
COMMAS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?")
CODE = re.compile(r"-\d+|9{2,}|8{2,}|7{2,}")  # how statistics programs write that there is no value
DAYS_IN: dict[TimeUnit, float] = {"days": 1.0, "weeks": 7.0, "months": 365.25 / 12}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}.*")
CENTURY = 2000  # of a year with two digits


class BadCell(ValueError):
    """A cell that cannot be read, and why."""


class Cells:
    """Reads cells as a mapping says."""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self._codes = {word.casefold() for word in mapping.missing}
        self._numbers = {number for word in mapping.missing if (number := self._plain(word)) is not None}

    def is_blank(self, text: str) -> bool:
        """Whether there is nothing in a cell, or a word for it."""
        return text.casefold() in NOTHING

    def is_missing(self, text: str) -> bool:
        """Whether a cell stands for nothing, also by a code of the mapping: -99 as well as -99.0."""
        if self.is_blank(text) or text.casefold() in self._codes:
            return True
        return bool(self._numbers) and self._plain(text) in self._numbers

    def number(self, text: str) -> float:
        """The number in a cell. Raises BadCell."""
        found = self._plain(text)
        if found is not None:
            return found
        hint = ""
        if self.mapping.decimal_comma and POINTS.fullmatch(text):
            hint = ": a thousand or a decimal? Take out points of thousands, write decimals with a comma"
        elif COMMAS.fullmatch(text) and not self.mapping.decimal_comma:
            hint = "; take out the commas of thousands"
        elif "," in text and not self.mapping.decimal_comma:
            hint = "; for decimal commas say 'decimal_comma: true'"
        raise BadCell(f"'{text[:40]}' is no plain number{hint}")

    def find(self, text: str, names: Iterable[str]) -> str | None:
        """Which of the names a cell has, if any: 1 and 1.0 are one name."""
        known = list(names)
        if text in known:
            return text
        plain = self._plain(text)
        if plain is None:
            return None
        return next((name for name in known if self._plain(name) == plain), None)

    def name(self, text: str, names: Iterable[str], what: str) -> str:
        """Which of the names of the mapping a cell has, as `find` does. Raises BadCell."""
        known = list(names)
        found = self.find(text, known)
        if found is not None:
            return found
        near = get_close_matches(text, known, 1)
        hint = f"; is it '{near[0]}'?" if near else ""
        raise BadCell(f"'{text[:40]}' is none of the {what} of the mapping{hint}")

    def time(self, text: str, unit: TimeUnit) -> float:
        """A time in days: from some day of the trial, or of the calendar. Raises BadCell."""
        if unit != "date":
            return self.number(text) * DAYS_IN[unit]
        try:
            return float(date.fromisoformat(text).toordinal())
        except ValueError:
            return float(self._date(text).toordinal())

    def _plain(self, text: str) -> float | None:
        """The number that a cell is; none where it is no number, or not surely which."""
        plain = text.replace("\N{MINUS SIGN}", "-")
        if self.mapping.decimal_comma:
            if POINTS.fullmatch(plain):
                return None
            plain = plain.replace(",", ".")
        number = float(plain) if NUMBER.fullmatch(plain) else math.inf
        return number if math.isfinite(number) else None

    def _date(self, text: str) -> date:
        """A day that is not written as in ISO 8601. Raises BadCell."""
        apart = re.sub(r"([A-Za-z]+)", r" \1 ", CLOCK.sub("", text))
        parts = re.split(r"[-./,\s]+", apart.strip())
        try:
            year, month, day = self._in_order(parts, text)
            return date(year, month, day)
        except ValueError as error:
            if isinstance(error, BadCell):
                raise
            other = {"dmy": "mdy", "mdy": "dmy"}.get(self.mapping.dates)
            hint = f" read as '{self.mapping.dates}'; is it '{other}'?" if other else " like 2026-01-31"
            if NUMBER.fullmatch(text):
                hint = " like 2026-01-31: a spreadsheet's number of a day? Save dates as text"
            raise BadCell(f"'{text[:40]}' is no day{hint}") from None

    def _in_order(self, parts: list[str], text: str) -> tuple[int, int, int]:
        """Year, month and day. Raises ValueError."""
        one, two, three = parts
        if one.isalpha():
            return _year(three), _month(one), int(two)
        if two.isalpha():
            return (
                (int(one), _month(two), int(three))
                if len(one) == 4
                else (_year(three), _month(two), int(one))
            )
        if len(one) == 4:
            return int(one), int(two), int(three)
        if self.mapping.dates == "ymd" and one.isdecimal() and two.isdecimal() and three.isdecimal():
            why = "for day before month say 'dates: dmy', for month before day 'dates: mdy'"
            raise BadCell(f"'{text[:40]}' is no day like 2026-01-31; {why}")
        day, month = (two, one) if self.mapping.dates == "mdy" else (one, two)
        return _year(three), int(month), int(day)


def _year(text: str) -> int:
    return CENTURY + int(text) if len(text) == 2 else int(text)


def _month(text: str) -> int:
    return MONTHS.index(text[:3].casefold()) + 1

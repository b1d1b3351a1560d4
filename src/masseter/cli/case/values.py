"""The single values of a case file: numbers, days and moments, read as strictly as a form's fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from masseter.core.quantities import parse_ml, parse_units

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?", re.ASCII)
_THOUSANDTHS = re.compile(r"[0-9]{1,3}\.[0-9]{2}[1-9]", re.ASCII)
_NO_DAY = "write a date as year-month-day, such as 2026-03-27"
_NOT_IN_CALENDAR = "this day is not in the calendar"
_MOST_DIGITS = 30
_NUMBER_SCHEMA = {
    "anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^-?[0-9]{1,9}(\.[0-9]{1,9})?$"}]
}
_DAY_SCHEMA = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def _exact(given: object) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        raise ValueError("write a number, such as 2.5")
    number = Decimal(given)
    if not number.is_finite():
        raise ValueError("write a finite number, such as 2.5")
    return number


def _number(given: object) -> Decimal:
    if isinstance(given, str):
        if not _NUMBER.fullmatch(given):
            raise ValueError("write a number with the digits 0 to 9 and at most one point, such as 2.5")
        return Decimal(given)
    return _exact(given)


def _units(given: object) -> Decimal:
    return _as_typed(given, parse_units)


def _ml(given: object) -> Decimal:
    return _as_typed(given, parse_ml)


def _as_typed(given: object, read: Callable[[str], Decimal]) -> Decimal:
    """A number read as strictly as one that a person typed; only thousandths are no thousands for sure."""
    if isinstance(given, str):
        return read(given)
    number = _exact(given)
    if abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError("this number is too large or too fine")
    text = f"{number:f}"
    return number if _THOUSANDTHS.fullmatch(text) else read(text)


def as_day(given: object) -> date:
    """A day, from a text as year-month-day. Raises: ValueError."""
    if isinstance(given, str):
        return _day_from_text(given)
    if isinstance(given, date) and not isinstance(given, datetime):
        return given
    raise ValueError(_NO_DAY)


@lru_cache(maxsize=40_000)  # a batch names every day of a long life again and again
def _day_from_text(given: str) -> date:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        raise ValueError(_NOT_IN_CALENDAR if _DAY.fullmatch(given) else _NO_DAY) from None
    if str(day) != given:  # a week, or without its lines
        raise ValueError(_NO_DAY)
    return day


def _moment(given: object) -> datetime:
    moment = given
    if isinstance(given, str):
        try:
            moment = datetime.fromisoformat(given)
        except ValueError:
            raise ValueError("write a moment such as 2026-03-27T10:30+01:00") from None
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise ValueError("write a moment with its zone, such as 2026-03-27T10:30+01:00")
    return moment


Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema(_NUMBER_SCHEMA)]
Units = Annotated[Decimal, BeforeValidator(_units), WithJsonSchema(_NUMBER_SCHEMA)]
Millilitres = Annotated[Decimal, BeforeValidator(_ml), WithJsonSchema(_NUMBER_SCHEMA)]
Day = Annotated[date, BeforeValidator(as_day), WithJsonSchema(_DAY_SCHEMA)]
Moment = Annotated[
    datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})
]

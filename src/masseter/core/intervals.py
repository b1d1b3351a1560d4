"""Windows between treatments: so many days, and so many calendar months, which are not the same."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from masseter.knowledge.model import Condition, Evidence, Product, Protocol, Value

MONTHS_A_YEAR = 12


def days_window_ends(given_on: date, days: int) -> date:
    """The first day outside the window of so many days: a treatment exactly `days` later is outside it."""
    return given_on + timedelta(days=days)


def months_window_ends(given_on: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last day where it has no such day."""
    index = given_on.year * MONTHS_A_YEAR + given_on.month - 1 + months
    year, month = divmod(index, MONTHS_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(given_on.day, last))


@dataclass(frozen=True, kw_only=True)
class AskedInterval:
    """The days that have to lie between two toxin treatments, and what asks for so many."""

    days: int
    asked_by: str
    evidence: Evidence


def longest_interval(
    *, condition: Condition, product: Product | None = None, protocol: Protocol | None = None
) -> AskedInterval:
    """The longest interval that the condition, the product or the protocol asks for, in whole days.

    The one answer for planning, signing and follow-up. Of equal ones the product's is named.
    """
    asked: list[tuple[str, Value]] = []
    if product is not None:
        asked.append((product.brand, product.min_interval_days))
    if protocol is not None:
        asked.append((protocol.name, protocol.interval_days))
    asked.append((condition.name, condition.interval_days))
    by, value = max(asked, key=lambda one: one[1].value)
    return AskedInterval(days=ceil(value.value), asked_by=by, evidence=value.evidence)

"""Every number of every product from both sides: kept up to the ceiling, found one step above it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from masseter.cli.answers.shape import CheckOut
from masseter.cli.case.reading import Case
from masseter.cli.verbs.check import VERB
from masseter.cli.worked.limits import (
    IntervalRow,
    InUseRow,
    LimitRow,
    given_before,
    planned,
    read_limits,
    ready_since,
)
from masseter.core.intervals import months_window_ends
from masseter.knowledge.load import load

KNOWN = load()
_READ = read_limits()
assert _READ is not None  # the table stands beside this test
TABLE = _READ


def severities(case: Case, code: str) -> set[str]:
    """The severities with which a check finds a code; empty where it does not."""
    answer: CheckOut = VERB.ask(case)
    return {found.severity for found in answer.findings if found.code == code}


def of_limit(row: LimitRow, units: Decimal) -> set[str]:
    return severities(planned(TABLE.today, row.product, units, row.where), f"over-limit-{row.limit}")


def limit_name(row: LimitRow) -> str:
    return f"{row.limit}-{row.ceiling}"


@pytest.mark.parametrize("row", TABLE.limits, ids=limit_name)
def test_ceiling_is_found_one_step_above_and_not_before(row: LimitRow) -> None:
    assert of_limit(row, row.below) == set()
    assert of_limit(row, row.ceiling) == set()
    assert of_limit(row, row.above) == {row.finds}


@pytest.mark.parametrize("row", [row for row in TABLE.limits if row.elsewhere], ids=limit_name)
def test_ceiling_does_not_hold_where_it_was_not_set(row: LimitRow) -> None:
    assert row.elsewhere is not None
    case = planned(TABLE.today, row.product, row.above, row.elsewhere)

    assert severities(case, f"over-limit-{row.limit}") == set()


@pytest.mark.parametrize("row", TABLE.limits, ids=limit_name)
def test_row_steps_once_below_and_once_above(row: LimitRow) -> None:
    step = KNOWN.products[row.product].unit_step

    assert (row.ceiling - row.below, row.above - row.ceiling) == (step, step)


def test_table_holds_every_limit_of_every_product() -> None:
    known = {(key, limit.code) for key, told in KNOWN.products.items() for limit in told.limits}

    assert {(row.product, row.limit) for row in TABLE.limits} == known
    assert {row.product for row in TABLE.intervals} == set(KNOWN.products)
    assert {row.product for row in TABLE.in_use} == set(KNOWN.products)


@pytest.mark.parametrize("row", TABLE.intervals, ids=lambda row: row.product)
def test_interval_in_days_ends_on_its_last_day(row: IntervalRow) -> None:
    given_on = TABLE.today
    kept = given_on + timedelta(days=row.days)
    code = "interval-too-short"

    assert severities(given_before(kept - timedelta(days=1), row.product, given_on), code) == {"caution"}
    assert severities(given_before(kept, row.product, given_on), code) == set()


@pytest.mark.parametrize("row", TABLE.intervals, ids=lambda row: row.product)
def test_interval_in_calendar_months_ends_on_its_day(row: IntervalRow) -> None:
    given_on = TABLE.today
    kept = months_window_ends(given_on, row.months)
    code = "interval-under-months"

    before = severities(given_before(kept - timedelta(days=1), row.product, given_on), code)
    assert before == {row.before_months_end}
    assert severities(given_before(kept, row.product, given_on), code) == set()


@pytest.mark.parametrize("row", TABLE.in_use, ids=lambda row: row.product)
def test_vial_may_be_used_until_its_last_minute(row: InUseRow) -> None:
    ready = datetime(2026, 11, 24, 9, tzinfo=UTC)
    end = ready + timedelta(hours=row.hours)

    def found(ended: datetime) -> set[str]:
        return severities(ready_since(ended.date(), row.product, ready, ended), "vial-past-use")

    assert found(end) == set()
    assert found(end + timedelta(minutes=1)) == {row.finds}

"""Before and now: a day that says nothing is counted neither way."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from masseter.core.results.good_days import BeforeAndNow, DayCount, DayValues, before_and_now

TODAY = date(2026, 11, 20)
MOST = {"pain": Decimal(3)}


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def found(days: dict[date, DayValues], *treatments: date) -> BeforeAndNow:
    return before_and_now(days, most=MOST, medicine="medicine", treatments=treatments, today=TODAY)


def test_days_before_the_first_treatment_are_held_against_those_since_the_last() -> None:
    days: dict[date, DayValues] = {
        ago(129): {"pain": Decimal(1)},  # 29 days before the first treatment: too early
        ago(110): {"pain": Decimal(7), "medicine": True},
        ago(101): {"pain": Decimal(3), "medicine": False},
        ago(15): {"pain": Decimal(0)},  # before the last treatment
        ago(10): {"pain": Decimal(0)},  # its day
        ago(9): {"pain": Decimal(4), "medicine": True},
        ago(2): {"medicine": False},
        ago(0): {"pain": Decimal(3)},
    }

    assert found(days, ago(100), ago(10)) == BeforeAndNow(
        before=DayCount(good=1, written=2, with_medicine=1, medicine_told=2),
        now=DayCount(good=1, written=2, with_medicine=1, medicine_told=2),
    )


def test_without_a_treatment_there_is_no_before_and_without_a_day_nothing() -> None:
    assert found({ago(3): {"pain": Decimal(9)}}).before is None
    assert found({}, ago(50)) == BeforeAndNow(before=None, now=None)


def test_without_a_limit_no_day_is_called_good() -> None:
    count = before_and_now(
        {TODAY: {"spasm": Decimal(0)}}, most={}, medicine="medicine", treatments=(), today=TODAY
    )

    assert count.now is None


@given(
    pains=st.dictionaries(st.integers(0, 200), st.integers(0, 10)),
    treated=st.lists(st.integers(0, 200), max_size=3),
)
def test_good_days_never_exceed_the_days_written_in_a_window(
    pains: dict[int, int], treated: list[int]
) -> None:
    days: dict[date, DayValues] = {ago(day): {"pain": Decimal(pain)} for day, pain in pains.items()}

    both = found(days, *(ago(day) for day in treated))

    for count in (both.before, both.now):
        assert count is None or 0 <= count.good <= count.written <= 28

"""Review before the wear-off, and no treatment inside an interval whatever the forecast says."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from masseter.core.follow_up.ahead import plan_ahead
from masseter.core.follow_up.due import next_due
from masseter.core.results.forecast import Days

GIVEN = date(2026, 1, 5)
DAYS = st.integers(min_value=0, max_value=280)


def span(first: int, middle: int, last: int) -> Days:
    return Days(
        first=GIVEN + timedelta(days=first),
        middle=GIVEN + timedelta(days=middle),
        last=GIVEN + timedelta(days=last),
    )


@given(ends=st.lists(DAYS, min_size=3, max_size=3), interval=st.integers(1, 200), passed=DAYS)
def test_no_treatment_is_suggested_inside_the_interval_or_in_the_past(
    ends: list[int], interval: int, passed: int
) -> None:
    today = GIVEN + timedelta(days=passed)
    due = next_due(given_on=GIVEN, interval_days=interval)

    plan = plan_ahead(span(*sorted(ends)), due, today=today)

    assert plan.treat_from is not None
    assert plan.treat_from >= due.earliest
    assert min(plan.treat_from, plan.review_by) >= today


def test_review_comes_before_the_first_likely_day() -> None:
    plan = plan_ahead(span(60, 80, 100), None, today=GIVEN)

    assert plan.review_by == GIVEN + timedelta(days=59)
    assert plan.treat_from is None


def test_treatment_waits_for_the_wear_off_where_that_is_later() -> None:
    due = next_due(given_on=GIVEN, interval_days=84)

    plan = plan_ahead(span(80, 95, 110), due, today=GIVEN)

    assert plan.treat_from == GIVEN + timedelta(days=95)
    assert plan.waits_days == 0


def test_days_without_effect_before_the_interval_ends_are_told() -> None:
    due = next_due(given_on=GIVEN, interval_days=84)

    assert plan_ahead(span(50, 70, 90), due, today=GIVEN).waits_days == 14


def test_nobody_waits_for_an_interval_that_is_over() -> None:
    due = next_due(given_on=GIVEN, interval_days=84)

    assert plan_ahead(span(50, 70, 90), due, today=due.earliest - timedelta(days=1)).waits_days == 14
    assert plan_ahead(span(50, 70, 90), due, today=due.earliest).waits_days == 0

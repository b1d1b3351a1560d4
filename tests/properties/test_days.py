"""The interval against a calendar of our own: in every zone, over leap days and clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from masseter.core.plan.check import check_plan
from masseter.core.plan.types import Earlier, PatientSafety, PlanDraft
from masseter.journey.ground.clock import today, travel
from masseter.knowledge.load import load
from tests.properties.days import (
    FIRST_YEAR,
    LAST_YEAR,
    MINUTES,
    PLACES,
    Day,
    Place,
    day_of,
    in_months,
    local_day,
    number,
    sunday,
)

KNOWN = load()
PRODUCT = KNOWN.products["botox"]
CONDITION = KNOWN.conditions["chronic_migraine"]
WAIT = int(max(PRODUCT.min_interval_days.value, CONDITION.interval_days.value))
MONTHS = PRODUCT.interval_months or 0
LAST = number((LAST_YEAR - 1, 12, 31))


def moment(minute: int) -> datetime:
    """A minute of our row, on the product's clock."""
    return datetime(FIRST_YEAR, 1, 1, tzinfo=UTC) + timedelta(minutes=minute - MINUTES)


def said(last: date, now: date) -> str:
    """What the check of a plan says of a toxin given on a day."""
    found = check_plan(
        plan=PlanDraft(
            product=PRODUCT.key,
            presentation="",
            protocol="",
            condition=CONDITION.code,
            diagnosis=CONDITION.diagnoses[0].code,
        ),
        patient=PatientSafety(birth_date=date(1970, 1, 1), facts={}),
        knowledge=KNOWN,
        jurisdiction="US",
        today=now,
        earlier=(Earlier(given_on=last, product=PRODUCT.key),),
    )
    return next(each.code for each in found if each.code.startswith("interval-"))


def expected(last: Day, now: Day) -> str:
    if number(now) - number(last) < WAIT:
        return "interval-too-short"
    return "interval-under-months" if now < in_months(last, MONTHS) else "interval-kept"


def near_an_end(place: Place, minute: int, window: str, minutes: int) -> int:
    """A minute close to the midnight that ends a window of days or of months."""
    last = local_day(place, minute)
    first = last + WAIT if window == "days" else number(in_months(day_of(last), MONTHS))
    return first * MINUTES - place.east + minutes


@settings(max_examples=400)
@given(
    place=st.sampled_from(PLACES),
    day=st.integers(number((FIRST_YEAR, 2, 1)), LAST - 200),
    minute=st.integers(0, MINUTES - 1),
    window=st.sampled_from(("days", "months")),
    minutes=st.integers(-2 * 60, 2 * 60),
)
@example(place=PLACES[0], day=number((2028, 2, 29)), minute=MINUTES - 1, window="days", minutes=0)
@example(place=PLACES[2], day=number((2099, 12, 30)), minute=0, window="months", minutes=-61)
def test_interval_counts_the_days_on_the_wall_of_the_clinic(
    place: Place, day: int, minute: int, window: str, minutes: int
) -> None:
    given_at = day * MINUTES + minute
    now = near_an_end(place, given_at, window, minutes)
    with travel(moment(given_at)):
        last = today(place.zone)
    with travel(moment(now)):
        then = today(place.zone)

    assert (last.year, last.month, last.day) == day_of(local_day(place, given_at))
    assert (then.year, then.month, then.day) == day_of(local_day(place, now))
    assert said(last, then) == expected(day_of(local_day(place, given_at)), day_of(local_day(place, now)))


@pytest.mark.parametrize(
    ("place", "at", "day"),
    [
        ("Europe/Berlin", (2027, 6, 30, 22, 0), date(2027, 7, 1)),
        ("Europe/Berlin", (2027, 12, 31, 22, 59), date(2027, 12, 31)),
        ("America/Los_Angeles", (2028, 3, 1, 7, 59), date(2028, 2, 29)),
        ("Pacific/Kiritimati", (2028, 2, 28, 10, 0), date(2028, 2, 29)),
        ("Asia/Kathmandu", (2100, 2, 28, 18, 15), date(2100, 3, 1)),
    ],
)
def test_day_of_a_moment_that_is_known(place: str, at: tuple[int, int, int, int, int], day: date) -> None:
    where = next(each for each in PLACES if each.zone == place)
    minute = number(at[:3]) * MINUTES + at[3] * 60 + at[4]

    assert day_of(local_day(where, minute)) == (day.year, day.month, day.day)
    with travel(datetime(*at, tzinfo=UTC)):
        assert today(place) == day


def test_our_calendar_has_the_sundays_and_leap_days_that_are_known() -> None:
    assert day_of(sunday(2007, 3, 2)) == (2007, 3, 11)
    assert day_of(sunday(2026, 10, -1)) == (2026, 10, 25)
    assert number((2028, 3, 1)) - number((2028, 2, 28)) == 2
    assert number((2100, 3, 1)) - number((2100, 2, 28)) == 1

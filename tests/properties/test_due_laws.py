"""Laws of due dates and of reading numbers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from masseter.core.facts import age_in_years
from masseter.core.follow_up.due import next_due
from masseter.core.intervals import longest_interval, months_window_ends
from masseter.core.plan.rules.history import check_interval
from masseter.core.plan.types import Earlier
from masseter.core.reading import InvalidObservation, read_observation
from masseter.knowledge.load import load
from masseter.knowledge.model import Condition, Product, Protocol
from tests.core.builders import TODAY, D, observation_type

KNOWN = load()
SCHEMES = [
    (KNOWN.conditions[scheme.condition], product, scheme)
    for scheme in KNOWN.protocols.values()
    for product in KNOWN.products.values()
]
days = st.dates(date(1996, 1, 1), date(2104, 12, 31))


@given(days, st.integers(1, 200), st.none() | st.integers(1, 12), st.lists(days, max_size=4))
def test_the_due_day_lies_inside_no_window_of_any_toxin(
    given_on: date, interval: int, months: int | None, others: list[date]
) -> None:
    due = next_due(given_on=given_on, interval_days=interval, interval_months=months, all_toxin_dates=others)

    for day in (given_on, *others):
        assert (due.earliest - day).days >= interval
        assert months is None or due.earliest >= months_window_ends(day, months)


@given(days, st.integers(1, 200), st.lists(days, max_size=4))
def test_the_day_before_the_due_day_is_still_inside_a_window(
    given_on: date, interval: int, others: list[date]
) -> None:
    due = next_due(given_on=given_on, interval_days=interval, all_toxin_dates=others)

    eve = due.earliest - timedelta(days=1)
    assert any((eve - day).days < interval for day in (given_on, *others))


@given(days, st.sampled_from(SCHEMES))
def test_planning_and_follow_up_agree_on_the_first_day_outside_the_interval(
    last: date, scheme: tuple[Condition, Product, Protocol]
) -> None:
    """For every shipped scheme with each of its products: planning cautions up to the eve of the due day."""
    condition, product, protocol = scheme
    asked = longest_interval(condition=condition, product=product, protocol=protocol)
    due = next_due(given_on=last, interval_days=asked.days, interval_months=product.interval_months)

    def told(today: date) -> list[str]:
        case: Any = SimpleNamespace(
            condition=condition,
            product=product,
            protocol=protocol,
            today=today,
            earlier=(Earlier(given_on=last),),
        )
        return [found.code for found in check_interval(case)]

    assert asked.days >= max(condition.interval_days.value, product.min_interval_days.value)
    assert told(due.earliest) == ["interval-kept"]
    assert told(due.earliest - timedelta(days=1))[0] in {"interval-too-short", "interval-under-months"}
    assert told(due.days_window_ends - timedelta(days=1)) == ["interval-too-short"]


@given(days, st.integers(1, 24))
def test_a_months_window_counts_every_day_in_between(given_on: date, months: int) -> None:
    ends = months_window_ends(given_on, months)

    assert 28 * months <= (ends - given_on).days <= 31 * months
    assert (ends.year * 12 + ends.month) - (given_on.year * 12 + given_on.month) == months
    assert ends.day == given_on.day or (ends + timedelta(days=1)).day == 1


@given(days, st.integers(0, 40000))
def test_age_grows_by_one_on_one_day_a_year(birth: date, lived: int) -> None:
    today = birth + timedelta(days=lived)

    age = age_in_years(birth, today)

    assert 0 <= age_in_years(birth, today + timedelta(days=1)) - age <= 1
    assert lived // 366 <= age <= lived // 365


@given(st.decimals(0, 10, places=2), st.sampled_from(".,"))
def test_a_number_is_read_as_it_was_written(number: Decimal, mark: str) -> None:
    type_ = observation_type("pain", "decimal", low=D(0), high=D(10))

    read = read_observation(type_, str(number).replace(".", mark), today=TODAY, reported_by="patient")

    assert read.value == number


@given(st.text(max_size=12))
def test_what_is_read_as_a_number_lies_within_the_limits(typed: str) -> None:
    type_ = observation_type("pain", "decimal", low=D(0), high=D(10))

    try:
        value = read_observation(type_, typed, today=TODAY, reported_by="patient").value
    except InvalidObservation:
        return

    assert value is None or (isinstance(value, Decimal) and D(0) <= value <= D(10))

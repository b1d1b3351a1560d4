"""How far the diary before a treatment has come."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from masseter.core.results.progress import days_kept

TODAY = date(2026, 11, 23)
SPAN = 28
ENTRIES = st.lists(
    st.tuples(st.integers(-3, 60).map(lambda back: TODAY - timedelta(days=back)), st.sampled_from([1, 7]))
)


def test_days_of_a_week_count_and_a_day_told_twice_counts_once() -> None:
    entries = [(TODAY, 7), (TODAY, 1), (TODAY - timedelta(days=8), 1), (TODAY - timedelta(days=28), 1)]

    assert days_kept(entries, today=TODAY, span=SPAN) == 8


def test_day_to_come_and_day_before_the_span_count_for_nothing() -> None:
    entries = [(TODAY + timedelta(days=1), 1), (TODAY - timedelta(days=SPAN), 1)]

    assert days_kept(entries, today=TODAY, span=SPAN) == 0
    assert days_kept([(TODAY - timedelta(days=SPAN - 1), 1)], today=TODAY, span=SPAN) == 1


@given(ENTRIES, ENTRIES)
def test_more_entries_never_make_it_less_nor_more_than_the_span(
    some: list[tuple[date, int]], more: list[tuple[date, int]]
) -> None:
    before, after = (days_kept(one, today=TODAY, span=SPAN) for one in (some, [*some, *more]))

    assert 0 <= before <= after <= SPAN

"""When something was written on a device whose clock may be wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from masseter.core.results.device_clock import Moment, Stamp, moments

SEEN = datetime(2026, 11, 20, 8, tzinfo=UTC)
SLACK = timedelta(minutes=10)
YEAR = timedelta(days=365)
wrong = st.timedeltas(min_value=-3 * YEAR, max_value=3 * YEAR)
hours = st.integers(min_value=0, max_value=24 * 20).map(lambda each: timedelta(hours=each))


def stamp(at: datetime, ahead: timedelta, *, met_ahead: timedelta | None = None) -> Stamp:
    return Stamp(made=at + ahead, ahead=ahead if met_ahead is None else met_ahead, seen=SEEN)


@given(ahead=wrong, after=st.lists(hours, min_size=1, max_size=5), waits=hours)
def test_clock_that_is_wrong_and_stays_so_tells_the_true_moment(
    ahead: timedelta, after: list[timedelta], waits: timedelta
) -> None:
    truly = [SEEN + each for each in after]
    now = max(truly) + waits

    found = moments([stamp(at, ahead) for at in truly], sent=now + ahead, now=now, slack=SLACK)

    assert found == tuple(Moment(at=at, is_sure=True) for at in truly)


@given(set_by=st.timedeltas(min_value=YEAR, max_value=3 * YEAR), after=hours, waits=hours)
def test_clock_set_wrong_after_the_entry_or_before_it_and_never_put_right_is_seen_through(
    set_by: timedelta, after: timedelta, waits: timedelta
) -> None:
    truly, nothing = SEEN + after, timedelta(0)
    now = truly + waits

    set_later = moments([stamp(truly, nothing)], sent=now + set_by, now=now, slack=SLACK)
    set_before = moments([stamp(truly, set_by, met_ahead=nothing)], sent=now + set_by, now=now, slack=SLACK)

    assert (*set_later, *set_before) == (Moment(at=truly, is_sure=True),) * 2


def test_clock_set_wrong_and_put_right_again_counts_days_from_the_last_meeting_and_says_so() -> None:
    truly = [SEEN + timedelta(days=day) for day in (0, 1, 2)]
    now = truly[-1] + timedelta(hours=3)
    stamps = [stamp(at, YEAR, met_ahead=timedelta(0)) for at in truly]

    found = moments(stamps, sent=now, now=now, slack=SLACK)

    assert found == tuple(Moment(at=at, is_sure=False) for at in truly)


@given(made=wrong, ahead=wrong, seen=wrong, sent=wrong, others=st.lists(wrong, max_size=3))
def test_whatever_a_device_says_nothing_was_written_after_now(
    made: timedelta, ahead: timedelta, seen: timedelta, sent: timedelta, others: list[timedelta]
) -> None:
    stamps = [Stamp(made=SEEN + each, ahead=ahead, seen=SEEN + seen) for each in (made, *others)]

    found = moments(stamps, sent=SEEN + sent, now=SEEN, slack=SLACK)

    assert len(found) == len(stamps)
    assert all(one.at <= SEEN for one in found)

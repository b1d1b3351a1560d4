"""When a visit could begin: hours, what is taken, and the days on which the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masseter.core.free_times import (
    FreeStart,
    Hours,
    Span,
    apart,
    free_starts,
    is_skipped,
    moment,
    open_spans,
    part_of_day,
    spread,
    starts_in,
    suits,
    whole_day,
    without,
)

LONDON = "Europe/London"
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # Sundays; at 1:00 forward, at 2:00 back
MONDAY = date(2026, 6, 1)
BASE = datetime(2026, 6, 1, tzinfo=UTC)


def at(hour: int, minute: int = 0) -> datetime:
    return BASE + timedelta(hours=hour, minutes=minute)


def span(start: datetime, end: datetime) -> Span:
    return Span(start=start, end=end)


@pytest.mark.parametrize(
    ("start", "end"), [(at(9), at(9)), (at(9), at(8)), (datetime(2026, 6, 1), at(9)), (at(9), datetime.max)]
)
def test_span_that_makes_no_sense_is_refused(start: datetime, end: datetime) -> None:
    with pytest.raises(ValueError, match="span"):
        span(start, end)


def test_touching_visits_do_not_meet() -> None:
    assert not span(at(9), at(10)).meets(span(at(10), at(11)))
    assert span(at(9), at(10)).meets(span(at(9, 59), at(11)))
    assert span(at(9), at(10)).holds(span(at(9), at(10)))
    assert not span(at(9), at(10)).holds(span(at(9), at(10, 1)))


def test_hours_are_the_wall_of_the_clinic_on_both_sides_of_the_change() -> None:
    hours = [Hours(weekday=6, starts=time(9), ends=time(12))]

    before = open_spans(hours, SPRING - timedelta(days=7), LONDON)
    after = open_spans(hours, SPRING, LONDON)

    assert before[0].start == datetime(2026, 3, 22, 9, tzinfo=UTC)
    assert after[0].start == datetime(2026, 3, 29, 8, tzinfo=UTC)


def test_night_hours_are_as_long_as_the_night_is() -> None:
    hours = [Hours(weekday=6, starts=time(0), ends=time(4))]

    assert [one.end - one.start for one in open_spans(hours, SPRING, LONDON)] == [timedelta(hours=3)]
    assert [one.end - one.start for one in open_spans(hours, AUTUMN, LONDON)] == [timedelta(hours=5)]
    assert whole_day(SPRING, LONDON).end - whole_day(SPRING, LONDON).start == timedelta(hours=23)
    assert whole_day(AUTUMN, LONDON).end - whole_day(AUTUMN, LONDON).start == timedelta(hours=25)


def test_skipped_wall_time_is_known_and_hours_within_it_are_none() -> None:
    assert is_skipped(SPRING, time(1, 30), LONDON)
    assert not is_skipped(AUTUMN, time(1, 30), LONDON)
    assert moment(SPRING, time(1, 30), LONDON) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    backwards = [Hours(weekday=6, starts=time(1, 45), ends=time(2, 15))]
    assert open_spans(backwards, SPRING, LONDON) == []


def test_hours_of_other_days_count_not_and_those_that_touch_are_one() -> None:
    hours = [
        Hours(weekday=0, starts=time(10), ends=time(12)),
        Hours(weekday=0, starts=time(9), ends=time(10)),
        Hours(weekday=0, starts=time(13), ends=time(14)),
        Hours(weekday=1, starts=time(7), ends=time(8)),
    ]

    assert open_spans(hours, MONDAY, "UTC") == [span(at(9), at(12)), span(at(13), at(14))]


def test_what_is_taken_is_cut_out_of_the_middle_and_the_ends() -> None:
    left = without(
        [span(at(9), at(12))], [span(at(8), at(9, 30)), span(at(10), at(11)), span(at(15), at(16))]
    )

    assert left == [span(at(9, 30), at(10)), span(at(11), at(12))]


def test_starts_lie_on_the_grid_and_the_visit_fits() -> None:
    assert starts_in([span(at(9, 5), at(10))], 30, 15) == [at(9, 15), at(9, 30)]


def test_visit_with_nobody_named_counts_against_those_who_are_free() -> None:
    people = {1: [span(at(9), at(10))], 2: [span(at(9), at(9, 30))]}

    found = free_starts(people, unnamed=[span(at(9), at(9, 30))], minutes=30, step=30)

    assert found == [
        FreeStart(start=at(9), people=(1, 2), rooms=()),
        FreeStart(start=at(9, 30), people=(1,), rooms=()),
    ]


def test_without_a_room_nothing_is_free() -> None:
    people, rooms = {1: [span(at(9), at(11))]}, {7: [span(at(10), at(11))]}

    found = free_starts(people, rooms=rooms, minutes=60, step=60)
    unplaced = free_starts(people, rooms=rooms, unplaced=[span(at(10), at(11))], minutes=60, step=60)

    assert found == [FreeStart(start=at(10), people=(1,), rooms=(7,))]
    assert unplaced == []
    assert free_starts(people, rooms={}, minutes=60, step=60) == []


def starts(count: int) -> list[FreeStart]:
    return [FreeStart(start=at(0, 15 * number), people=(1,), rooms=()) for number in range(count)]


def test_times_shown_do_not_overlap_and_lie_on_their_own_day() -> None:
    days = apart(starts(24 * 4 + 2), 30, LONDON)  # from one in the morning of the first of June, in London

    assert [len(one) for one in days.values()] == [46, 3]
    assert [one.start for one in days[MONDAY]][:2] == [at(0), at(0, 30)]


def test_many_times_are_spread_over_the_day() -> None:
    assert spread(starts(3)) == starts(3)
    assert [one.start for one in spread(starts(11))] == [at(0, 15 * number) for number in (0, 2, 4, 6, 8, 10)]


def test_ends_of_the_calendar_are_days_too() -> None:
    for day in (date.min, date.max):
        for zone in (LONDON, "Asia/Tokyo", "America/New_York"):
            assert whole_day(day, zone).start < whole_day(day, zone).end
    assert not is_skipped(MONDAY, time(9), LONDON)


def test_part_of_the_day_turns_at_noon_and_at_five() -> None:
    assert [part_of_day(time(*one)) for one in ((11, 59), (12, 0), (16, 59), (17, 0))] == [
        "morning",
        "afternoon",
        "afternoon",
        "evening",
    ]


def test_time_suits_by_day_part_and_first_day() -> None:
    monday_nine = at(9)

    assert suits(monday_nine, days=[], parts=[], first=None)
    assert suits(monday_nine, days=[0], parts=["morning"], first=MONDAY)
    assert not suits(monday_nine, days=[1], parts=[], first=None)
    assert not suits(monday_nine, days=[], parts=["evening"], first=None)
    assert not suits(monday_nine, days=[], parts=[], first=MONDAY + timedelta(days=1))


minutes_of_a_day = st.integers(0, 24 * 60)


@st.composite
def spans(draw: st.DrawFn) -> list[Span]:
    pairs = draw(st.lists(st.tuples(minutes_of_a_day, minutes_of_a_day), max_size=6))
    return [span(at(0, min(pair)), at(0, max(pair))) for pair in pairs if pair[0] != pair[1]]


@given(hours=spans(), taken=spans(), unnamed=spans(), length=st.integers(5, 120))
def test_no_free_start_meets_what_is_taken(
    hours: list[Span], taken: list[Span], unnamed: list[Span], length: int
) -> None:
    people = {1: without(hours, taken), 2: hours}

    for one in free_starts(people, unnamed=unnamed, minutes=length, step=15):
        wanted = span(one.start, one.start + timedelta(minutes=length))
        assert any(each.holds(wanted) for each in hours)
        if 1 in one.people:
            assert not any(each.meets(wanted) for each in taken)
        assert len(one.people) > sum(each.meets(wanted) for each in unnamed)


@given(hours=spans(), taken=spans())
def test_every_minute_is_free_or_taken_and_never_both(hours: list[Span], taken: list[Span]) -> None:
    left = without(hours, taken)

    for minute in range(0, 24 * 60, 7):
        here = span(at(0, minute), at(0, minute + 1))
        is_open = any(one.holds(here) for one in hours) and not any(one.meets(here) for one in taken)
        assert any(one.holds(here) for one in left) == is_open

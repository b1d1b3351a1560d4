"""When a visit could begin: a clinic's own hours, less what is taken, also where the clocks change.

All moments are aware and in UTC; hours are wall times of the clinic's zone. Reads no clock.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

PartOfDay = Literal["morning", "afternoon", "evening"]
NOON, EVENING = time(12), time(17)


@dataclass(frozen=True, kw_only=True, order=True)
class Span:
    """From `start` up to, and without, `end`.

    Raises: ValueError where it would be empty or has no zone.
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a span needs moments with a zone")
        if self.start >= self.end:
            raise ValueError("a span ends after it starts")

    def meets(self, other: Span) -> bool:
        """Whether the two have a moment in common; touching ends have none."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether the other lies inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, kw_only=True)
class Hours:
    """Wall times of one weekday, 0 for Monday."""

    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True, kw_only=True)
class FreeStart:
    """A moment at which a visit could begin, and who and which rooms are free for all of it."""

    start: datetime
    people: tuple[int, ...]
    rooms: tuple[int, ...]


def moment(day: date, at: time, zone: str) -> datetime:
    """A wall time as a moment in UTC. One that the clocks skip is as many minutes after the change.

    At the ends of the calendar, where no moment of UTC is left, the first or the last there is.
    """
    try:
        return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    except OverflowError:
        edge = datetime.max if day.year == date.max.year else datetime.min
        return edge.replace(tzinfo=UTC)


def is_skipped(day: date, at: time, zone: str) -> bool:
    """Whether the clocks jump over this wall time."""
    there = datetime.combine(day, at, ZoneInfo(zone))
    back = moment(day, at, zone).astimezone(ZoneInfo(zone))
    return back.replace(tzinfo=None, fold=0) != there.replace(tzinfo=None)


def whole_day(day: date, zone: str) -> Span:
    """A local day; 23 or 25 hours long where the clocks change."""
    is_last = day == date.max
    end = moment(day, time.max, zone) if is_last else moment(day + timedelta(days=1), time.min, zone)
    return Span(start=moment(day, time.min, zone), end=end)


def open_spans(hours: Iterable[Hours], day: date, zone: str) -> list[Span]:
    """The hours of a day as spans, joined where they touch or overlap."""
    found: list[Span] = []
    for one in sorted(hours, key=lambda each: (each.starts, each.ends)):
        start, end = moment(day, one.starts, zone), moment(day, one.ends, zone)
        if one.weekday != day.weekday() or start >= end:
            continue
        if found and start <= found[-1].end:
            last = found.pop()
            start, end = last.start, max(last.end, end)
        found.append(Span(start=start, end=end))
    return found


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """What is left of the spans outside of everything that is taken."""
    left = list(spans)
    for gone in taken:
        cut: list[Span] = []
        for one in left:
            if not one.meets(gone):
                cut.append(one)
                continue
            if one.start < gone.start:
                cut.append(Span(start=one.start, end=gone.start))
            if gone.end < one.end:
                cut.append(Span(start=gone.end, end=one.end))
        left = cut
    return left


def starts_in(spans: Iterable[Span], minutes: int, step: int) -> list[datetime]:
    """The moments on a grid of `step` minutes at which `minutes` fit into one of the spans."""
    found = []
    for span in spans:
        begin = _on_grid(span.start, step)
        while begin + timedelta(minutes=minutes) <= span.end:
            found.append(begin)
            begin += timedelta(minutes=step)
    return found


def free_starts(
    people: Mapping[int, Sequence[Span]],
    *,
    unnamed: Collection[Span] = (),
    rooms: Mapping[int, Sequence[Span]] | None = None,
    unplaced: Collection[Span] = (),
    minutes: int,
    step: int,
) -> list[FreeStart]:
    """Every moment at which a visit of `minutes` could begin.

    `people`: who works, and when each is free; `rooms`: the same of rooms, None where no room is needed.
    `unnamed`, `unplaced`: visits that will take somebody, or some room, nobody yet knows which: each
    counts against one of those that are free.
    """
    by_start: dict[datetime, list[int]] = {}
    for person, spans in people.items():
        for start in starts_in(spans, minutes, step):
            by_start.setdefault(start, []).append(person)
    found = []
    for start, free in sorted(by_start.items()):
        span = Span(start=start, end=start + timedelta(minutes=minutes))
        open_rooms = [room for room, spans in (rooms or {}).items() if any(one.holds(span) for one in spans)]
        if len(free) <= _meeting(unnamed, span):
            continue
        if rooms is not None and len(open_rooms) <= _meeting(unplaced, span):
            continue
        found.append(FreeStart(start=start, people=tuple(free), rooms=tuple(open_rooms)))
    return found


def apart(found: Iterable[FreeStart], minutes: int, zone: str) -> dict[date, list[FreeStart]]:
    """By local day, those that begin no sooner than the one before would end."""
    days: dict[date, list[FreeStart]] = {}
    last: datetime | None = None
    for one in found:
        if last is None or one.start >= last + timedelta(minutes=minutes):
            days.setdefault(one.start.astimezone(ZoneInfo(zone)).date(), []).append(one)
            last = one.start
    return days


def spread(starts: Sequence[FreeStart], most: int = 6) -> list[FreeStart]:
    """At most so many of a day's free times, evenly over the day, with the first and the last."""
    if len(starts) <= most:
        return list(starts)
    return [starts[(number * (len(starts) - 1)) // (most - 1)] for number in range(most)]


def part_of_day(at: time) -> PartOfDay:
    """Morning before noon, evening from five."""
    if at < NOON:
        return "morning"
    return "afternoon" if at < EVENING else "evening"


def suits(at: datetime, *, days: Collection[int], parts: Collection[str], first: date | None) -> bool:
    """Whether a local moment suits somebody; no days or no parts of the day named means any."""
    return (
        (not days or at.weekday() in days)
        and (not parts or part_of_day(at.time()) in parts)
        and (first is None or at.date() >= first)
    )


def _meeting(spans: Iterable[Span], span: Span) -> int:
    return sum(1 for one in spans if one.meets(span))


def _on_grid(at: datetime, step: int) -> datetime:
    """The next moment on the grid, counted from the full hour of UTC."""
    base = at.replace(minute=0, second=0, microsecond=0)
    gone = at - base
    length = timedelta(minutes=step)
    return base + length * -(-gone // length)

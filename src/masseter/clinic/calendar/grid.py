"""The calendar as columns of time: a person, a room or a day each, with its visits side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from masseter.clinic.calendar.presenters import appointment_row
from masseter.core.free_times import Span, moment, whole_day, without
from masseter.journey.calendar.free import Rota, span_of
from masseter.journey.calendar.models import Appointment

FIRST_HOUR, LAST_HOUR = 8, 18  # shown on an empty day
ROW = 5  # minutes of one row of the grid
MOST_LANES = 4


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What was asked for: a day or a week, by person or by room, one of them or all."""

    is_week: bool
    is_by_room: bool
    who: int | None


@dataclass(frozen=True, kw_only=True)
class Block:
    """A stretch of a column. `place`: the classes that put it there. `row`: the visit, if it is one."""

    place: str
    row: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its head, the visits in it, and when nobody sees patients there."""

    key: int | None
    day: date
    title: str
    visits: list[Block]
    shut: list[Block]
    is_today: bool


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The whole: columns, the hours down the side, what can be chosen, and the visits that are shown."""

    columns: list[Column]
    hours: list[tuple[time, str]]
    choices: list[tuple[int, str]]
    visits: list[Appointment]
    rows: str


def grid_of(
    known: Rota, found: Sequence[Appointment], days: Sequence[date], shown: Shown, *, now: datetime
) -> Grid:
    """The visits of these days as columns: of one day by person or room, of a week by day."""
    choices = [(key, str(one)) for key, one in (known.rooms if shown.is_by_room else known.people).items()]
    visits = [one for one in found if shown.who is None or _key(one, shown) == shown.who]
    standing = [one for one in visits if one.state != Appointment.State.CANCELLED]
    first, last = _hours(standing, known, days)
    today = now.astimezone(ZoneInfo(known.zone)).date()
    columns = [
        _column(known, standing, day, key, title, shown, (first, last), today)
        for day in days
        for key, title in _heads(known, standing, day, shown, choices)
    ]
    hours = [(time(hour), f"m-cal-h{hour - first}") for hour in range(first, last)]
    return Grid(
        columns=columns, hours=hours, choices=choices, visits=visits, rows=f"m-cal-rows{last - first}"
    )


def _heads(
    known: Rota, visits: Sequence[Appointment], day: date, shown: Shown, choices: Iterable[tuple[int, str]]
) -> list[tuple[int | None, str]]:
    """The columns of a day: one in a week, else each person or room, and those with none named."""
    if shown.is_week:
        return [(shown.who, "")]
    heads: list[tuple[int | None, str]] = [one for one in choices if shown.who in (None, one[0])]
    listed = {key for key, _ in heads}
    others = {_key(one, shown) for one in visits} - listed - {None}
    names = {_key(one, shown): _name(one, shown) for one in visits}
    heads += [(key, names[key]) for key in sorted(key for key in others if key is not None)]
    if shown.who is None and any(_key(one, shown) is None for one in visits):
        heads.append((None, "No room" if shown.is_by_room else "Whoever is free"))
    return heads


def _column(
    known: Rota,
    visits: Sequence[Appointment],
    day: date,
    key: int | None,
    title: str,
    shown: Shown,
    hours: tuple[int, int],
    today: date,
) -> Column:
    whole = whole_day(day, known.zone)
    mine = [one for one in visits if whole.start <= one.starts_at < whole.end]
    if not shown.is_week:
        mine = [one for one in mine if _key(one, shown) == key]
    shut = _shut(known, day, key, shown, hours)
    return Column(
        key=key,
        day=day,
        title=title,
        visits=[
            Block(
                place=f"{_place(span_of(one), day, known.zone, hours[0])} {lane}", row=_row(one, known.zone)
            )
            for one, lane in _lanes(mine)
        ],
        shut=[Block(place=_place(one, day, known.zone, hours[0])) for one in shut],
        is_today=day == today,
    )


def _row(one: Appointment, zone: str) -> dict[str, object]:
    return {**appointment_row(one, zone), "is_short": one.minutes < 25, "is_tiny": one.minutes < 15}


def _shut(known: Rota, day: date, key: int | None, shown: Shown, hours: tuple[int, int]) -> list[Span]:
    """When nobody sees patients: outside a person's hours, or while the clinic is closed."""
    seen = Span(start=moment(day, time(hours[0]), known.zone), end=_until(day, hours[1], known.zone))
    if not shown.is_by_room and key is not None and key in known.hours:
        return without([seen], known.works(key, day))
    closed = known.away.get(None, ())
    return without([seen], without([seen], closed))


def _lanes(visits: Sequence[Appointment]) -> list[tuple[Appointment, str]]:
    """Each visit with the lane that it is drawn in, so that those at one time stand side by side."""
    told: list[tuple[Appointment, str]] = []
    for group in _meeting(sorted(visits, key=lambda one: (one.starts_at, one.pk))):
        ends: list[datetime] = []
        lanes: list[int] = []
        for one in group:
            lane = next((at for at, end in enumerate(ends) if end <= one.starts_at), len(ends))
            ends[lane : lane + 1] = [one.ends_at]
            lanes.append(min(lane, MOST_LANES - 1))
        wide = min(len(ends), MOST_LANES)
        told += [(one, f"m-cal-lane{lane}of{wide}") for one, lane in zip(group, lanes, strict=True)]
    return told


def _meeting(visits: Iterable[Appointment]) -> list[list[Appointment]]:
    """Visits in groups that hang together in time."""
    groups: list[list[Appointment]] = []
    end: datetime | None = None
    for one in visits:
        if end is None or one.starts_at >= end:
            groups.append([])
            end = one.ends_at
        groups[-1].append(one)
        end = max(end, one.ends_at)
    return groups


def _place(span: Span, day: date, zone: str, first: int) -> str:
    """Classes for the row that a span begins in and how many rows it takes, by the clock on the wall."""
    start, end = _wall(span.start, day, zone), _wall(span.end, day, zone)
    begin = max(start - first * 60, 0)
    rows = max((end - first * 60 - begin) // ROW, 1)
    at = begin // ROW
    return f"m-cal-h{at // 12} m-cal-r{at % 12} m-cal-for{rows // 12} m-cal-and{rows % 12}"


def _wall(at: datetime, day: date, zone: str) -> int:
    """Minutes since midnight on the wall of a day; the whole day for a moment after it."""
    local = at.astimezone(ZoneInfo(zone))
    if local.date() != day:
        return 24 * 60 if local.date() > day else 0
    return local.hour * 60 + local.minute


def _hours(visits: Iterable[Appointment], known: Rota, days: Sequence[date]) -> tuple[int, int]:
    """The first and the last hour that are shown: the usual ones, and all that is booked or worked."""
    zone, first, last = ZoneInfo(known.zone), FIRST_HOUR, LAST_HOUR
    for one in visits:
        start, end = one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)
        first = min(first, start.hour)
        last = 24 if end.date() > start.date() else max(last, end.hour + (end.minute > 0))
    weekdays = {day.weekday() for day in days}
    for rows in known.hours.values():
        for row in rows:
            if row.weekday in weekdays:
                first, last = min(first, row.starts.hour), max(last, row.ends.hour + (row.ends.minute > 0))
    return first, last


def _until(day: date, hour: int, zone: str) -> datetime:
    return whole_day(day, zone).end if hour == 24 else moment(day, time(hour), zone)


def _key(one: Appointment, shown: Shown) -> int | None:
    return one.room_id if shown.is_by_room else one.with_user_id


def _name(one: Appointment, shown: Shown) -> str:
    return str(one.room if shown.is_by_room else one.with_user)

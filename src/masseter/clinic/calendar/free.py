"""Free times as a page offers them: a few of each of the next days, each one press."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from masseter.clinic.calendar.forms import Choosable, pick_value
from masseter.core.free_times import FreeStart, apart, spread, suits
from masseter.journey.accounts.models import User
from masseter.journey.calendar.free import open_rooms
from masseter.journey.calendar.models import Waiting
from masseter.journey.calendar.queries import clinicians
from masseter.journey.calendar.visit_types import visit_lengths
from masseter.journey.ground.actor import Actor

DAYS_SHOWN = 4


@dataclass(frozen=True, kw_only=True)
class Pick:
    """One free time: what its button sends, when it is, and who is free then."""

    value: str
    at: datetime
    who: str


@dataclass(frozen=True, kw_only=True)
class FreeDay:
    """One day's free times."""

    day: date
    picks: list[Pick]


def choosable(by: Actor) -> Choosable:
    """Whom and which rooms a booking may name."""
    return Choosable(
        zone=by.zone,
        people={one.pk: one for one in clinicians(by)},
        rooms={one.pk: one for one in open_rooms(by)},
        lengths={kind: one.minutes for kind, one in visit_lengths(by).items()},
    )


def free_days(
    found: Iterable[FreeStart],
    known: Choosable,
    *,
    minutes: int,
    person: int | None = None,
    room: int | None = None,
) -> list[FreeDay]:
    """A few free times of each of the first days, spread over the day; none overlaps the one before it."""
    by_day = apart(found, minutes, known.zone)
    return [
        FreeDay(day=day, picks=[_pick(one, known, person, room) for one in spread(starts)])
        for day, starts in list(by_day.items())[:DAYS_SHOWN]
    ]


def suiting(found: Iterable[FreeStart], waiting: Waiting, zone: str) -> list[FreeStart]:
    """The free times that suit somebody who waits."""
    return [one for one in found if is_suiting(one.start, waiting, zone)]


def is_suiting(start: datetime, waiting: Waiting, zone: str) -> bool:
    """Whether a time suits somebody who waits."""
    local = start.astimezone(ZoneInfo(zone))
    return suits(local, days=waiting.days, parts=waiting.parts, first=waiting.from_on)


def _pick(one: FreeStart, known: Choosable, person: int | None, room: int | None) -> Pick:
    who: User | None = known.people.get(person or one.people[0])
    value = pick_value(one.start, known.zone, who.pk if who else None, room)
    return Pick(value=value, at=one.start.astimezone(ZoneInfo(known.zone)), who=str(who) if who else "")

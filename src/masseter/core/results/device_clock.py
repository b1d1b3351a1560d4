"""When something was written on a device without a connection, whose clock may be wrong.

A device knows by how much its clock differed from the server's when the two last met, and it tells what its
clock says now. Two readings follow: by the difference then, and by the time that has passed on the clock
since. They agree on a clock that nobody set in between, however wrong it is. Source: DESIGN.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What a device says of one entry.

    `made`: its own clock at the entry. `ahead`: by how much that clock was ahead of the server's when the
    two last met. `seen`: the server's time at that meeting.
    """

    made: datetime
    ahead: timedelta
    seen: datetime


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When an entry was written. `is_sure`: the readings leave no doubt about it."""

    at: datetime
    is_sure: bool


def moments(
    stamps: Sequence[Stamp], *, sent: datetime, now: datetime, slack: timedelta
) -> tuple[Moment, ...]:
    """When each entry was written, in the order of the stamps.

    `sent`: the device's clock at sending; `now`: the server's. An entry that neither reading can place
    between the last meeting and now is put after the meeting by what passed on the device's clock since the
    first such entry; it is not sure.
    """
    found = [_moment(one, sent=sent, now=now, slack=slack) for one in stamps]
    lost = [one for one, moment in zip(stamps, found, strict=True) if moment is None]
    first = min((one.made for one in lost), default=now)
    return tuple(moment or _after_meeting(one, first, now) for one, moment in zip(stamps, found, strict=True))


def _moment(stamp: Stamp, *, sent: datetime, now: datetime, slack: timedelta) -> Moment | None:
    by_difference, by_age = stamp.made - stamp.ahead, now - (sent - stamp.made)
    seen = min(stamp.seen, now)
    likely = [at for at in (by_difference, by_age) if seen - slack <= at <= now + slack]
    if not likely:
        return None
    is_sure = len(likely) == 1 or abs(by_difference - by_age) <= slack
    return Moment(at=min(max(likely[0], seen), now), is_sure=is_sure)


def _after_meeting(stamp: Stamp, first: datetime, now: datetime) -> Moment:
    seen = min(stamp.seen, now)
    return Moment(at=min(now, seen + max(stamp.made - first, timedelta(0))), is_sure=False)

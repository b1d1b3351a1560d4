"""Quiet hours: when nothing is sent, in the clinic's own zone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def is_quiet(at: datetime, *, zone: str, quiet_from: time, quiet_until: time) -> bool:
    """Whether a moment lies in the quiet hours. Equal ends mean that there are none."""
    local = at.astimezone(ZoneInfo(zone)).time()
    if quiet_from == quiet_until:
        return False
    if quiet_from < quiet_until:
        return quiet_from <= local < quiet_until
    return local >= quiet_from or local < quiet_until


def after_quiet(at: datetime, *, zone: str, quiet_from: time, quiet_until: time) -> datetime:
    """The moment itself, or the end of the quiet hours that it lies in, in UTC.

    An end that the clocks skip in spring is the first moment after the gap.
    """
    if not is_quiet(at, zone=zone, quiet_from=quiet_from, quiet_until=quiet_until):
        return at
    place = ZoneInfo(zone)
    local = at.astimezone(place)
    day = local.date() if local.time() < quiet_until else local.date() + timedelta(days=1)
    # A skipped end is read with the offset before the gap, which lies as far behind it.
    return datetime.combine(day, quiet_until, place).astimezone(UTC)

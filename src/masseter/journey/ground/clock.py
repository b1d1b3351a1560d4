"""The one place that asks what time it is. Core never asks; it is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

_travelled: ContextVar[datetime | None] = ContextVar("masseter_travelled", default=None)


def now() -> datetime:
    """The time now, in UTC."""
    travelled = _travelled.get()
    if travelled is not None:
        return travelled
    if settings.CLOCK_FILE:
        # Refused outside tests by the environment's own check.
        text = Path(settings.CLOCK_FILE).read_text().strip()
        if text:
            return datetime.fromisoformat(text)
    return timezone.now()


def today(zone: str) -> date:
    """The local day in a clinic's time zone."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def travel(to: datetime) -> Iterator[None]:
    """Let the actions inside take this for now: the demo's months go by in seconds."""
    if to.tzinfo is None:
        raise ValueError("a time to travel to needs its zone")
    token = _travelled.set(to)
    try:
        yield
    finally:
        _travelled.reset(token)

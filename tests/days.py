"""Days back by the calendar of the tests' clinics, also across a change of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from masseter.journey.ground import clock

ZONE = ZoneInfo("Europe/London")


def days_back(days: int) -> datetime:
    """This time of the clinic's day, so many days ago: hours alone are a day off near midnight."""
    return (clock.now().astimezone(ZONE) - timedelta(days=days)).astimezone(UTC)

"""Days and appointments in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from masseter.journey.calendar.actions import MOVES
from masseter.journey.calendar.models import Appointment
from masseter.knowledge.load import load

TONES = {
    "asked": "caution",
    "offered": "note",
    "booked": "brand",
    "arrived": "note",
    "done": "good",
    "cancelled": "plain",
    "missed": "caution",
}
STATE_WORDS = {
    "arrived": "Has arrived",
    "done": "Was seen",
    "missed": "Did not come",
    "cancelled": "Was cancelled",
    "booked": "Back to booked",
}


def day_lists(
    appointments: Iterable[Appointment], days: Sequence[date], zone: str
) -> list[dict[str, object]]:
    """One list for each day, also for the days without any."""
    by_day: dict[date, list[dict[str, object]]] = {day: [] for day in days}
    for one in appointments:
        day = one.starts_at.astimezone(ZoneInfo(zone)).date()
        by_day.setdefault(day, []).append(appointment_row(one, zone))
    return [{"day": day, "rows": rows} for day, rows in by_day.items()]


def appointment_row(one: Appointment, zone: str) -> dict[str, object]:
    """One appointment as the lists and its own page show it."""
    local = ZoneInfo(zone)
    known = load().conditions.get(one.condition)
    return {
        "id": one.pk,
        "patient": one.patient,
        "kind": one.get_kind_display(),
        "condition": known.name if known else "",
        "starts": one.starts_at.astimezone(local),
        "ends": one.ends_at.astimezone(local),
        "minutes": one.minutes,
        "with": str(one.with_user) if one.with_user else "",
        "state": one.state,
        "state_words": one.get_state_display(),
        "tone": TONES[one.state],
        "note": one.note,
        "is_open": one.is_open,
    }


def state_choices(one: Appointment) -> list[tuple[str, str]]:
    """What may become of an appointment now."""
    return [(state, words) for state, words in STATE_WORDS.items() if state in MOVES[one.state]]


def week_of(day: date) -> list[date]:
    """Monday to Sunday of the week of a day; at the end of the calendar what is left of it."""
    before, after = day.weekday(), 6 - day.weekday()
    steps = range(-min(before, (day - date.min).days), min(after, (date.max - day).days) + 1)
    return [day + timedelta(days=step) for step in steps]

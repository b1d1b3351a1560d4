"""Days and appointments in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from masseter.journey.calendar.actions import MOVES
from masseter.journey.calendar.models import Absence, Appointment, Waiting
from masseter.knowledge.load import load
from masseter.ui.calendar_words import suits_words

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
CONFIRM = "Confirm it"


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
        "room": str(one.room) if one.room else "",
        "ended_by": one.get_ended_by_display() if one.ended_by else "",
        "reason": one.reason,
        "held_until": one.held_until.astimezone(local) if one.held_until else None,
        "state": one.state,
        "state_words": one.get_state_display(),
        "tone": TONES[one.state],
        "note": one.note,
        "is_open": one.is_open,
        "is_held": one.is_held,
    }


def waiting_row(one: Waiting, zone: str, now: datetime) -> dict[str, object]:
    """One line of the waiting list: for what, since when, what suits, and the offers that were made."""
    known, local = load().conditions.get(one.condition), ZoneInfo(zone)
    offers = list(one.appointments.all())
    still_open = [each for each in offers if each.held_until is not None and each.held_until > now]
    return {
        "id": one.pk,
        "patient": one.patient,
        "kind": one.get_kind_display(),
        "condition": known.name if known else "",
        "since": one.created_at.astimezone(local),
        "days": (now.astimezone(local).date() - one.created_at.astimezone(local).date()).days,
        "suits": suits_words(one.days, one.parts, one.from_on),
        "words": one.words,
        "is_by_patient": one.is_by_patient,
        "is_waiting": one.state == Waiting.State.WAITING,
        "state_words": one.get_state_display(),
        "reason": one.reason,
        "offer": appointment_row(still_open[0], zone) if still_open else None,
        "not_taken": sum(1 for each in offers if each.state == "cancelled"),
    }


def absence_row(one: Absence, zone: str) -> dict[str, object]:
    """Who is away and when; whole days without their times."""
    local = ZoneInfo(zone)
    start, end = one.starts_at.astimezone(local), one.ends_at.astimezone(local)
    is_whole = start.time() == end.time() == time.min
    last = end - timedelta(days=1) if is_whole else end
    if is_whole:
        words = _day(start) if last.date() <= start.date() else f"{_day(start)} to {_day(last)}"
    else:
        words = f"{_day(start)}, {start:%H:%M} to {_day(end)}, {end:%H:%M}"
    who = str(one.user) if one.user else "The whole clinic"
    return {"id": one.pk, "who": who, "words_when": words, "words": one.words}


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"


def state_choices(one: Appointment) -> list[tuple[str, str]]:
    """What may become of an appointment now."""
    words = {**STATE_WORDS, "booked": CONFIRM} if one.state in ("asked", "offered") else STATE_WORDS
    return [(state, said) for state, said in words.items() if state in MOVES[one.state]]


def week_of(day: date) -> list[date]:
    """Monday to Sunday of the week of a day; at the end of the calendar what is left of it."""
    before, after = day.weekday(), 6 - day.weekday()
    steps = range(-min(before, (day - date.min).days), min(after, (date.max - day).days) + 1)
    return [day + timedelta(days=step) for step in steps]

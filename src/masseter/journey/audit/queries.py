"""Reading the audit trail."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from masseter.journey.audit.models import OPENED, Event
from masseter.journey.ground.actor import Actor

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class EventFilter:
    """What to look for; empty parts are not looked at."""

    who: str = ""
    what: str = ""
    patient_id: int | None = None
    day: date | None = None


def events(by: Actor, wanted: EventFilter) -> QuerySet[Event]:
    """The clinic's events that fit, newest first."""
    found = Event.objects.filter(clinic_id=by.clinic_id).order_by("-number")
    if wanted.who:
        found = found.filter(user_name__icontains=wanted.who)
    if wanted.what:
        found = found.filter(what__icontains=wanted.what)
    if wanted.patient_id is not None:
        found = found.filter(patient_id=wanted.patient_id)
    if wanted.day is not None:
        start = datetime.combine(wanted.day, time.min, ZoneInfo(by.zone))
        found = found.filter(at__gte=start, at__lt=start + timedelta(days=1))
    return found


def page_of(found: QuerySet[Event], number: int) -> tuple[list[Event], bool]:
    """One page of events, and whether there are older ones."""
    start = max(number - 1, 0) * PAGE
    rows = list(found[start : start + PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def lookers(by: Actor, patient_id: int) -> list[Event]:
    """The newest events in which somebody opened a patient's chart."""
    found = Event.objects.filter(clinic_id=by.clinic_id, patient_id=patient_id, what=OPENED)
    return list(found.order_by("-number")[:200])


def has_opened(by: Actor, patient_id: int, pages: Collection[str], since: datetime) -> bool:
    """Whether this person opened one of these pages of a patient's chart since then."""
    found = Event.objects.filter(clinic_id=by.clinic_id, patient_id=patient_id, what=OPENED, at__gte=since)
    return found.filter(user_id=by.user_id, data__page__in=list(pages)).exists()

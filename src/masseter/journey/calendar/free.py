"""Reading what is free: hours and absences, less the visits that are held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import DurationField, ExpressionWrapper, F, Q, QuerySet

from masseter.core.free_times import FreeStart, Hours, Span, free_starts, open_spans, whole_day, without
from masseter.journey.accounts.models import User
from masseter.journey.calendar.models import HELD, Absence, Appointment, Room, WorkingHours
from masseter.journey.calendar.queries import clinicians
from masseter.journey.calendar.visit_types import STEP_MINUTES, VisitLength, visit_lengths
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.people.models import Patient

LENGTH = ExpressionWrapper(F("minutes") * timedelta(minutes=1), output_field=DurationField())
NOTICE = timedelta(hours=2)  # nothing is offered that begins sooner
DAYS_AHEAD = 28


@dataclass(frozen=True, kw_only=True)
class Rota:
    """Who works when, who is away, and what is held, between two days."""

    zone: str
    people: Mapping[int, User]
    hours: Mapping[int, tuple[Hours, ...]]
    away: Mapping[int | None, tuple[Span, ...]]  # None: the whole clinic
    rooms: Mapping[int, Room]
    visits: tuple[Appointment, ...]
    lengths: Mapping[str, VisitLength] = field(default_factory=dict)

    def works(self, person: int, day: date) -> list[Span]:
        """When a person sees patients on a day, whoever is booked."""
        spans = open_spans(self.hours.get(person, ()), day, self.zone)
        return without(spans, (*self.away.get(person, ()), *self.away.get(None, ())))

    def taken(self, *, without_visit: int | None = None) -> list[tuple[Appointment, Span]]:
        """The visits that are held, each with its span."""
        return [(one, span_of(one)) for one in self.visits if one.pk != without_visit]

    def needs_room(self, kind: str) -> bool:
        """Whether a visit of this kind takes a room; never where the clinic names no rooms."""
        return bool(self.rooms) and self.lengths[kind].needs_room


def span_of(one: Appointment) -> Span:
    """From the beginning to the end of a visit."""
    return Span(start=one.starts_at, end=one.ends_at)


def rota(by: Actor, first: date, days: int) -> Rota:
    """Everything that says what is free on these local days. Asks six questions."""
    last = first + timedelta(days=min(days - 1, (date.max - first).days))
    span = Span(start=whole_day(first, by.zone).start, end=whole_day(last, by.zone).end)
    hours: dict[int, list[Hours]] = {}
    for row in WorkingHours.objects.filter(clinic_id=by.clinic_id, ended_at=None):
        hours.setdefault(row.user_id, []).append(Hours(weekday=row.weekday, starts=row.starts, ends=row.ends))
    away: dict[int | None, list[Span]] = {}
    for gone in absences_within(by, span):
        away.setdefault(gone.user_id, []).append(Span(start=gone.starts_at, end=gone.ends_at))
    visits = held_within(by, span).select_related("patient", "with_user", "room")
    return Rota(
        zone=by.zone,
        people={one.pk: one for one in clinicians(by)},
        hours={key: tuple(rows) for key, rows in hours.items()},
        away={key: tuple(spans) for key, spans in away.items()},
        rooms={one.pk: one for one in open_rooms(by)},
        visits=tuple(visits),
        lengths=visit_lengths(by),
    )


def held_within(by: Actor, span: Span) -> QuerySet[Appointment]:
    """The clinic's visits whose time is kept and meets the span; an offer that has lapsed is none."""
    found = Appointment.objects.filter(clinic_id=by.clinic_id, state__in=HELD)
    still = found.filter(Q(held_until=None) | Q(held_until__gt=clock.now()))
    return still.annotate(end=F("starts_at") + LENGTH).filter(starts_at__lt=span.end, end__gt=span.start)


def absences_within(by: Actor, span: Span) -> QuerySet[Absence]:
    """Who is away at some time of the span."""
    found = Absence.objects.filter(clinic_id=by.clinic_id, withdrawn_at=None)
    return found.filter(starts_at__lt=span.end, ends_at__gt=span.start).select_related("user")


def open_rooms(by: Actor) -> list[Room]:
    """The clinic's rooms that are in use, by name."""
    return list(Room.objects.filter(clinic_id=by.clinic_id, closed_at=None))


def free_times(
    by: Actor,
    *,
    kind: str,
    first: date,
    minutes: int | None = None,
    days: int = DAYS_AHEAD,
    person: int | None = None,
    room: int | None = None,
    patient: Patient | None = None,
    but: int | None = None,
) -> list[FreeStart]:
    """When a visit of this kind could begin, the earliest first; nothing where nobody's hours are known.

    `minutes`: another length than usual; `patient`: not while they have another visit; `but`: the visit
    that is moved, which stands in its own way no longer.
    """
    known = rota(by, first, days)
    length = minutes or known.lengths[kind].minutes
    taken = known.taken(without_visit=but)
    earliest = clock.now() + NOTICE
    found = []
    for step in range(min(days, (date.max - first).days + 1)):
        day = first + timedelta(days=step)
        starts = free_starts(
            _people(known, day, taken, person, patient),
            unnamed=[span for one, span in taken if one.with_user_id is None],
            rooms=_rooms(known, day, taken, room) if known.needs_room(kind) or room else None,
            unplaced=[span for one, span in taken if one.room_id is None and known.needs_room(one.kind)],
            minutes=length,
            step=STEP_MINUTES,
        )
        found += [one for one in starts if one.start >= earliest]
    return found


def _people(
    known: Rota,
    day: date,
    taken: Iterable[tuple[Appointment, Span]],
    person: int | None,
    patient: Patient | None,
) -> dict[int, list[Span]]:
    """Who works on the day, and when each is free; of one person alone where one is named."""
    wanted = [key for key in known.people if key in known.hours and person in (None, key)]
    own = [span for one, span in taken if patient is not None and one.patient_id == patient.pk]
    return {
        key: without(known.works(key, day), [*own, *(span for one, span in taken if one.with_user_id == key)])
        for key in wanted
    }


def _rooms(
    known: Rota, day: date, taken: Iterable[tuple[Appointment, Span]], room: int | None
) -> dict[int, list[Span]]:
    whole = [whole_day(day, known.zone)]
    return {
        key: without(whole, [span for one, span in taken if one.room_id == key])
        for key in known.rooms
        if room in (None, key)
    }


def free_rooms(by: Actor, start: datetime, minutes: int, *, but: int | None = None) -> list[Room]:
    """The rooms that nobody holds for all of this time, by name."""
    span = Span(start=start, end=start + timedelta(minutes=minutes))
    taken = set(held_within(by, span).exclude(pk=but or 0).values_list("room_id", flat=True))
    return [one for one in open_rooms(by) if one.pk not in taken]

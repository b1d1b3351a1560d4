"""Reading who the clinic's patients are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from masseter.journey.audit.models import OPENED, Event
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.people.duplicates import Likeness, likenesses
from masseter.journey.people.models import Patient
from masseter.journey.people.names import names_key, plain

MOST_FOUND = 50
MOST_LOOKS = 200
SHORTEST_PHONE = 4
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y")


def patients_of(by: Actor) -> QuerySet[Patient]:
    """The patients whom the person may see: the clinic's; a patient sees themselves."""
    mine = Patient.objects.filter(clinic_id=by.clinic_id)
    return mine if by.patient_id is None else mine.filter(pk=by.patient_id)


def patient_of(by: Actor, patient_id: int) -> Patient:
    """One patient. A merged record answers the one that was kept.

    Raises: NotHere.
    """
    patient = patients_of(by).filter(pk=patient_id).select_related("merged_into").first()
    if patient is None:
        raise NotHere("There is no such patient.")
    return patient.merged_into or patient


def patients_named(by: Actor, numbers: Iterable[int]) -> dict[int, str]:
    """The names of these patients."""
    return {one.pk: str(one) for one in patients_of(by).filter(pk__in=list(numbers))}


def own_record(by: Actor) -> Patient:
    """The record of the patient who is signed in.

    Raises: NotHere for anybody who is no patient.
    """
    if by.patient_id is None:
        raise NotHere("There is no such patient.")
    return patient_of(by, by.patient_id)


def find(by: Actor, text: str) -> list[Patient]:
    """Patients by parts of names in any order, date or year of birth, number or phone; all words must fit.

    Nothing typed finds those last added.
    """
    found = patients_of(by).filter(merged_into=None)
    words = text.replace(",", " ").replace("\x00", " ").split()
    if not words:
        return list(found.order_by("-id")[:MOST_FOUND])
    for word in words[:10]:
        found = found.filter(_fits(word))
    return list(found[:MOST_FOUND])


def possible_duplicates(
    by: Actor, family_name: str, given_names: str, birth_date: date | None, but: Patient | None = None
) -> tuple[Likeness, ...]:
    """Records that might be the same person as this one, the likeliest first."""
    wanted = Q(birth_date=birth_date) if birth_date else Q()
    for word in names_key(given_names, family_name).split():
        wanted |= Q(names_key__contains=word)
    candidates = patients_of(by).filter(wanted, merged_into=None)
    if but is not None:
        candidates = candidates.exclude(pk=but.pk)
    return likenesses(
        candidates[:500], family_name=family_name, given_names=given_names, birth_date=birth_date
    )


@dataclass(frozen=True, kw_only=True)
class Look:
    """Somebody looked at a chart or changed it. `number` is that of the event in the clinic's trail."""

    number: int
    at: datetime
    name: str
    roles: str
    what: str
    page: str
    why: str


@dataclass(frozen=True, kw_only=True)
class LookFilter:
    """Which looks are wanted; empty parts are not looked at. `since` and `until` are days, both included."""

    who: str = ""
    is_look: bool | None = None
    since: date | None = None
    until: date | None = None
    number: int | None = None


def looks_at(
    by: Actor, patient: Patient, limit: int = MOST_LOOKS, wanted: LookFilter | None = None
) -> list[Look]:
    """Who looked at a patient's record or changed it, the newest first; merged records are included."""
    merged = Patient.objects.filter(clinic_id=by.clinic_id, merged_into=patient)
    ids = [patient.pk, *merged.values_list("pk", flat=True)]
    events = Event.objects.filter(clinic_id=by.clinic_id, patient_id__in=ids).order_by("-number")
    if wanted is not None:
        events = events.filter(_wanted(by, wanted))
    return [
        Look(
            number=event.number,
            at=event.at,
            name=event.user_name,
            roles=event.roles,
            what=event.what,
            page=str(event.data.get("page", "")),
            why=event.why,
        )
        for event in events[:limit]
    ]


def _wanted(by: Actor, wanted: LookFilter) -> Q:
    zone, fits = ZoneInfo(by.zone), Q()
    if wanted.who:
        fits &= Q(user_name__icontains=wanted.who)
    if wanted.is_look is not None:
        fits &= Q(what=OPENED) if wanted.is_look else ~Q(what=OPENED)
    if wanted.since is not None:
        fits &= Q(at__gte=datetime.combine(wanted.since, time.min, zone))
    if wanted.until is not None and wanted.until < date.max:
        fits &= Q(at__lt=datetime.combine(wanted.until + timedelta(days=1), time.min, zone))
    if wanted.number is not None:
        fits &= Q(number=wanted.number)
    return fits


def _fits(word: str) -> Q:
    day = _day(word)
    if day is not None:
        return Q(birth_date=day)
    bare = plain(word)
    fits = Q(names_key__contains=bare) if bare else Q(family_name__icontains=word)
    if re.fullmatch(r"(?i)(m-?)?[0-9]+", word, re.ASCII):
        digits = re.sub(r"\D", "", word)
        fits |= Q(number__endswith=digits.rjust(6, "0")) | Q(number__endswith=digits)
        if len(digits) == len("1980"):
            fits |= Q(birth_date__year=int(digits)) if int(digits) else Q()
        if len(digits) >= SHORTEST_PHONE:
            fits |= Q(phone__contains=digits)
    if "@" in word:
        fits |= Q(email__icontains=word)
    return fits


def _day(word: str) -> date | None:
    for form in DAYS:
        try:
            return datetime.strptime(word, form).date()
        except ValueError:
            continue
    return None

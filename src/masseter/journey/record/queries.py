"""Reading what patients asked about their record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from masseter.journey.audit.models import Event
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.people.actions.contact import CORRECTED
from masseter.journey.people.models import Patient
from masseter.journey.record.models import Asked, Statement

NEWS_DAYS = 30
MOST = 100


def _visible(by: Actor) -> QuerySet[Asked]:
    mine = Asked.objects.filter(clinic_id=by.clinic_id).select_related("patient")
    return mine if by.patient_id is None else mine.filter(patient_id=by.patient_id)


def asked_of(by: Actor, pk: int) -> Asked:
    """One request.

    Raises: NotHere.
    """
    found = _visible(by).filter(pk=pk).first()
    if found is None:
        raise NotHere("There is no such request.")
    return found


def asked_by(by: Actor, patient: Patient) -> list[Asked]:
    """What a patient asked, the newest first."""
    return list(_visible(by).filter(patient_id=patient.pk).order_by("-created_at", "-id"))


def asked_open(by: Actor) -> list[Asked]:
    """What nobody has answered yet, the oldest first."""
    return list(_visible(by).filter(state=Asked.State.OPEN))


def asked_before(by: Actor) -> list[Asked]:
    """What was answered or taken back, the newest first."""
    return list(_visible(by).exclude(state=Asked.State.OPEN).order_by("-created_at", "-id")[:MOST])


def statements_of(by: Actor, patient: Patient) -> list[Statement]:
    """A patient's own statements, the oldest first."""
    return list(Statement.objects.filter(clinic_id=by.clinic_id, patient_id=patient.pk))


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """Contact data that a patient corrected: each changed field with what stood there before, and now."""

    at: datetime
    by_name: str
    patient_id: int
    changes: tuple[tuple[str, str, str], ...]


def corrected_lately(by: Actor, patient: Patient | None = None) -> list[Corrected]:
    """What patients corrected in the last weeks, the newest first."""
    since = clock.now() - timedelta(days=NEWS_DAYS)
    found = Event.objects.filter(clinic_id=by.clinic_id, what=CORRECTED, at__gte=since).order_by("-number")
    if patient is not None:
        found = found.filter(patient_id=patient.pk)
    return [
        Corrected(
            at=event.at,
            by_name=event.user_name,
            patient_id=event.patient_id or 0,
            changes=tuple((each["field"], each["before"], each["now"]) for each in event.data["changes"]),
        )
        for event in found[:MOST]
    ]

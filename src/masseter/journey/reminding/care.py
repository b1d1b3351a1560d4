"""Diaries, next visits, consents and papers that a patient should hear of."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, Max, OuterRef, QuerySet

from masseter.journey.accounts.languages import told_in
from masseter.journey.calendar.models import Appointment
from masseter.journey.consult.models import Case, Consent, Decision
from masseter.journey.follow_up.due_days import running_recalls
from masseter.journey.follow_up.models import Recall
from masseter.journey.follow_up.queries import reviews_due
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.messaging.models import Kind, Message
from masseter.journey.messaging.outbox import Wanted
from masseter.journey.messaging.queries import settings_of
from masseter.journey.people.models import Patient
from masseter.journey.results.due import diary_due
from masseter.knowledge.load import load

# How long a reminder is worth sending, and how long one goes on reminding: gentle, then silent.
SILENT_AFTER_DAYS = 28
NEW_DAYS = 14
WEEK = timedelta(days=7)
DAY = timedelta(days=1)  # so that a worker that comes late sends one reminder of a diary and not three


def diaries_due(by: Actor) -> Iterator[Wanted]:
    """A reminder once the day has passed on which a person's diary asked for an entry; after four weeks none.

    Two reminders of one person lie at least the clinic's days apart, and no nearer than the diary asks.
    """
    today, least = clock.today(by.zone), settings_of(by).diary_days
    kept = {code for code, condition in load().conditions.items() if condition.diary}
    cases = _open_cases(by).filter(condition__in=kept).annotate(newest=Max("diary__day"))
    # The quickest rhythm is daily: an entry of yesterday leaves nothing open.
    left = cases.filter(
        newest__lt=today - timedelta(days=1), newest__gt=today - timedelta(days=SILENT_AFTER_DAYS)
    )
    told = _last_told(by)
    for case in left.select_related("patient__user", "clinic").order_by("pk"):
        before = told.get(case.patient_id)
        if before is not None and (today - before).days < least:
            continue
        every = _left_every(case, case.newest, today)
        if every is not None and (before is None or (today - before).days >= every):
            told[case.patient_id] = today
            yield _to(case.patient, Kind.DIARY, f"{case.pk}@{today}", lasts=DAY)


def next_visits_due(by: Actor) -> Iterator[Wanted]:
    """A word to those whose review or recall is due and who have no visit booked."""
    today = clock.today(by.zone)
    found = [
        (one.treatment.patient, f"review-{one.treatment.plan_id}") for one in reviews_due(by, today=today)
    ]
    waiting = running_recalls(by, until=today)
    found += [
        (one.recall.patient, f"recall-{one.recall.pk}@{one.due_on}")
        for one in waiting
        if one.recall.state == Recall.State.OPEN
    ]
    booked = _with_visit(by, {patient.pk for patient, _ in found})
    told: set[int] = set()
    for patient, about in found:
        # Of two causes one word is enough.
        if patient.pk not in booked | told and _can_be_reached(patient):
            told.add(patient.pk)
            yield _to(patient, Kind.NEXT_VISIT, about)


def consents_waiting(by: Actor) -> Iterator[Wanted]:
    """A word to those who decided to go ahead and whose consent is not signed yet."""
    newest = Decision.objects.filter(case=OuterRef("pk")).order_by("-at", "-pk")
    since = clock.now() - timedelta(days=NEW_DAYS)
    cases = _open_cases(by).annotate(decided=newest.values("decided")[:1], decided_at=newest.values("at")[:1])
    wanted = cases.filter(decided=Decision.Decided.GO_AHEAD, decided_at__gt=since)
    for case in wanted.filter(~_signed()):
        yield _to(case.patient, Kind.CONSENT, f"{case.pk}@{case.decided_at.isoformat()}")


def papers_new(by: Actor) -> Iterator[Wanted]:
    """A word to those whose injection passport has a new treatment in it."""
    since = clock.now() - timedelta(days=NEW_DAYS)
    signed = Treatment.objects.filter(clinic_id=by.clinic_id, signed_at__gt=since, supersedes=None)
    mine = signed.filter(patient__user__isnull=False, patient__merged_into=None)
    for treatment in mine.select_related("patient__user"):
        if _can_be_reached(treatment.patient):
            yield _to(treatment.patient, Kind.PAPER, str(treatment.pk))


def diary_gone(by: Actor, message: Message) -> str:
    """Why a diary needs no reminder any more."""
    number, _, _ = message.about.partition("@")
    case = _open_cases(by).filter(pk=number).annotate(newest=Max("diary__day")).first()
    if case is None:
        return "The case is closed."
    is_left = case.newest is not None and _left_every(case, case.newest, clock.today(by.zone)) is not None
    return "" if is_left else "The diary was written, or asks for no entry yet."


def next_visit_gone(by: Actor, message: Message) -> str:
    """Why nothing has to be arranged any more."""
    is_booked = message.patient_id in _with_visit(by, {message.patient_id or 0})
    return "A visit is booked." if is_booked else ""


def consent_gone(by: Actor, message: Message) -> str:
    """Why a consent does not wait any more."""
    number, _, _ = message.about.partition("@")
    waits = _open_cases(by).filter(pk=number).filter(~_signed()).exists()
    return "" if waits else "The consent is signed, or the case is closed."


def _open_cases(by: Actor) -> QuerySet[Case]:
    """Open cases of patients who can sign in."""
    cases = Case.objects.filter(clinic_id=by.clinic_id, state=Case.State.OPEN)
    mine = cases.filter(patient__user__isnull=False, patient__merged_into=None)
    return mine.exclude(patient__email="", patient__phone="").select_related("patient__user")


def _signed() -> Exists:
    return Exists(Consent.objects.filter(case=OuterRef("pk"), withdrawn_at=None))


def _left_every(case: Case, newest: date, today: date) -> int | None:
    """Every how many days a diary asks that was left; None while its next entry is not past due."""
    due = diary_due(case, today=today)
    if due is None or newest + timedelta(days=due.cadence.every_days) >= today:
        return None
    return due.cadence.every_days


def _last_told(by: Actor) -> dict[int, date]:
    """The local day of the last reminder of a diary, by patient."""
    since = clock.now() - timedelta(days=SILENT_AFTER_DAYS + 1)
    told = Message.objects.filter(clinic_id=by.clinic_id, kind=Kind.DIARY, due_at__gt=since)
    newest = told.values_list("patient_id").annotate(newest=Max("created_at"))
    zone = ZoneInfo(by.zone)
    return {patient: at.astimezone(zone).date() for patient, at in newest if patient is not None}


def _with_visit(by: Actor, patients: set[int]) -> set[int]:
    coming = Appointment.objects.filter(clinic_id=by.clinic_id, patient_id__in=patients)
    booked = coming.filter(state=Appointment.State.BOOKED, starts_at__gt=clock.now())
    return set(booked.values_list("patient_id", flat=True))


def _can_be_reached(patient: Patient) -> bool:
    return patient.merged_into_id is None and bool(patient.email or patient.phone)


def _to(patient: Patient, kind: str, about: str, *, lasts: timedelta = WEEK) -> Wanted:
    return Wanted(
        kind=kind,
        about=about,
        patient_id=patient.pk,
        language=told_in(patient.user, patient.language),
        expires_at=clock.now() + lasts,
    )

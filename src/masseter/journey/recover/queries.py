"""Reading symptom checks and adverse events."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from masseter.journey.consult.models import Case
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.inject.models import Treatment
from masseter.journey.plan.models import Plan
from masseter.journey.recover.models import AdverseEvent, FeltMark, SymptomCheck
from masseter.knowledge.load import load


def _checks(by: Actor) -> QuerySet[SymptomCheck]:
    checks = SymptomCheck.objects.filter(clinic_id=by.clinic_id)
    if by.patient_id is not None:
        checks = checks.filter(patient_id=by.patient_id)
    return checks.select_related("treatment", "case", "patient")


def check_of(by: Actor, check_id: int) -> SymptomCheck:
    """One symptom check.

    Raises: NotHere.
    """
    found = _checks(by).filter(pk=check_id).first()
    if found is None:
        raise NotHere("There is no such symptom check.")
    return found


def checks_of(by: Actor, treatment: Treatment) -> list[SymptomCheck]:
    """The symptom checks after a treatment, whatever its version, the newest first."""
    return list(_checks(by).filter(treatment__plan_id=treatment.plan_id).order_by("-at", "-id"))


def checks_waiting(by: Actor) -> list[SymptomCheck]:
    """Checks that ask for a call or for help and that nobody has answered: the gravest, then the oldest."""
    graves = [SymptomCheck.Grade.EMERGENCY, SymptomCheck.Grade.CALL]
    waiting = list(_checks(by).filter(grade__in=graves, seen_at=None).order_by("at", "id"))
    return sorted(waiting, key=lambda check: graves.index(SymptomCheck.Grade(check.grade)))


def _events(by: Actor) -> QuerySet[AdverseEvent]:
    events = AdverseEvent.objects.filter(clinic_id=by.clinic_id)
    if by.patient_id is not None:
        events = events.filter(patient_id=by.patient_id)
    return events.select_related("treatment", "case__patient", "patient")


def adverse_of(by: Actor, event_id: int) -> AdverseEvent:
    """One adverse event.

    Raises: NotHere.
    """
    found = _events(by).filter(pk=event_id).first()
    if found is None:
        raise NotHere("There is no such adverse event.")
    return found


def adverse_events_of(by: Actor, case: Case) -> list[AdverseEvent]:
    """The adverse events of a case, the newest first."""
    return list(_events(by).filter(case=case).order_by("-started_on", "-id"))


def events_at_review(by: Actor, case: Case) -> list[AdverseEvent]:
    """The adverse events of a case, and the serious ones of all cases of the patient, the newest first."""
    of_case = Q(case=case) | Q(patient_id=case.patient_id, is_serious=True)
    return list(_events(by).filter(of_case).order_by("-started_on", "-id"))


def last_serious_event(by: Actor, patients: Collection[int]) -> datetime | None:
    """When the newest serious adverse event of these patients was put on record, over all conditions."""
    serious = _events(by).filter(patient_id__in=patients, is_serious=True)
    return serious.order_by("-created_at").values_list("created_at", flat=True).first()


def events_to_look_at(by: Actor) -> list[AdverseEvent]:
    """Adverse events that a patient reported and nobody looked at, and serious ones that are not over."""
    unseen = Q(reported_by="patient", seen_at=None)
    serious = Q(is_serious=True) & ~Q(outcome=AdverseEvent.Outcome.RESOLVED)
    return list(_events(by).filter(unseen | serious).order_by("-is_serious", "started_on", "id"))


def in_aftercare(by: Actor, treatments: list[Treatment], today: date) -> list[Treatment]:
    """The last treatment of each case as long as advice is given for its day, the newest first.

    `treatments`: those of one patient, the oldest first. Where all lie longer back, the newest alone.
    """
    last = {one.case_id: one for one in treatments}
    newest_first = sorted(last.values(), key=lambda one: (one.given_at, one.pk), reverse=True)
    end = max(advice.to_day for advice in load().aftercare)
    recent = [one for one in newest_first if (today - given_on(by, one)).days <= end]
    return recent or newest_first[:1]


def given_on(by: Actor, treatment: Treatment) -> date:
    """The local day of a treatment."""
    return treatment.given_at.astimezone(ZoneInfo(by.zone)).date()


def _marks(by: Actor) -> QuerySet[FeltMark]:
    marks = FeltMark.objects.filter(clinic_id=by.clinic_id)
    if by.patient_id is not None:
        marks = marks.filter(patient_id=by.patient_id)
    return marks.select_related("treatment", "case", "patient", "event")


def mark_of(by: Actor, mark_id: int) -> FeltMark:
    """One mark of what was felt, taken back or not.

    Raises: NotHere.
    """
    found = _marks(by).filter(pk=mark_id).first()
    if found is None:
        raise NotHere("There is no such mark.")
    return found


def felt_after(by: Actor, treatment: Treatment, *, with_taken_back: bool = False) -> list[FeltMark]:
    """What was felt after a treatment, whatever its version, the oldest first."""
    marks = _marks(by).filter(treatment__plan_id=treatment.plan_id)
    return list(marks if with_taken_back else marks.filter(taken_back_at=None))


def felt_for(by: Actor, plan: Plan, last: Treatment) -> list[FeltMark]:
    """What was felt after the last treatment and is not put aside with this plan."""
    marks = _marks(by).filter(treatment__plan_id=last.plan_id, taken_back_at=None)
    return list(marks.exclude(put_aside__plan=plan))

"""The earliest day of the next treatment, and the recalls with the day that holds for them now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from masseter.core.follow_up.due import Due, DueReason, next_due
from masseter.core.intervals import longest_interval
from masseter.journey.consult.models import Case, ElsewhereTreatment
from masseter.journey.consult.queries import toxin_dates, toxin_told
from masseter.journey.follow_up.models import Recall
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.inject.models import Treatment
from masseter.journey.people.models import Patient
from masseter.journey.recover.queries import given_on
from masseter.knowledge.load import load

RUNNING = (Recall.State.OPEN, Recall.State.BOOKED)


@dataclass(frozen=True, kw_only=True)
class RecallDay:
    """A recall that waits, the day that holds now, and the window that moved it, if any."""

    recall: Recall
    due_on: date
    moved_by: DueReason | None


def due_of(
    by: Actor, case: Case, treatment: Treatment | None, dates: Collection[date] | None = None
) -> Due | None:
    """The earliest day of the next treatment, outside the window of every toxin that is known of.

    By the last product and protocol of the case; before its first treatment by the condition alone.
    None where no toxin was ever given. `dates`: every known day, where the caller has them.
    """
    known, given = load(), set(toxin_dates(case.patient) if dates is None else dates)
    if treatment is not None:
        given.add(given_on(by, treatment))
    if not given:
        return None
    product = known.products[treatment.product] if treatment is not None else None
    asked = longest_interval(
        condition=known.conditions[case.condition],
        product=product,
        protocol=known.protocols.get(treatment.plan.protocol) if treatment is not None else None,
    )
    return next_due(
        given_on=max(given),
        interval_days=asked.days,
        interval_months=product.interval_months if product is not None else None,
        all_toxin_dates=given,
    )


def recall_of(by: Actor, recall_id: int) -> Recall:
    """One recall.

    Raises: NotHere.
    """
    found = _recalls(by).filter(pk=recall_id).first()
    if found is None:
        raise NotHere("There is no such recall.")
    return found


def running_recalls(by: Actor, *, until: date | None = None) -> list[RecallDay]:
    """Recalls that still wait, the longest overdue first; one whose treatment was given since is left out.

    A correction of an older treatment is no new one.
    """
    given = Treatment.objects.filter(
        case=OuterRef("case"), supersedes=None, signed_at__gt=OuterRef("created_at")
    )
    waiting = recall_days(by, _recalls(by).filter(state__in=RUNNING).filter(~Exists(given)))
    found = [one for one in waiting if until is None or one.due_on <= until]
    return sorted(found, key=lambda one: (one.due_on, one.recall.pk))


def closed_recalls(by: Actor, limit: int = 100) -> list[Recall]:
    """Recalls that are done or dropped, the newest first."""
    return list(_recalls(by).exclude(state__in=RUNNING).order_by("-due_on", "-id")[:limit])


def running_recall(case: Case) -> Recall | None:
    """The recall of a case that still waits."""
    return Recall.objects.filter(case=case, state__in=RUNNING).first()


def recall_days(by: Actor, recalls: Iterable[Recall]) -> list[RecallDay]:
    """Recalls with the day that holds now: never inside the window of a toxin given or told of since."""
    listed = list(recalls)
    patients = {one.patient_id for one in listed}
    newest, dates = _given(by, patients)
    found = []
    for recall in listed:
        due = due_of(by, recall.case, newest.get(recall.case_id), dates.get(recall.patient_id, ()))
        is_moved = due is not None and due.earliest > recall.due_on
        binding = max(due.reasons, key=lambda reason: reason.ends) if due is not None and is_moved else None
        day = due.earliest if due is not None and is_moved else recall.due_on
        found.append(RecallDay(recall=recall, due_on=day, moved_by=binding))
    return found


def _given(by: Actor, patients: Collection[int]) -> tuple[dict[int, Treatment], dict[int, list[date]]]:
    """The newest treatment of each case, and every toxin day of each patient, told from three queries."""
    signed = Treatment.objects.filter(clinic_id=by.clinic_id, patient_id__in=patients)
    current = signed.filter(signed_at__isnull=False, superseded_by=None).select_related("plan")
    newest, dates = dict[int, Treatment](), toxin_told(patients)
    for treatment in current.order_by("given_at", "pk"):
        newest[treatment.case_id] = treatment
        dates.setdefault(treatment.patient_id, []).append(given_on(by, treatment))
    there = ElsewhereTreatment.objects.filter(patient_id__in=patients, withdrawn_at=None)
    for patient_id, day in there.values_list("patient_id", "given_on"):
        dates.setdefault(patient_id, []).append(day)
    return newest, dates


def _recalls(by: Actor) -> QuerySet[Recall]:
    recalls = Recall.objects.filter(clinic_id=by.clinic_id)
    return recalls.select_related("case", "patient", "review")


def earliest_treatment(by: Actor, patient: Patient, condition: str = "") -> Due | None:
    """The first day of a patient's next treatment, whichever toxin on record it follows.

    Of one condition where it is named and has an open case, else the latest day over all open cases.
    None where no toxin is known of, or no case is open.
    """
    open_cases = list(Case.objects.filter(clinic_id=by.clinic_id, patient=patient, state=Case.State.OPEN))
    named = [one for one in open_cases if one.condition == condition]
    newest, dates = _given(by, [patient.pk])
    known = dates.get(patient.pk, [])
    found = [due_of(by, case, newest.get(case.pk), known) for case in named or open_cases]
    return max((due for due in found if due is not None), key=lambda due: due.earliest, default=None)

"""Reading treatments: the newest version of each, and the versions that it replaced."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q, QuerySet, Sum

from masseter.core.plan.compare import MappedPoints
from masseter.core.plan.types import PlannedPoint
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import toxin_dates as all_toxin_dates
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.inject.models import Treatment, VialUse
from masseter.journey.people.models import Patient
from masseter.journey.plan.drafts import point_of_row
from masseter.journey.plan.models import Plan


def _signed(by: Actor) -> QuerySet[Treatment]:
    signed = Treatment.objects.filter(clinic_id=by.clinic_id, signed_at__isnull=False)
    if by.patient_id is not None:
        signed = signed.filter(Q(patient_id=by.patient_id) | Q(patient__merged_into=by.patient_id))
    return signed.select_related("plan", "case__patient", "patient")


def _whole(treatments: QuerySet[Treatment]) -> QuerySet[Treatment]:
    """With points and vials."""
    uses = Prefetch("vial_uses", queryset=VialUse.objects.select_related("vial__lot"))
    return treatments.prefetch_related("points", uses)


def treatment_of(by: Actor, treatment_id: int) -> Treatment:
    """One signed treatment, superseded or not, with its points and vials and the points of its plan.

    Raises: NotHere.
    """
    signed = _whole(_signed(by)).select_related("supersedes", "superseded_by")
    treatment = signed.prefetch_related("plan__points").filter(pk=treatment_id).first()
    if treatment is None:
        raise NotHere("There is no such treatment.")
    return treatment


def treatments_of(by: Actor, subject: Patient | Case) -> list[Treatment]:
    """The newest version of each treatment of a patient or a case, the oldest first."""
    if isinstance(subject, Case):
        mine = Q(case=subject)
    else:
        mine = Q(patient=subject) | Q(patient__merged_into=subject)
    return list(_whole(_signed(by)).filter(mine, superseded_by=None).order_by("given_at", "pk"))


def treatments_given(by: Actor, case: Case) -> list[Treatment]:
    """The treatments of a case with their points and without their vials, the oldest first."""
    mine = _signed(by).filter(case=case, superseded_by=None).prefetch_related("points")
    return list(mine.order_by("given_at", "pk"))


def treatments_listed(by: Actor, case: Case) -> list[Treatment]:
    """The treatments of a case as for a list, without points and vials, the oldest first."""
    return list(_signed(by).filter(case=case, superseded_by=None).order_by("given_at", "pk"))


def last_treatment(by: Actor, case: Case) -> Treatment | None:
    """The last treatment of a case, in its newest version."""
    return _signed(by).filter(case=case, superseded_by=None).order_by("-given_at", "-pk").first()


def treatment_of_plan(by: Actor, plan: Plan) -> Treatment | None:
    """The treatment that a plan led to, in its newest version."""
    return _signed(by).filter(plan=plan, superseded_by=None).first()


def newest_of(by: Actor, treatment: Treatment) -> Treatment:
    """The newest version of a treatment, with points and vials: what was really given, as far as is known.

    Raises: NotHere.
    """
    newest = _whole(_signed(by)).filter(plan_id=treatment.plan_id, superseded_by=None).first()
    if newest is None:
        raise NotHere("There is no such treatment.")
    return newest


def versions_of(by: Actor, treatment: Treatment) -> list[Treatment]:
    """Every version of a treatment, the newest first."""
    return list(_signed(by).filter(plan_id=treatment.plan_id).order_by("-signed_at", "-pk"))


def toxin_dates(by: Actor, patient: Patient) -> list[date]:
    """The days of every toxin treatment on record, here and elsewhere, the newest last.

    Raises: NotHere for another clinic's patient.
    """
    if patient.clinic_id != by.clinic_id:
        raise NotHere("There is no such patient.")
    return all_toxin_dates(patient)


def treatments_to_bill(by: Actor, *, first: date, last: date) -> list[Treatment]:
    """The newest version of each treatment given on these days, the newest first."""
    zone = ZoneInfo(by.zone)
    begins = datetime.combine(first, time.min, tzinfo=zone)
    ends = datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone)
    given = _signed(by).filter(superseded_by=None, given_at__gte=begins, given_at__lt=ends)
    return list(given.select_related("supersedes").order_by("-given_at", "-pk"))


def elsewhere_of_vials(by: Actor, treatment: Treatment) -> dict[int, Decimal]:
    """Units that other treatments took of the same vials, by vial."""
    vials = [use.vial_id for use in treatment.vial_uses.all()]
    uses = VialUse.objects.filter(
        clinic_id=by.clinic_id, vial_id__in=vials, treatment__signed_at__isnull=False
    ).filter(treatment__superseded_by=None)
    others = uses.exclude(treatment__plan_id=treatment.plan_id).values_list("vial_id")
    return dict(others.annotate(Sum("drawn_units")).order_by())


def given_points(treatment: Treatment) -> tuple[PlannedPoint, ...]:
    """What was given, as points to plan the next cycle from."""
    return tuple(point_of_row(row) for row in treatment.points.all())


def mapped_points(treatment: Treatment) -> MappedPoints:
    """What was given, to hold others against."""
    return MappedPoints(
        points=given_points(treatment), product=treatment.product, map_version=treatment.map_version
    )

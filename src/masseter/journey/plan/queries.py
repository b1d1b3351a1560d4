"""Reading plans and their points."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from masseter.journey.consult.models import Assessment, Case, Consent, Decision
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.plan.models import Plan

RUNNING = (Plan.State.DRAFT, Plan.State.PROPOSED, Plan.State.APPROVED)


def _plans(by: Actor) -> QuerySet[Plan]:
    plans = Plan.objects.filter(clinic_id=by.clinic_id)
    return plans.select_related("case__patient__clinic", "case__clinic", "patient")


def plan_of(by: Actor, plan_id: int) -> Plan:
    """One plan with its case, patient, points and reasons.

    Raises: NotHere.
    """
    plans = _plans(by).select_related("own_version__scheme").prefetch_related("points", "overrides")
    plan = plans.filter(pk=plan_id).first()
    if plan is None:
        raise NotHere("There is no such plan.")
    return plan


def plans_of(by: Actor, case: Case) -> list[Plan]:
    """All plans of a case, the oldest first."""
    return list(_plans(by).filter(case=case).order_by("cycle", "pk"))


def running_plan(by: Actor, case: Case) -> Plan | None:
    """The plan of a case that is on its way to a treatment, if there is one."""
    return _plans(by).filter(case=case, state__in=RUNNING).first()


def plans_waiting(by: Actor) -> list[Plan]:
    """Proposed plans that wait for a prescriber, the oldest first."""
    return list(_plans(by).filter(state=Plan.State.PROPOSED).order_by("proposed_at"))


def plans_drafted(by: Actor) -> list[Plan]:
    """Drafts that nobody has proposed yet, the oldest first."""
    return list(_plans(by).filter(state=Plan.State.DRAFT).order_by("created_at"))


def plans_ready(by: Actor) -> list[Plan]:
    """Approved plans that wait for the treatment, the oldest first."""
    return list(_plans(by).filter(state=Plan.State.APPROVED).order_by("approved_at"))


@dataclass(frozen=True, kw_only=True)
class Unplanned:
    """An open case without a plan and never treated: what is there already, and what is missing."""

    case: Case
    has_diagnosis: bool
    has_consent: bool
    decided: str

    @property
    def is_ready(self) -> bool:
        """A plan can be begun."""
        return self.has_diagnosis and self.has_consent


def cases_unplanned(by: Actor) -> list[Unplanned]:
    """Open cases that nobody has planned yet, the oldest first; none where another way was decided."""
    of_case = {"case": OuterRef("pk")}
    newest = Decision.objects.filter(**of_case).order_by("-at", "-id").values("decided")[:1]
    begun = Plan.objects.filter(**of_case, state__in=(*RUNNING, Plan.State.GIVEN))
    cases = (
        Case.objects.filter(clinic_id=by.clinic_id, state=Case.State.OPEN)
        .filter(~Exists(begun))
        .annotate(
            has_diagnosis=Exists(Assessment.objects.filter(**of_case).exclude(diagnosis="")),
            has_consent=Exists(Consent.objects.filter(**of_case, withdrawn_at=None)),
            decided=Subquery(newest),
        )
        .select_related("patient")
        .order_by("created_at", "pk")
    )
    return [
        Unplanned(
            case=case,
            has_diagnosis=case.has_diagnosis,
            has_consent=case.has_consent,
            decided=case.decided or "",
        )
        for case in cases
        if case.decided not in (Decision.Decided.NO, Decision.Decided.OTHER_WAY)
    ]


def next_cycle(case: Case) -> int:
    """The number of the cycle that a new plan of this case is for."""
    given = Plan.objects.filter(case=case, state=Plan.State.GIVEN).order_by("-cycle")
    return (given.values_list("cycle", flat=True).first() or 0) + 1

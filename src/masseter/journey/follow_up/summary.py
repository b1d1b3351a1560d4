"""Counts over all patients, without names: how many cases of each condition stand at which step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from masseter.journey.consult.models import Case
from masseter.journey.follow_up.models import Review
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.plan.models import Plan
from masseter.journey.results.models import DiaryEntry, Score
from masseter.knowledge.load import load

STEPS = ("consult", "plan", "inject", "recover", "results", "follow_up")
# A count from 1 to 4 could point at a person; it is not shown, nor is a sum that would tell it.
SMALLEST_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class ConditionCount:
    """Open cases of one condition by step; None stands for 'fewer than five'."""

    condition: str
    by_step: tuple[int | None, ...]
    total: int | None


def counts(by: Actor) -> list[ConditionCount]:
    """The clinic's open cases by condition and step, small counts hidden."""
    cases = list(Case.objects.filter(clinic_id=by.clinic_id, state=Case.State.OPEN))
    steps = _steps(by)
    counted = Counter((case.condition, steps(case)) for case in cases)
    ordered = sorted(load().conditions.values(), key=lambda one: one.order)
    return [_row(one.code, [counted[(one.code, step)] for step in STEPS]) for one in ordered]


def treated_count(by: Actor) -> int | None:
    """How many patients were treated at least once; None for fewer than five."""
    treated = Treatment.objects.filter(clinic_id=by.clinic_id, signed_at__isnull=False)
    return hide_small(treated.values("patient_id").distinct().count())


def hide_small(count: int) -> int | None:
    """The count, or None where it could point at a person."""
    return None if 0 < count < SMALLEST_SHOWN else count


def _row(condition: str, numbers: list[int]) -> ConditionCount:
    shown = tuple(hide_small(number) for number in numbers)
    total = None if None in shown else sum(numbers)
    return ConditionCount(condition=condition, by_step=shown, total=total)


def _steps(by: Actor) -> Callable[[Case], str]:
    """Where each case stands, told from five queries over the whole clinic."""
    running = Plan.objects.filter(clinic_id=by.clinic_id, state__in=["draft", "proposed", "approved"])
    plans = dict(running.values_list("case_id", "state"))
    signed = Treatment.objects.filter(clinic_id=by.clinic_id, signed_at__isnull=False)
    treated = dict(signed.order_by().values_list("case_id").annotate(Max("given_at")))
    reviews = Review.objects.filter(clinic_id=by.clinic_id).order_by()
    reviewed = dict(reviews.values_list("case_id").annotate(Max("held_on")))
    scored = _newest_days(by)

    def step(case: Case) -> str:
        state = plans.get(case.pk)
        if state is not None:
            return "inject" if state == Plan.State.APPROVED else "plan"
        if case.pk not in treated:
            return "consult"
        given = treated[case.pk].date()
        if case.pk in reviewed and reviewed[case.pk] >= given:
            return "follow_up"
        return "results" if case.pk in scored and scored[case.pk] > given else "recover"

    return step


def _newest_days(by: Actor) -> dict[int, date]:
    scores = Score.objects.filter(clinic_id=by.clinic_id, withdrawn_at=None).order_by()
    entries = DiaryEntry.objects.filter(clinic_id=by.clinic_id).order_by()
    told = scores.values_list("case_id").annotate(newest=Max("day"))
    written = entries.values_list("case_id").annotate(newest=Max("day"))
    newest: dict[int, date] = {}
    for case_id, day in told.union(written, all=True):
        newest[case_id] = max(day, newest.get(case_id, day))
    return newest

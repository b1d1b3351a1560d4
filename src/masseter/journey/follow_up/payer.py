"""What a letter to a payer rests on: the criteria answered from the record, and who recorded what."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Count, Sum

from masseter.core.facts import Observation as Fact
from masseter.core.facts import fact
from masseter.core.follow_up.authorisation import (
    PLANNED_UNITS,
    WORKING_DIAGNOSIS,
    AskedCriterion,
    RequestKind,
    diagnosis_fact,
    headache_days_since,
    payer_criteria,
)
from masseter.core.results.course import DatedScore
from masseter.journey.consult.models import Assessment, Case, Observation
from masseter.journey.consult.queries import facts_of
from masseter.journey.follow_up.models import PayerLetter
from masseter.journey.follow_up.queries import MONTHLY, follow_up_facts
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import treatments_given
from masseter.journey.plan.models import Plan
from masseter.journey.plan.queries import RUNNING
from masseter.journey.results.queries import course_of, plain_number
from masseter.knowledge.load import load

ASKED_PRODUCT = "botox"  # the product whose units the payers' texts speak of


@dataclass(frozen=True, kw_only=True)
class PayerRequest:
    """Everything that a letter says of the record on one day."""

    kind: RequestKind
    criteria: tuple[AskedCriterion, ...]
    recorders: dict[str, str]
    plan: Plan | None
    treatments: list[Treatment]
    baseline: DatedScore | None
    scores: tuple[DatedScore, ...]

    @property
    def seen(self) -> str:
        """What was shown, as a short digest: another answer, value or day gives another one."""
        told = [(each.note.code, each.answer, each.seen) for each in self.criteria]
        plan = (self.plan.pk, self.plan.version) if self.plan else None
        return hashlib.sha256(repr((told, plan, self.scores)).encode()).hexdigest()[:16]


def has_payer_criteria(by: Actor, case: Case) -> bool:
    """Whether anything is on record of what payers ask for a condition in the clinic's place."""
    return any(
        note.kind == "start" and case.condition in note.conditions and by.jurisdiction in note.jurisdictions
        for note in load().billing_notes
        if note.when is not None
    )


def payer_request(by: Actor, case: Case, kind: RequestKind, *, today: date) -> PayerRequest:
    """The criteria of a request, answered on a day."""
    plan = _newest_plan(case)
    facts = {**_facts(by, case, kind, today), **_recorded(case, plan)}
    treatments, baseline, scores = _course(by, case, today) if kind == "renewal" else ([], None, ())
    first = treatments[0] if treatments else None
    first_on = first.given_at.astimezone(ZoneInfo(by.zone)).date() if first else None
    fewer = headache_days_since(scores, baseline, first_on)
    if fewer is not None:
        facts[fewer.code] = fewer
    criteria = payer_criteria(kind, case.condition, facts, knowledge=load(), jurisdiction=by.jurisdiction)
    codes = {known.code for each in criteria for known in each.seen}
    return PayerRequest(
        kind=kind,
        criteria=criteria,
        recorders=_recorders(case, codes),
        plan=plan,
        treatments=treatments,
        baseline=baseline,
        scores=tuple(score for score in scores if first_on and score.day > first_on),
    )


def payer_letters(by: Actor, case: Case) -> list[PayerLetter]:
    """The letters of a case as they were sent, the newest first, without their papers."""
    letters = PayerLetter.objects.filter(clinic_id=by.clinic_id, case=case).defer("pdf", "told")
    return list(letters.order_by("-issued_at", "-id"))


def payer_letter_of(by: Actor, letter_id: int) -> PayerLetter:
    """One letter as it was sent.

    Raises: NotHere.
    """
    letters = PayerLetter.objects.filter(clinic_id=by.clinic_id, pk=letter_id)
    found = letters.select_related("case__patient", "patient").first()
    if found is None:
        raise NotHere("There is no such letter.")
    return found


def _facts(by: Actor, case: Case, kind: RequestKind, today: date) -> dict[str, Fact]:
    return follow_up_facts(by, case, today=today) if kind == "renewal" else facts_of(case, today=today)


def _course(
    by: Actor, case: Case, today: date
) -> tuple[list[Treatment], DatedScore | None, tuple[DatedScore, ...]]:
    """What was given so far, the baseline, and every score: for a continuation alone."""
    course = course_of(case, load().instruments[MONTHLY], today=today)
    return treatments_given(by, case), course.baseline, course.scores


def _newest_plan(case: Case) -> Plan | None:
    """The plan that the request is for: the running one, else the last that was given."""
    plans = Plan.objects.filter(case=case).exclude(state=Plan.State.WITHDRAWN)
    plans = plans.annotate(units=Sum("points__units"), dosed=Count("points__units"), all=Count("points"))
    newest = sorted(plans, key=lambda plan: (plan.state in RUNNING, plan.cycle, plan.pk))
    return newest[-1] if newest else None


def _recorded(case: Case, plan: Plan | None) -> dict[str, Fact]:
    """The working diagnosis and the planned units, as facts."""
    facts = {}
    chosen = Assessment.objects.filter(case=case).exclude(diagnosis="").order_by("made_at", "id").last()
    if chosen is not None:
        type_ = load().observations[WORKING_DIAGNOSIS]
        day = chosen.made_at.astimezone(ZoneInfo(case.clinic.zone)).date()
        made = diagnosis_fact(chosen.diagnosis, [choice.code for choice in type_.choices], day)
        if made is not None:
            facts[made.code] = made
    if plan is not None and plan.product == ASKED_PRODUCT:
        units, is_whole = getattr(plan, "units", None), plan_points(plan)[0] == plan_points(plan)[1]
        if units is not None and is_whole:
            day = plan.created_at.astimezone(ZoneInfo(case.clinic.zone)).date()
            facts[PLANNED_UNITS] = fact(PLANNED_UNITS, plain_number(units), observed_on=day)
    return facts


def plan_points(plan: Plan) -> tuple[int, int]:
    """How many points of the request's plan have a dose, and how many there are."""
    return getattr(plan, "dosed", 0), getattr(plan, "all", 0)


def _recorders(case: Case, codes: Collection[str]) -> dict[str, str]:
    """Who recorded the newest observation of each code."""
    mine = Observation.objects.filter(patient_id=case.patient_id, code__in=codes).order_by(
        "observed_on", "id"
    )
    return dict(mine.values_list("code", "recorded_by_name"))

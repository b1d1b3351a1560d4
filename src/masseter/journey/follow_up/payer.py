"""What a letter to a payer rests on: the criteria answered from the record, and who recorded what."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

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
from masseter.journey.inject.queries import treatments_of
from masseter.journey.plan.models import Plan
from masseter.journey.plan.queries import RUNNING
from masseter.journey.results.queries import course_of
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
    preventives: Fact | None

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
    plan, treatments = _newest_plan(case), treatments_of(by, case)
    course = course_of(case, load().instruments[MONTHLY], today=today)
    facts = {**_facts(by, case, kind, today), **_recorded(case, plan)}
    first = course.treatments[0] if course.treatments else None
    fewer = headache_days_since(course.scores, course.baseline, first)
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
        baseline=course.baseline,
        scores=tuple(score for score in course.scores if first and score.day > first),
        preventives=facts.get("preventives_tried"),
    )


def payer_letters(by: Actor, case: Case) -> list[PayerLetter]:
    """The letters of a case as they were sent, the newest first, without their papers."""
    letters = PayerLetter.objects.filter(clinic_id=by.clinic_id, case=case).defer("pdf")
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


def _newest_plan(case: Case) -> Plan | None:
    """The plan that the request is for: the running one, else the last that was given."""
    plans = Plan.objects.filter(case=case).exclude(state=Plan.State.WITHDRAWN).prefetch_related("points")
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
        points = list(plan.points.all())
        doses = [point.units for point in points if point.units is not None]
        if doses and len(doses) == len(points):
            day = plan.created_at.astimezone(ZoneInfo(case.clinic.zone)).date()
            facts[PLANNED_UNITS] = fact(PLANNED_UNITS, sum(doses, Decimal(0)), observed_on=day)
    return facts


def _recorders(case: Case, codes: Collection[str]) -> dict[str, str]:
    """Who recorded the newest observation of each code."""
    mine = Observation.objects.filter(patient_id=case.patient_id, code__in=codes).order_by(
        "observed_on", "id"
    )
    return dict(mine.values_list("code", "recorded_by_name"))

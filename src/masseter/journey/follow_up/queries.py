"""Reading reviews and recalls, and everything that a review visit needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, cast

from django.db.models import Exists, OuterRef, QuerySet

from masseter.core.facts import Facts, Observation
from masseter.core.follow_up.due import Due, longest_interval_days, next_due
from masseter.core.follow_up.recommend import Recommendation, recommend
from masseter.core.results.course import months_back
from masseter.core.results.cycles import derive_cycle_facts
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import facts_of, toxin_dates
from masseter.journey.consult.verdicts import candidacy_of
from masseter.journey.follow_up.models import Recall, Review
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import last_treatment
from masseter.journey.recover.queries import adverse_events_of, given_on
from masseter.journey.results.queries import course_of, main_instrument
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction

Asked = Literal["none", "recorded", ""]
MONTHLY = "headache_days"  # the measure that the rules over months read
RUNNING = (Recall.State.OPEN, Recall.State.BOOKED)


@dataclass(frozen=True, kw_only=True)
class AtReview:
    """What is known at a review visit: the facts, the advice that follows, and the earliest next day."""

    treatment: Treatment | None
    facts: Facts
    recommendation: Recommendation
    due: Due | None


def at_review(by: Actor, case: Case, *, today: date, wish: str = "", asked: Asked = "") -> AtReview:
    """Everything that a review visit rests on."""
    knowledge = load()
    treatment = last_treatment(by, case)
    facts = follow_up_facts(by, case, today=today, wish=wish, asked=asked, treatment=treatment)
    recommendation = recommend(
        condition=knowledge.conditions[case.condition],
        knowledge=knowledge,
        facts=facts,
        jurisdiction=cast(Jurisdiction, by.jurisdiction),
        findings=candidacy_of(by, case, today=today).findings,
    )
    due = due_of(by, case, treatment)
    return AtReview(treatment=treatment, facts=facts, recommendation=recommendation, due=due)


def follow_up_facts(
    by: Actor,
    case: Case,
    *,
    today: date,
    wish: str = "",
    asked: Asked = "",
    treatment: Treatment | None = None,
) -> dict[str, Observation]:
    """Everything known for a case on a day, with what the cycles, the diary and the events say.

    `asked`: whether the patient was asked for unwanted effects at this visit. Without that, and
    without an event on record, it is not known that there was none.
    """
    knowledge = load()
    condition = knowledge.conditions[case.condition]
    last = treatment or last_treatment(by, case)
    events = adverse_events_of(by, case)
    mine = [event for event in events if last is not None and event.treatment.plan_id == last.plan_id]
    course = course_of(case, main_instrument(case), today=today)
    derived = derive_cycle_facts(
        condition=condition,
        instrument=course.instrument,
        cycles=course.cycles,
        today=today,
        monthly_headache_days=_months(case, today),
        had_adverse_event=True if mine else False if asked else None,
        serious_adverse_event=True if any(e.is_serious for e in events) else False if asked else None,
        wants_more=wish or None,
    )
    return {**facts_of(case, today=today), **derived}


def events_in_cycle(by: Actor, case: Case, treatment: Treatment | None) -> int:
    """How many adverse events are on record since the last treatment."""
    if treatment is None:
        return 0
    return sum(1 for event in adverse_events_of(by, case) if event.treatment.plan_id == treatment.plan_id)


def due_of(by: Actor, case: Case, treatment: Treatment | None) -> Due | None:
    """The earliest day of the next treatment by the last product and protocol; None before the first."""
    if treatment is None:
        return None
    knowledge = load()
    product = knowledge.products[treatment.product]
    days = longest_interval_days(
        condition=knowledge.conditions[case.condition],
        product=product,
        protocol=knowledge.protocols.get(treatment.plan.protocol),
    )
    return next_due(
        given_on=given_on(by, treatment),
        interval_days=days,
        interval_months=product.interval_months,
        all_toxin_dates=toxin_dates(case.patient),
    )


def reviews_of(by: Actor, case: Case) -> list[Review]:
    """The reviews of a case, the newest first."""
    return list(_reviews(by).filter(case=case).order_by("-held_on", "-id"))


def review_of(by: Actor, review_id: int) -> Review:
    """One review.

    Raises: NotHere.
    """
    found = _reviews(by).filter(pk=review_id).first()
    if found is None:
        raise NotHere("There is no such review.")
    return found


def has_review_since(case: Case, treatment: Treatment) -> bool:
    """A review was held after this treatment, or about it."""
    return Review.objects.filter(case=case, treatment__plan_id=treatment.plan_id).exists()


def last_review(case: Case) -> Review | None:
    """The newest review of a case."""
    return Review.objects.filter(case=case).order_by("-held_on", "-id").first()


def _reviews(by: Actor) -> QuerySet[Review]:
    reviews = Review.objects.filter(clinic_id=by.clinic_id)
    if by.patient_id is not None:
        reviews = reviews.filter(patient_id=by.patient_id)
    return reviews.select_related("case__patient", "patient", "treatment")


@dataclass(frozen=True, kw_only=True)
class ReviewDue:
    """A treated case whose review visit may be held, with the days since its treatment."""

    treatment: Treatment
    days: int
    is_late: bool


def reviews_due(by: Actor, *, today: date) -> list[ReviewDue]:
    """Open cases past the first day of their review whose last treatment was not reviewed, longest first."""
    reviewed = Review.objects.filter(treatment__plan_id=OuterRef("plan_id"))
    newest = (
        Treatment.objects.filter(clinic_id=by.clinic_id, case__state=Case.State.OPEN)
        .filter(signed_at__isnull=False, superseded_by=None)
        .annotate(is_reviewed=Exists(reviewed))
        .select_related("patient", "case")
        .order_by("case_id", "-given_at")
        .distinct("case_id")
    )
    conditions = load().conditions
    found = []
    for treatment in newest:
        days = (today - given_on(by, treatment)).days
        window = conditions[treatment.case.condition].review_days
        if not treatment.is_reviewed and days >= window.low:
            found.append(ReviewDue(treatment=treatment, days=days, is_late=days > window.high))
    return sorted(found, key=lambda one: -one.days)


def _recalls(by: Actor) -> QuerySet[Recall]:
    recalls = Recall.objects.filter(clinic_id=by.clinic_id)
    return recalls.select_related("case", "patient", "review")


def recall_of(by: Actor, recall_id: int) -> Recall:
    """One recall.

    Raises: NotHere.
    """
    found = _recalls(by).filter(pk=recall_id).first()
    if found is None:
        raise NotHere("There is no such recall.")
    return found


def running_recalls(by: Actor, *, until: date | None = None) -> list[Recall]:
    """Recalls that still wait, the longest overdue first; one whose treatment was given since is left out."""
    given = Treatment.objects.filter(case=OuterRef("case"), signed_at__gt=OuterRef("created_at"))
    waiting = _recalls(by).filter(state__in=RUNNING).filter(~Exists(given))
    if until is not None:
        waiting = waiting.filter(due_on__lte=until)
    return list(waiting.order_by("due_on", "id"))


def closed_recalls(by: Actor, limit: int = 100) -> list[Recall]:
    """Recalls that are done or dropped, the newest first."""
    return list(_recalls(by).exclude(state__in=RUNNING).order_by("-due_on", "-id")[:limit])


def running_recall(case: Case) -> Recall | None:
    """The recall of a case that still waits."""
    return Recall.objects.filter(case=case, state__in=RUNNING).first()


def _months(case: Case, today: date) -> tuple[Decimal | None, ...] | None:
    """Headache days of each month since the first treatment, where the condition counts them."""
    if MONTHLY not in load().conditions[case.condition].instruments:
        return None
    course = course_of(case, load().instruments[MONTHLY], today=today)
    return months_back(course.scores, course.treatments[0] if course.treatments else None, today)

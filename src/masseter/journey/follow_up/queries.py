"""Reading reviews, and everything that a review visit needs to know."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from masseter.core.facts import Facts, Observation, as_recorded, known_history
from masseter.core.follow_up.due import Due
from masseter.core.follow_up.looks import Look, looks_after, review_days
from masseter.core.follow_up.recommend import Recommendation, recommend
from masseter.core.follow_up.safety import findings_at_review
from masseter.core.results.course import months_back
from masseter.core.results.cycles import Cycle, derive_cycle_facts
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import facts_of, toxin_history
from masseter.journey.follow_up.due_days import due_of
from masseter.journey.follow_up.models import Review
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.inject.models import Treatment
from masseter.journey.recover.models import AdverseEvent, SymptomCheck
from masseter.journey.recover.queries import events_at_review, given_on
from masseter.journey.results.models import DiaryEntry, Score
from masseter.journey.results.queries import CourseOf, course_of, diary_of, main_instrument
from masseter.knowledge.load import load

Asked = Literal["none", "recorded", ""]
MONTHLY = "headache_days"  # the measure that the rules over months read


@dataclass(frozen=True, kw_only=True)
class AtReview:
    """What is known at a review visit: facts, events, the advice that follows, the earliest next day.

    `course`: of the main measure over all cycles; `diary`: all of it.
    """

    treatment: Treatment | None
    events: list[AdverseEvent]
    facts: Facts
    recommendation: Recommendation
    due: Due | None
    course: CourseOf
    diary: list[DiaryEntry]
    looks: tuple[Look, ...] = ()

    @property
    def in_cycle(self) -> list[AdverseEvent]:
        """The adverse events since the last treatment."""
        return _since(self.treatment, self.events)


def at_review(by: Actor, case: Case, *, today: date, wish: str = "", asked: Asked = "") -> AtReview:
    """Everything that a review visit rests on."""
    knowledge = load()
    condition, jurisdiction = knowledge.conditions[case.condition], by.jurisdiction
    treatment, events = last_given(by, case), events_at_review(by, case)
    history = toxin_history(case.patient)
    # The review judges what came of the treatment; what may have changed is asked before the next one.
    known = as_recorded(facts_of(case, today=today, history=history))
    mine = tuple(day for case_id, day in history if case_id == case.pk)
    diary = diary_of(case)
    course = course_of(case, main_instrument(case), today=today, treatments=mine, diary=diary)
    derived = _derived(case, course, treatment, events, today=today, wish=wish, asked=asked)
    facts = {**known, **derived}
    product = treatment.plan.product if treatment else ""
    findings = findings_at_review(
        condition=condition, knowledge=knowledge, facts=known, jurisdiction=jurisdiction, product=product
    )
    recommendation = recommend(
        condition=condition,
        knowledge=knowledge,
        facts=facts,
        jurisdiction=jurisdiction,
        findings=findings,
        diagnosis=treatment.plan.diagnosis if treatment else "",
        product=product,
    )
    due = due_of(by, case, treatment, known_history([day for _, day in history], known) or [])
    return AtReview(
        treatment=treatment,
        events=events,
        facts=facts,
        recommendation=recommendation,
        due=due,
        course=course,
        diary=diary,
        looks=_looks(by, case, treatment),
    )


def _looks(by: Actor, case: Case, treatment: Treatment | None) -> tuple[Look, ...]:
    """When the last treatment is looked at again."""
    if treatment is None:
        return ()
    known = load()
    return looks_after(
        given_on(by, treatment),
        condition=known.conditions[case.condition],
        practice=known.practice,
        product=known.products[treatment.product],
        protocol=known.protocols.get(treatment.plan.protocol),
    )


def follow_up_facts(
    by: Actor, case: Case, *, today: date, wish: str = "", asked: Asked = ""
) -> dict[str, Observation]:
    """Everything known for a case on a day, with what the cycles, the diary and the events say.

    `asked`: whether the patient was asked for unwanted effects at this visit. Without that, and
    without an event on record, it is not known that there was none.
    """
    treatment, events = last_given(by, case), events_at_review(by, case)
    history = toxin_history(case.patient)
    days = tuple(day for case_id, day in history if case_id == case.pk)
    course = course_of(case, main_instrument(case), today=today, treatments=days)
    derived = _derived(case, course, treatment, events, today=today, wish=wish, asked=asked)
    return {**as_recorded(facts_of(case, today=today, history=history)), **derived}


def last_given(by: Actor, case: Case) -> Treatment | None:
    """The last treatment of a case without its points and vials."""
    given = Treatment.objects.filter(clinic_id=by.clinic_id, case=case, signed_at__isnull=False)
    newest = given.filter(superseded_by=None).order_by("-given_at", "-pk")
    return newest.select_related("plan", "case__patient", "patient").first()


def _derived(
    case: Case,
    course: CourseOf,
    treatment: Treatment | None,
    events: list[AdverseEvent],
    *,
    today: date,
    wish: str,
    asked: Asked,
) -> dict[str, Observation]:
    return derive_cycle_facts(
        condition=load().conditions[case.condition],
        instrument=course.instrument,
        cycles=_by_scheme(case, course.cycles, treatment),
        today=today,
        monthly_headache_days=_months(case, course, today),
        had_adverse_event=True if _since(treatment, events) else False if asked else None,
        serious_adverse_event=True if any(event.is_serious for event in events) else False if asked else None,
        wants_more=wish or None,
    )


def _by_scheme(case: Case, cycles: tuple[Cycle, ...], treatment: Treatment | None) -> tuple[Cycle, ...]:
    """The cycles; the running one is judged from the day that its scheme names, where it names one."""
    if not cycles or treatment is None:
        return cycles
    known = load()
    days, _ = review_days(known.conditions[case.condition], known.protocols.get(treatment.plan.protocol))
    return (*cycles[:-1], replace(cycles[-1], review_from=days.low))


def _since(treatment: Treatment | None, events: list[AdverseEvent]) -> list[AdverseEvent]:
    return [event for event in events if treatment and event.treatment.plan_id == treatment.plan_id]


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


@dataclass(frozen=True, kw_only=True)
class Since:
    """What was done since a treatment; `decision` is that of the newest review."""

    is_checked: bool
    is_scored: bool
    is_reviewed: bool
    decision: str


def since_treatment(case: Case, treatment: Treatment) -> Since:
    """Whether symptoms were asked, scores taken and a review held since a treatment: one question."""
    day = treatment.given_at.astimezone(ZoneInfo(case.clinic.zone)).date()
    same = Q(case=OuterRef("pk"), treatment__plan_id=treatment.plan_id)
    later = Q(case=OuterRef("pk"), day__gt=day)
    newest = Review.objects.filter(case=OuterRef("pk")).order_by("-held_on", "-id")
    told = Case.objects.filter(pk=case.pk).values_list(
        Exists(SymptomCheck.objects.filter(same)),
        Exists(Score.objects.filter(later, withdrawn_at=None)),
        Exists(DiaryEntry.objects.filter(later)),
        Exists(Review.objects.filter(same)),
        Subquery(newest.values("decision")[:1]),
    )
    is_checked, has_score, has_diary, is_reviewed, decision = told.get()
    return Since(
        is_checked=is_checked,
        is_scored=has_score or has_diary,
        is_reviewed=is_reviewed,
        decision=decision or "",
    )


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
        .select_related("patient", "case", "plan")
        .order_by("case_id", "-given_at")
        .distinct("case_id")
    )
    known = load()
    found = []
    for treatment in newest:
        days = (today - given_on(by, treatment)).days
        protocol = known.protocols.get(treatment.plan.protocol)
        window, _ = review_days(known.conditions[treatment.case.condition], protocol)
        if not treatment.is_reviewed and days >= window.low:
            found.append(ReviewDue(treatment=treatment, days=days, is_late=days > window.high))
    return sorted(found, key=lambda one: -one.days)


def _months(case: Case, main: CourseOf, today: date) -> tuple[Decimal | None, ...] | None:
    """Headache days of each month since the first treatment, where the condition counts them."""
    if MONTHLY not in load().conditions[case.condition].instruments:
        return None
    is_main = main.instrument.code == MONTHLY
    course = main if is_main else course_of(case, load().instruments[MONTHLY], today=today)
    return months_back(course.scores, course.treatments[0] if course.treatments else None, today)

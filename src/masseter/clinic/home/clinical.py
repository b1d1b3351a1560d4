"""What waits for those who treat: symptom checks, plans, reviews, drafts."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.text import Truncator

from masseter.clinic.home.items import WorkItem, WorkList
from masseter.journey.consult.releases import questions_waiting
from masseter.journey.follow_up.queries import reviews_due
from masseter.journey.ground.actor import Actor
from masseter.journey.plan.models import Plan
from masseter.journey.plan.queries import (
    Unplanned,
    cases_unplanned,
    plans_drafted,
    plans_ready,
    plans_waiting,
)
from masseter.journey.recover.models import AdverseEvent
from masseter.journey.recover.queries import checks_waiting, events_to_look_at
from masseter.knowledge.load import load
from masseter.ui.symptoms import event_words, said_yes
from masseter.ui.words import VERDICTS

LONGEST_WORDS = 80  # of what a patient wrote; the whole stands on its page


def symptom_checks(by: Actor, today: date) -> WorkList:
    """Symptom checks that ask for a call or for help."""
    items = [
        WorkItem(
            name=str(check.patient),
            words=f"day {check.day}: {', '.join(said_yes(check)) or 'questions left open'}",
            url=reverse("symptom_check", args=[check.pk]),
            mark=VERDICTS[check.grade].words,
            tone=VERDICTS[check.grade].tone,
        )
        for check in checks_waiting(by)
    ]
    return WorkList(title="Symptom checks to answer", icon="phone-call", items=items)


def unwanted_effects(by: Actor, today: date) -> WorkList:
    """Unwanted effects that a patient reported and nobody looked at, and serious ones that are not over."""
    items = [
        WorkItem(
            name=str(event.patient),
            words=_event_words(event),
            url=reverse("adverse", args=[event.pk]),
            mark="serious" if event.is_serious else event.severity,
            tone="stop" if event.needs_a_call else "caution",
        )
        for event in events_to_look_at(by)
    ]
    return WorkList(title="Unwanted effects to look at", icon="alert-circle", items=items)


def consent_questions(by: Actor, today: date) -> WorkList:
    """Questions about a consent that nobody has answered."""
    items = [
        WorkItem(
            name=str(one.patient),
            words=Truncator(one.words).chars(LONGEST_WORDS),
            url=reverse("consent_answer", args=[one.pk]),
        )
        for one in questions_waiting(by)
    ]
    return WorkList(title="Questions about a consent", icon="message", items=items)


def plans_to_approve(by: Actor, today: date) -> WorkList:
    """Proposed plans."""
    items = [
        WorkItem(
            name=str(plan.patient),
            words=_plan_words(plan, f"proposed by {plan.proposed_by_name}"),
            url=reverse("plan", args=[plan.pk]),
        )
        for plan in plans_waiting(by)
    ]
    return WorkList(title="Plans to approve", icon="clipboard-check", items=items)


def plans_to_give(by: Actor, today: date) -> WorkList:
    """Approved plans."""
    items = [
        WorkItem(
            name=str(plan.patient),
            words=_plan_words(plan, f"approved by {plan.approved_by_name}"),
            url=reverse("treatment_prepare", args=[plan.pk]),
        )
        for plan in plans_ready(by)
    ]
    return WorkList(title="Plans to inject", icon="vaccine", items=items)


def consultations(by: Actor, today: date) -> WorkList:
    """Open cases without a plan that lack a diagnosis, the shared decision or the consent."""
    items = [
        WorkItem(
            name=str(one.case.patient),
            words=f"{_condition(one.case.condition)}: {_lacking(one)}",
            url=reverse("case", args=[one.case.pk]),
            mark="thinks about it" if one.decided == "wait" else "",
        )
        for one in cases_unplanned(by)
        if not one.is_ready
    ]
    return WorkList(title="Consultations to finish", icon="stethoscope", items=items)


def cases_to_plan(by: Actor, today: date) -> WorkList:
    """Open cases with diagnosis and consent that nobody has planned."""
    items = [
        WorkItem(
            name=str(one.case.patient),
            words=f"{_condition(one.case.condition)}: diagnosis and consent are there",
            url=reverse("plan_new", args=[one.case.pk]),
            mark="thinks about it" if one.decided == "wait" else "",
        )
        for one in cases_unplanned(by)
        if one.is_ready
    ]
    return WorkList(title="Cases to plan", icon="map-pin", items=items)


def drafts(by: Actor, today: date) -> WorkList:
    """Plans that were begun and not proposed."""
    items = [
        WorkItem(
            name=str(plan.patient),
            words=_plan_words(plan, f"begun by {plan.drafted_by_name}"),
            url=reverse("plan", args=[plan.pk]),
        )
        for plan in plans_drafted(by)
    ]
    return WorkList(title="Drafts to finish", icon="pencil", items=items)


def reviews(by: Actor, today: date) -> WorkList:
    """Treated cases whose review may be held."""
    items = [
        WorkItem(
            name=str(due.treatment.patient),
            words=f"{_condition(due.treatment.case.condition)}, day {due.days}, cycle {due.treatment.cycle}",
            url=reverse("review_add", args=[due.treatment.case_id]),
            mark="late" if due.is_late else "due",
            tone="caution" if due.is_late else "plain",
        )
        for due in reviews_due(by, today=today)
    ]
    return WorkList(title="Reviews due", icon="clipboard-heart", items=items)


def _event_words(event: AdverseEvent) -> str:
    what = Truncator(event_words(event).rstrip(". ")).chars(LONGEST_WORDS)
    by = ", reported by the patient" if event.is_unseen else ""
    return f"{what}, since {event.started_on.day} {event.started_on:%B %Y}{by}"


def _lacking(one: Unplanned) -> str:
    missing = [
        words
        for words, is_there in (
            ("diagnosis", one.has_diagnosis),
            ("decision", bool(one.decided)),
            ("consent", one.has_consent),
        )
        if not is_there
    ]
    return f"{', '.join(missing)} still open"


def _plan_words(plan: Plan, who: str) -> str:
    return f"{_condition(plan.condition)}, cycle {plan.cycle}, {who}"


def _condition(code: str) -> str:
    return load().conditions[code].name

"""What waits for a person today, by their rights: lists in the order of a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from masseter.clinic.home import clinical, office
from masseter.clinic.home.items import WorkList
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Right

Maker = Callable[[Actor, date], WorkList]

# A list and the right that its page asks for, the most urgent first.
LISTS: tuple[tuple[Right, Maker], ...] = (
    (Right.RECORD_SYMPTOMS, clinical.symptom_checks),
    (Right.RECORD_SYMPTOMS, clinical.unwanted_effects),
    (Right.SEE_AUDIT, office.trail_faults),
    (Right.KEEP_PEOPLE, office.alerts),
    (Right.KEEP_CALENDAR, office.appointments),
    (Right.TAKE_CONSENT, clinical.consent_questions),
    (Right.APPROVE_PLAN, clinical.plans_to_approve),
    (Right.INJECT, clinical.plans_to_give),
    (Right.REVIEW, clinical.reviews),
    (Right.PLAN, clinical.drafts),
    (Right.PLAN, clinical.cases_to_plan),
    (Right.CONSULT, clinical.consultations),
    (Right.KEEP_REFERRALS, office.picked_times),
    (Right.KEEP_REFERRALS, office.requests),
    (Right.ANSWER_ABOUT_RECORDS, office.asked),
    (Right.KEEP_REFERRALS, office.recalls),
    (Right.KEEP_PEOPLE, office.lost_messages),
    (Right.KEEP_MESSAGES, office.stuck_messages),
    (Right.KEEP_STOCK, office.stock),
    (Right.KEEP_STAFF, office.staff_without_factor),
    (Right.KEEP_STAFF, office.knowledge_due),
)


def lists_for(by: Actor, today: date) -> list[WorkList]:
    """The lists with something in them, each one that the person may act on."""
    made = [make(by, today) for right, make in LISTS if by.may(right)]
    return [one for one in made if one.items]

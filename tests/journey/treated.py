"""A migraine treated some weeks ago, with a baseline and a score after it; a jaw treated beside it."""

from __future__ import annotations

from decimal import Decimal

from masseter.journey.consult.models import Case
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.people.models import Patient
from masseter.journey.results.actions import add_score
from tests.days import days_back
from tests.factories import make_ready_case
from tests.journey.given import MIGRAINE, approved_plan, healthy, make_lot, make_treatment, vials_of

DAYS_AGO = 60
SCORED_AFTER = 30


def score(by: Actor, case: Case, days: int) -> None:
    """So many headache days, entered today."""
    day = clock.today(by.zone)
    add_score(by=by, case=case, instrument="headache_days", day=day, answers={"days": Decimal(days)})


def treated(
    by: Actor, *, days_ago: int = DAYS_AGO, patient: Patient | None = None, before: int = 20
) -> Treatment:
    """Treated so many days ago, from 20 headache days to 10 a month later."""
    with clock.travel(days_back(days_ago)):
        case = make_ready_case(
            by,
            condition="chronic_migraine",
            diagnosis="chronic_migraine",
            patient=patient,
            **healthy(),
            **MIGRAINE,
        )
        score(by, case, before)
        lot = make_lot(by, number=f"C{case.pk}C3")
        treatment = make_treatment(by, approved_plan(by, case), vials_of(lot)[:1])
    if days_ago > SCORED_AFTER:
        with clock.travel(days_back(days_ago - SCORED_AFTER)):
            score(by, case, 10)
    return treatment


def jaw_treated(by: Actor, patient: Patient, *, days_ago: int = 0) -> Treatment:
    """The jaw of a patient treated so many days ago, as a case of its own."""
    with clock.travel(days_back(days_ago)):
        case = make_ready_case(
            by, condition="tmd", diagnosis="myalgia", patient=patient, **healthy(), jaw_pain=True
        )
        plan = approved_plan(by, case, "tmd_low_botox")
        lot = make_lot(by, number=f"J{case.pk}", presentation=plan.presentation)
        return make_treatment(by, plan, vials_of(lot)[:1])

"""A history of toxin that is not known is asked for, in verdict, plan and treatment: unknown is not none."""

from __future__ import annotations

from datetime import timedelta

import pytest

from masseter.core.findings import Finding
from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.actions import add_elsewhere_treatment
from masseter.journey.consult.models import Case
from masseter.journey.consult.verdicts import candidacy_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.preparing import prepare
from masseter.journey.plan.checking import check
from tests.conftest import ActorMaker
from tests.factories import make_ready_case
from tests.journey.given import (
    DOCTOR,
    MIGRAINE,
    approved_plan,
    healthy,
    make_lot,
    session_for,
    vials_of,
)

OPEN = "toxin-within-12-weeks-open"
NEVER_ASKED = "never asked"


def case_with(by: Actor, had: object) -> Case:
    known = {**healthy(), **MIGRAINE, "had_toxin_before": had}
    if had == NEVER_ASKED:
        del known["had_toxin_before"]
    return make_ready_case(by, condition="chronic_migraine", diagnosis="chronic_migraine", **known)


def verdict(by: Actor, case: Case) -> tuple[Finding, ...]:
    return candidacy_of(by, case, today=clock.today(by.zone)).findings


def everywhere(by: Actor, case: Case) -> list[list[Finding]]:
    """What verdict, plan and treatment find about the history."""
    plan = approved_plan(by, case)
    vials = vials_of(make_lot(by))[:1]
    treatment = prepare(by, plan, session_for(by, plan, vials), vials)
    found = (verdict(by, case), check(by, plan, today=clock.today(by.zone)).findings, treatment.findings)
    return [[each for each in findings if each.code == OPEN] for findings in found]


@pytest.mark.parametrize(
    ("had", "asks"),
    [(NEVER_ASKED, "had_toxin_before"), (None, "had_toxin_before"), (True, "last_toxin_on")],
)
def test_unknown_history_asks_in_verdict_plan_and_treatment(
    clinic: Clinic, actor: ActorMaker, had: object, asks: str
) -> None:
    by = actor(*DOCTOR)
    case = case_with(by, had)

    found = everywhere(by, case)

    assert [[(each.severity, each.asks) for each in place] for place in found] == [[("caution", (asks,))]] * 3
    candidacy = candidacy_of(by, case, today=clock.today(by.zone))
    assert candidacy.verdict == "needs_information"
    assert asks in candidacy.questions


def test_no_toxin_before_asks_nothing(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    case = case_with(by, False)

    assert everywhere(by, case) == [[], [], []]
    assert candidacy_of(by, case, today=clock.today(by.zone)).verdict == "candidate"


def test_a_dated_treatment_elsewhere_answers_the_question(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    case = case_with(by, None)
    day = clock.today(by.zone) - timedelta(days=40)

    add_elsewhere_treatment(by=by, patient=case.patient, given_on=day)

    codes = {each.code for each in verdict(by, case)}
    assert OPEN not in codes
    assert "toxin-within-12-weeks" in codes

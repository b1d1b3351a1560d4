"""What a questionnaire tells the record beside its score."""

from __future__ import annotations

from datetime import timedelta

import pytest

from masseter.core.consult.flags import open_red_flags
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import facts_of, standings_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.results.actions import add_score
from masseter.knowledge.load import load
from tests.conftest import ActorMaker
from tests.factories import actor_of_patient, make_case, make_portal_patient
from tests.journey.given import DOCTOR

NONE_OF_IT = dict.fromkeys(("interest", "low", "sleep", "tired", "appetite", "failure", "focus", "slow"), "0")


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


def flags(case: Case, by: Actor) -> list[str]:
    facts = facts_of(case, today=clock.today(by.zone))
    found = open_red_flags(knowledge=load(), facts=facts, condition=None, jurisdiction="UK")
    return [each.code for each in found]


def test_questionnaire_that_is_not_whole_is_refused_and_tells_nothing(by: Actor) -> None:
    case = make_case(by)

    with pytest.raises(Refused):
        add_score(by=by, case=case, instrument="phq9", day=clock.today(by.zone), answers={"harm": "1"})

    assert standings_of(case.patient, case) == {}


def test_no_thought_of_self_harm_raises_nothing(by: Actor) -> None:
    case = make_case(by)

    add_score(
        by=by, case=case, instrument="phq9", day=clock.today(by.zone), answers={**NONE_OF_IT, "harm": "0"}
    )

    assert "flag_crisis" not in standings_of(case.patient, case)


@pytest.mark.parametrize("is_patient", [True, False])
def test_thought_of_self_harm_raises_the_crisis_sign_from_patient_and_staff(
    by: Actor, is_patient: bool
) -> None:
    patient = make_portal_patient(by)
    case = make_case(by, patient)
    who = actor_of_patient(patient) if is_patient else by
    long_ago = clock.today(by.zone) - timedelta(days=5)

    add_score(by=who, case=case, instrument="phq9", day=long_ago, answers={**NONE_OF_IT, "harm": "1"})

    assert flags(case, by) == ["red-flag-crisis"]
    assert facts_of(case, today=clock.today(by.zone))["flag_crisis"].observed_on == clock.today(by.zone)


def test_graded_pain_and_distress_go_on_record_as_observations(by: Actor) -> None:
    case, today = make_case(by), clock.today(by.zone)
    severe = {"pain_days": 90, "lost_days": 10, "now": 6, "worst": 8, "average": 6}

    add_score(
        by=by, case=case, instrument="gcps", day=today, answers={**severe, "daily": 7, "social": 7, "work": 7}
    )
    worries = {"nervous": "2", "worry": "2", "interest": "1", "low": "1"}
    add_score(by=by, case=case, instrument="phq4", day=today, answers=worries)

    facts = facts_of(case, today=today)
    assert (facts["gcps_grade"].value, facts["distress_score"].value) == ("4", 6)


def test_older_questionnaire_does_not_replace_a_newer_one(by: Actor) -> None:
    case, today = make_case(by), clock.today(by.zone)
    calm, worried = (dict.fromkeys(("nervous", "worry", "interest", "low"), mark) for mark in "03")

    add_score(by=by, case=case, instrument="phq4", day=today, answers=worried)
    add_score(by=by, case=case, instrument="phq4", day=today - timedelta(days=20), answers=calm)

    assert facts_of(case, today=today)["distress_score"].value == 12

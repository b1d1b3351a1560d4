"""What payers ask before they pay: met, not met, not known; not known is never met."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from masseter.core.answers import Answer
from masseter.core.facts import Observation, ObservationValue
from masseter.core.follow_up.authorisation import (
    AskedCriterion,
    RequestKind,
    diagnosis_fact,
    headache_days_since,
    payer_criteria,
)
from masseter.core.results.course import DatedScore
from masseter.knowledge.load import load

KNOWN = load()
DAY = date(2026, 3, 2)
MET, NOT, OPEN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN


def asked(kind: RequestKind, stale: bool = False, **values: ObservationValue) -> dict[str, AskedCriterion]:
    facts = {
        code: Observation(code=code, value=value, observed_on=DAY, reported_by="patient", is_stale=stale)
        for code, value in values.items()
    }
    found = payer_criteria(kind, "chronic_migraine", facts, knowledge=KNOWN, jurisdiction="US")
    return {each.note.code: each for each in found}


@pytest.mark.parametrize("kind", ["start", "renewal"])
def test_nothing_known_meets_nothing(kind: RequestKind) -> None:
    found = asked(kind)

    assert len(found) >= 5
    assert {each.answer for each in found.values()} == {OPEN}
    assert all(each.missing or each.is_by_hand for each in found.values())


@pytest.mark.parametrize(
    ("code", "values", "answer"),
    [
        ("start-age", {"age_years": 17}, NOT),
        ("start-age", {"age_years": 18}, MET),
        ("start-days", {"headache_days": 14, "headache_over_3_months": True}, NOT),
        ("start-days", {"headache_days": 15, "headache_over_3_months": True}, MET),
        ("start-days", {"headache_days": 20}, OPEN),
        ("start-hours", {"long_headache_days": 8}, NOT),
        ("start-hours-eight", {"long_headache_days": 8}, MET),
        ("start-hours-eight", {"long_headache_days": 3}, OPEN),
        ("start-diagnosis", {"working_diagnosis": "chronic_migraine"}, MET),
        ("start-diagnosis", {"working_diagnosis": "other"}, NOT),
        (
            "start-preventives",
            {"preventives_tried": ("topiramate", "valproate"), "preventives_short": ("none",)},
            NOT,
        ),
        ("start-preventives", {"preventives_tried": ("topiramate", "beta_blocker")}, OPEN),
        (
            "start-preventives",
            {"preventives_tried": ("topiramate", "beta_blocker"), "preventives_short": ("none",)},
            MET,
        ),
        (
            "start-preventives",
            {"preventives_tried": ("topiramate", "beta_blocker"), "preventives_short": ("beta_blocker",)},
            NOT,
        ),
        # A sartan is a class elsewhere, and none of the four that this payer names.
        (
            "start-preventives",
            {"preventives_tried": ("topiramate", "candesartan"), "preventives_short": ("none",)},
            NOT,
        ),
        ("start-overuse", {"painkiller_days": 14, "triptan_days": 9}, MET),
        ("start-overuse", {"painkiller_days": 15, "triptan_days": 0, "overuse_managed": False}, NOT),
        ("start-overuse", {"painkiller_days": 15, "triptan_days": 0, "overuse_managed": True}, MET),
        ("start-dose", {"planned_botox_units": Decimal(155)}, MET),
        ("start-dose", {"planned_botox_units": Decimal(160)}, NOT),
        ("renewal-days", {"headache_days_fewer": Decimal(7)}, MET),
        # Seven days are not reached, and the hours were never counted: that is not known, not 'no'.
        ("renewal-days", {"headache_days_fewer": Decimal(6)}, OPEN),
        ("renewal-any", {"headache_days_fewer": Decimal(1)}, MET),
        ("renewal-any", {"headache_days_fewer": Decimal(0)}, NOT),
        ("renewal-thirty", {"cycles_reviewed": 1, "review_fall_percent": Decimal(60)}, NOT),
        ("renewal-thirty", {"cycles_reviewed": 2, "review_fall_percent": Decimal(30)}, MET),
        ("renewal-half", {"review_fall_percent": Decimal(50)}, MET),
        ("renewal-half", {"review_fall_percent": Decimal(49)}, OPEN),
        ("renewal-interval", {"days_since_treatment": 83}, NOT),
        ("renewal-interval", {"days_since_treatment": 84}, MET),
    ],
)
def test_criterion(code: str, values: dict[str, ObservationValue], answer: Answer) -> None:
    kind: RequestKind = "start" if code.startswith("start") else "renewal"

    assert asked(kind, **values)[code].answer is answer


@pytest.mark.parametrize("code", ["start-who", "start-cgrp-beside", "start-dose-all"])
def test_what_the_record_does_not_hold_is_answered_by_hand(code: str) -> None:
    found = asked("start", headache_days=20)[code]

    assert (found.answer, found.is_by_hand) == (OPEN, True)


def test_answer_that_is_too_old_does_not_count_and_is_still_shown() -> None:
    found = asked("start", stale=True, long_headache_days=20)["start-hours"]

    assert found.answer is OPEN
    assert [known.value for known in found.seen] == [20]


def test_criterion_shows_what_it_rests_on() -> None:
    found = asked("start", headache_days=20, headache_over_3_months=True)["start-days"]

    assert [known.code for known in found.seen] == ["headache_days", "headache_over_3_months"]
    assert {known.observed_on for known in found.seen} == {DAY}


@pytest.mark.parametrize("here", ["UK", "EU"])
def test_other_places_have_no_criteria_of_american_payers(here: str) -> None:
    assert payer_criteria("start", "chronic_migraine", {}, knowledge=KNOWN, jurisdiction=here) == ()  # type: ignore[arg-type]  # one of three


def test_other_conditions_are_asked_nothing_that_is_of_migraine() -> None:
    found = payer_criteria("start", "bruxism", {}, knowledge=KNOWN, jurisdiction="US")

    assert [each.note.code for each in found] == ["start-jaw"]


def test_fall_is_that_of_the_newest_score_after_the_first_treatment() -> None:
    before = DatedScore(day=date(2026, 1, 1), total=Decimal(20), is_baseline=True)
    scores = [
        before,
        DatedScore(day=date(2026, 2, 1), total=Decimal(9)),
        DatedScore(day=DAY, total=Decimal(12)),
    ]

    found = headache_days_since(scores, before, date(2026, 1, 5))

    assert found is not None
    assert (found.value, found.observed_on) == (8, DAY)
    assert headache_days_since(scores, None, date(2026, 1, 5)) is None
    assert headache_days_since(scores, before, None) is None
    assert headache_days_since(scores, before, DAY) is None


def test_diagnosis_that_payers_do_not_name_is_another_one() -> None:
    known = ["chronic_migraine", "other"]

    assert diagnosis_fact("", known, DAY) is None
    found = [diagnosis_fact(code, known, DAY) for code in ("chronic_migraine", "tension_type")]
    assert [each and each.value for each in found] == ["chronic_migraine", "other"]
    assert found[0] == replace(found[1], value="chronic_migraine")  # type: ignore[type-var]  # both are there

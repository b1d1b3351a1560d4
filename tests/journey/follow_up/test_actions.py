"""Reviews and recalls: refusals first."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from masseter.journey.consult.models import Case
from masseter.journey.follow_up.actions import hold_review, set_recall_state
from masseter.journey.follow_up.due_days import running_recall, running_recalls
from masseter.journey.follow_up.models import Recall, Review
from masseter.journey.follow_up.queries import at_review, follow_up_facts, reviews_due
from masseter.journey.follow_up.summary import counts, hide_small
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.recover.actions import add_adverse_event
from masseter.journey.results.actions import add_score
from tests.conftest import ActorMaker
from tests.days import days_back
from tests.factories import make_case, observe
from tests.journey.given import DOCTOR, approved_plan, make_treatment, migraine_case

DAYS_AGO = 60


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def case(by: Actor) -> Case:
    """A migraine treated two months ago that went from 20 headache days to 10."""
    with clock.travel(days_back(DAYS_AGO)):
        case = migraine_case(by)
        score(by, case, 20)
        make_treatment(by, approved_plan(by, case))
    with clock.travel(days_back(DAYS_AGO - 30)):
        score(by, case, 10)
    return case


def score(by: Actor, case: Case, days: int) -> None:
    day = clock.today(by.zone)
    add_score(by=by, case=case, instrument="headache_days", day=day, answers={"days": Decimal(days)})


def review(by: Actor, case: Case, **other: Any) -> Review:
    """A review that repeats on the earliest day, with a reason for what is still open."""
    due = at_review(by, case, today=clock.today(by.zone)).due
    said = {
        "effect": "Half of the headaches are gone.",
        "asked": "none",
        "wish": "yes",
        "decision": "repeat",
        "reason": "The open questions were talked through.",
        "next_due_on": due.earliest if due else None,
    }
    return hold_review(by=by, case=case, **{**said, **other})


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"effect": " "}, "effect"),
        ({"wish": ""}, "wish"),
        ({"asked": ""}, "asked"),
        ({"asked": "recorded"}, "asked"),
        ({"decision": "something"}, "decision"),
        ({"decision": "stop", "next_due_on": None, "reason": ""}, "reason"),
        ({"reason": " "}, "reason"),
        ({"next_due_on": None}, "next_due_on"),
    ],
)
def test_review_with_something_missing_is_refused_at_its_field(
    by: Actor, case: Case, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        review(by, case, **changed)

    assert refusal.value.field == field


def test_allergy_to_a_component_of_the_product_in_use_recommends_an_end(by: Actor, case: Case) -> None:
    observe(by, case, allergies=("human_albumin",))

    advice = at_review(by, case, today=clock.today(by.zone)).recommendation

    assert ("allergy-albumin", "stop") in {(each.code, each.recommends) for each in advice.reasons}


def test_review_with_a_day_inside_the_interval_is_refused(by: Actor, case: Case) -> None:
    due = at_review(by, case, today=clock.today(by.zone)).due
    assert due is not None

    with pytest.raises(Refused, match="inside the interval"):
        review(by, case, next_due_on=due.earliest - timedelta(days=1))


def test_review_that_says_no_event_where_one_is_on_record_is_refused(by: Actor, case: Case) -> None:
    treatment = at_review(by, case, today=clock.today(by.zone)).treatment
    assert treatment is not None
    add_adverse_event(
        by=by, treatment=treatment, started_on=clock.today(by.zone), severity="mild", effect="bruise"
    )

    with pytest.raises(Refused, match="on record"):
        review(by, case)


def test_review_of_a_closed_case_is_refused(by: Actor, case: Case) -> None:
    case.state = Case.State.CLOSED

    with pytest.raises(Refused, match="closed"):
        review(by, case)


def test_review_without_having_asked_for_events_asks_first(by: Actor, case: Case) -> None:
    seen = at_review(by, case, today=clock.today(by.zone), wish="yes")

    assert seen.recommendation.recommends == "ask"
    assert "serious_adverse_event" in seen.recommendation.questions


def test_review_as_recommended_keeps_reasons_and_opens_a_recall(by: Actor, case: Case) -> None:
    kept = review(by, case)

    recall = running_recall(case)
    assert kept.recommendation["so_far"] == "repeat"
    assert kept.facts["fall_percent"] == "50.0"
    assert recall is not None
    assert recall.due_on == kept.next_due_on


def test_review_against_advice_with_a_reason_is_kept(by: Actor, case: Case) -> None:
    kept = review(by, case, decision="stop", reason="The patient moves away.", next_due_on=None)

    assert kept.decision == "stop"
    assert running_recall(case) is None


def test_review_with_a_serious_event_recommends_to_refer(by: Actor, case: Case) -> None:
    today = clock.today(by.zone)
    treatment = at_review(by, case, today=today).treatment
    assert treatment is not None
    add_adverse_event(
        by=by, treatment=treatment, started_on=today, severity="severe", effect="dysphagia", is_serious=True
    )

    seen = at_review(by, case, today=today, wish="yes", asked="recorded")

    assert seen.recommendation.recommends == "refer"


def test_serious_event_after_another_condition_of_the_patient_refers_too(by: Actor, case: Case) -> None:
    today = clock.today(by.zone)
    treatment = at_review(by, case, today=today).treatment
    assert treatment is not None
    event = add_adverse_event(
        by=by, treatment=treatment, started_on=today, severity="severe", effect="dysphagia", is_serious=True
    )
    jaw = make_case(by, case.patient, "tmd")

    seen = at_review(by, jaw, today=today, wish="yes", asked="none")

    assert seen.recommendation.recommends == "refer"
    assert seen.events == [event]
    assert seen.in_cycle == []


def test_review_is_due_until_it_is_held(by: Actor, case: Case) -> None:
    today = clock.today(by.zone)

    before = reviews_due(by, today=today)
    review(by, case)

    assert [one.treatment.case for one in before] == [case]
    assert reviews_due(by, today=today) == []


def test_facts_of_a_case_never_scored_leave_the_response_unknown(by: Actor) -> None:
    facts = follow_up_facts(by, make_case(by), today=clock.today(by.zone))

    assert "fall_percent" not in facts
    assert "had_adverse_event" not in facts


def test_recall_dropped_without_a_reason_is_refused(by: Actor, case: Case) -> None:
    review(by, case)
    recall = running_recalls(by)[0].recall

    with pytest.raises(Refused) as refusal:
        set_recall_state(by=by, recall=recall, state="dropped")

    assert refusal.value.field == "note"


def test_recall_done_cannot_be_opened_again(by: Actor, case: Case) -> None:
    review(by, case)
    recall = running_recalls(by)[0].recall
    set_recall_state(by=by, recall=recall, state="done")

    with pytest.raises(Refused):
        set_recall_state(by=by, recall=recall, state="open")

    assert Recall.objects.get(pk=recall.pk).state == "done"


def test_recall_is_replaced_by_the_next_review(by: Actor, case: Case) -> None:
    review(by, case)
    first = running_recall(case)

    review(by, case)

    second = running_recall(case)
    assert first is not None
    assert second is not None
    assert first.pk != second.pk
    assert Recall.objects.get(pk=first.pk).state == "done"


def test_counts_hide_what_could_point_at_a_person(by: Actor, case: Case) -> None:
    rows = {row.condition: row for row in counts(by)}

    assert rows["chronic_migraine"].total is None
    assert rows["tmd"].total == 0
    assert [hide_small(number) for number in (0, 1, 4, 5)] == [0, None, None, 5]

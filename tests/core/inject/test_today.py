"""The questions of the day: asked, kept, and weighed by the same rules as the history."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from masseter.core.facts import NOT_APPLICABLE, Observation, ObservationValue, fact
from masseter.core.findings import Finding
from masseter.core.inject.today import TodayAnswers, with_today
from masseter.core.inject.types import TimeOut
from masseter.knowledge.load import load
from tests.core.builders import TODAY, finding_rule, observation_type, value
from tests.core.inject.test_check import NOTHING_NEW, treated
from tests.core.plan.builders import knowledge, patient

TYPES = load().observations
LONG_AGO = TODAY - timedelta(days=200)


def time_out(today: TodayAnswers) -> TimeOut:
    return TimeOut(
        identifiers=("name", "birth_date"),
        consent_confirmed=True,
        plan_confirmed=True,
        allergies_confirmed=True,
        today=today,
    )


def found(today: TodayAnswers, *, known: ObservationValue = None, on: object = TODAY) -> tuple[Finding, ...]:
    """The findings where infection at a site is a stop, asked and answered once before."""
    place = knowledge(
        precautions=(finding_rule("infection_at_site", severity="stop"),),
        observations={
            "infection_at_site": observation_type("infection_at_site", valid_days=value(30, unit="days"))
        },
    )
    before = patient()
    held = {"infection_at_site": fact("infection_at_site", known, observed_on=on)}  # type: ignore[arg-type]  # a day
    return treated(
        knowledge=place,
        timeout=time_out(today),
        patient=replace(before, facts={**before.facts, **held}),
    )


@pytest.mark.parametrize("left_open", ["infection", "pregnancy", "news"])
def test_question_that_was_not_asked_stops(left_open: str) -> None:
    codes = [each.code for each in treated(timeout=time_out(replace(NOTHING_NEW, **{left_open: None})))]

    assert codes == ["time-out-incomplete"]


def test_pregnancy_is_not_asked_where_it_cannot_be() -> None:
    facts = {"pregnancy": fact("pregnancy", NOT_APPLICABLE)}

    assert TodayAnswers(infection=False, news=False).is_whole(facts)
    assert not TodayAnswers(infection=False, news=False).is_whole({})


def test_infection_of_today_stops_by_the_rule_of_the_history() -> None:
    assert [
        each.code for each in found(TodayAnswers(infection=True, pregnancy=False, news=False), known=False)
    ] == ["infection_at_site"]


def test_old_answer_counts_as_unknown_until_it_is_asked_today() -> None:
    nothing_asked = {each.code for each in found(TodayAnswers(), known=False, on=LONG_AGO)}

    assert nothing_asked == {"time-out-incomplete", "infection_at_site-open"}
    assert found(NOTHING_NEW, known=False, on=LONG_AGO) == ()


def test_no_of_today_takes_no_earlier_yes_back() -> None:
    assert [each.code for each in found(NOTHING_NEW, known=True)] == ["infection_at_site"]


def test_something_new_needs_a_written_reason() -> None:
    news = treated(timeout=time_out(replace(NOTHING_NEW, news=True)))

    assert [(each.code, each.severity) for each in news] == [("new-since-plan", "caution")]


@pytest.mark.parametrize(
    ("answers", "code", "before", "after"),
    [
        (TodayAnswers(pregnancy=True), "pregnancy", ("none",), ("pregnant",)),
        (TodayAnswers(pregnancy=False), "pregnancy", ("pregnant",), ("pregnant",)),
        (TodayAnswers(pregnancy=False), "pregnancy", None, None),
        (TodayAnswers(news=False), "medicine_classes", None, None),
    ],
)
def test_answers_of_today_beside_those_before(
    answers: TodayAnswers, code: str, before: ObservationValue, after: ObservationValue
) -> None:
    known = with_today(
        {code: Observation(code=code, value=before, observed_on=LONG_AGO)}, answers, TYPES, TODAY
    )

    assert known[code].value == after


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        (TodayAnswers(infection=True), fact("infection_at_site", True, observed_on=TODAY)),
        (TodayAnswers(infection=False), fact("infection_at_site", False, observed_on=TODAY)),
        (TodayAnswers(pregnancy=True), fact("pregnancy", ("pregnant",), observed_on=TODAY)),
    ],
)
def test_answer_of_today_is_kept_whole_with_its_day(answers: TodayAnswers, kept: Observation) -> None:
    assert with_today({}, answers, TYPES, TODAY) == {kept.code: kept}


def test_answer_to_a_question_that_the_knowledge_does_not_have_is_not_kept() -> None:
    assert with_today({}, TodayAnswers(infection=True, pregnancy=True), {}, TODAY) == {}


@pytest.mark.parametrize(
    ("answers", "code", "is_fresh"),
    [
        (TodayAnswers(pregnancy=False), "pregnancy", True),
        (TodayAnswers(news=False), "medicine_classes", True),
        (TodayAnswers(news=True), "medicine_classes", False),
        (TodayAnswers(news=False), "flag_growth", False),
    ],
)
def test_no_makes_an_older_answer_fresh(answers: TodayAnswers, code: str, is_fresh: bool) -> None:
    known = with_today(
        {code: Observation(code=code, value=("none",), observed_on=LONG_AGO)}, answers, TYPES, TODAY
    )

    assert (known[code].observed_on == TODAY) is is_fresh

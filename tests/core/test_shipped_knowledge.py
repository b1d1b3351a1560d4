"""What core decides with the knowledge that is shipped, for each of the six conditions."""

from __future__ import annotations

from datetime import date

import pytest

from masseter.core.consult.candidacy import assess_candidacy
from masseter.core.facts import Observation, derive_facts, fact
from masseter.core.follow_up.recommend import recommend
from masseter.core.recover.grade import grade_symptoms, symptom_questions
from masseter.core.results.cycles import Cycle, derive_cycle_facts
from masseter.core.results.response import DayScore
from masseter.core.rules import rules_for
from masseter.core.screen.self_check import SelfCheckAnswer, questions_for, run_self_check
from masseter.knowledge.load import load
from masseter.knowledge.model import Condition, FindingRule, Is
from tests.core.builders import TODAY, D

KNOWLEDGE = load()
CONDITIONS = list(KNOWLEDGE.conditions.values())
FLAGS = [
    (condition, rule)
    for condition in CONDITIONS
    for rule in rules_for(condition=condition, knowledge=KNOWLEDGE, jurisdiction="UK")
    if rule.is_red_flag and isinstance(rule.when, Is)
]
each_condition = pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.code)


def all_no(condition: Condition) -> dict[str, Observation]:
    asked = questions_for(condition, KNOWLEDGE)
    return {type_.code: fact(type_.code, False) for type_ in asked if type_.kind == "boolean"}


@each_condition
def test_shipped_self_check_without_answers_reassures_nobody_and_asks_only_what_it_shows(
    condition: Condition,
) -> None:
    result = run_self_check(condition=condition, knowledge=KNOWLEDGE, facts={}, jurisdiction="UK")

    shown = {type_.code for type_ in questions_for(condition, KNOWLEDGE)}
    assert not result.is_reassuring
    assert set(result.unanswered) <= shown


@pytest.mark.parametrize(("condition", "rule"), FLAGS, ids=lambda given: given.code)
def test_shipped_red_flag_stops_the_way_to_a_treatment(condition: Condition, rule: FindingRule) -> None:
    assert isinstance(rule.when, Is)
    code = rule.when.observation
    facts = {**all_no(condition), code: fact(code, rule.when.equals)}

    check = run_self_check(condition=condition, knowledge=KNOWLEDGE, facts=facts, jurisdiction="UK")
    candidacy = assess_candidacy(condition=condition, knowledge=KNOWLEDGE, facts=facts, jurisdiction="UK")

    assert check.answer is SelfCheckAnswer.GET_HELP_NOW or not rule.in_self_check
    assert candidacy.verdict == rule.leads_to == "refer_urgently"


@each_condition
@pytest.mark.parametrize("jurisdiction", ["UK", "EU", "US"])
def test_shipped_candidacy_of_nothing_known_needs_information(
    condition: Condition, jurisdiction: str
) -> None:
    result = assess_candidacy(
        condition=condition,
        knowledge=KNOWLEDGE,
        facts={},
        jurisdiction=jurisdiction,  # type: ignore[arg-type]  # parametrize widens the literal
    )

    assert result.verdict == "needs_information"
    assert result.questions
    assert any(finding.code.startswith("licence") for finding in result.findings)


@each_condition
def test_shipped_symptom_check_answered_no_is_expected_and_unanswered_is_a_call(condition: Condition) -> None:
    asked = symptom_questions(knowledge=KNOWLEDGE, condition=condition)
    answers = {type_.code: fact(type_.code, False) for type_ in asked if type_.kind == "boolean"}

    well = grade_symptoms(knowledge=KNOWLEDGE, condition=condition, facts=answers, day=3)
    silent = grade_symptoms(knowledge=KNOWLEDGE, condition=condition, facts={}, day=3)

    assert well.grade == "expected"
    assert silent.grade == "call"


@each_condition
def test_shipped_follow_up_of_nothing_known_asks(condition: Condition) -> None:
    result = recommend(condition=condition, knowledge=KNOWLEDGE, facts={}, jurisdiction="UK")

    assert result.recommends == "ask"


def test_shipped_follow_up_of_the_published_spasm_group_is_to_repeat() -> None:
    condition = KNOWLEDGE.conditions["facial_spasm"]
    scores = {14: "9.63", 28: "7.71", 56: "9.41", 84: "35.06"}
    cycle = Cycle(
        baseline=D("48.88"), scores=tuple(DayScore(day=day, total=D(total)) for day, total in scores.items())
    )
    given = [date(2026, 8, 31)]

    facts = {
        **derive_facts(today=TODAY, toxin_dates=given, treatment_dates=given),
        **derive_cycle_facts(
            condition=condition,
            instrument=KNOWLEDGE.instruments["hfs30"],
            cycles=[cycle],
            today=TODAY,
            had_adverse_event=True,
            serious_adverse_event=False,
            wants_more="yes",
        ),
    }
    result = recommend(condition=condition, knowledge=KNOWLEDGE, facts=facts, jurisdiction="UK")

    assert facts["fall_percent"].value == D("84.2")
    assert facts["effect_lasted_days"].value == 84
    assert result.recommends == "repeat"

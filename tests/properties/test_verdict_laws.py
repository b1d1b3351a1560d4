"""Laws of verdicts: more warning never gives a milder verdict, and silence never reassures."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from masseter.core.consult.candidacy import assess_candidacy
from masseter.core.findings import LEADS
from masseter.core.recover.grade import GRADES, grade_symptoms
from masseter.core.screen.self_check import SelfCheckAnswer, run_self_check
from masseter.knowledge.model import FindingRule, Leads
from tests.core.builders import (
    condition,
    facts,
    finding_rule,
    knowledge,
    red_flag,
    self_check_type,
    symptom_rule,
    symptom_type,
    yes,
)

CODES = ("a", "b", "c", "d")
MILDEST_FIRST = (
    SelfCheckAnswer.WORTH_CONSULTATION,
    SelfCheckAnswer.SOMETHING_ELSE_FIRST,
    SelfCheckAnswer.GET_HELP_NOW,
)
leads: st.SearchStrategy[Leads] = st.sampled_from(LEADS)
rule_lists: st.SearchStrategy[list[FindingRule]] = st.lists(
    st.builds(
        lambda code, to, ask: finding_rule(
            f"{code}-{to}", yes(code), leads_to=to, unknown=ask, in_self_check=True
        ),
        st.sampled_from(CODES),
        leads,
        st.sampled_from(("ask", "ignore")),
    ),
    max_size=6,
)
answer_maps = st.fixed_dictionaries(
    {code: st.sampled_from((True, False, None)) for code in (*CODES, "flag", "pain", "familiar")}
)
TYPES = tuple(self_check_type(code) for code in (*CODES, "flag"))


@given(rule_lists, answer_maps)
def test_a_further_red_flag_never_makes_the_verdict_milder(
    rules: list[FindingRule], answers: dict[str, bool | None]
) -> None:
    without = knowledge(*TYPES, precautions=tuple(rules))
    with_flag = knowledge(*TYPES, precautions=(*rules, red_flag("flag")))

    before, after = (
        LEADS.index(
            assess_candidacy(
                condition=condition(), knowledge=known, facts=facts(**answers), jurisdiction="UK"
            ).verdict
        )
        for known in (without, with_flag)
    )

    assert after <= before


@given(rule_lists, answer_maps)
def test_a_red_flag_that_is_there_or_open_is_never_a_candidate(
    rules: list[FindingRule], answers: dict[str, bool | None]
) -> None:
    known = knowledge(*TYPES, precautions=(*rules, red_flag("flag")))

    result = assess_candidacy(
        condition=condition(), knowledge=known, facts=facts(**answers), jurisdiction="UK"
    )

    assert result.is_candidate is False or answers["flag"] is False


@given(rule_lists, answer_maps, st.randoms())
def test_the_order_of_rules_and_answers_never_changes_the_verdict(
    rules: list[FindingRule], answers: dict[str, bool | None], random: Random
) -> None:
    mixed = list(rules)
    random.shuffle(mixed)
    turned = dict(reversed(answers.items()))

    straight = assess_candidacy(
        condition=condition(),
        knowledge=knowledge(*TYPES, precautions=tuple(rules)),
        facts=facts(**answers),
        jurisdiction="UK",
    )
    shuffled = assess_candidacy(
        condition=condition(),
        knowledge=knowledge(*TYPES, precautions=tuple(mixed)),
        facts=facts(**turned),
        jurisdiction="UK",
    )

    assert straight.verdict == shuffled.verdict
    assert straight.findings == shuffled.findings
    assert straight.questions == shuffled.questions


@given(rule_lists, answer_maps)
def test_a_self_check_with_an_open_red_flag_never_reassures(
    rules: list[FindingRule], answers: dict[str, bool | None]
) -> None:
    known = knowledge(*TYPES, precautions=(*rules, red_flag("flag")))

    result = run_self_check(condition=condition(), knowledge=known, facts=facts(**answers), jurisdiction="UK")

    if answers["flag"] is None:
        assert not result.is_reassuring
        assert "flag" in result.unanswered
    if answers["flag"] is True:
        assert result.answer is SelfCheckAnswer.GET_HELP_NOW


@given(rule_lists, answer_maps)
def test_answering_yes_to_a_red_flag_never_makes_a_self_check_milder(
    rules: list[FindingRule], answers: dict[str, bool | None]
) -> None:
    known = knowledge(*TYPES, precautions=(*rules, red_flag("flag")))

    before, after = (
        run_self_check(
            condition=condition(),
            knowledge=known,
            facts=facts(**{**answers, "flag": flag}),
            jurisdiction="UK",
        ).answer
        for flag in (False, True)
    )

    assert MILDEST_FIRST.index(after) >= MILDEST_FIRST.index(before)


symptom_maps = st.fixed_dictionaries({code: st.sampled_from((True, False, None)) for code in CODES})
SYMPTOMS = knowledge(
    *(symptom_type(code) for code in CODES),
    symptom_rules=(
        symptom_rule("a", "emergency"),
        symptom_rule("b", "call"),
        symptom_rule("c", "expected", to_day=14),
    ),
)


@given(symptom_maps, st.sampled_from(CODES), st.integers(0, 400))
def test_a_further_symptom_never_makes_the_grade_milder(
    answers: dict[str, bool | None], added: str, day: int
) -> None:
    before, after = (
        GRADES.index(
            grade_symptoms(
                knowledge=SYMPTOMS,
                condition=condition(),
                facts=facts(**{**answers, added: value}),
                day=day,
            ).grade
        )
        for value in (False, True)
    )

    assert after <= before


@given(symptom_maps, st.integers(0, 400))
def test_expected_is_said_only_when_every_question_is_answered(
    answers: dict[str, bool | None], day: int
) -> None:
    result = grade_symptoms(knowledge=SYMPTOMS, condition=condition(), facts=facts(**answers), day=day)

    if None in answers.values():
        assert result.grade != "expected"
        assert result.unanswered

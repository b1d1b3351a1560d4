"""What to ask first: what could change the verdict most, then what most verdicts hang on, then the form."""

from __future__ import annotations

from typing import Any

from masseter.core.answers import Answer
from masseter.core.consult.diagnose import DiagnosisResult, judge
from masseter.core.consult.priority import Stake, diagnosis_stakes, order_questions, rule_stakes
from masseter.core.findings import Finding
from masseter.knowledge.model import AllOf
from tests.core.builders import diagnosis, facts, finding_rule, observation_type, red_flag, yes

TYPES = {
    each.code: each
    for each in (
        observation_type("late", order=9),
        observation_type("early", order=1),
        observation_type("also_early", order=1),
        observation_type("gate", order=5),
        observation_type("behind", order=4, only_if=yes("gate")),
        observation_type("computed", order=3, asked_by="late"),
    )
}


def stake(code: str, weight: tuple[int, int] = (1, 1), *questions: str) -> Stake:
    return Stake(settled_by=frozenset({code}), questions=questions or (code,), weight=weight)


def ordered(*stakes: Stake, asked: tuple[str, ...] = ("early", "late", "also_early", "gate")) -> Any:
    finding = Finding(code="open", severity="caution", sentence="Open.", asks=asked)
    return order_questions(stakes, [finding], TYPES)


def test_gravest_verdict_is_asked_about_first() -> None:
    assert ordered(stake("early", (1, 1)), stake("late", (0, 2))) == ("late", "early")
    assert ordered(stake("early", (1, 1)), stake("late", (1, 0))) == ("late", "early")


def test_question_is_as_grave_as_the_gravest_thing_that_hangs_on_it() -> None:
    grave, mild = stake("late", (0, 0)), stake("late", (3, 2))

    assert ordered(grave, stake("early"), mild) == ("late", "early")
    assert ordered(mild, stake("early"), grave) == ("late", "early")


def test_of_two_as_grave_the_one_that_more_hangs_on_comes_first() -> None:
    assert ordered(stake("early"), stake("late"), stake("late")) == ("late", "early")
    assert ordered(*[stake("early")] * 2, *[stake("late")] * 3) == ("late", "early")


def test_else_the_order_of_the_form_decides_and_then_the_name() -> None:
    assert ordered(stake("late"), stake("early"), stake("also_early")) == ("also_early", "early", "late")


def test_what_no_finding_waits_for_is_not_asked() -> None:
    assert ordered(stake("early"), stake("late"), asked=("late",)) == ("late",)
    assert ordered(stake("early"), asked=()) == ()


def test_rule_waits_for_what_is_missing_with_the_weight_of_its_verdict() -> None:
    rule = red_flag("both", AllOf(all=(yes("early"), yes("late"))))

    assert rule_stakes(rule, {}, TYPES) == (stake("early", (0, 0)), stake("late", (0, 0)))
    assert rule_stakes(rule, facts(early=True), TYPES) == (stake("late", (0, 0)),)
    assert rule_stakes(rule, facts(early=False), TYPES) == ()
    mild = finding_rule("late", severity="note", leads_to="candidate")
    assert rule_stakes(mild, {}, TYPES) == (stake("late", (4, 2)),)


def test_what_hangs_on_an_open_question_asks_that_one_first() -> None:
    assert rule_stakes(red_flag("behind"), {}, TYPES) == (stake("behind", (0, 0), "gate"),)
    assert rule_stakes(red_flag("behind"), facts(gate=True), TYPES) == (stake("behind", (0, 0)),)


def test_what_is_computed_is_settled_by_the_question_behind_it() -> None:
    assert rule_stakes(red_flag("computed"), {}, TYPES) == (stake("late", (0, 0)),)


def test_diagnosis_waits_for_what_its_criteria_lack() -> None:
    treated = diagnosis("muscle", yes("early"), yes("late"))

    assert diagnosis_stakes(judge(treated, {}), {}, TYPES) == (stake("early", (2, 1)), stake("late", (2, 1)))
    assert diagnosis_stakes(judge(treated, facts(early=False)), {}, TYPES) == ()


def test_diagnosis_that_is_never_treated_waits_for_nothing() -> None:
    result: DiagnosisResult = judge(diagnosis("disc", yes("early"), treatable=False), {})

    assert result.answer is Answer.UNKNOWN
    assert diagnosis_stakes(result, {}, TYPES) == ()

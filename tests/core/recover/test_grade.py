from __future__ import annotations

from dataclasses import replace

import pytest

from masseter.core.facts import ObservationValue
from masseter.core.recover.aftercare import DayBeforeTreatment
from masseter.core.recover.grade import SymptomResult, grade_symptoms, gravest_of, symptom_questions
from masseter.knowledge.model import AnyOf, Condition
from tests.core.builders import between, condition, effect, facts, knowledge, symptom_rule, symptom_type, yes

KNOWLEDGE = knowledge(
    symptom_type("breathing", order=1),
    symptom_type("choking", order=2, only_if=yes("breathing")),
    symptom_type("bruise", order=3),
    symptom_type("fever", order=4),
    symptom_type("spasm", order=5, conditions=("facial_spasm",)),
    symptom_type("other", "text", order=6),
    symptom_rules=(
        symptom_rule("bruise-fresh", "expected", yes("bruise"), to_day=14),
        symptom_rule("fever", "call", effect="infection"),
        symptom_rule("breathing", "emergency", AnyOf(any=(yes("breathing"), yes("choking")))),
        symptom_rule("spasm", "emergency", AnyOf(any=(yes("spasm"), yes("choking")))),
        symptom_rule("late", "call", yes("bruise"), from_day=15, to_day=20),
    ),
)
# One effect that only the treatment of `tmd` has, from the seventh day on.
WEAKENED = knowledge(
    symptom_type("weak"),
    effects={"weakness": effect("weakness", conditions=("tmd",), onset_days=between(7, 28))},
    symptom_rules=(symptom_rule("weak", "expected", to_day=84, effect="weakness"),),
)
ALL_NO: dict[str, ObservationValue] = {"breathing": False, "bruise": False, "fever": False}


def grade(
    answers: dict[str, ObservationValue], *, day: int = 3, own: Condition | None = None
) -> SymptomResult:
    return grade_symptoms(knowledge=KNOWLEDGE, condition=own or condition(), facts=facts(**answers), day=day)


def test_grade_before_the_treatment_is_refused() -> None:
    with pytest.raises(DayBeforeTreatment):
        grade(ALL_NO, day=-1)


@pytest.mark.parametrize("open_one", ["breathing", "bruise", "fever"])
@pytest.mark.parametrize("is_left_out", [True, False])
def test_grade_with_one_question_open_is_never_expected(open_one: str, is_left_out: bool) -> None:
    answers = {**ALL_NO, open_one: None}
    if is_left_out:
        del answers[open_one]

    result = grade(answers)

    assert result.grade == "call"
    assert result.unanswered == (open_one,)


def test_grade_of_nothing_answered_is_a_call_that_names_every_question() -> None:
    result = grade({})

    assert result.grade == "call"
    assert set(result.unanswered) == {"breathing", "bruise", "fever"}


def test_grade_with_an_emergency_wins_and_shows_the_other_reasons_too() -> None:
    result = grade({**ALL_NO, "breathing": True, "fever": True, "bruise": True})

    assert result.grade == "emergency"
    assert [reason.code for reason in result.reasons] == ["breathing", "fever", "bruise-fresh"]
    assert result.unanswered == ("choking",)


def test_grade_of_a_symptom_that_needs_a_call() -> None:
    result = grade({**ALL_NO, "fever": True})

    assert result.grade == "call"
    assert (result.reasons[0].effect, result.reasons[0].sources) == ("infection", ("T1",))


@pytest.mark.parametrize(
    ("day", "expected", "code"),
    [
        (0, "expected", "bruise-fresh"),
        (14, "expected", "bruise-fresh"),
        (15, "call", "late"),
        (20, "call", "late"),
        (21, "call", "symptom-not-explained-bruise"),
    ],
)
def test_grade_of_a_symptom_depends_on_the_day(day: int, expected: str, code: str) -> None:
    result = grade({**ALL_NO, "bruise": True}, day=day)

    assert (result.grade, result.reasons[0].code) == (expected, code)


@pytest.mark.parametrize(
    ("treated", "day", "expected"),
    [("tmd", 7, "expected"), ("tmd", 6, "call"), ("tmd", 0, "call"), ("facial_spasm", 7, "call")],
)
def test_grade_is_expected_only_for_an_effect_of_this_treatment_that_may_have_begun(
    treated: str, day: int, expected: str
) -> None:
    result = grade_symptoms(
        knowledge=WEAKENED, condition=condition(code=treated), facts=facts(weak=True), day=day
    )

    assert result.grade == expected


def test_grade_expects_an_effect_without_conditions_after_every_treatment() -> None:
    everyone = replace(WEAKENED, effects={"weakness": effect("weakness", conditions=())})

    result = grade_symptoms(
        knowledge=everyone, condition=condition(code="facial_spasm"), facts=facts(weak=True), day=7
    )

    assert result.grade == "expected"


@pytest.mark.parametrize(("words", "expected"), [("My ear rings", "call"), ("", "expected")])
def test_grade_of_a_symptom_in_own_words_is_a_call(words: str, expected: str) -> None:
    assert grade({**ALL_NO, "other": words}).grade == expected


def test_grade_with_every_question_answered_no_is_expected() -> None:
    result = grade(ALL_NO)

    assert result == SymptomResult(grade="expected", reasons=(), unanswered=())


def test_grade_asks_the_questions_of_the_condition_only() -> None:
    spasm = condition(code="facial_spasm")

    assert grade(ALL_NO, own=spasm).unanswered == ("spasm",)
    assert grade({**ALL_NO, "spasm": True}, own=spasm).grade == "emergency"


def test_grade_keeps_an_alarm_that_another_condition_asks_about() -> None:
    assert grade({**ALL_NO, "spasm": True}).grade == "emergency"


def test_symptom_questions_are_those_of_the_condition_in_order() -> None:
    asked = symptom_questions(knowledge=KNOWLEDGE, condition=condition())

    assert [type_.code for type_ in asked] == ["breathing", "choking", "bruise", "fever", "other"]


def test_gravest_of_several_answers_is_the_first_of_the_gravest() -> None:
    mild, grave = grade(ALL_NO), grade({**ALL_NO, "breathing": True, "choking": False})
    call, late = grade({**ALL_NO, "fever": True}), grade({**ALL_NO, "bruise": True}, day=15)

    assert gravest_of([mild]) is mild
    assert gravest_of([mild, call, late]) is call
    assert gravest_of([late, call, mild]) is late
    assert gravest_of([call, grave, mild]) is grave

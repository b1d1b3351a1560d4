from __future__ import annotations

from datetime import date

import pytest

from masseter.core.answers import Answer, MeaninglessRule, WrongKind, evaluate, observations_of
from masseter.core.facts import NOT_APPLICABLE, NoLessThan, ObservationValue
from masseter.knowledge.model import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    CountAtLeast,
    Is,
    Not,
    NumberOf,
    OneOf,
    Rule,
)
from tests.core.builders import D, facts, yes

MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN


@pytest.mark.parametrize(
    ("rule", "held"),
    [
        (yes("a"), 1),
        (yes("a"), "yes"),
        (AtLeast(observation="a", at_least=D(1)), True),
        (AtMost(observation="a", at_most=D(1)), "1"),
        (OneOf(observation="a", one_of=("x",)), True),
        (CountAtLeast(observation="a", count_at_least=1), date(2026, 1, 1)),
    ],
)
def test_evaluate_refuses_a_value_of_another_kind(rule: Rule, held: ObservationValue) -> None:
    with pytest.raises(WrongKind, match="'a'"):
        evaluate(rule, facts(a=held))


@pytest.mark.parametrize(
    "rule",
    [
        AllOf(all=()),
        AnyOf(any=()),
        NumberOf(count=1, of_rules=()),
        NumberOf(count=0, of_rules=(yes("a"),)),
        NumberOf(count=2, of_rules=(yes("a"),)),
    ],
)
def test_evaluate_refuses_a_rule_that_no_answer_could_change(rule: Rule) -> None:
    with pytest.raises(MeaninglessRule):
        evaluate(rule, {})


def test_evaluate_refuses_what_is_no_rule() -> None:
    with pytest.raises(TypeError, match="str is not a rule"):
        evaluate("pain", {})  # type: ignore[arg-type]  # the mistake under test


@pytest.mark.parametrize(
    ("rule", "held", "answer"),
    [
        (Is(observation="a"), True, MET),
        (Is(observation="a"), False, NOT_MET),
        (Is(observation="a", equals=False), False, MET),
        (Is(observation="a", equals=False), NOT_APPLICABLE, MET),
        (Is(observation="a"), NOT_APPLICABLE, NOT_MET),
        (AtLeast(observation="a", at_least=D("2.5")), D("2.5"), MET),
        (AtLeast(observation="a", at_least=D("2.5")), 2, NOT_MET),
        (AtLeast(observation="a", at_least=D(0)), NOT_APPLICABLE, NOT_MET),
        (AtMost(observation="a", at_most=D(2)), 2, MET),
        (AtMost(observation="a", at_most=D(2)), D("2.01"), NOT_MET),
        (AtMost(observation="a", at_most=D(2)), NOT_APPLICABLE, NOT_MET),
        (OneOf(observation="a", one_of=("x", "y")), "y", MET),
        (OneOf(observation="a", one_of=("x",)), "y", NOT_MET),
        (OneOf(observation="a", one_of=("x",)), ("y", "x"), MET),
        (OneOf(observation="a", one_of=("x",)), (), NOT_MET),
        (OneOf(observation="a", one_of=("x",)), NOT_APPLICABLE, NOT_MET),
        (CountAtLeast(observation="a", count_at_least=2), ("x", "y"), MET),
        (CountAtLeast(observation="a", count_at_least=2), ("x", "x"), NOT_MET),
        (CountAtLeast(observation="a", count_at_least=1), ("none",), NOT_MET),
        (CountAtLeast(observation="a", count_at_least=1, of=("none",)), ("none",), MET),
        (CountAtLeast(observation="a", count_at_least=2, of=("x", "y")), ("x", "z"), NOT_MET),
        (CountAtLeast(observation="a", count_at_least=1), "x", MET),
        (CountAtLeast(observation="a", count_at_least=1), NOT_APPLICABLE, NOT_MET),
    ],
)
def test_evaluate_of_a_known_value(rule: Rule, held: ObservationValue, answer: Answer) -> None:
    outcome = evaluate(rule, facts(a=held))

    assert outcome.answer is answer
    assert outcome.decided_by == ("a",)
    assert outcome.missing == ()


@pytest.mark.parametrize(
    "rule",
    [
        yes("a"),
        AtLeast(observation="a", at_least=D(1)),
        AtMost(observation="a", at_most=D(1)),
        OneOf(observation="a", one_of=("x",)),
        CountAtLeast(observation="a", count_at_least=1),
        Not(negate=yes("a")),
    ],
)
@pytest.mark.parametrize("known", [{}, facts(a=None)])
def test_evaluate_of_what_is_not_known_is_unknown_and_says_what_is_missing(
    rule: Rule, known: dict[str, object]
) -> None:
    outcome = evaluate(rule, known)  # type: ignore[arg-type]  # parametrize loses the value's type

    assert outcome.is_unknown
    assert outcome.missing == ("a",)
    assert outcome.decided_by == ()


@pytest.mark.parametrize(
    ("rule", "answer"),
    [
        (AtLeast(observation="a", at_least=D(60)), MET),
        (AtLeast(observation="a", at_least=D(61)), UNKNOWN),
        (AtMost(observation="a", at_most=D(59)), NOT_MET),
        (AtMost(observation="a", at_most=D(60)), UNKNOWN),
    ],
)
def test_evaluate_of_a_lower_bound_decides_only_what_it_can(rule: Rule, answer: Answer) -> None:
    assert evaluate(rule, facts(a=NoLessThan(number=60))).answer is answer


def test_a_lower_bound_reads_as_one() -> None:
    assert str(NoLessThan(number=60)) == "at least 60"


def test_all_of_is_decided_by_one_no_and_then_misses_nothing() -> None:
    outcome = evaluate(AllOf(all=(yes("a"), yes("b"), yes("c"))), facts(a=True, b=False))

    assert (outcome.answer, outcome.decided_by, outcome.missing) == (NOT_MET, ("b",), ())


def test_all_of_is_unknown_while_one_part_is() -> None:
    outcome = evaluate(AllOf(all=(yes("a"), yes("b"), yes("c"))), facts(a=True))

    assert (outcome.answer, outcome.missing) == (UNKNOWN, ("b", "c"))


def test_any_of_is_decided_by_one_yes() -> None:
    outcome = evaluate(AnyOf(any=(yes("a"), yes("b"))), facts(b=True))

    assert (outcome.is_met, outcome.decided_by, outcome.missing) == (True, ("b",), ())


def test_number_of_counts_and_gives_up_when_too_few_are_left() -> None:
    rule = NumberOf(count=2, of_rules=(yes("a"), yes("b"), yes("c")))

    assert evaluate(rule, facts(a=True, c=True)).answer is MET
    assert evaluate(rule, facts(a=False, b=False)).answer is NOT_MET
    assert evaluate(rule, facts(a=True, b=False)).answer is UNKNOWN


def test_missing_leaves_out_what_can_no_longer_change_the_answer() -> None:
    rule = AllOf(all=(AnyOf(any=(yes("a"), yes("b"))), yes("c")))

    outcome = evaluate(rule, facts(a=True))

    assert outcome.missing == ("c",)


def test_not_turns_yes_and_no_around() -> None:
    assert evaluate(Not(negate=yes("a")), facts(a=True)).answer is NOT_MET
    assert evaluate(Not(negate=yes("a")), facts(a=False)).answer is MET


def test_observations_of_names_each_code_once_in_order() -> None:
    rule = AllOf(
        all=(
            AnyOf(any=(yes("b"), Not(negate=yes("a")))),
            NumberOf(count=1, of_rules=(yes("b"), AtLeast(observation="c", at_least=D(1)))),
        )
    )

    assert observations_of(rule) == ("b", "a", "c")

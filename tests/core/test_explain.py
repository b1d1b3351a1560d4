"""The tree behind a rule: each part with its answer and the fact on record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from masseter.core.answers import Answer
from masseter.core.explain import explain_rule, value_words
from masseter.core.facts import NOT_APPLICABLE, NoLessThan, ObservationValue, fact
from masseter.knowledge.model import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    Choice,
    CountAtLeast,
    Is,
    Not,
    NumberOf,
    OneOf,
    Rule,
)
from tests.core.builders import observation_type

CHOICES = (Choice(code="a", label="Ache"), Choice(code="b", label="Burning"))
TYPES = {
    "pain": observation_type("pain", label="Pain"),
    "days": observation_type("days", label="Days", kind="integer", unit="d"),
    "kind": observation_type("kind", label="Kind", kind="choices", choices=CHOICES),
}


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (Is(observation="pain"), "Pain: yes"),
        (Is(observation="pain", equals=False), "Pain: no"),
        (AtLeast(observation="days", at_least=Decimal(3)), "Days: at least 3 d"),
        (AtMost(observation="days", at_most=Decimal(3)), "Days: at most 3 d"),
        (OneOf(observation="kind", one_of=("a", "b")), "Kind: Ache or Burning"),
        (CountAtLeast(observation="kind", count_at_least=2), "Kind: at least 2"),
        (CountAtLeast(observation="kind", count_at_least=1, of=("a",)), "Kind: at least 1 of Ache"),
    ],
)
def test_single_rule_says_what_it_asks_and_that_nothing_is_known(rule: Rule, says: str) -> None:
    told = explain_rule(rule, {}, TYPES)

    assert (told.says, told.answer, told.fact) == (says, Answer.UNKNOWN, "not known")


def test_parts_carry_their_own_answers() -> None:
    pain, days = Is(observation="pain"), AtLeast(observation="days", at_least=Decimal(3))
    facts = {"pain": fact("pain", True), "days": fact("days", Decimal(2))}

    told = explain_rule(AnyOf(any=(AllOf(all=(pain, days)), Not(negate=days))), facts, TYPES)

    assert told.answer is Answer.MET
    assert [part.answer for part in told.parts] == [Answer.NOT_MET, Answer.MET]
    assert [(leaf.fact, leaf.answer) for leaf in told.parts[0].parts] == [
        ("yes", Answer.MET),
        ("2 d", Answer.NOT_MET),
    ]
    assert told.parts[1].says == "Not this"


def test_number_of_rules_is_told() -> None:
    rule = NumberOf(count=1, of_rules=(Is(observation="pain"),))

    assert explain_rule(rule, {}, TYPES).says == "At least 1 of these"


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("pain", None, "not known"),
        ("pain", NOT_APPLICABLE, "does not apply"),
        ("pain", False, "no"),
        ("days", Decimal("20"), "20 d"),
        ("days", NoLessThan(number=3), "at least 3 d"),
        ("kind", ("a", "b"), "Ache, Burning"),
        ("kind", "a", "Ache"),
        ("pain", date(2026, 3, 1), "2026-03-01"),
    ],
)
def test_value_is_told_as_a_person_reads_it(code: str, value: ObservationValue, words: str) -> None:
    assert value_words(value, TYPES[code]) == words

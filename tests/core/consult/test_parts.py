"""How the parts of many verdicts are put together, and which of them are asked at once."""

from __future__ import annotations

from typing import Any

import pytest

from masseter.core.consult.alike import Alike, Answered
from masseter.core.consult.candidacy import assess_candidacy
from masseter.core.consult.many import Assessor
from masseter.core.consult.parts import Part, bundled
from masseter.knowledge.model import AnyOf, AtLeast, Knowledge, Rule
from tests.core.builders import D, condition, diagnosis, finding_rule, knowledge, observation_type, yes
from tests.core.consult.situations import LICENSED
from tests.core.consult.test_many import WORLD, told

Loose = Any  # whatever a case needs


def part(*reads: str) -> Part[str]:
    return Part(reads, lambda tokens, facts: "said")


@pytest.mark.parametrize(
    ("reads", "bundles"),
    [
        (("a", "b", "c", "d"), [[0, 1, 2], [3]]),  # three observations at most
        (("ab", "c", "de"), [[0, 1], [2]]),
        (("ab", "cd", "d"), [[0], [1, 2]]),  # what reads the same goes together
        (("ab", "cd", "b"), [[0, 2], [1]]),
        (("a", "abcde", "b", "f"), [[1, 0, 2], [3]]),  # more than three only where one part alone reads more
        (("a", "bcd"), [[1], [0]]),
    ],
)
def test_parts_that_read_the_same_are_asked_at_once(reads: tuple[str, ...], bundles: list[list[int]]) -> None:
    assert bundled([part(*each) for each in reads], 3) == bundles


def agrees(here: Knowledge, **values: Loose) -> None:
    """Many are told what one is told; nothing was asked before."""
    facts = {code: told(code, value) for code, value in values.items()}
    asked: Loose = {"condition": here.conditions["tmd"], "facts": facts, "jurisdiction": "UK"}
    of_many = Assessor(here).assess(**asked)

    assert of_many == assess_candidacy(knowledge=here, **asked)


def place(*types: Loose, **fields: Loose) -> Knowledge:
    own = {each: fields.pop(each) for each in ("diagnoses", "findings") if each in fields}
    return knowledge(*types, conditions={"tmd": condition(licences=(LICENSED,), **own)}, **fields)


def test_one_of_several_rules_that_are_asked_at_once_is_heard() -> None:
    here = place(
        observation_type("lock"),
        observation_type("weak"),
        precautions=(finding_rule("lock"), finding_rule("weak", unknown="ignore")),
    )

    agrees(here, lock=True, weak=False)
    agrees(here, lock=False, weak=True)
    agrees(here, lock=False, weak=False)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_each_of_several_diagnoses_that_are_asked_at_once_is_answered(number: int) -> None:
    rules: tuple[Rule, ...] = (yes("pain"), yes("lock"), AnyOf(any=(yes("pain"), yes("lock"))))
    several = tuple(diagnosis(f"kind_{place}", rule) for place, rule in enumerate(rules[:number]))
    here = place(observation_type("lock"), observation_type("pain"), diagnoses=several)

    agrees(here, pain=True, lock=False)
    agrees(here, pain=True)


def test_approvals_of_general_rules_are_named_before_those_of_the_condition() -> None:
    asks_first = finding_rule("own", yes("lock"), needs_approval="dentist")
    general = (finding_rule("calm"), finding_rule("general", yes("lock"), needs_approval="doctor"))
    types = [observation_type(code) for code in ("lock", "calm", "dentist", "doctor")]
    here = place(*types, precautions=general, findings=(asks_first,))

    agrees(here, lock=True)
    facts = {"lock": told("lock", True)}
    of_many = Assessor(here).assess(condition=here.conditions["tmd"], facts=facts, jurisdiction="UK")
    assert of_many.approvals == ("doctor", "dentist")


def test_answer_that_decides_whether_another_is_asked_counts_for_the_criterion() -> None:
    """One who is 50 is not asked for clicks, one who is 70 is; no rule of the criterion reads the age."""
    types = (
        observation_type("age", "decimal"),
        observation_type("clicks", only_if=AtLeast(observation="age", at_least=D(60))),
    )
    here = place(*types, diagnoses=(diagnosis("noise", yes("clicks")),))
    assessor = Assessor(here)

    for age in (D(50), D(70), D(50)):
        asked: Loose = {
            "condition": here.conditions["tmd"],
            "facts": {"age": told("age", age)},
            "jurisdiction": "UK",
        }
        assert assessor.assess(**asked) == assess_candidacy(knowledge=here, **asked)


def test_what_is_said_is_not_written_yet() -> None:
    judged = Assessor(WORLD).bench(WORLD.conditions["tmd"], "UK", None).judge({})

    assert all(line.written == b"" for line in (*judged.findings, *judged.diagnoses))


def test_criterion_that_reads_very_much_is_judged_like_any_other() -> None:
    codes = tuple(f"tender_{number}" for number in range(12))
    anywhere = diagnosis("anywhere", AnyOf(any=tuple(yes(code) for code in codes)))
    types = [observation_type(code, order=20 + place) for place, code in enumerate(codes)]
    here = knowledge(*types, conditions={"tmd": condition(diagnoses=(anywhere,), licences=(LICENSED,))})
    assessor = Assessor(here)

    for tender in (codes[:1], codes[3:5], codes[:1], ()):
        facts = {code: told(code, code in tender) for code in codes[:11]}
        asked: Loose = {"condition": here.conditions["tmd"], "facts": facts, "jurisdiction": "UK"}
        assert assessor.assess(**asked) == assess_candidacy(knowledge=here, **asked)


def test_tokens_that_came_with_the_facts_are_used_by_whoever_gave_them() -> None:
    """Another who looks answers up tells them apart otherwise, and takes his own."""
    mine, other = Assessor(WORLD).alike, Alike(())
    facts = {"age": told("age", D(59)), "count": told("count", 2)}
    answered = Answered(facts.items(), mine.tokens(facts), mine)
    more = {"age": told("age", D(60)), "lock": told("lock", True)}
    answered.add(more, mine.tokens(more))

    assert dict(answered) == {**facts, **more}
    assert mine.tokens(answered) is answered.tokens
    assert answered.tokens == mine.tokens(dict(answered))
    assert other.tokens(answered) == other.tokens(dict(answered)) != answered.tokens

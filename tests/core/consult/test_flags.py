"""Warning signs that are there."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest

from masseter.core.consult.flags import open_red_flags, raised_red_flags
from masseter.core.facts import Observation, fact
from masseter.knowledge.load import load
from masseter.knowledge.model import Condition, Jurisdiction, Not
from tests.core.builders import condition, facts, finding_rule, knowledge, observation_type, red_flag, yes


def raised(name: str | None = None, jurisdiction: str = "UK", **values: bool) -> list[str]:
    told: dict[str, Observation] = {
        code: fact(code, value, observed_on=date(2026, 3, 1)) for code, value in values.items()
    }
    found = raised_red_flags(
        knowledge=load(),
        facts=told,
        condition=load().conditions[name] if name else None,
        jurisdiction=cast(Jurisdiction, jurisdiction),
    )
    return [finding.code for finding in found]


def test_nothing_known_raises_nothing_and_reassures_nobody() -> None:
    assert raised() == []


@pytest.mark.parametrize("code", ["flag_heart", "flag_sudden_headache", "flag_crisis", "flag_growth"])
def test_a_general_sign_counts_whatever_the_condition(code: str) -> None:
    assert len(raised(**{code: True})) == 1
    assert raised(**{code: True}) == raised("bruxism", **{code: True})


def test_a_sign_of_one_condition_counts_there_alone() -> None:
    assert raised("trigeminal_neuralgia", flag_trigeminal=True)
    assert raised(flag_trigeminal=True) == []


def test_a_sign_that_was_worked_up_before_still_says_what_to_do() -> None:
    assert raised(flag_heart=True, cleared_heart=True) == ["red-flag-heart"]


@pytest.mark.parametrize(("cleared", "codes"), [(True, []), (False, ["red-flag-heart"])])
def test_a_sign_that_was_worked_up_is_not_open(cleared: bool, codes: list[str]) -> None:
    told = {"flag_heart": fact("flag_heart", True), "cleared_heart": fact("cleared_heart", cleared)}

    found = open_red_flags(knowledge=load(), facts=told, condition=None, jurisdiction="UK")

    assert [finding.code for finding in found] == codes


def test_the_most_urgent_sign_comes_first() -> None:
    every = {code: True for code in load().observations if code.startswith("flag_")}

    urgencies = [
        finding.urgency
        for finding in raised_red_flags(
            knowledge=load(),
            facts={code: fact(code, True) for code in every},
            condition=None,
            jurisdiction="UK",
        )
    ]

    assert urgencies[0] == "emergency"


GENERAL = red_flag("ache", needs_approval="cleared", urgency="urgent")
OWN = red_flag("lock", urgency="emergency")
OF_TMD = red_flag("weak", conditions=("tmd",), jurisdictions=("UK", "EU"))
RULES = (
    GENERAL,
    OF_TMD,
    red_flag("weak-abroad", yes("weak"), jurisdictions=("US",)),
    red_flag("weak-of-another", yes("weak"), conditions=("bruxism",)),
    finding_rule("no-flag", yes("weak")),
)
PLACE = knowledge(
    *(observation_type(code) for code in ("ache", "cleared", "lock", "weak")),
    observation_type("after", only_if=yes("weak")),
    precautions=(*RULES, red_flag("nothing-after", Not(negate=yes("after")), urgency="routine")),
)


@pytest.mark.parametrize("ask", [raised_red_flags, open_red_flags])
@pytest.mark.parametrize(
    ("own", "codes"), [(None, ["ache"]), (condition(findings=(OWN,)), ["lock", "weak", "ache"])]
)
def test_signs_of_every_condition_and_of_this_one_count_the_most_urgent_first(
    ask: Any, own: Condition | None, codes: list[str]
) -> None:
    told = facts(ache=True, lock=True, weak=True)

    found = ask(knowledge=PLACE, facts=told, condition=own, jurisdiction="UK")

    assert [each.code for each in found] == codes


@pytest.mark.parametrize("ask", [raised_red_flags, open_red_flags])
def test_question_that_does_not_apply_is_answered_with_no(ask: Any) -> None:
    found = ask(knowledge=PLACE, facts=facts(weak=False), condition=None, jurisdiction="UK")

    assert [each.code for each in found] == ["nothing-after"]


@pytest.mark.parametrize("ask", [raised_red_flags, open_red_flags])
def test_sign_that_is_not_worked_up_says_to_refer(ask: Any) -> None:
    (found,) = ask(knowledge=PLACE, facts=facts(ache=True, cleared=False), condition=None, jurisdiction="UK")

    assert (found.severity, found.leads_to, found.sentence) == ("stop", "refer_urgently", "ache found.")


def test_sign_that_was_worked_up_is_raised_as_if_it_were_not() -> None:
    (found,) = raised_red_flags(
        knowledge=PLACE, facts=facts(ache=True, cleared=True), condition=None, jurisdiction="UK"
    )

    assert (found.severity, found.leads_to, found.sentence) == ("stop", "refer_urgently", "ache found.")

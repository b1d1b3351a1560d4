"""Warning signs that are there."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest

from masseter.core.consult.flags import open_red_flags, raised_red_flags
from masseter.core.facts import Observation, fact
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction


def raised(condition: str | None = None, jurisdiction: str = "UK", **values: bool) -> list[str]:
    facts: dict[str, Observation] = {
        code: fact(code, value, observed_on=date(2026, 3, 1)) for code, value in values.items()
    }
    found = raised_red_flags(
        knowledge=load(),
        facts=facts,
        condition=load().conditions[condition] if condition else None,
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
    facts = {"flag_heart": fact("flag_heart", True), "cleared_heart": fact("cleared_heart", cleared)}

    found = open_red_flags(knowledge=load(), facts=facts, condition=None, jurisdiction="UK")

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

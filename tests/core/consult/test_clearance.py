"""A warning sign that is reported anew has to be worked up anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from masseter.core.consult.clearance import is_outdated, standings_in_force
from masseter.core.consult.standing import Given
from masseter.core.facts import Observation, ObservationValue
from masseter.knowledge.model import AllOf, AtMost, OneOf
from tests.core.builders import D, finding_rule, red_flag

DAY = date(2026, 3, 1)
FLAG = red_flag("ache", needs_approval="cleared")


def said(code: str, value: ObservationValue, day: int = 0, by: str = "clinician", seen: bool = True) -> Given:
    on = DAY + timedelta(days=day)
    return Given(
        observation=Observation(code=code, value=value, observed_on=on, reported_by=by), is_confirmed=seen
    )


YES, CLEARED = said("ache", True), said("cleared", True, 1)


@pytest.mark.parametrize(
    ("given", "is_old"),
    [
        ([YES], False),
        ([YES, CLEARED], False),
        ([YES, said("cleared", True, 0)], False),
        ([CLEARED, said("ache", True, 1)], True),
        ([YES, CLEARED, said("ache", True, 40)], True),
        ([YES, CLEARED, said("ache", True, 40, "patient", seen=False)], True),
        ([YES, CLEARED, said("ache", False, 1), said("ache", True, 1)], True),
        ([YES, CLEARED, said("ache", None, 20), said("ache", True, 40)], True),
        ([YES, CLEARED, said("ache", False, 40)], False),
        ([YES, CLEARED, said("ache", None, 40)], False),
        ([YES, CLEARED, said("ache", True, 40), said("cleared", True, 41)], False),
        ([YES, CLEARED, said("ache", True, 40), said("cleared", False, 41)], False),
        ([said("ache", True, 0, "patient", seen=False), CLEARED, said("ache", True, 3, "patient")], False),
    ],
)
def test_a_clearance_is_older_than_a_new_report(given: list[Given], is_old: bool) -> None:
    assert is_outdated(FLAG, given) is is_old


def test_an_outdated_clearance_is_as_if_not_recorded() -> None:
    found = standings_in_force([YES, CLEARED, said("ache", True, 40)], [FLAG])

    assert set(found) == {"ache"}


def test_an_approval_of_something_else_is_kept() -> None:
    rule = finding_rule("ache", needs_approval="cleared")

    found = standings_in_force([YES, CLEARED, said("ache", True, 40)], [rule])

    assert set(found) == {"ache", "cleared"}


@pytest.mark.parametrize(("pattern", "is_old"), [("one_sided", True), ("both", False)])
def test_a_sign_of_several_answers_is_reported_by_each(pattern: str, is_old: bool) -> None:
    one_sided = OneOf(observation="pattern", one_of=("one_sided",))
    young = AtMost(observation="age", at_most=D(39))
    rule = red_flag("young", AllOf(all=(young, one_sided)), needs_approval="cleared")

    assert is_outdated(rule, [CLEARED, said("pattern", pattern, 9)]) is is_old

"""A warning sign that is reported anew has to be worked up anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from masseter.core.consult.clearance import clearances_of, is_outdated, signs_of, standings_in_force
from masseter.core.consult.standing import Given, standings
from masseter.core.facts import Observation, ObservationValue
from masseter.knowledge.model import AllOf, AtMost, OneOf
from tests.core.builders import D, finding_rule, red_flag, yes

DAY = date(2026, 3, 1)
FLAG = red_flag("ache", needs_approval="cleared")


def said(code: str, value: ObservationValue, day: int = 0, by: str = "clinician", seen: bool = True) -> Given:
    on = DAY + timedelta(days=day)
    return Given(
        observation=Observation(code=code, value=value, observed_on=on, reported_by=by), is_confirmed=seen
    )


def undated(code: str, value: ObservationValue) -> Given:
    return Given(observation=Observation(code=code, value=value), is_confirmed=True)


YES, CLEARED = said("ache", True), said("cleared", True, 1)


@pytest.mark.parametrize(
    ("given", "is_old"),
    [
        ([], False),
        ([said("other", True)], False),
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
        # What the patient says again without a clinician's word for it is a new report.
        ([YES, CLEARED, said("ache", True, 3, "patient", seen=False)], True),
        # What a clinician reports is one, though nobody has to confirm it.
        ([YES, CLEARED, said("ache", True, 3)], True),
        ([YES, CLEARED, said("ache", True, 1)], False),
        ([YES, CLEARED, said("ache", True, 0)], False),
        # An outdated clearance is not made good by saying the same once more, nor by a no.
        ([YES, CLEARED, said("ache", True, 40), said("ache", True, 40, "patient")], True),
        ([YES, CLEARED, said("ache", True, 40), said("ache", False, 41)], True),
        # What was not a clearance cannot grow old, and neither can one of another sign.
        ([YES, said("cleared", False, 1), said("ache", True, 40)], False),
        ([YES, said("cleared", None, 1), said("ache", True, 40)], False),
        ([YES, CLEARED, said("other", True, 40)], False),
        # A report without a day is not later than anything; a clearance without one is older than all.
        ([YES, CLEARED, undated("ache", True)], False),
        ([YES, undated("cleared", True), said("ache", True, -90)], True),
    ],
)
def test_a_clearance_is_older_than_a_new_report(given: list[Given], is_old: bool) -> None:
    assert is_outdated(FLAG, given) is is_old


def test_an_outdated_clearance_is_as_if_not_recorded() -> None:
    found = standings_in_force([YES, CLEARED, said("ache", True, 40)], [FLAG])

    assert set(found) == {"ache"}


def test_clearance_that_holds_stands_with_all_else_that_was_said() -> None:
    other = said("other", "words", 2)

    found = standings_in_force([YES, CLEARED, other], [FLAG])

    assert found == standings([YES, CLEARED, other])
    assert set(found) == {"ache", "cleared", "other"}


def test_clearance_of_another_sign_is_kept_when_one_is_outdated() -> None:
    other = red_flag("lump", needs_approval="lump_cleared")
    given = [YES, CLEARED, said("lump", True), said("lump_cleared", True, 1), said("ache", True, 40)]

    assert set(standings_in_force(given, [FLAG, other])) == {"ache", "lump", "lump_cleared"}


def test_signs_and_their_clearances_are_those_of_the_red_flags_alone() -> None:
    both = red_flag("both", AllOf(all=(yes("ache"), yes("lump"))))
    rules = [FLAG, both, finding_rule("mild", needs_approval="agrees")]

    assert signs_of(rules) == {"ache", "lump"}
    assert clearances_of(rules) == {"cleared"}


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

"""Which observation stands when patient and clinician said different things."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from masseter.core.consult.standing import Given, standings
from masseter.core.facts import Observation, ObservationValue

DAY = date(2026, 3, 1)


def given(value: ObservationValue, *, confirmed: bool, code: str = "allergies") -> Given:
    by = "clinician" if confirmed else "patient"
    return Given(
        observation=Observation(code=code, value=value, observed_on=DAY, reported_by=by),
        is_confirmed=confirmed,
    )


def test_a_contradiction_is_not_known_until_it_is_settled() -> None:
    one = standings([given(True, confirmed=True), given(False, confirmed=False)])["allergies"]

    assert one.differs
    assert one.fact.value is None


def test_a_patient_cannot_take_back_what_a_clinician_found() -> None:
    one = standings([given(("human_albumin",), confirmed=True), given(("none",), confirmed=False)])[
        "allergies"
    ]

    assert one.fact.value is None


def test_a_settled_contradiction_is_what_the_clinician_says() -> None:
    rows = [given(True, confirmed=True), given(False, confirmed=False), given(False, confirmed=True)]

    one = standings(rows)["allergies"]

    assert one.fact.value is False
    assert one.waits is None


def test_an_answer_that_nobody_confirmed_counts_while_nothing_contradicts_it() -> None:
    one = standings([given(True, confirmed=False)])["allergies"]

    assert one.fact.value is True
    assert not one.differs


def test_the_same_answer_again_changes_nothing() -> None:
    one = standings([given(True, confirmed=True), given(True, confirmed=False)])["allergies"]

    assert not one.differs
    assert one.fact.reported_by == "clinician"


def test_a_newer_not_known_of_the_patient_makes_a_fact_unknown() -> None:
    one = standings([given(True, confirmed=True), given(None, confirmed=False)])["allergies"]

    assert one.fact.value is None


def test_codes_do_not_mix() -> None:
    found = standings([given(True, confirmed=True), given(False, confirmed=False, code="other")])

    assert found["allergies"].fact.value is True
    assert found["other"].fact.value is False


def test_newest_of_each_kind_stands_and_waits() -> None:
    rows = [given(True, confirmed=True), given(None, confirmed=True), given("a", confirmed=False)]

    one = standings([*rows, given("b", confirmed=False)])["allergies"]

    assert one.code == "allergies"
    assert one.stands is not None
    assert one.waits is not None
    assert (one.stands.value, one.waits.value) == (None, "b")


def test_contradiction_keeps_who_said_last_and_when() -> None:
    late = replace(given(False, confirmed=False).observation, observed_on=DAY + timedelta(days=1))
    rows = [given(True, confirmed=True), Given(observation=late, is_confirmed=False)]

    assert standings(rows)["allergies"].fact == replace(late, value=None)


def test_what_is_confirmed_and_not_said_since_is_the_fact_itself() -> None:
    row = given(True, confirmed=True)

    assert standings([row])["allergies"].fact is row.observation
    assert not standings([row])["allergies"].differs

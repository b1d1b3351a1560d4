"""The consultation behind a plan: answers confirmed, decided together, the diagnosis as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from masseter.core.findings import Finding
from masseter.core.plan.types import SharedDecision
from tests.core.builders import condition, diagnosis, observation_type, yes
from tests.core.plan.builders import knowledge, licence, patient, plan
from tests.core.plan.test_check import checked, codes

ABOUT = {
    "answers-unconfirmed",
    "decision-missing",
    "decision-against",
    "diagnosis-changed",
    "diagnosis-not-treatable",
    "diagnosis-unproven",
}
ARTHRALGIA = diagnosis("arthralgia", yes("pain"), treatable=False)
MYALGIA = diagnosis("myalgia", yes("pain"), yes("familiar"))
TWO = condition(licences=(licence(),), diagnoses=(MYALGIA, ARTHRALGIA))


def about(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    return {each.code: each for each in findings if each.code in ABOUT}


@pytest.mark.parametrize(
    ("decided", "code"),
    [
        ("", "decision-missing"),
        ("wait", "decision-against"),
        ("other_way", "decision-against"),
        ("no", "decision-against"),
    ],
)
def test_plan_without_a_decision_to_go_ahead_is_a_caution(decided: SharedDecision, code: str) -> None:
    found = about(checked(plan(), person=replace(patient(), decided=decided)))

    assert [(each.code, each.severity) for each in found.values()] == [(code, "caution")]


def test_unconfirmed_answers_are_named_in_the_order_of_the_form() -> None:
    types = [observation_type("a", label="Bruises", order=2), observation_type("b", label="Aspirin", order=1)]
    known = knowledge()
    known = replace(known, observations={**known.observations, **{each.code: each for each in types}})
    person = replace(patient(), unconfirmed=("b", "a", "gone"))

    found = about(checked(plan(), known=known, person=person))["answers-unconfirmed"]

    assert found.severity == "caution"
    assert found.sentence.endswith("not confirmed by a clinician yet: Aspirin; Bruises.")


def test_another_working_diagnosis_than_the_plans_is_a_caution_that_names_both() -> None:
    known = knowledge(conditions={"tmd": TWO})

    found = about(checked(plan(), known=known, person=replace(patient(), diagnosis="arthralgia")))

    assert set(found) == {"diagnosis-changed"}
    assert (
        "drafted for Myalgia; the working diagnosis is now Arthralgia" in found["diagnosis-changed"].sentence
    )


def test_diagnosis_that_is_not_treated_is_a_caution_although_it_is_met() -> None:
    known = knowledge(conditions={"tmd": TWO})

    found = about(checked(plan(diagnosis="arthralgia"), known=known))

    assert set(found) == {"diagnosis-not-treatable"}


@pytest.mark.parametrize(("familiar", "words"), [(False, "are not met"), (None, "are not all known")])
def test_criteria_that_fail_after_drafting_are_a_caution(familiar: bool | None, words: str) -> None:
    found = about(checked(plan(), person=patient(familiar=familiar)))

    assert set(found) == {"diagnosis-unproven"}
    assert words in found["diagnosis-unproven"].sentence


def test_what_the_candidacy_says_of_the_diagnosis_is_not_said_twice() -> None:
    said = Finding(code="diagnosis-open", severity="caution", sentence="No diagnosis is made yet.")

    findings = checked(plan(), person=replace(patient(familiar=None), candidacy=(said,)))

    assert "diagnosis-open" in codes(findings)
    assert about(findings) == {}


def test_a_consultation_that_carries_the_plan_says_nothing() -> None:
    person = replace(patient(), decided="go_ahead", diagnosis="myalgia")

    assert about(checked(plan(), person=person)) == {}


def test_a_case_file_without_a_record_is_not_asked_for_one() -> None:
    assert about(checked(plan())) == {}

"""Answers that are old, withdrawn, contradicting, or not answers at all."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from masseter.core.consult.candidacy import Candidacy, assess_candidacy
from masseter.core.consult.clearance import standings_in_force
from masseter.core.consult.standing import Given
from masseter.core.facts import Observation, fact, latest_facts, mark_stale
from masseter.core.reading import InvalidObservation, read_observation
from masseter.core.screen.self_check import SelfCheckAnswer, run_self_check
from tests.adversary.ground import KNOWN, TODAY, WELL, ask, draft, found, refused, said
from tests.core.builders import facts

HEAD = "case: 1\ntoday: 2026-11-25\njurisdiction: US\ncondition: tmd\npatient: {birth_date: 1984-05-01}\n"
FLAGS = sorted(code for code in KNOWN.observations if code.startswith("flag_"))


def judged(condition: str = "tmd", **answers: Any) -> Candidacy:
    known = mark_stale(facts(**{**WELL, **answers}), KNOWN.observations, TODAY)
    return assess_candidacy(
        condition=KNOWN.conditions[condition], knowledge=KNOWN, facts=known, jurisdiction="US"
    )


def given(code: str, value: Any, day: int, *, confirmed: bool = True) -> Given:
    by = "clinician" if confirmed else "patient"
    on = date(2026, 1, 1) + timedelta(days=day)
    return Given(
        observation=Observation(code=code, value=value, observed_on=on, reported_by=by),
        is_confirmed=confirmed,
    )


@pytest.mark.parametrize("flag", FLAGS)
def test_warning_sign_left_open(flag: str) -> None:
    """A warning sign that was never asked, or answered with 'not known', taken for no.

    Wherever the sign is asked, nobody is a candidate while it is open.
    """
    asked = [each.code for each in KNOWN.conditions.values() if judged(each.code, **{flag: True}).findings]
    for condition in asked:
        alarms = {each.code for each in judged(condition, **{flag: True}).findings if each.is_stop}
        if alarms - {each.code for each in judged(condition).findings}:
            verdict = judged(condition, **{flag: None})
            assert not verdict.is_candidate
            assert any(flag in each.asks for each in verdict.findings) or flag in verdict.questions


def test_answer_withdrawn_to_unknown() -> None:
    """An allergy or a no that was given, and later withdrawn to 'not known', so that the older answer stays.

    The newest answer counts, and 'not known' is asked again.
    """
    old = fact("flag_growth", False, observed_on=TODAY - timedelta(days=9))
    newer = fact("flag_growth", None, observed_on=TODAY)

    assert latest_facts([old, newer])["flag_growth"].value is None
    assert latest_facts([newer, old])["flag_growth"].value is None
    assert "allergies-unknown" in said(found(draft(), allergies=None), "caution")


def test_answer_of_last_year(tmp_path: Path) -> None:
    """'No infection, not pregnant, no weakness', answered a year ago and never asked again.

    What is too old counts as not known and is asked again; within its days it holds.
    """
    for age, is_open in ((31, True), (30, False)):
        day = TODAY - timedelta(days=age)
        text = f"{HEAD}facts:\n  infection_at_site: {{value: false, on: {day}}}\n"
        codes = {each["code"] for each in ask("assess", tmp_path, text)["verdicts"][0]["findings"]}
        assert ("infection-at-site-open" in codes) is is_open


def test_answer_of_tomorrow(tmp_path: Path) -> None:
    """An answer dated in the future, which would never grow old.

    Refused, as is one from before the person was born.
    """
    for day in ("2026-11-26", "1984-04-30"):
        text = f"{HEAD}facts:\n  infection_at_site: {{value: false, on: {day}}}\n"
        assert "date" in refused("assess", tmp_path, text)


def test_warning_sign_cleared_long_ago() -> None:
    """A warning sign was worked up once, and is now reported again.

    The old clearance does not cover the new report, even while no clinician has confirmed it.
    """
    rules = KNOWN.precautions
    once = [given("flag_growth", True, 0), given("cleared_growth", True, 5)]
    again = [*once, given("flag_growth", True, 90, confirmed=False)]

    assert "cleared_growth" in standings_in_force(once, rules)
    assert "cleared_growth" not in standings_in_force(again, rules)


def test_contradicting_answers() -> None:
    """The clinician wrote no, the patient later says yes, and the confirmed no is used.

    Until a clinician settles it the answer is not known.
    """
    held = standings_in_force(
        [given("flag_growth", False, 0), given("flag_growth", True, 3, confirmed=False)], KNOWN.precautions
    )
    assert held["flag_growth"].fact.value is None
    assert not judged(flag_growth=None).is_candidate


def test_none_of_these_and_one_of_these(tmp_path: Path) -> None:
    """'None' chosen together with an allergy, so that either can be read.

    Refused.
    """
    assert "not both" in refused("assess", tmp_path, f"{HEAD}facts:\n  allergies: [none, human_albumin]\n")


def test_allergy_in_other_words(tmp_path: Path) -> None:
    """An allergy in words that the list does not have: albumin, Human_Albumin.

    Refused rather than lost.
    """
    for word in ("albumin", "Human_Albumin", "human albumin", "HUMAN_ALBUMIN"):
        assert "allergies" in refused("assess", tmp_path, f"{HEAD}facts:\n  allergies: [{word}]\n")


def test_allergy_to_a_component() -> None:
    """An allergy to what one product holds, told before the product was changed to that one.

    Stops with that product, and the plan of the other one is told.
    """
    assert "allergy" in said(found(draft(product="dysport"), allergies=("cows_milk_protein",)))
    assert "allergy" not in said(found(draft(product="xeomin"), allergies=("cows_milk_protein",)))


@pytest.mark.parametrize("code", ["age_years", "days_since_last_toxin", "cycles_given"])
def test_computed_facts_typed_in(code: str, tmp_path: Path) -> None:
    """An age or a number of days that is typed in beside the dates from which it follows.

    Refused: it is computed.
    """
    assert "computed" in refused("assess", tmp_path, f"{HEAD}facts:\n  {code}: 40\n")


@pytest.mark.parametrize("raw", ["not_applicable", "n/a", "NOT_APPLICABLE", "maybe", "-", "0", "1", "nope"])
def test_not_applicable_typed_in(raw: str) -> None:
    """A warning sign answered with 'does not apply', which counts as no.

    Refused: only an earlier answer can make a question not apply.
    """
    with pytest.raises(InvalidObservation):
        read_observation(KNOWN.observations["flag_growth"], raw, today=TODAY, reported_by="patient")


def test_one_for_yes() -> None:
    """The number 1 as an answer to yes or no, which a program takes for the same as true.

    Refused, as a number and as a text; so is true for a number.
    """
    for code, raw in (("flag_growth", 1), ("flag_growth", 0), ("weight_kg", True), ("headache_days", False)):
        with pytest.raises(InvalidObservation):
            read_observation(KNOWN.observations[code], raw, today=TODAY, reported_by="patient")


def test_every_illness_at_once() -> None:
    """So many reasons against the toxin that the list is cut, or that one outweighs the other.

    All are told, the gravest first, and none is taken back by another.
    """
    worst = {"neuromuscular": ("myasthenia_gravis",), "pregnancy": ("pregnant",), "infection_at_site": True}
    alone = {each.code for code, value in worst.items() for each in judged(**{code: value}).findings}
    together = judged(**worst, flag_heart=True)

    assert together.verdict == "refer_urgently"
    assert {"neuromuscular-junction", "pregnant", "infection-at-site", "red-flag-heart"} <= {
        each.code for each in together.findings
    }
    assert alone - {each.code for each in together.findings} <= {"candidate"}


@pytest.mark.parametrize("condition", sorted(KNOWN.conditions))
def test_self_check_answered_with_nothing(condition: str) -> None:
    """A self-check sent off empty, to be told that all is well.

    It never reassures: the warning signs are still open.
    """
    answer = run_self_check(
        condition=KNOWN.conditions[condition], knowledge=KNOWN, facts={}, jurisdiction="UK"
    )
    assert answer.unanswered
    assert not answer.is_reassuring
    assert answer.answer is not SelfCheckAnswer.WORTH_CONSULTATION or answer.unanswered


def test_person_without_a_day_of_birth(tmp_path: Path) -> None:
    """No date of birth, so that no rule about age can stop; or one that is still to come.

    A plan is refused without it, and age is asked for in the verdict.
    """
    bare = HEAD.replace("patient: {birth_date: 1984-05-01}\n", "")
    findings = {each["code"] for each in ask("assess", tmp_path, bare)["verdicts"][0]["findings"]}
    assert "under-18-open" in findings
    future = ask("assess", tmp_path, HEAD.replace("1984-05-01", "2030-01-01"))
    assert future["format"] == "masseter.bad_input/1" or "under-18-open" in {
        each["code"] for each in future["verdicts"][0]["findings"]
    }

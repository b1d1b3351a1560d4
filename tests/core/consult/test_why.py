"""What guidelines say, beside the verdict that they speak of."""

from __future__ import annotations

from masseter.core.consult.candidacy import Candidacy, assess_candidacy
from masseter.core.consult.why import explain_candidacy, guidelines_for
from masseter.core.facts import ObservationValue
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction
from tests.core.builders import facts

KNOWN = load()


def judged(condition: str, jurisdiction: Jurisdiction = "UK", **values: ObservationValue) -> Candidacy:
    return assess_candidacy(
        condition=KNOWN.conditions[condition],
        knowledge=KNOWN,
        facts=facts(**values),
        jurisdiction=jurisdiction,
    )


def codes(candidacy: Candidacy) -> set[str]:
    return {one.code for one in guidelines_for(candidacy, KNOWN)}


def test_guideline_of_another_condition_or_place_is_not_named() -> None:
    shown = codes(judged("chronic_migraine", "EU"))

    assert "ehf2018-chronic-migraine" in shown
    assert not {"nice-ta260", "bmj2023-tmd"} & shown


def test_guideline_of_a_diagnosis_is_left_out_when_another_one_is_made() -> None:
    made = judged("chronic_migraine", headache_days=8, attacks_meet_migraine=True)

    assert "aan2016-episodic-migraine" in codes(made)
    assert "nice-ta260" not in codes(made)


def test_both_wordings_of_nice_are_told_apart() -> None:
    tree = explain_candidacy(
        judged("chronic_migraine"), condition=KNOWN.conditions["chronic_migraine"], knowledge=KNOWN, facts={}
    )

    said = next(part for part in tree.parts if part.says == "Guidelines")
    lines = [each.says for each in said.parts]
    assert any("wording of 2012, no longer in force" in line for line in lines)
    assert any("wording of today: for it" in line for line in lines)


def test_position_that_was_not_read_says_so() -> None:
    unread = [one for one in KNOWN.guidelines if one.position == "unread"]

    assert {one.evidence.sure for one in unread} == {"from_memory"}
    assert all("not read" in one.text for one in unread)


def test_every_condition_has_a_position_and_jaw_pain_one_against() -> None:
    assert {code for one in KNOWN.guidelines for code in one.conditions} == set(KNOWN.conditions)
    assert any(one.position == "conditional_against" for one in KNOWN.guidelines if "tmd" in one.conditions)

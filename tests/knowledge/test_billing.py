"""What is known of claims: codes without licensed wording, and nothing that only a page with errors says."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from masseter.knowledge.load import load

KNOWN = load()
NOTES = {each.code: each for each in KNOWN.billing_notes}


def test_every_note_has_a_code_of_its_own_and_holds_in_the_us() -> None:
    assert Counter(each.code for each in KNOWN.billing_notes).most_common(1)[0][1] == 1
    assert {each.jurisdictions for each in KNOWN.billing_notes} == {("US",)}


def test_jaw_muscles_have_no_procedure_code_by_default() -> None:
    assert "No code of their own" in NOTES["cpt-jaw-muscles"].text
    assert NOTES["cpt-jaw-muscles"].evidence.sure != "verified"


@pytest.mark.parametrize("code", ["D9613", "D4999", "D9940", "D7999"])
def test_dental_codes_that_are_wrong_for_toxin_are_named_as_wrong(code: str) -> None:
    offered = [each.code for each in KNOWN.billing_notes if code in each.title and "Not " not in each.title]

    assert offered == []
    assert code in NOTES["cdt-wrong"].title


def test_example_of_a_claim_adds_up_to_the_vial() -> None:
    numbers = [int(each) for each in re.findall(r"\d+", NOTES["example-155"].text)]

    assert numbers == [155, 200, 155, 45]
    assert numbers[2] + numbers[3] == numbers[1]


def test_every_measure_that_is_not_scored_says_why_and_is_no_instrument() -> None:
    for each in KNOWN.unscored:
        assert each.why_not.strip()
        assert each.code not in KNOWN.instruments


def test_diluents_name_the_one_of_the_labels_and_mark_the_others() -> None:
    diluents = {each.code: each.on_label for each in KNOWN.practice.diluents}

    assert diluents == {"saline": True, "preserved_saline": False, "other": False}


def test_what_a_letter_prints_of_a_criterion_is_the_criterion_and_no_remark_of_ours() -> None:
    asked = [each for each in KNOWN.billing_notes if "chronic_migraine" in each.conditions]
    printed = [each for each in asked if each.kind in ("start", "renewal")]

    assert len(printed) >= 17
    for each in printed:
        assert each.text.count(".") == 1 + each.text.count("G43."), each.code
        assert not re.search(r"\b(quoted|searches|page|some payers|Often)\b", each.text), each.code

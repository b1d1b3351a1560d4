"""Which unwanted effects on record the next plan goes by."""

from __future__ import annotations

from dataclasses import replace

import pytest

from masseter.core.facts import ObservationValue, fact
from masseter.core.recover.felt import felt_with
from masseter.knowledge.load import load
from masseter.knowledge.model import EventSeverity

KNOWN = load()


def felt(effect: str, severity: EventSeverity = "mild", told: ObservationValue = None) -> object:
    known = None if told is None else fact("effects_felt", told)
    return felt_with(known, effect=effect, severity=severity, knowledge=KNOWN)


@pytest.mark.parametrize("effect", ["", "bruise", "bone_change"])
def test_effect_for_which_no_plan_is_made_smaller_adds_nothing(effect: str) -> None:
    assert felt(effect, "severe") is None


def test_expected_weakness_of_chewing_counts_only_where_it_bothered() -> None:
    assert felt("chewing_weakness", "mild") is None
    assert felt("chewing_weakness", "moderate") == ("chewing_weakness",)


def test_effect_is_added_to_those_told_and_replaces_the_answer_none() -> None:
    assert felt("brow_ptosis", told=("none",)) == ("brow_ptosis",)
    assert felt("brow_ptosis", told=("dry_mouth",)) == ("dry_mouth", "brow_ptosis")
    assert felt("brow_ptosis", told=("brow_ptosis",)) == ("brow_ptosis",)


def test_knowledge_that_does_not_ask_for_effects_keeps_none() -> None:
    silent = replace(KNOWN, observations={})

    assert felt_with(None, effect="brow_ptosis", severity="severe", knowledge=silent) is None


def test_every_effect_that_can_be_felt_is_an_effect_and_lowers_something() -> None:
    choices = {choice.code for choice in KNOWN.observations["effects_felt"].choices} - {"none"}
    lowering = {
        code
        for rule in KNOWN.adjustments
        for code in getattr(rule.when, "one_of", ())
        if getattr(rule.when, "observation", "") == "effects_felt"
    }

    assert choices <= set(KNOWN.effects)
    assert choices == lowering

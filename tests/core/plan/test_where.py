"""Where it hurts and which side is affected: what was not examined or is painless is no place of pain."""

from __future__ import annotations

import pytest

from masseter.core.plan.where import painful_sites, quiet_sites, recorded_side
from masseter.knowledge.load import load
from tests.core.builders import facts
from tests.core.plan.builders import knowledge

KNOWN = load()


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"palpation_masseter_left": "painless"},
        {"palpation_masseter_left": None},
        {"pain_sites_left": ("none",), "divisions_right": ("none",)},
        {"pain_sites_left": None},
        {"pain_sites_left": ("elbow",), "palpation_elbow_left": "familiar"},
    ],
)
def test_nothing_hurts_where_nothing_was_found(told: dict[str, object]) -> None:
    assert painful_sites(facts(**told), KNOWN) == ()  # type: ignore[arg-type]  # as the test says


def test_place_of_the_headache_hurts_on_its_own_side_alone() -> None:
    told = facts(pain_sites_left=("temporalis", "frontalis"), pain_sites_right=("trapezius",))

    assert set(painful_sites(told, KNOWN)) == {
        ("temporalis", "left"),
        ("frontalis", "left"),
        ("trapezius", "right"),
    }


def test_palpated_muscle_and_painful_division_hurt() -> None:
    told = facts(palpation_digastric_right="familiar", divisions_left=("v2", "v3"))

    assert set(painful_sites(told, KNOWN)) == {
        ("anterior_digastric", "right"),
        ("skin_v2", "left"),
        ("skin_v3", "left"),
    }


def test_place_that_is_named_twice_hurts_once() -> None:
    told = facts(palpation_temporalis_left="familiar", pain_sites_left=("temporalis",))

    assert painful_sites(told, KNOWN) == (("temporalis", "left"),)


@pytest.mark.parametrize(
    ("told", "side"),
    [
        ({}, None),
        ({"divisions_left": ("v1",), "divisions_right": ("v2",)}, None),
        ({"divisions_left": ("v1",), "divisions_right": ("none",)}, "left"),
        ({"spasm_side": "right"}, "right"),
        ({"affected_side": "both"}, "both"),
        ({"affected_side": "elsewhere"}, None),
    ],
)
def test_side_is_the_one_that_is_recorded(told: dict[str, object], side: str | None) -> None:
    assert recorded_side(facts(**told)) == side  # type: ignore[arg-type]  # as the test says


def test_painless_muscle_hides_no_other_and_what_is_not_palpated_is_none() -> None:
    told = facts(
        palpation_masseter_left="painless",
        palpation_temporalis_right="familiar",
        pain_sites_left=("elbow", "frontalis"),
        masseter_left="familiar",
    )

    assert painful_sites(told, KNOWN) == (("frontalis", "left"), ("temporalis", "right"))


@pytest.mark.parametrize(
    ("told", "condition"),
    [
        ({}, "facial_spasm"),
        ({"spasm_muscles": None}, "facial_spasm"),
        ({"spasm_muscles": ("nasalis",)}, "tmd"),
    ],
)
def test_no_muscle_is_quiet_where_nobody_looked(told: dict[str, object], condition: str) -> None:
    assert quiet_sites(facts(**told), KNOWN, condition) == frozenset()  # type: ignore[arg-type]  # real ones


def test_muscles_without_spasm_are_quiet_and_the_answer_none_is_no_muscle() -> None:
    asked = {choice.code for choice in KNOWN.observations["spasm_muscles"].choices}

    assert quiet_sites(facts(spasm_muscles=("nasalis",)), KNOWN, "facial_spasm") == asked - {
        "none",
        "nasalis",
    }
    assert quiet_sites(facts(spasm_muscles=("none",)), KNOWN, "facial_spasm") == asked - {"none"}


def test_nothing_is_quiet_where_the_question_is_not_asked() -> None:
    assert quiet_sites(facts(spasm_muscles=("nasalis",)), knowledge(), "facial_spasm") == frozenset()


@pytest.mark.parametrize("code", ["spasm_side", "affected_side", "sensory_side"])
@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_every_question_for_the_side_is_read(code: str, side: str) -> None:
    assert recorded_side(facts(**{code: side})) == side


def test_side_with_pain_comes_before_what_was_said_of_a_side() -> None:
    assert recorded_side(facts(divisions_right=("v2",), spasm_side="left")) == "right"
    both = {"divisions_left": ("v1",), "divisions_right": ("v2",), "affected_side": "right"}
    assert recorded_side(facts(**both)) == "right"  # type: ignore[arg-type]  # real ones

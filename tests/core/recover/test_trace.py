"""From an unwanted effect back to the treated places that can have brought it about."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import get_args

import pytest

from masseter.core.plan.types import PlannedPoint
from masseter.core.recover.trace import EffectSide, Timing, Trace, trace_effect
from masseter.knowledge.load import load

KNOWN = load()


def at(site: str, side: str, number: str, units: str) -> PlannedPoint:
    abbreviation = KNOWN.sites[site].abbreviation
    letter = {"left": "L", "right": "R", "midline": "M"}[side]
    return PlannedPoint(
        id=f"{abbreviation}-{letter}-{number}",
        site=site,
        side=side,  # type: ignore[arg-type]  # one of three words
        number=number,
        view="front",
        x=Decimal(100),
        y=Decimal(100),
        units=Decimal(units),
    )


POINTS = (
    at("frontalis", "left", "1", "5"),
    at("corrugator", "left", "1", "5"),
    at("corrugator", "right", "1", "5"),
    at("corrugator", "right", "2", "2.5"),
    at("masseter", "left", "1", "20"),
    at("trapezius", "left", "1", "15"),
)


def traced(
    effect: str, day: int = 4, points: tuple[PlannedPoint, ...] = POINTS, side: EffectSide = "unknown"
) -> Trace:
    return trace_effect(
        effect=KNOWN.effects[effect], side=side, points=points, product="botox", day=day, knowledge=KNOWN
    )


def test_lid_that_droops_leads_to_the_treated_places_that_can_do_it() -> None:
    found = traced("eyelid_ptosis")

    assert [(each.site, each.side, each.total.units, each.points) for each in found.suspects] == [
        ("corrugator", "right", Decimal("7.5"), ("CORR-R-1", "CORR-R-2")),
        ("frontalis", "left", 5, ("FRON-L-1",)),
        ("corrugator", "left", 5, ("CORR-L-1",)),
    ]
    assert all(each.how and each.evidence.sources for each in found.suspects)
    assert "orbicularis_oculi" in found.untreated
    assert "corrugator" not in found.untreated
    assert not found.is_anywhere
    assert not found.is_unexplained


def places(found: Trace) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """What is named on the side of the effect, and on the other one."""
    own: set[tuple[str, str]] = {(each.site, each.side) for each in found.suspects}
    other: set[tuple[str, str]] = {(each.site, each.side) for each in found.other_side}
    return own, other


def test_side_of_the_effect_goes_first_with_the_middle_and_the_other_side_stays_named() -> None:
    points = (*POINTS, at("procerus", "midline", "1", "5"))

    own, other = places(traced("eyelid_ptosis", points=points, side="right"))

    assert own == {("corrugator", "right"), ("procerus", "midline")}
    assert other == {("corrugator", "left"), ("frontalis", "left")}


@pytest.mark.parametrize("effect", sorted(KNOWN.effects))
def test_no_side_hides_a_place_that_can_do_it(effect: str) -> None:
    """Whatever side is told, both lists together hold what is named where the side is not known."""
    every = places(traced(effect))[0]
    for side in get_args(EffectSide):
        own, other = places(traced(effect, side=side))
        assert own | other == every, side
        assert not own & other, side
        assert side in ("left", "right") or not other, side


def test_effect_on_the_side_that_was_not_treated_is_unexplained_and_names_the_other() -> None:
    found = traced("chewing_weakness", side="right")

    assert found.is_unexplained
    assert [(each.site, each.side) for each in found.other_side] == [("masseter", "left")]
    assert "masseter" not in found.untreated


def test_effect_that_no_treated_place_explains_says_so() -> None:
    found = traced("diplopia", points=POINTS[4:])

    assert found.suspects == ()
    assert found.is_unexplained
    assert set(found.untreated) == {"orbicularis_oculi", "skin_v1", "corrugator"}


def test_effect_of_the_needle_leads_to_every_treated_place() -> None:
    found = traced("bruise")

    assert found.is_anywhere
    assert {each.site for each in found.suspects} == {"frontalis", "corrugator", "masseter", "trapezius"}
    assert found.suspects[0].site == "masseter"
    assert {each.how for each in found.suspects} == {""}
    assert found.suspects[0].evidence == KNOWN.effects["bruise"].evidence
    assert found.untreated == ()


def test_effect_of_some_regions_leaves_the_others_out() -> None:
    skin = replace(KNOWN.effects["bruise"], regions=("jaw",))

    found = trace_effect(effect=skin, side="unknown", points=POINTS, product="botox", day=0, knowledge=KNOWN)

    assert {each.site for each in found.suspects} == {"masseter"}


@pytest.mark.parametrize(
    ("day", "timing"),
    [(-1, "before"), (0, "earlier"), (1, "earlier"), (2, "as_known"), (7, "as_known"), (8, "later")],
)
def test_day_is_held_against_when_the_effect_is_known_to_begin(day: int, timing: Timing) -> None:
    onset = KNOWN.effects["eyelid_ptosis"].onset_days
    assert (onset.low, onset.high) == (2, 7)

    assert traced("eyelid_ptosis", day=day).timing == timing


@pytest.mark.parametrize(
    ("effect", "site"),
    [
        ("eyelid_ptosis", "frontalis"),
        ("eyelid_ptosis", "corrugator"),
        ("eyelid_ptosis", "orbicularis_oculi"),
        ("smile_asymmetry", "risorius"),
        ("smile_asymmetry", "zygomaticus_major"),
        ("smile_asymmetry", "masseter"),
        ("dysphagia", "sternocleidomastoid"),
        ("dysphagia", "anterior_digastric"),
        ("muscle_weakness", "cervical_paraspinal"),
        ("muscle_weakness", "trapezius"),
        ("muscle_weakness", "splenius"),
        ("eye_exposure", "orbicularis_oculi"),
        ("diplopia", "orbicularis_oculi"),
        ("chewing_weakness", "masseter"),
        ("masseter_bulge", "masseter"),
    ],
)
def test_known_pairs_of_effect_and_muscle_lead_to_each_other(effect: str, site: str) -> None:
    assert site in {code for cause in KNOWN.effects[effect].from_sites for code in cause.sites}


def test_every_effect_leads_somewhere_in_every_condition_that_it_is_known_in() -> None:
    """No symptom is a dead end: for each effect there is a site whose treatment leads to it."""
    for effect in KNOWN.effects.values():
        sites = [code for cause in effect.from_sites for code in cause.sites] or list(KNOWN.sites)
        points = tuple(at(code, KNOWN.sites[code].sides[0], "1", "5") for code in sites)
        found = traced(effect.code, points=points)
        assert found.suspects, effect.code
        assert len(set(sites)) == len(sites), f"{effect.code} names a site twice"

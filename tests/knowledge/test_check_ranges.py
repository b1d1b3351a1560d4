"""Numbers and drawings that contradict themselves: each spoils the shipped knowledge in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from masseter.knowledge.checks.evidence import check_evidence
from masseter.knowledge.checks.ranges import check_ranges
from masseter.knowledge.checks.rules import check_rules
from masseter.knowledge.checks.sites import check_sites
from masseter.knowledge.load import load
from masseter.knowledge.model import Is, Knowledge, NumberOf

Fields = Any  # whichever fields a test wants different
Spoil = Callable[[Knowledge], Knowledge]
KNOWN = load()
CHECKS = (check_evidence, check_ranges, check_rules, check_sites)


def listed(name: str, **fields: Fields) -> Spoil:
    """The first of a list of the knowledge, changed."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        first, *others = getattr(knowledge, name)
        changed: Fields = {name: (replace(first, **fields), *others)}
        return replace(knowledge, **changed)

    return spoil


def inside(kind: str, within: str, **fields: Fields) -> Spoil:
    """The first entry of a list inside a thing, of the first thing that has one, changed."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        named = getattr(knowledge, kind)
        key = next(key for key, thing in named.items() if getattr(thing, within))
        first, *others = getattr(named[key], within)
        within_it: Fields = {within: (replace(first, **fields), *others)}
        changed: Fields = {kind: {**named, key: replace(named[key], **within_it)}}
        return replace(knowledge, **changed)

    return spoil


def amount_of_a_part(knowledge: Knowledge) -> Knowledge:
    key, place = next(
        (key, place)
        for key, product in knowledge.products.items()
        for place, part in enumerate(product.excipients)
        if part.amounts
    )
    parts = list(knowledge.products[key].excipients)
    first, *others = parts[place].amounts
    parts[place] = replace(parts[place], amounts=(replace(first, value=Decimal(0)), *others))
    product = replace(knowledge.products[key], excipients=tuple(parts))
    return replace(knowledge, products={**knowledge.products, key: product})


def figure_for_patients(knowledge: Knowledge) -> Knowledge:
    key = next(key for key, condition in knowledge.conditions.items() if condition.story.figures)
    condition = knowledge.conditions[key]
    first, *others = condition.story.figures
    figures = (replace(first, of_100=Decimal(101)), *others)
    changed = replace(condition, story=replace(condition.story, figures=figures))
    return replace(knowledge, conditions={**knowledge.conditions, key: changed})


def two_points_of_one_day(knowledge: Knowledge) -> Knowledge:
    key, band = next(iter(knowledge.response_bands.items()))
    changed = replace(band, points=(band.points[0], *band.points))
    return replace(knowledge, response_bands={**knowledge.response_bands, key: changed})


def total_that_no_site_meets(knowledge: Knowledge) -> Knowledge:
    key, scheme = next((key, each) for key, each in knowledge.protocols.items() if each.kind != "label")
    total = replace(scheme.total_units, low=Decimal(9000), high=Decimal(9001))
    return replace(knowledge, protocols={**knowledge.protocols, key: replace(scheme, total_units=total)})


def too_many_of(count: int) -> Spoil:
    rules = (Is(observation="flag_growth"), Is(observation="jaw_pain"))
    return listed("precautions", when=NumberOf(count=count, of_rules=rules))


CASES: dict[str, tuple[Spoil, str]] = {
    "middle above the band": (
        inside("response_bands", "points", middle=Decimal(9000)),
        "low, middle and high must rise",
    ),
    "two points of one day": (two_points_of_one_day, "the days of the points must rise"),
    "advice that ends before it begins": (
        listed("aftercare", from_day=3, to_day=2),
        "from_day is after to_day",
    ),
    "symptom that ends before it begins": (
        listed("symptom_rules", from_day=3, to_day=2),
        "from_day is after to_day",
    ),
    "kept colder than it may be": (
        inside("products", "keeping", low_c=Decimal(9), high_c=Decimal(8)),
        "°C is above high",
    ),
    "oldest younger than youngest": (
        inside("products", "indications", min_age=66, max_age=65),
        "min_age 66 is above max_age 65",
    ),
    "part of nothing": (amount_of_a_part, "an amount is above zero"),
    "billing unit of nothing": (listed("billing", units=Decimal(0)), "a billing unit is above zero"),
    "more than all had it": (inside("effects", "rates", percent=Decimal(101)), "between 0 and 100"),
    "fewer than none had it": (listed("overall_rates", percent=Decimal(-1)), "between 0 and 100"),
    "more than all of 100": (figure_for_patients, "so many of 100"),
    "change of nothing": (
        inside("instruments", "thresholds", value=Decimal(0)),
        "a change that matters is above zero",
    ),
    "none of two rules": (too_many_of(0), "between one and the number of its rules"),
    "three of two rules": (too_many_of(3), "between one and the number of its rules"),
    "view that the map lacks": (inside("sites", "regions", view="top"), "the face map has no view top"),
    "total beside its sites": (total_that_no_site_meets, "which the total range does not meet"),
}


def told(spoil: Spoil) -> list[str]:
    """What the first check that finds anything says."""
    spoiled = spoil(KNOWN)
    found = ([problem.sentence for problem in check(spoiled)] for check in CHECKS)
    return next((sentences for sentences in found if sentences), [])


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_spoiled_number_is_told(case: str) -> None:
    spoil, says = CASES[case]

    assert any(says in sentence for sentence in told(spoil)), told(spoil)


@pytest.mark.parametrize(
    "spoil", [listed("aftercare", from_day=2, to_day=2), too_many_of(1), too_many_of(2)], ids=range(3)
)
def test_number_at_its_edge_is_none_too_far(spoil: Spoil) -> None:
    assert told(spoil) == []

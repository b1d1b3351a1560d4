"""The checks between files: each spoils the shipped knowledge in one place and must be told so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from masseter.knowledge.check import check_all, check_knowledge
from masseter.knowledge.load import load
from masseter.knowledge.model import (
    Accuracy,
    AtLeast,
    CountAtLeast,
    Evidence,
    Is,
    Knowledge,
    OneOf,
    Range,
    Value,
)
from tests.knowledge.tree import RULE, write_tree

Fields = Any  # whichever fields a test wants different
Spoil = Callable[[Knowledge], Knowledge]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def rule(**fields: Fields) -> Spoil:
    """The first general contraindication, changed."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        spoiled = replace(knowledge.precautions[0], code="spoiled", **fields)
        return replace(knowledge, precautions=(*knowledge.precautions, spoiled))

    return spoil


def thing(kind: str, key: str, **fields: Fields) -> Spoil:
    """One thing of knowledge, changed."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        named = getattr(knowledge, kind)
        changed: Fields = {kind: {**named, key: replace(named[key], **fields)}}
        return replace(knowledge, **changed)

    return spoil


def adjustment(**fields: Fields) -> Spoil:
    """The first adjustment, changed."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        spoiled = replace(knowledge.adjustments[0], code="spoiled", **fields)
        return replace(knowledge, adjustments=(*knowledge.adjustments, spoiled))

    return spoil


def evidence(*sources: str, sure: str = "verified") -> Evidence:
    fields: Fields = {"sources": sources, "sure": sure, "checked": date(2026, 1, 2)}
    return Evidence(**fields)


def units(low: int, high: int, unit: str = "units") -> Range:
    return Range(low=Decimal(low), high=Decimal(high), unit=unit, evidence=evidence("L3"))


def diagnosis(**fields: Fields) -> Spoil:
    """The first diagnosis of jaw disorders, changed."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        first, *others = knowledge.conditions["tmd"].diagnoses
        return thing("conditions", "tmd", diagnoses=(replace(first, **fields), *others))(knowledge)

    return spoil


def accuracy(sensitivity: str, specificity: str) -> Accuracy:
    shares = Decimal(sensitivity), Decimal(specificity)
    return Accuracy(
        sensitivity=shares[0], specificity=shares[1], evidence=evidence("G11", sure="from_memory")
    )


def point_outside(knowledge: Knowledge) -> Knowledge:
    points = tuple(replace(point, x=Decimal(9999)) for point in knowledge.sites["procerus"].points)
    return thing("sites", "procerus", points=points)(knowledge)


def structure_off_the_map(knowledge: Knowledge) -> Knowledge:
    view: Fields = "top"
    lines = tuple(replace(line, view=view) for line in knowledge.structures["parotid_duct"].lines)
    return thing("structures", "parotid_duct", lines=lines)(knowledge)


def protocol_site(**fields: Fields) -> Spoil:
    """The first site of a licensed scheme, changed."""

    def spoil(knowledge: Knowledge) -> Knowledge:
        key = next(key for key, protocol in knowledge.protocols.items() if protocol.kind == "label")
        first, *others = knowledge.protocols[key].sites
        return thing("protocols", key, sites=(replace(first, **fields), *others))(knowledge)

    return spoil


def unproven_stop(is_red_flag: bool) -> Spoil:
    return rule(severity="stop", is_red_flag=is_red_flag, evidence=evidence("RECALL", sure="from_memory"))


CASES: dict[str, tuple[Spoil, str]] = {
    "unknown source": (rule(evidence=evidence("Z9")), "sources.yaml has no Z9"),
    "no source": (rule(evidence=evidence()), "at least one source"),
    "verified by memory": (rule(evidence=evidence("RECALL")), "at least one verified source"),
    "unproven stop": (unproven_stop(is_red_flag=False), "a stop needs verified evidence"),
    "unknown observation": (rule(when=Is(observation="aura_colour")), "no observation aura_colour"),
    "number asked as yes or no": (rule(when=Is(observation="headache_days")), "which is of kind integer"),
    "yes or no asked as a number": (
        rule(when=AtLeast(observation="jaw_pain", at_least=Decimal(1))),
        "which is of kind boolean",
    ),
    "unknown choice": (
        rule(when=OneOf(observation="allergies", one_of=("moonlight",))),
        "allergies has no choice moonlight",
    ),
    "more than there are": (
        rule(when=CountAtLeast(observation="tmd_tried", count_at_least=3, of=("nsaid", "splint"))),
        "too few choices",
    ),
    "above what can be": (
        rule(when=AtLeast(observation="headache_days", at_least=Decimal(32))),
        "can never be so high",
    ),
    "not asked in the self-check": (
        rule(when=Is(observation="neuromuscular_approval"), in_self_check=True),
        "not asked in the self-check",
    ),
    "no such approval": (rule(needs_approval="the_boss_said"), "no yes-or-no observation the_boss_said"),
    "clearance of two signs": (
        rule(is_red_flag=True, needs_approval="cleared_heart"),
        "each warning sign has its own",
    ),
    "no such question behind": (
        thing("observations", "days_since_last_toxin", asked_by="the_stars"),
        "no question the_stars",
    ),
    "question behind a question": (
        thing("observations", "toxin_reaction", asked_by="last_toxin_on"),
        "only what is computed",
    ),
    "unknown product": (rule(products=("botulex",)), "no product botulex"),
    "unknown condition": (rule(conditions=("sciatica",)), "no condition sciatica"),
    "unknown region": (rule(regions=("knee",)), "no region knee"),
    "unknown diagnosis": (
        thing("protocols", "migraine_label_155_botox", diagnoses=("hangover",)),
        "no diagnosis hangover",
    ),
    "unknown site": (protocol_site(site="biceps"), "no site biceps"),
    "unknown point": (protocol_site(point_numbers=("77",), points=1), "has no point 77"),
    "points that do not match": (protocol_site(points=9), "need as many point numbers"),
    "adjustment of an unknown site": (adjustment(sites=("biceps",)), "no site biceps"),
    "adjustment of an unknown region": (adjustment(regions=("knee",)), "no region knee"),
    "adjustment by an unknown answer": (adjustment(when=Is(observation="nothing")), "no observation nothing"),
    "adjustment without its share": (adjustment(keep_percent=None), "keep_percent belongs to"),
    "adjustment with a share of nothing": (adjustment(does="leave_out"), "keep_percent belongs to"),
    "adjustment that raises": (
        adjustment(keep_percent=Value(value=Decimal(101), unit="percent", evidence=evidence("L3"))),
        "between 0 and 100 percent",
    ),
    "adjustment of points of nothing": (adjustment(sites=(), points=("1",)), "points are those of sites"),
    "route without a depth": (protocol_site(route="subcutaneous"), "a route of its own needs a depth"),
    "pool of fixed points": (protocol_site(most_points=2), "only optional points of both sides are a pool"),
    "pool that two sides cannot share": (
        protocol_site(optional=True, points=4, point_numbers=("1", "2", "3", "4"), most_points=3),
        "a pool is even",
    ),
    "pool larger than one side": (protocol_site(optional=True, most_points=4), "no larger than the points"),
    "label total": (protocol_site(units_per_point=units(6, 6)), "must be what its sites add up to"),
    "range upside down": (protocol_site(units_per_point=units(5, 4)), "is above high"),
    "no unit": (protocol_site(units_per_point=units(5, 5, unit=" ")), "a number needs a unit"),
    "self-check of something else": (
        thing("conditions", "tmd", self_check=("palpation_masseter_right",)),
        "is not asked in the self-check",
    ),
    "worth decided by what is not asked": (
        thing("conditions", "tmd", worth_consultation=Is(observation="grinds_asleep")),
        "not among the questions of self_check",
    ),
    "question of another condition": (
        thing("conditions", "tmd", worth_consultation=Is(observation="grinds_asleep")),
        "is not asked for tmd",
    ),
    "unknown instrument": (thing("conditions", "tmd", instruments=("thumb",)), "no instrument thumb"),
    "measure left out": (thing("conditions", "tmd", main_measure="hit6"), "main measure must be among"),
    "unknown diary field": (thing("conditions", "tmd", diary=("mood",)), "no diary field mood"),
    "point off the view": (point_outside, "lies outside the view"),
    "site off the map": (thing("sites", "procerus", regions=(), points=()), "is not on the face map"),
    "wrong side": (thing("sites", "procerus", sides=("left",)), "has no side midline"),
    "structure that runs nowhere": (
        thing("structures", "parotid_duct", lines=()),
        "runs nowhere on the face map",
    ),
    "structure on no view": (structure_off_the_map, "the face map has no view top"),
    "structure shown from units": (thing("structures", "parotid_duct", near_mm=units(5, 5)), "is told in mm"),
    "limits upside down": (thing("observations", "headache_days", low=Decimal(40)), "is above high"),
    "number without limits": (thing("observations", "headache_days", high=None), "plausible limits"),
    "question without words": (thing("observations", "headache_days", question=""), "needs a question"),
    "choice without choices": (thing("observations", "sex", choices=()), "choices are needed"),
    "accuracy above one": (diagnosis(accuracy=accuracy("1.1", "0.9")), "lies between 0 and 1"),
    "derived and asked": (
        thing("observations", "age_years", asked_in=("derived", "intake")),
        "computed and never asked",
    ),
}


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_spoiled_knowledge_is_told(knowledge: Knowledge, case: str) -> None:
    spoil, says = CASES[case]

    sentences = [problem.sentence for problem in check_knowledge(spoil(knowledge))]

    assert any(says in sentence for sentence in sentences), sentences


def test_red_flag_may_stop_without_verified_evidence(knowledge: Knowledge) -> None:
    assert check_knowledge(unproven_stop(is_red_flag=True)(knowledge)) == []


def test_finding_code_given_twice_is_told(knowledge: Knowledge) -> None:
    twice = replace(knowledge, precautions=(*knowledge.precautions, knowledge.precautions[0]))

    sentences = [problem.sentence for problem in check_knowledge(twice)]

    assert sentences == [f"the finding {knowledge.precautions[0].code} is given 2 times"]


def test_check_of_files_tells_shape_and_sense_together(tmp_path: Path) -> None:
    text = RULE.replace("S1", "S9")
    sites = "a: 1"

    problems = check_all(write_tree(tmp_path, precautions__rules=text, sites__knee=sites))

    assert {problem.file for problem in problems} == {"precautions", "sites/knee.yaml"}


def test_check_of_files_without_a_face_map_tells_that(tmp_path: Path) -> None:
    write_tree(tmp_path)
    (tmp_path / "sites/face_map.yaml").unlink()

    assert [problem.file for problem in check_all(tmp_path)] == ["sites/face_map.yaml"]

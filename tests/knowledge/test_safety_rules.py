"""Shipped rules that keep somebody from a treatment, each at its edge and with its answer missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from masseter.core.consult.candidacy import Candidacy, assess_candidacy
from masseter.core.facts import fact
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction
from tests.knowledge.test_candidates import FITTING, HEALTHY, NONE, Values

KNOWLEDGE = load()


def assess(
    condition: str, changed: Values, jurisdiction: Jurisdiction = "UK", product: str | None = None
) -> Candidacy:
    flags: Values = {code: False for code in KNOWLEDGE.observations if code.startswith("flag_")}
    values = {**HEALTHY, **flags, **FITTING[condition], **changed}
    return assess_candidacy(
        condition=KNOWLEDGE.conditions[condition],
        knowledge=KNOWLEDGE,
        facts={code: fact(code, value, observed_on=date(2026, 1, 2)) for code, value in values.items()},
        jurisdiction=jurisdiction,
        product=product,
    )


def codes_of(found: Candidacy) -> set[str]:
    return {finding.code for finding in found.findings}


@pytest.mark.parametrize(
    ("mucosa", "verdict"),
    [(None, "needs_information"), (True, "not_a_candidate"), (False, "something_else_first")],
)
def test_burning_mouth_never_passes_whatever_the_mucosa(mucosa: bool | None, verdict: str) -> None:
    found = assess("chronic_facial_pain", {"burning_mouth": True, "mucosa_normal": mucosa})

    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("right", "left", "flag"),
    [
        (("v1",), NONE, "red-flag-trigeminal-first-division"),
        (NONE, ("v1",), "red-flag-trigeminal-first-division"),
        (("v1",), None, "red-flag-trigeminal-first-division-open"),
        (("v2",), ("v3",), "red-flag-trigeminal-both-sides"),
        (("v1",), ("v1",), "red-flag-trigeminal-both-sides"),
    ],
)
def test_neuralgia_found_on_examination_in_v1_alone_or_on_both_sides_is_a_red_flag(
    right: tuple[str, ...], left: tuple[str, ...] | None, flag: str
) -> None:
    found = assess("trigeminal_neuralgia", {"divisions_right": right, "divisions_left": left})

    assert flag in codes_of(found)
    assert not found.is_candidate


def test_neuralgia_in_v1_and_v2_of_one_side_is_no_red_flag() -> None:
    found = assess("trigeminal_neuralgia", {"divisions_right": ("v1", "v2"), "divisions_left": NONE})

    assert found.is_candidate


@pytest.mark.parametrize("condition", ["trigeminal_neuralgia", "facial_spasm"])
@pytest.mark.parametrize(
    ("onset", "verdict"), [(39, "refer_urgently"), (40, "candidate"), (None, "needs_information")]
)
def test_age_at_onset_decides_not_the_age_today(condition: str, onset: int | None, verdict: str) -> None:
    assert assess(condition, {"age_years": 70, "age_at_onset": onset}).verdict == verdict


@pytest.mark.parametrize("word", ["sore", "ear", "deafness", "both sides", "multiple sclerosis"])
def test_question_for_secondary_neuralgia_names_every_sign(word: str) -> None:
    assert word in KNOWLEDGE.observations["flag_trigeminal"].question


BOTH_EYES: Values = {"spasm_pattern": "both_eyes_synchronous", "spasm_side": "both", "age_at_onset": 10}


@pytest.mark.parametrize(
    ("age", "product", "changed", "verdict"),
    [
        (11, "botox", BOTH_EYES, "not_a_candidate"),
        (12, "botox", BOTH_EYES, "candidate"),
        (17, "botox", BOTH_EYES, "candidate"),
        (17, "xeomin", BOTH_EYES, "not_a_candidate"),
        (18, "xeomin", BOTH_EYES, "candidate"),
        (17, "botox", {"spasm_pattern": "stereotyped_suppressible", "age_at_onset": 9}, "not_a_candidate"),
        (17, "botox", {"spasm_pattern": None}, "needs_information"),
    ],
)
def test_us_label_lets_eyelid_spasm_in_from_twelve_with_one_product_alone(
    age: int, product: str, changed: Values, verdict: str
) -> None:
    found = assess("facial_spasm", {**changed, "age_years": age}, "US", product)

    assert found.verdict == verdict


@pytest.mark.parametrize("condition", KNOWLEDGE.conditions)
@pytest.mark.parametrize("jurisdiction", ["UK", "EU"])
def test_under_eighteen_stops_in_every_condition(condition: str, jurisdiction: Jurisdiction) -> None:
    found = assess(condition, {"age_years": 17, "age_at_onset": 16}, jurisdiction)

    assert any(finding.code.endswith("under-18") and finding.is_stop for finding in found.findings)


@pytest.mark.parametrize("direction", [None, False])
def test_specialist_alone_does_not_open_the_way_to_somebody_under_eighteen_in_the_uk(
    direction: bool | None,
) -> None:
    found = assess(
        "tmd", {"age_years": 17, "minor_approval": True, "minor_doctor_direction": direction}, "UK"
    )

    assert found.verdict == "not_a_candidate"
    assert "minor_doctor_direction" in found.approvals


def test_recorded_direction_of_a_doctor_opens_the_way_under_eighteen() -> None:
    young: Values = {"age_years": 17, "minor_approval": True}

    assert assess("tmd", {**young, "minor_doctor_direction": True}, "UK").verdict == "candidate"
    assert assess("tmd", young, "EU").verdict == "candidate"


@pytest.mark.parametrize(
    ("medicine", "inr", "expected"),
    [
        ("vitamin_k_antagonist", "3", set()),
        ("vitamin_k_antagonist", "3.05", {"inr-high"}),
        ("vitamin_k_antagonist", None, {"inr-high-open"}),
        ("anticoagulant", None, set()),
        ("anticoagulant", "3.05", {"inr-high-measured"}),
        ("antiplatelet", None, set()),
    ],
)
def test_inr_above_three_waits_and_an_unknown_one_is_asked_for_with_warfarin(
    medicine: str, inr: str | None, expected: set[str]
) -> None:
    changed: Values = {"medicine_classes": (medicine,), "inr": None if inr is None else Decimal(inr)}

    assert {code for code in codes_of(assess("tmd", changed)) if code.startswith("inr")} == expected


APPROVED: Values = {"neuromuscular_approval": True}


@pytest.mark.parametrize(
    ("product", "illness", "verdict"),
    [
        ("neurobloc", "myasthenia_gravis", "not_a_candidate"),
        ("neurobloc", "motor_neuropathy", "not_a_candidate"),
        ("nuceiva", "lambert_eaton", "not_a_candidate"),
        ("relfydess", "myasthenia_gravis", "not_a_candidate"),
        ("xeomin", "myasthenia_gravis", "not_a_candidate"),
        ("letybo", "als", "not_a_candidate"),
        ("botox", "myasthenia_gravis", "candidate"),
        ("nuceiva", "als", "candidate"),
    ],
)
def test_approval_does_not_open_what_a_single_label_forbids(product: str, illness: str, verdict: str) -> None:
    found = assess("tmd", {**APPROVED, "neuromuscular": (illness,)}, "UK", product)

    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("product", "age", "code", "severity"),
    [
        ("letybo", 75, "letybo-75", "stop"),
        ("letybo", 74, "letybo-75", None),
        ("nuceiva", 65, "cosmetic-65", "caution"),
        ("alluzience", 64, "cosmetic-65", None),
        ("botox", 80, "cosmetic-65", None),
    ],
)
def test_label_age_above_which_a_cosmetic_product_is_not_given(
    product: str, age: int, code: str, severity: str | None
) -> None:
    found = {each.code: each.severity for each in assess("tmd", {"age_years": age}, "UK", product).findings}

    assert found.get(code) == severity


@pytest.mark.parametrize(("product", "stops"), [("neurobloc", True), ("botox", False)])
def test_type_b_stops_in_anybody_with_trouble_swallowing(product: str, stops: bool) -> None:
    found = assess("tmd", {"swallowing_or_breathing": True}, "EU", product)

    assert any(each.is_stop for each in found.findings) is stops

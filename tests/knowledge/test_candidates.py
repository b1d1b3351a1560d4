"""For each condition the shipped rules let a fitting adult through, and each single stop turns that over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from masseter.core.consult.candidacy import assess_candidacy
from masseter.core.facts import ObservationValue, fact
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction, Knowledge

Values = dict[str, ObservationValue]
NONE = ("none",)

HEALTHY: Values = {
    "age_years": 47,
    "sex": "female",
    "pregnancy": NONE,
    "allergies": NONE,
    "neuromuscular": NONE,
    "infection_at_site": False,
    "swallowing_or_breathing": False,
    "medicine_classes": NONE,
    "illnesses": NONE,
    "had_toxin_before": False,
    "dental_cause_excluded": True,
}
FITTING: dict[str, Values] = {
    "tmd": {
        "jaw_pain": True,
        "jaw_pain_with_use": True,
        "pain_location_confirmed": True,
        "palpation_masseter_left": "familiar",
        "tmj_familiar_pain": False,
        "pain_months": 24,
        "pain_average": 7,
        "tmd_tried": ("jaw_exercise", "splint"),
        "conservative_weeks": 12,
        "opening_assisted_mm": Decimal(50),
    },
    "bruxism": {
        "grinds_asleep": True,
        "bruxism_signs": ("tooth_wear",),
        "jaw_pain": True,
        "pain_average": 6,
        "splint_weeks": 12,
        "began_with_medicine": False,
        "snores_or_sleepy": False,
    },
    "chronic_migraine": {
        "headache_days": 20,
        "migraine_days": 12,
        "headache_over_3_months": True,
        "attacks_meet_migraine": True,
        "migraine_days_over_3_months": True,
        "headache_explained_otherwise": False,
        "preventives_tried": ("topiramate", "candesartan", "amitriptyline"),
        "painkiller_days": 6,
        "triptan_days": 5,
    },
    "facial_spasm": {
        "spasm_pattern": "one_sided_tonic_clonic",
        "spasm_side": "right",
        "twitch_urge": False,
        "old_facial_palsy": False,
        "limits_life": True,
        "age_at_onset": 45,
        "mri_posterior_fossa": "vascular_loop",
    },
    "trigeminal_neuralgia": {
        "attack_shock": True,
        "attack_short": True,
        "attack_severe": True,
        "attack_triggered": True,
        "attack_one_sided": True,
        "age_at_onset": 45,
        "divisions_left": ("v2",),
        "divisions_right": NONE,
        "spreads_beyond_trigeminal": False,
        "neuralgia_explained_otherwise": False,
        "trigeminal_sensory_loss": False,
        "mri_trigeminal": "vessel_contact",
        "tn_tried": ("carbamazepine",),
        "surgery_discussed": True,
    },
    "chronic_facial_pain": {
        "burning_mouth": False,
        "pain_in_nerve_area": True,
        "injury_identified": True,
        "pain_after_injury": True,
        "sensory_signs": ("allodynia",),
        "pain_months": 36,
        "pain_average": 7,
        "facial_pain_tried": ("snri", "gabapentinoid", "tricyclic"),
        "pain_specialist_agrees": True,
        "new_sensory_loss": False,
    },
}
JURISDICTIONS: tuple[Jurisdiction, ...] = ("US", "EU", "UK")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def verdict(knowledge: Knowledge, condition: str, changed: Values, jurisdiction: Jurisdiction = "UK") -> str:
    flags: Values = {code: False for code in knowledge.observations if code.startswith("flag_")}
    values = {**HEALTHY, **flags, **FITTING[condition], **changed}
    return assess_candidacy(
        condition=knowledge.conditions[condition],
        knowledge=knowledge,
        facts={code: fact(code, value, observed_on=date(2026, 1, 2)) for code, value in values.items()},
        jurisdiction=jurisdiction,
    ).verdict


@pytest.mark.parametrize("condition", FITTING)
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"flag_fatigable_weakness": True}, "refer_urgently"),
        ({"flag_growth": None}, "needs_information"),
        ({"allergies": ("any_botulinum_toxin",)}, "not_a_candidate"),
        ({"allergies": None}, "needs_information"),
        ({"neuromuscular": ("myasthenia_gravis",)}, "not_a_candidate"),
        ({"infection_at_site": True}, "something_else_first"),
        ({"age_years": 17}, "not_a_candidate"),
        ({"pregnancy": ("pregnant",)}, "something_else_first"),
    ],
)
def test_reason_against_turns_a_fitting_adult_away(
    knowledge: Knowledge, condition: str, changed: Values, expected: str
) -> None:
    found = verdict(knowledge, condition, changed)

    is_young_with_nerve_signs = "age_years" in changed and condition in (
        "facial_spasm",
        "trigeminal_neuralgia",
    )
    assert found == ("refer_urgently" if is_young_with_nerve_signs else expected)


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
@pytest.mark.parametrize("condition", FITTING)
def test_fitting_adult_is_a_candidate(
    knowledge: Knowledge, condition: str, jurisdiction: Jurisdiction
) -> None:
    assert verdict(knowledge, condition, {}, jurisdiction) == "candidate"


@pytest.mark.parametrize("condition", FITTING)
def test_unasked_adult_needs_information(knowledge: Knowledge, condition: str) -> None:
    nothing: Values = dict.fromkeys(FITTING[condition])

    assert verdict(knowledge, condition, nothing) == "needs_information"


@pytest.mark.parametrize(
    ("condition", "changed", "expected"),
    [
        ("tmd", {"conservative_weeks": 2}, "something_else_first"),
        ("tmd", {"pain_average": 3}, "something_else_first"),
        (
            "tmd",
            {"opening_assisted_mm": Decimal(30), "restricted_opening_explained": False},
            "something_else_first",
        ),
        ("bruxism", {"bruxism_signs": NONE, "bruxism_instrument": "not_done"}, "something_else_first"),
        ("bruxism", {"snores_or_sleepy": True, "apnoea_settled": False}, "something_else_first"),
        ("chronic_migraine", {"headache_days": 14}, "not_a_candidate"),
        ("chronic_migraine", {"preventives_tried": ("topiramate", "valproate")}, "something_else_first"),
        ("chronic_migraine", {"triptan_days": 10, "overuse_managed": False}, "something_else_first"),
        ("facial_spasm", {"flag_rippling": True}, "refer_urgently"),
        ("facial_spasm", {"limits_life": False}, "something_else_first"),
        ("trigeminal_neuralgia", {"trigeminal_sensory_loss": True}, "refer_urgently"),
        ("trigeminal_neuralgia", {"mri_trigeminal": "not_done"}, "something_else_first"),
        ("trigeminal_neuralgia", {"tn_tried": ("gabapentin",)}, "something_else_first"),
        ("chronic_facial_pain", {"facial_pain_tried": ("snri",)}, "something_else_first"),
        ("chronic_facial_pain", {"new_sensory_loss": True}, "refer_urgently"),
    ],
)
def test_rule_of_the_condition_decides(
    knowledge: Knowledge, condition: str, changed: Values, expected: str
) -> None:
    assert verdict(knowledge, condition, changed) == expected


def test_specialist_approval_lets_through_with_care(knowledge: Knowledge) -> None:
    approved: Values = {"neuromuscular": ("myasthenia_gravis",), "neuromuscular_approval": True}

    assert verdict(knowledge, "tmd", approved) == "candidate"


def test_worked_up_warning_sign_lets_through(knowledge: Knowledge) -> None:
    worked_up: Values = {"flag_trigeminal": True, "cleared_trigeminal": True}

    assert verdict(knowledge, "trigeminal_neuralgia", worked_up) == "candidate"


def test_three_preventives_are_asked_for_in_the_uk_alone(knowledge: Knowledge) -> None:
    two: Values = {"preventives_tried": ("topiramate", "valproate")}

    found = [verdict(knowledge, "chronic_migraine", two, place) for place in JURISDICTIONS]

    assert found == ["candidate", "candidate", "something_else_first"]

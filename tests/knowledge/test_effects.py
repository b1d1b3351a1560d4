"""Unwanted effects, the symptom check and aftercare: they err to safety on every day."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

import pytest

from masseter.core.facts import fact
from masseter.core.recover.grade import grade_symptoms
from masseter.knowledge.load import load
from masseter.knowledge.model import AnyOf, Effect, Is, Rule, SymptomGrade, SymptomRule

KNOWLEDGE = load()
CONDITIONS = sorted(KNOWLEDGE.conditions)
SYMPTOMS = sorted(
    type_.code
    for type_ in KNOWLEDGE.observations.values()
    if "symptom_check" in type_.asked_in and type_.kind == "boolean"
)
EMERGENCIES = [
    "breathing_trouble",
    "noisy_breathing",
    "cannot_swallow_saliva",
    "throat_or_tongue_swelling",
    "collapse",
    "sudden_severe_headache",
    "fever_with_stiff_neck",
    "one_sided_weakness",
    "sudden_face_arm_speech",
    "new_swallowing_trouble",
    "slurred_speech",
]
CALLS = [
    "voice_change",
    "weakness_all_over",
    "bladder_trouble",
    "double_or_blurred_vision",
    "eye_red_and_painful",
    "eye_will_not_close",
    "spreading_redness",
    "fever",
    "growing_swelling",
    "head_hard_to_hold_up",
    "jaw_out_of_place",
    "symptom_getting_worse",
]
# The symptom, the last day on which it is expected, and a condition whose treatment can cause it.
PASSING = {
    "droopy_eyelid": (84, "chronic_migraine"),
    "droopy_brow": (84, "chronic_migraine"),
    "smile_uneven": (84, "tmd"),
    "chewing_weak": (84, "bruxism"),
    "cheek_bulge": (84, "bruxism"),
    "drooling": (84, "trigeminal_neuralgia"),
    "bruise": (14, "chronic_facial_pain"),
    "sore_where_treated": (7, "tmd"),
    "neck_pain_or_stiffness": (42, "chronic_migraine"),
    "dry_mouth": (56, "tmd"),
    "dry_or_watery_eye": (28, "facial_spasm"),
    "sunken_cheek": (180, "bruxism"),
}
DAYS = [0, 1, 3, 14, 28, 84, 200]
# What nobody may wave through: an effect that this treatment does not have, or that comes too early.
NEVER_EXPECTED = [
    ("smile_uneven", "chronic_migraine", DAYS),
    ("droopy_eyelid", "tmd", DAYS),
    ("droopy_eyelid", "bruxism", DAYS),
    ("droopy_brow", "tmd", DAYS),
    ("chewing_weak", "chronic_migraine", DAYS),
    ("drooling", "chronic_migraine", DAYS),
    ("drooling", "tmd", DAYS),
    ("cheek_bulge", "chronic_migraine", DAYS),
    ("dry_or_watery_eye", "tmd", DAYS),
    ("sunken_cheek", "chronic_migraine", DAYS),
    ("neck_pain_or_stiffness", "tmd", DAYS),
    ("smile_uneven", "tmd", range(7)),
    ("droopy_eyelid", "chronic_migraine", range(2)),
    ("droopy_brow", "facial_spasm", range(3)),
    ("chewing_weak", "tmd", range(7)),
    ("drooling", "facial_spasm", range(3)),
    ("sunken_cheek", "bruxism", range(28)),
    ("neck_pain_or_stiffness", "chronic_migraine", range(7)),
]
EXPECTED = [rule for rule in KNOWLEDGE.symptom_rules if rule.grade == "expected"]


def speaks_of(rule: Rule, symptom: str) -> bool:
    """The symptom alone meets the rule."""
    if isinstance(rule, Is):
        return rule.observation == symptom
    return isinstance(rule, AnyOf) and any(speaks_of(each, symptom) for each in rule.any)


def is_in_force(rule: SymptomRule, day: int) -> bool:
    return (rule.from_day or 0) <= day and (rule.to_day is None or day <= rule.to_day)


def grade_of(*symptoms: str, day: int, treated: str = "facial_spasm") -> SymptomGrade:
    """The grade when these symptoms are reported and every other question is answered with no."""
    facts = {code: fact(code, code in symptoms) for code in SYMPTOMS}
    result = grade_symptoms(
        knowledge=KNOWLEDGE, condition=KNOWLEDGE.conditions[treated], facts=facts, day=day
    )
    return result.grade


def days_around(rule: SymptomRule) -> list[int]:
    """The days at which an answer can change: both ends of the rule and the first day of its effect."""
    effect = KNOWLEDGE.effects.get(rule.effect)
    edges = {0, rule.from_day or 0, rule.to_day or 400, int(effect.onset_days.low) if effect else 0}
    return sorted({max(edge + step, 0) for edge in edges for step in (-1, 0, 1)} | set(DAYS))


def fits(rule: SymptomRule, treated: str, day: int) -> bool:
    """What the data say: the effect is one of this treatment, and the day is inside its time."""
    effect = KNOWLEDGE.effects.get(rule.effect)
    is_own = effect is None or not effect.conditions or treated in effect.conditions
    return is_own and is_in_force(rule, day) and (effect is None or day >= effect.onset_days.low)


@pytest.mark.parametrize("treated", CONDITIONS)
@pytest.mark.parametrize("symptom", EMERGENCIES)
def test_emergency_is_an_emergency_on_every_day(symptom: str, treated: str) -> None:
    assert {grade_of(symptom, day=day, treated=treated) for day in DAYS} == {"emergency"}


@pytest.mark.parametrize("treated", CONDITIONS)
@pytest.mark.parametrize("symptom", CALLS)
def test_warning_sign_is_a_call_on_every_day(symptom: str, treated: str) -> None:
    assert {grade_of(symptom, day=day, treated=treated) for day in DAYS} == {"call"}


@pytest.mark.parametrize(("symptom", "treated", "days"), NEVER_EXPECTED)
def test_effect_that_this_treatment_does_not_have_yet_or_ever_is_a_call(
    symptom: str, treated: str, days: Sequence[int]
) -> None:
    assert {grade_of(symptom, day=day, treated=treated) for day in days} == {"call"}


@pytest.mark.parametrize("treated", CONDITIONS)
@pytest.mark.parametrize("rule", EXPECTED, ids=lambda rule: rule.code)
def test_symptom_is_expected_only_where_its_effect_belongs_to_the_treatment_and_the_day(
    rule: SymptomRule, treated: str
) -> None:
    assert isinstance(rule.when, Is)
    symptom = rule.when.observation
    siblings = [one for one in EXPECTED if speaks_of(one.when, symptom)]
    for day in days_around(rule):
        wanted = "expected" if any(fits(one, treated, day) for one in siblings) else "call"
        assert (day, grade_of(symptom, day=day, treated=treated)) == (day, wanted)


@pytest.mark.parametrize(
    "sign", ["new_swallowing_trouble", "voice_change", "slurred_speech", "double_or_blurred_vision"]
)
def test_general_weakness_with_a_bulbar_sign_is_an_emergency(sign: str) -> None:
    assert grade_of("weakness_all_over", sign, day=10) == "emergency"


SPREAD = (
    "voice_change",
    "double_or_blurred_vision",
    "head_hard_to_hold_up",
    "bladder_trouble",
    "weakness_all_over",
    "dry_mouth",
    "droopy_eyelid",
)


@pytest.mark.parametrize(("one", "other"), list(combinations(SPREAD, 2)))
def test_two_signs_of_spread_at_once_are_an_emergency_on_any_day_after_any_treatment(
    one: str, other: str
) -> None:
    for treated in CONDITIONS:
        assert {grade_of(one, other, day=day, treated=treated) for day in (0, 3, 30, 84, 112)} == {
            "emergency"
        }


def test_hives_are_an_emergency_at_first_and_a_call_later() -> None:
    assert [grade_of("hives_all_over", day=day) for day in (0, 2, 3)] == ["emergency", "emergency", "call"]


@pytest.mark.parametrize("symptom", PASSING)
def test_passing_effect_is_expected_up_to_its_day_and_a_call_after(symptom: str) -> None:
    last_day, treated = PASSING[symptom]

    assert grade_of(symptom, day=last_day, treated=treated) == "expected"
    assert grade_of(symptom, day=last_day + 1, treated=treated) == "call"


@pytest.mark.parametrize("symptom", PASSING)
def test_passing_effect_that_gets_worse_is_a_call(symptom: str) -> None:
    assert grade_of(symptom, "symptom_getting_worse", day=5, treated=PASSING[symptom][1]) == "call"


def test_nothing_felt_is_as_expected() -> None:
    assert grade_of(day=5) == "expected"


@pytest.mark.parametrize("symptom", SYMPTOMS)
def test_every_symptom_asked_has_a_rule_on_every_day(symptom: str) -> None:
    rules = [rule for rule in KNOWLEDGE.symptom_rules if speaks_of(rule.when, symptom)]

    uncovered = [day for day in range(400) if not any(is_in_force(rule, day) for rule in rules)]

    assert uncovered == []


@pytest.mark.parametrize("rule", KNOWLEDGE.symptom_rules, ids=lambda rule: rule.code)
def test_patient_is_told_whom_to_call(rule: SymptomRule) -> None:
    assert rule.grade != "emergency" or "emergency number now" in rule.plain
    assert rule.grade != "call" or rule.plain.startswith("Call the clinic")


@pytest.mark.parametrize("effect", KNOWLEDGE.effects.values(), ids=KNOWLEDGE.effects.keys())
def test_effect_without_rate_says_so_or_is_only_from_memory(effect: Effect) -> None:
    assert effect.rates or effect.evidence.sure != "verified" or "no rate" in effect.evidence.note


@pytest.mark.parametrize("effect", KNOWLEDGE.effects.values(), ids=KNOWLEDGE.effects.keys())
def test_rate_says_in_whom_it_was_counted(effect: Effect) -> None:
    assert all(rate.population for rate in effect.rates)


@pytest.mark.parametrize(
    ("effect", "percent"), [("chewing_weakness", 30), ("eyelid_ptosis", "4.6"), ("neck_pain", "12.6")]
)
def test_rate_is_the_published_one(effect: str, percent: int | str) -> None:
    assert str(percent) in [f"{rate.percent}" for rate in KNOWLEDGE.effects[effect].rates]


@pytest.mark.parametrize("code", ["help_at_once", "call_the_clinic"])
def test_when_to_get_help_is_said_to_everyone_for_sixteen_weeks(code: str) -> None:
    advice = next(each for each in KNOWLEDGE.aftercare if each.code == code)

    assert (advice.from_day, advice.to_day, advice.conditions) == (0, 112, ())


def test_aftercare_of_a_condition_stays_with_it() -> None:
    chewing = next(each for each in KNOWLEDGE.aftercare if each.code == "soft_food")

    assert set(chewing.conditions) == {"tmd", "bruxism"}


def test_effects_that_can_be_avoided_say_their_cause_and_how() -> None:
    told = {effect.code: effect for effect in KNOWLEDGE.effects.values() if effect.cause}

    assert {"eyelid_ptosis", "smile_asymmetry", "masseter_bulge", "dysphagia", "neck_pain"} <= set(told)
    assert all(
        effect.prevent
        for effect in told.values()
        if effect.code not in {"injection_site_pain", "headache_after"}
    )


def test_figures_over_all_effects_compare_with_placebo_where_a_trial_did() -> None:
    told = {rate.code: rate for rate in KNOWLEDGE.overall_rates}

    assert (told["migraine-serious"].percent, told["migraine-serious"].against) == (
        Decimal("5.4"),
        Decimal("3.0"),
    )
    assert {rate.evidence.sure for rate in told.values()} == {"verified"}

"""tmd-53f: a woman of 53 with thirty years of jaw-muscle pain, 50 units, better for at least 22 weeks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from tests.stories import measuring, play, reviewing
from tests.stories.cases import Published, fall_percent, published
from tests.stories.script import HEALTHY, NO_WARNING_SIGN, Script, Stage
from tests.stories.walk import Answer


def told(case: Published) -> dict[str, Answer]:
    """What the abstract says, in the product's questions."""
    found = case.findings
    return {
        "is_adult": True,
        "sex": "female",
        "jaw_pain": True,
        "pain_months": found["facial_pain_years"] * 12,
        # The characteristic pain intensity, 7.3, on a scale of whole numbers.
        "pain_average": round(found["characteristic_pain_intensity_0_10"]),
        "self_reported_bruxism": found["self_reported_bruxism"],
        "joint_noise": "none",
        "tmj_familiar_pain": found["joint_pain"],
        "opening_unassisted_mm": found["maximum_opening_mm"],
        "gcps_grade": "2",
        "tmd_tried": ("self_care", "nsaid", "splint"),
    }


# Not in the abstract: what a clinician would find out.
ASSUMED = {
    **NO_WARNING_SIGN,
    **HEALTHY,
    "pregnancy": ("none",),
    "jaw_pain_with_use": True,
    "temple_headache": False,
    "jaw_locking": False,
    "conservative_weeks": 12,
    "conservative_relief": 0,
    # The muscles are published, their sides are not.
    "palpation_masseter_right": "familiar",
    "palpation_masseter_left": "familiar",
    "palpation_temporalis_right": "familiar",
    "palpation_temporalis_left": "familiar",
    "pain_location_confirmed": True,
    "familiar_temple_headache": False,
    "opening_assisted_mm": 52,
    "dental_cause_excluded": True,
    "distress_score": 2,
}
# The report says "relief for at least 22 weeks" and gives no number after the treatment.
PAIN_BEFORE, PAIN_AFTER = Decimal(7), Decimal(4)
ASKED_IN_SELF_CHECK = 11  # ten warning signs, and whether use of the jaw changes the pain


def script_of(case: Published) -> Script:
    """Who plays the case, and when."""
    return Script(
        case=case,
        given_names="Petra",
        family_name="Fiftythree",
        born=date(1972, 9, 14),
        begins=datetime(2026, 3, 2, 9, tzinfo=UTC),
        told=told(case),
        assumed=ASSUMED,
        diagnosis="Masticatory myalgia",
        scheme="Masseter 30, temporalis 10 a side: house default",
    )


def test_published_tmd_patient_goes_all_the_way(stage: Callable[[Script], Stage]) -> None:
    case = published("tmd-53f")
    on = stage(script_of(case))

    check = play.come(on)
    assert "Off-label:" in check.public
    assert "guideline advises against" in check.public
    assert check.first.startswith("Worth a consultation")
    assert len(check.open_questions) == ASKED_IN_SELF_CHECK
    assert not check.reassured
    assert check.last == "Worth a consultation"

    consultation = play.consult(on, "Chew without pain, and sleep.")
    assert consultation.before == "More information needed"
    assert "Weeks of conservative care" in consultation.questions
    assert consultation.after == "Candidate"
    assert play.OFF_LABEL in consultation.consent
    assert any("BMJ 2023" in line for line in consultation.cautions)
    assert "not licensed for jaw pain" in consultation.consent
    assert "advises against it" in consultation.consent

    measuring.enter_baseline(on, "nrs_pain", PAIN_BEFORE)
    planned = play.plan(on, "Botox, 100 units", {"MASS": "5", "TEMP": "5"})
    assert planned.units == str(case.treatment["total_units"])
    assert planned.by_muscle == {"Masseter": "30", "Temporalis": "20"}
    assert any(line.startswith("Off-label") for line in planned.cautions)

    assert play.inject_and_recover(on, {"chewing_weak": True}, day=10) == "Expected at this time"

    # The report has no pain score after the treatment: the product asks before it recommends.
    on.on_day(154)
    unknown = reviewing.look(on, case.course, wish="Yes")
    assert unknown.advice == "Ask first"
    assert "a score of the main measure" in unknown.asks

    results = play.measure(on, "nrs_pain", {154: PAIN_AFTER})
    assert measuring.says_fall(results, fall_percent(PAIN_BEFORE, PAIN_AFTER))
    advised = play.review(on, case.course)
    assert advised.advice == "Repeat the treatment"
    assert advised.earliest == on.day(112)

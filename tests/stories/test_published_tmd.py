"""tmd-53f: a woman of 53 with thirty years of jaw-muscle pain, 50 units, better for at least 22 weeks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from tests.stories import play
from tests.stories.cases import Published, published
from tests.stories.script import HEALTHY, NO_WARNING_SIGN, Script, Stage
from tests.stories.walk import Answer


def told(case: Published) -> dict[str, Answer]:
    """What the abstract says, in the product's questions."""
    found = case.findings
    return {
        "is_adult": True,
        "sex": "female",
        "pain_months": found["facial_pain_years"] * 12,
        "self_reported_bruxism": found["self_reported_bruxism"],
        "joint_noise": "none",
        "tmj_familiar_pain": found["joint_pain"],
        "opening_unassisted_mm": found["maximum_opening_mm"],
        "gcps_grade": "2",
        "tmd_tried": ("splint", "nsaid", "soft_diet"),
    }


# Not in the abstract: what a clinician would find out.
ASSUMED = {
    **NO_WARNING_SIGN,
    **HEALTHY,
    "pregnancy": ("none",),
    "jaw_pain": True,
    "jaw_pain_with_use": True,
    # Published is a characteristic intensity of 7.3, the mean of three answers that are not told.
    "pain_average": 7,
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
ASKED_IN_SELF_CHECK = 13  # eleven warning signs, pain of the jaw, and how strong it is
# The muscles of the treatment are not told: 50 units on the ten points of the scheme are 5 a point.
UNITS = {"MASS": "5", "TEMP": "5"}
WEEKS_OF_RELIEF = 22
# All that the product warns of in this case, and why the clinician goes on.
CAUTIONS: dict[str, str] = {
    "tmd-guideline-against": (
        "Splint, tablets and soft diet failed in thirty years; she knows of the guideline and still wants it."
    ),
}
PLAN_CAUTIONS: dict[str, str] = {
    "tmd-guideline-against": (
        "Fifty units as published, less than the trials gave; the guideline was read to her."
    ),
    "off-label-reason-missing": (
        "Nothing is licensed for pain of the jaw muscles; conservative care did not help."
    ),
}
TIME_OUT_CAUTIONS: dict[str, str] = {
    "tmd-guideline-against": "She was asked again today and still wants it, knowing the guideline.",
}


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
        cautions=CAUTIONS,
        plan_cautions=PLAN_CAUTIONS,
        time_out_cautions=TIME_OUT_CAUTIONS,
        scheme="Masseter 30, temporalis 10 a side: house default",
    )


def test_published_tmd_patient_goes_all_the_way(stage: Callable[[Script], Stage]) -> None:
    case = published("tmd-53f")
    on = stage(script_of(case))

    check = play.come(on)
    assert "Off-label:" in check.public
    assert "guideline advises against" in check.public
    # What the self-check asks is not all published: it names what is open, and judges nothing yet.
    assert check.first.startswith("Something else first")
    assert len(check.open_questions) == ASKED_IN_SELF_CHECK
    assert not check.reassured
    assert check.last == "Worth a consultation"

    consultation = play.consult(on, "Chew without pain, and sleep.")
    assert consultation.before == "More information needed"
    assert "Weeks of conservative care" in consultation.questions
    # A woman who may be pregnant: not told, so asked.
    assert "Pregnancy and breast-feeding" in consultation.questions
    assert consultation.after == "Candidate"
    assert play.OFF_LABEL in consultation.consent
    assert any("BMJ 2023" in line for line in consultation.cautions)
    assert "not licensed for jaw pain" in consultation.consent
    assert "advises against it" in consultation.consent

    planned = play.plan(on, "Botox, 100 units", UNITS)
    assert planned.units == str(case.treatment["total_units"])
    assert planned.by_muscle == {"Masseter": "30", "Temporalis": "20"}
    assert any(line.startswith("Off-label") for line in planned.cautions)

    assert play.inject_and_recover(on, {"chewing_weak": True}, day=10) == "Expected at this time"

    # No score on a day is told, before or after: the product asks for one and recommends nothing.
    on.on_day(WEEKS_OF_RELIEF * 7)
    play.ask_first(on, case.course)

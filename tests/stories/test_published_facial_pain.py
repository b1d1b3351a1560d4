"""neuropathy-29f: a woman of 29, nerve pain after a right lower wisdom tooth, toxin near the mental nerve."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from tests.stories import measuring, play
from tests.stories.cases import Published, published
from tests.stories.script import HEALTHY, NO_WARNING_SIGN, Script, Stage
from tests.stories.walk import Answer


def told(case: Published) -> dict[str, Answer]:
    """What the report says, in the product's questions."""
    return {
        "is_adult": True,
        "sex": "female",
        "pain_after_injury": True,
        "injury_identified": True,
        "pain_months": case.findings["years_since"] * 12,
        "facial_pain_tried": ("tricyclic", "snri", "gabapentinoid", "carbamazepine", "clonazepam"),
        "sensory_signs": ("allodynia",),
        "sensory_side": "right",
        "nerves_affected": ("inferior_alveolar", "buccal"),
    }


# Not in the report: what a clinician would find out.
ASSUMED = {
    **NO_WARNING_SIGN,
    **HEALTHY,
    "pregnancy": ("none",),
    "face_pain_daily": True,
    "pain_average": 7,
    "burning_mouth": False,
    "muscle_knots": False,
    "limits_life": True,
    "pain_dull": False,
    "pain_in_nerve_area": True,
    "poorly_localised": False,
    "neurology_normal": False,
    "new_sensory_loss": False,
    "trigger_points_found": False,
    "pain_specialist_agrees": True,
    "dental_cause_excluded": True,
    "gcps_grade": "2",
    "distress_score": 3,
}
# All that the product warns of in this case, and why the clinician goes on.
CAUTIONS: dict[str, str] = {
    "facial-pain-evidence": (
        "Six medicines failed; she knows that only case series speak for it, and chose it."
    ),
}
PLAN_CAUTIONS: dict[str, str] = {
    "facial-pain-evidence": (
        "The published report treated near the right mental nerve; the lowest dose of the scheme is kept."
    ),
    "off-label-reason-missing": (
        "Nothing is licensed for pain after a nerve injury; the pain specialist agrees."
    ),
}
TIME_OUT_CAUTIONS: dict[str, str] = {
    "facial-pain-evidence": "Said to her again today; she still wants it, knowing how little is proved.",
}


def script_of(case: Published) -> Script:
    """Who plays the case, and when."""
    return Script(
        case=case,
        given_names="Nora",
        family_name="Twentynine",
        born=date(1996, 5, 30),
        begins=datetime(2026, 4, 7, 9, tzinfo=UTC),
        told=told(case),
        assumed=ASSUMED,
        diagnosis="Painful post-traumatic trigeminal neuropathy",
        cautions=CAUTIONS,
        plan_cautions=PLAN_CAUTIONS,
        time_out_cautions=TIME_OUT_CAUTIONS,
        scheme="Nerve-injury pain near the chin nerve, 25 to 50 units",
        side="Right",
    )


def test_published_facial_pain_patient_goes_all_the_way(stage: Callable[[Script], Stage]) -> None:
    case = published("neuropathy-29f")
    on = stage(script_of(case))

    check = play.come(on)
    assert "Off-label:" in check.public
    # Most of what the self-check asks stands in no publication: it says so, and judges nothing yet.
    assert check.first.startswith("Something else first")
    assert check.open_questions
    assert not check.reassured
    assert check.last == "Worth a consultation"

    consultation = play.consult(on, "Eat on the right side again.")
    assert consultation.before == "More information needed"
    # A woman who may be pregnant: not told, so asked.
    assert "Pregnancy and breast-feeding" in consultation.questions
    assert consultation.after == "Candidate"
    assert play.OFF_LABEL in consultation.consent

    planned = play.plan(on, "Botox, 100 units")
    assert 25 <= Decimal(planned.units) <= 50

    assert play.inject_and_recover(on, {}) == "Expected at this time"

    # The report tells nothing of what came after: that stays unknown, and no advice is made up.
    on.on_day(90)
    measuring.read_results(on)
    play.ask_first(on, "Not told in the report.")

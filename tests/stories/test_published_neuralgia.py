"""neuralgia-75m: a man of 75 with left trigeminal neuralgia, eight points of 2 units; pain 82 mm, then 25."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from tests.stories import measuring, play
from tests.stories.cases import Published, fall_percent, published
from tests.stories.script import HEALTHY, NO_WARNING_SIGN, Script, Stage
from tests.stories.walk import Answer


def told(case: Published) -> dict[str, Answer]:
    """What the report says, in the product's questions."""
    return {
        "is_adult": True,
        "sex": "male",
        "attack_one_sided": True,
        "tn_tried": ("carbamazepine", "amitriptyline", "nerve_block"),
        "divisions_left": tuple(each.lower() for each in case.findings["divisions"]),
        "divisions_right": ("none",),
    }


# Not in the abstract: what a clinician would find out.
ASSUMED = {
    **NO_WARNING_SIGN,
    **HEALTHY,
    "attack_shock": True,
    "attack_short": True,
    "attack_severe": True,
    "attack_triggered": True,
    "attacks_per_day": 20,
    "age_at_onset": 70,
    "continuous_pain": False,
    "autonomic_signs": False,
    "pain_months": 60,
    "pain_average": 8,
    "limits_life": True,
    "spreads_beyond_trigeminal": False,
    "trigger_zones": ("cheek", "forehead"),
    "trigeminal_sensory_loss": False,
    "mri_trigeminal": "vessel_contact",
    "neuralgia_explained_otherwise": False,
    "surgery_discussed": True,
    "dental_cause_excluded": True,
    "distress_score": 3,
}


# All that the product warns of in this case, and why the clinician goes on.
CAUTIONS: dict[str, str] = {
    "neuralgia-first-division": (
        "His pain is in the forehead too; drugs and two nerve blocks failed, and he knows of lid and sight."
    ),
}
PLAN_CAUTIONS: dict[str, str] = {
    "neuralgia-first-division": (
        "Four of the eight published points lie in the forehead: 2 units each, shallow, above the rim."
    ),
    "off-label-reason-missing": (
        "Nothing but drugs is licensed for neuralgia here; two drugs and two blocks failed."
    ),
}
TIME_OUT_CAUTIONS: dict[str, str] = {
    "neuralgia-first-division": "Points of the forehead marked again above the rim before the first prick.",
}


def script_of(case: Published) -> Script:
    """Who plays the case, and when."""
    return Script(
        case=case,
        given_names="Nestor",
        family_name="Seventyfive",
        born=date(1950, 8, 21),
        begins=datetime(2026, 3, 31, 9, tzinfo=UTC),
        told=told(case),
        assumed=ASSUMED,
        diagnosis="Trigeminal neuralgia (ICHD-3 13.1.1)",
        cautions=CAUTIONS,
        plan_cautions=PLAN_CAUTIONS,
        time_out_cautions=TIME_OUT_CAUTIONS,
        product="Botox",
        scheme="Eight points of 2 units",
        side="Left",
    )


def test_published_neuralgia_patient_goes_all_the_way(stage: Callable[[Script], Stage]) -> None:
    case = published("neuralgia-75m")
    on = stage(script_of(case))

    check = play.come(on)
    assert "Off-label:" in check.public
    # Most of what the self-check asks stands in no publication: it says so, and judges nothing yet.
    assert check.first.startswith("Something else first")
    assert check.open_questions
    assert not check.reassured
    assert check.last == "Worth a consultation"

    consultation = play.consult(on, "Shave and eat without attacks.")
    assert consultation.before == "More information needed"
    # Nobody tells of toxin before: the product asks, and takes no answer for none.
    assert "Botulinum toxin before, anywhere, also cosmetic" in consultation.questions
    assert consultation.after == "Candidate"
    assert play.OFF_LABEL in consultation.consent

    course = case.scores["pain_vas_mm"]
    measuring.enter_baseline(on, "vas_pain", course[0])
    planned = play.plan(on, "Botox, 100 units")
    site = case.treatment["sites"][0]
    assert (planned.units, planned.points) == (str(site["points"] * site["units_each"]), site["points"])

    assert play.inject_and_recover(on, {}) == "Expected at this time"

    results = play.measure(on, "vas_pain", course)
    assert measuring.says_fall(results, fall_percent(course[0], course[30]))
    advised = play.review(on, case.course)
    assert advised.advice == "Repeat the treatment"
    assert advised.earliest == date(2026, 6, 30)

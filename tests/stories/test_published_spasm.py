"""spasm-group-49: hemifacial spasm, four orbital points; HFS-30 from 48.88 to 7.71, then back to 35.06."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from tests.stories import measuring, play, recovering, reviewing
from tests.stories.cases import Published, fall_percent, published
from tests.stories.script import HEALTHY, NO_WARNING_SIGN, Script, Stage
from tests.stories.walk import Answer

# What the name of the disease says, and no more: the abstract tells of a group.
TOLD: dict[str, Answer] = {"twitch_place": "one_side"}
# Not in the abstract: what a clinician would find out of the one synthetic patient who plays the group.
ASSUMED = {
    **NO_WARNING_SIGN,
    **HEALTHY,
    "is_adult": True,
    "sex": "female",
    "pregnancy": ("none",),
    "twitch_unwanted": True,
    "age_at_onset": 45,
    "twitch_urge": False,
    "twitch_in_sleep": "yes",
    "old_facial_palsy": False,
    "limits_life": True,
    "spasm_side": "left",
    "spasm_pattern": "one_sided_tonic_clonic",
    "other_babinski_sign": True,
    "spasm_muscles": ("orbicularis_oculi",),
    "smc_grade": "2",
    "mri_posterior_fossa": "vascular_loop",
    "decompression_discussed": True,
    "distress_score": 1,
}


# All that the product warns of in this case, and why the clinician goes on.
CAUTIONS: dict[str, str] = {}
PLAN_CAUTIONS: dict[str, str] = {
    "dilution-outside-label": (
        "Published for this scheme are 5 units in 0.1 mL: a vial of 50 units with 1 mL."
    ),
}


def script_of(case: Published) -> Script:
    """Who plays the case, and when."""
    return Script(
        case=case,
        given_names="Hedda",
        family_name="Groupoffortynine",
        born=date(1967, 11, 8),
        begins=datetime(2026, 3, 24, 9, tzinfo=UTC),
        told=TOLD,
        assumed=ASSUMED,
        diagnosis="Hemifacial spasm",
        cautions=CAUTIONS,
        plan_cautions=PLAN_CAUTIONS,
        product="Botox",
        product_is_open_at_consent=True,
        scheme="Hemifacial spasm, four fixed orbital points",
        side="Left",
    )


def test_published_spasm_group_goes_all_the_way(stage: Callable[[Script], Stage]) -> None:
    case = published("spasm-group-49")
    on = stage(script_of(case))

    check = play.come(on)
    assert "Licensed:" in check.public
    assert "Licensed here: spasm of one side of the face" in check.public
    assert "Off-label here: a facial tic" in check.public
    # Most of what the self-check asks stands in no publication: it says so, and judges nothing yet.
    assert check.first.startswith("Something else first")
    assert check.open_questions
    assert not check.reassured
    assert check.last == "Worth a consultation"

    consultation = play.consult(on, "Read without the eye closing.")
    assert consultation.before == "More information needed"
    assert consultation.after == "Candidate"
    # Signed before a product was chosen: the text leaves nobody to guess what is licensed and what is not.
    assert "Whether this use is licensed depends on the product" in consultation.consent
    assert "With every other product it is off-label" in consultation.consent

    course = case.scores["hfs_30"]
    measuring.enter_baseline(on, "hfs30", course[0])
    # Published: 5 units in 0.1 mL.
    planned = play.plan(on, "Botox, 50 units", diluent="1")
    assert (planned.units, planned.points) == ("20", case.treatment["sites"][0]["points"])
    assert planned.by_muscle == {"Orbicularis oculi": "20"}

    # Two of the forty-nine had a bruise, gone within three days.
    assert play.inject_and_recover(on, {"bruise": True}) == "Expected at this time"
    recovering.record_effect(on, "bruise", began=on.day(0).isoformat(), over=on.day(3).isoformat())

    results = play.measure(on, "hfs30", course)
    assert measuring.says_fall(results, fall_percent(course[0], course[28]))
    assert "7.71" in results
    advised = play.review(on, case.course, unwanted=reviewing.ON_RECORD)
    assert advised.advice == "Repeat the treatment"
    # 84 days end on 16 June, three calendar months on 24 June: the later one counts.
    assert advised.earliest == date(2026, 6, 24)

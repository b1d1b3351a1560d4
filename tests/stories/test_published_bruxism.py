"""bruxism-27m: a man of 27 who grinds at night; 40 units in each masseter and 25 in each temporalis."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from tests.stories import measuring, play
from tests.stories.cases import Published, fall_percent, published
from tests.stories.script import HEALTHY, NO_WARNING_SIGN, Script, Stage
from tests.stories.walk import Answer


def told(case: Published) -> dict[str, Answer]:
    """What the report says, in the product's questions."""
    found = case.findings
    return {
        "is_adult": True,
        "sex": "male",
        "grinds_asleep": found["nocturnal_grinding"],
        "limits_life": found["difficulty_chewing"],
        # The report's number is the pain of the neck at rest; it is the only pain that it measured.
        "pain_average": found["neck_pain_at_rest_0_10"],
    }


def units_of(case: Published) -> dict[str, str]:
    """The published units of each muscle and side, on the five points of the scheme."""
    each = {site["muscle"]: site["units_each"] for site in case.treatment["sites"]}
    return {"MASS": str(each["masseter"] // 5), "TEMP": str(each["temporalis"] // 5)}


# Not in the report: what a clinician would find out.
ASSUMED = {
    **NO_WARNING_SIGN,
    **HEALTHY,
    "clenches_awake": False,
    "jaw_pain": True,
    "morning_jaw_tired": True,
    "tooth_damage": True,
    "pain_months": 12,
    "tmd_tried": ("self_care", "splint"),
    "conservative_weeks": 12,
    "splint_weeks": 12,
    "began_with_medicine": False,
    "snores_or_sleepy": False,
    "bruxism_signs": ("tooth_wear", "large_masseter"),
    "bruxism_instrument": "not_done",
    "dental_cause_excluded": True,
    "distress_score": 2,
}
# "Relief from day 3, neck pain 2 of 10 after the first treatment": the report gives no day for the number.
DAY_OF_SCORE = 28
PAIN_BEFORE, PAIN_AFTER = Decimal(7), Decimal(2)


def script_of(case: Published) -> Script:
    """Who plays the case, and when."""
    return Script(
        case=case,
        given_names="Bruno",
        family_name="Twentyseven",
        born=date(1998, 6, 2),
        begins=datetime(2026, 3, 10, 9, tzinfo=UTC),
        told=told(case),
        assumed=ASSUMED,
        diagnosis="Sleep bruxism, probable or definite, in need of treatment",
        # The nearest trial scheme; the report's own doses lie above it and need a written reason.
        scheme="Masseter 25, with or without temporalis 25 a side",
        optional=("Temporalis",),
    )


def test_published_bruxism_patient_goes_all_the_way(stage: Callable[[Script], Stage]) -> None:
    case = published("bruxism-27m")
    on = stage(script_of(case))

    check = play.come(on)
    assert "Off-label:" in check.public
    assert check.first.startswith("Worth a consultation")
    assert check.open_questions
    assert not check.reassured
    assert check.last == "Worth a consultation"

    consultation = play.consult(on, "Sleep without grinding.")
    assert consultation.before == "More information needed"
    assert consultation.after == "Candidate"
    assert play.OFF_LABEL in consultation.consent

    measuring.enter_baseline(on, "nrs_pain", PAIN_BEFORE)
    planned = play.plan(on, "Botox, 200 units", units_of(case))
    assert planned.by_muscle == {"Masseter": "80", "Temporalis": "50"}
    assert planned.units == "130"
    assert any("130" in line for line in planned.cautions)

    assert play.inject_and_recover(on, {"chewing_weak": True}, day=10) == "Expected at this time"

    results = play.measure(on, "nrs_pain", {DAY_OF_SCORE: PAIN_AFTER})
    assert measuring.says_fall(results, fall_percent(PAIN_BEFORE, PAIN_AFTER))
    on.on_day(90)
    advised = play.review(on, case.course)
    assert advised.advice == "Repeat the treatment"
    assert advised.earliest == on.day(112)

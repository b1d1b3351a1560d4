"""bruxism-27m: a man of 27 who grinds at night; 40 units in each masseter and 25 in each temporalis."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from tests.stories import play
from tests.stories.cases import Published, published
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
    }


# Not in the report: what a clinician would find out.
ASSUMED = {
    **NO_WARNING_SIGN,
    **HEALTHY,
    "clenches_awake": False,
    "jaw_pain": True,
    # The report measured the pain of the neck at rest, 7 of 10, and no pain of the jaw.
    "pain_average": 5,
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
# All that the product warns of in this case, and why the clinician goes on.
CAUTIONS: dict[str, str] = {}
PLAN_CAUTIONS: dict[str, str] = {
    "off-label-reason-missing": (
        "Nothing is licensed for grinding; a splint of twelve weeks and self-care did not help enough."
    ),
}
# Published: each muscle's dose in 1 mL, thus two strengths. A plan has one: that of the masseter is kept,
# 40 units in 1 mL, from vials of 100 units with 2.5 mL.
DILUENT = "2.5"


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
        cautions=CAUTIONS,
        plan_cautions=PLAN_CAUTIONS,
        scheme="Masseter 40, temporalis 25 a side",
    )


def test_published_bruxism_patient_goes_all_the_way(stage: Callable[[Script], Stage]) -> None:
    case = published("bruxism-27m")
    on = stage(script_of(case))

    check = play.come(on)
    assert "Off-label:" in check.public
    assert check.first.startswith("Worth a consultation, and a warning sign to find out about")
    assert check.open_questions
    assert not check.reassured
    assert check.last == "Worth a consultation"

    consultation = play.consult(on, "Sleep without grinding.")
    assert consultation.before == "More information needed"
    # Nobody tells of toxin before: the product asks, and takes no answer for none.
    assert "Botulinum toxin before, anywhere, also cosmetic" in consultation.questions
    assert consultation.after == "Candidate"
    assert play.OFF_LABEL in consultation.consent

    planned = play.plan(on, "Botox, 100 units", diluent=DILUENT)
    each = {site["muscle"]: 2 * site["units_each"] for site in case.treatment["sites"]}
    assert planned.by_muscle == {"Masseter": str(each["masseter"]), "Temporalis": str(each["temporalis"])}
    assert planned.units == str(sum(each.values()))

    assert play.inject_and_recover(on, {"chewing_weak": True}, day=10) == "Expected at this time"

    # Neck pain fell from 7 to 2; what the product measures in bruxism is not told: it asks before it advises.
    on.on_day(90)
    play.ask_first(on, case.course)

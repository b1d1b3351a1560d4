"""migraine-group-40: forty people with chronic migraine, 100 units at fixed sites, every twelve weeks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from tests.stories import measuring, play
from tests.stories.cases import Published, published
from tests.stories.script import HEALTHY, NO_WARNING_SIGN, Script, Stage
from tests.stories.walk import Answer

# The abstract tells of a group and of nobody in it. One synthetic patient plays it.
TOLD: dict[str, Answer] = {}
ASSUMED = {
    **NO_WARNING_SIGN,
    **HEALTHY,
    "is_adult": True,
    "sex": "female",
    "pregnancy": ("none",),
    "headache_days": 20,
    "migraine_days": 12,
    "headache_over_3_months": True,
    "long_headache_days": 18,
    "painkiller_days": 6,
    "triptan_days": 4,
    "overuse_over_3_months": False,
    "daily_from_onset": False,
    "preventives_tried": ("topiramate", "beta_blocker", "amitriptyline"),
    "migraine_aura": False,
    "has_headache_diary": True,
    "limits_life": True,
    "attacks_meet_migraine": True,
    "migraine_days_over_3_months": True,
    "headache_featureless": False,
    "headache_explained_otherwise": False,
    "neck_weakness": False,
    "distress_score": 3,
}
# 100 units are published, their spread over the sites is not: 5 in brow and shoulders, 2.5 elsewhere.
UNITS = {"FRON": "2.5", "TEMP": "2.5", "OCC": "2.5", "CPAR": "2.5"}
# Published: the fall in percent at weeks 4, 8 and 12. The days that it is a fall from are not: the
# product asks for them, and 20 is the answer here. The advice below follows from it.
FALLS = {28: Decimal(40), 56: Decimal(45), 84: Decimal(42)}
DAYS_BEFORE = Decimal(20)


# All that the product warns of in this case, and why the clinician goes on.
CAUTIONS: dict[str, str] = {}
PLAN_CAUTIONS: dict[str, str] = {
    "dose-outside-protocol": (
        "The published group had 100 units at fixed sites; 2.5 a point outside brow and shoulders gives that."
    ),
    "total-outside-protocol": "One hundred units in all is the published dose of this group.",
}


def days_after(fall: Decimal) -> Decimal:
    """Headache days in 28 after a fall in percent."""
    return DAYS_BEFORE * (100 - fall) / 100


def script_of(case: Published) -> Script:
    """Who plays the case, and when."""
    return Script(
        case=case,
        given_names="Maren",
        family_name="Groupofforty",
        born=date(1983, 4, 19),
        begins=datetime(2026, 3, 17, 9, tzinfo=UTC),
        told=TOLD,
        assumed=ASSUMED,
        diagnosis="Chronic migraine (ICHD-3 1.3)",
        cautions=CAUTIONS,
        plan_cautions=PLAN_CAUTIONS,
        product="Botox",
        scheme="Fixed sites, 155 units on 31 points",
    )


def test_published_migraine_group_goes_all_the_way(stage: Callable[[Script], Stage]) -> None:
    case = published("migraine-group-40")
    on = stage(script_of(case))

    check = play.come(on)
    assert "Licensed:" in check.public
    assert "Other products:" in check.public
    # Most of what the self-check asks stands in no publication: it says so, and judges nothing yet.
    assert check.first.startswith("Something else first")
    assert check.open_questions
    assert not check.reassured
    assert check.last == "Worth a consultation"

    consultation = play.consult(on, "Fewer lost days.")
    assert consultation.before == "More information needed"
    # Nobody tells of toxin before: the product asks, and takes no answer for none.
    assert "Botulinum toxin before, anywhere, also cosmetic" in consultation.questions
    assert consultation.after == "Candidate"
    assert play.OFF_LABEL not in consultation.consent

    measuring.enter_baseline(on, "headache_days", DAYS_BEFORE)
    planned = play.plan(on, "Botox, 100 units", UNITS)
    assert planned.units == str(case.treatment["total_units"])
    assert planned.points == 31

    assert play.inject_and_recover(on, {"neck_pain_or_stiffness": True}, day=10) == "Expected at this time"

    results = play.measure(on, "headache_days", {day: days_after(fall) for day, fall in FALLS.items()})
    assert measuring.says_fall(results, max(FALLS.values()))
    advised = play.review(on, case.course)
    assert advised.advice == "Stop the treatment"
    assert any("NICE TA260" in reason for reason in advised.reasons)

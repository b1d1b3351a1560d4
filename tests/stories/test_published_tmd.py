"""tmd-53f: a woman of 53 with thirty years of jaw-muscle pain, 50 units, better for at least 22 weeks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from playwright.sync_api import Page

from tests.stories import consulting, planning, stocking
from tests.stories.cases import published
from tests.stories.conftest import Person
from tests.stories.script import HEALTHY, NO_WARNING_SIGN, Script, Stage
from tests.stories.site import Site
from tests.stories.walk import labels

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


def test_published_tmd_patient_goes_all_the_way(
    site: Site, person: Callable[..., Person], window: Callable[..., Page]
) -> None:
    case = published("tmd-53f")
    script = Script(
        case=case,
        given_names="Petra",
        family_name="Fiftythree",
        born=date(1972, 9, 14),
        sex="Female",
        begins=datetime(2026, 3, 2, 9, tzinfo=UTC),
        told={
            "is_adult": True,
            "sex": "female",
            "jaw_pain": True,
            "pain_months": case.findings["facial_pain_years"] * 12,
            # The characteristic pain intensity, 7.3, on the scale of whole numbers.
            "pain_average": round(case.findings["characteristic_pain_intensity_0_10"]),
            "self_reported_bruxism": case.findings["self_reported_bruxism"],
            "joint_noise": "none",
            "tmj_familiar_pain": case.findings["joint_pain"],
            "opening_unassisted_mm": case.findings["maximum_opening_mm"],
            "gcps_grade": "2",
            "tmd_tried": ("self_care", "nsaid", "splint"),
        },
        assumed=ASSUMED,
        diagnosis="Masticatory myalgia",
        scheme="Masseter 30, temporalis 10 a side: house default",
    )
    stage = Stage(script=script, site=site, person=person, window=window)
    stage.on_day(-7)
    stage.desk.go("patient_add")
    stage.desk.fill("Given names", script.given_names)
    stage.desk.fill("Family name", script.family_name)
    stage.desk.fill("Date of birth", script.born)
    stage.desk.fill("E-mail", script.email)
    stage.desk.choose("Sex", script.sex)
    stage.desk.press("Add the patient")
    stage.patient_id = stage.desk.number_in_address()
    stage.desk.go("patient_portal", stage.patient_id)
    stage.desk.press("Open the portal")
    stage.injector.go("case_open", patient=stage.patient_id)
    stage.injector.choose("What is it about?", "Temporomandibular disorder")
    stage.injector.press("Open the case")
    stage.case_id = stage.injector.number_in_address()

    consulting.fill_in_at_home(stage)
    consulting.confirm_intake(stage)
    consulting.examine(stage, script.told)
    assert consulting.verdict(stage) == "More information needed"
    asked = consulting.questions_to_ask(stage)
    missing = [label for label in labels(ASSUMED) if label not in asked]
    print(missing)
    consulting.answer_what_is_asked(stage)
    print(consulting.verdict(stage))
    consulting.choose_diagnosis(stage)
    print(consulting.write_reasons(stage))
    print(consulting.decide_and_consent(stage, "Chew without pain"))
    stocking.receive(stage, "Botox, 100 U")
    planning.draft(stage)
    planning.dose(stage, {"MASS": "5", "TEMP": "5"})
    print(planning.give_reasons(stage))
    planning.propose(stage)
    print(planning.approve(stage))
    print(planning.totals(stage))

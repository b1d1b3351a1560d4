"""The diary in two taps, counted in a browser from the moment its page is open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.results.models import DiaryEntry
from tests.conftest import make_actor
from tests.factories import make_case, make_portal_patient
from tests.stories.accessibility import violations
from tests.stories.script import Person
from tests.stories.site import Site

MOST = 2
TAPS = {
    "tmd": [("radio", "4"), ("button", "Save")],
    "bruxism": [("radio", "4"), ("button", "Save")],
    "chronic_facial_pain": [("radio", "4"), ("button", "Save")],
    "facial_spasm": [("radio", "4"), ("button", "Save")],
    "trigeminal_neuralgia": [("radio", "4"), ("button", "Save")],
    "chronic_migraine": [("button", "Migraine")],
}


# Where single days are counted there is no weekly diary.
BY_DAY = ("chronic_migraine", "trigeminal_neuralgia")
KEPT = [(one, "day") for one in TAPS] + [(one, "week") for one in TAPS if one not in BY_DAY]


@pytest.mark.parametrize(("condition", "every"), KEPT)
def test_diary_takes_at_most_two_taps(
    site: Site, committing: None, window: Callable[..., Page], condition: str, every: str
) -> None:
    by = make_actor(site.clinic, Role.INJECTOR, Role.MANAGER, email="taps@stories.example")
    with clinic_scope(site.clinic.pk, by.user_id):
        patient = make_portal_patient(by, f"{condition}-{every}@patients.example")
        case = make_case(by, patient, condition)
    assert patient.user is not None
    who = Person(user_id=patient.user.pk, email=patient.user.email, name=str(patient), secret="")
    page = window(who, width=390)
    page.goto(f"/my/diary/?case={case.pk}&every={every}")
    assert violations(page) == []

    taps = 0
    for role, name in TAPS[condition]:
        taps += 1
        if role == "radio":
            page.get_by_role("main").locator("label", has_text=name).first.click()
        else:
            page.get_by_role("button", name=name, exact=True).click()

    expect(page.get_by_text("Saved. Thank you.")).to_be_visible()
    with clinic_scope(site.clinic.pk, by.user_id):
        entry = DiaryEntry.objects.get(case=case)
    assert entry.covers_days == (7 if every == "week" else 1)
    assert taps <= MOST

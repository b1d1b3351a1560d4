"""A medicine is found by keyboard alone while one types, on a phone, also misspelt."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from tests.conftest import make_actor
from tests.factories import make_case, make_portal_patient
from tests.stories.accessibility import violations
from tests.stories.script import Person
from tests.stories.site import Site

UGLY = "𝕎" + "Ärztliche\u202eSammelmischung" * 6 + " <b>🙂</b>"


def test_medicine_is_found_by_keyboard_and_ugly_words_break_nothing(
    site: Site, committing: None, window: Callable[..., Page]
) -> None:
    by = make_actor(site.clinic, Role.INJECTOR, Role.MANAGER, email="names@stories.example")
    with clinic_scope(site.clinic.pk, by.user_id):
        patient = make_portal_patient(by, "names@patients.example")
        make_case(by, patient)
    assert patient.user is not None
    who = Person(user_id=patient.user.pk, email=patient.user.email, name=str(patient), secret="")
    page = window(who, width=390)
    page.goto("/my/medicines/")
    search = page.get_by_role("combobox", name="Name on the pack")

    search.press_sequentially("warfrin")
    expect(page.get_by_role("option").first).to_have_text("Warfarin")
    expect(search).to_have_attribute("aria-expanded", "true")
    assert violations(page) == []
    search.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    search.press("ArrowDown")
    expect(page.get_by_role("option").first).to_be_visible()
    search.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    search.press("Enter")

    mine = page.get_by_role("region", name="On my list")
    expect(mine.get_by_text("Warfarin")).to_be_visible()
    page.get_by_label("Not in the list? Write it here").fill(UGLY[:200])
    page.get_by_role("button", name="Add", exact=True).click()
    expect(mine.get_by_text("in your words")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert violations(page) == []

"""A session that ends in the middle of a form: after signing in again, what was typed is there."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Page, expect

from masseter.journey.accounts.demo import code_now
from masseter.journey.consult.models import Observation
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.inject.models import Treatment
from masseter.journey.people.models import Patient
from masseter.journey.plan.models import Plan
from tests.conftest import make_actor
from tests.factories import make_case, make_patient, make_portal_patient, make_ready_case
from tests.journey.given import MIGRAINE, approved_plan, healthy, make_lot, make_plan
from tests.stories.conftest import PASSWORD, Person
from tests.stories.letters import Letterbox
from tests.stories.site import Site
from tests.stories.walk import Walk, starting

ROLES = (Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER)
BACK = "You were signed out while you typed. Everything is back"
_numbers = count(1)


@pytest.fixture
def who(person: Callable[..., Person]) -> Person:
    # The limit of attempts and the codes that were used count by address; all stories come from here.
    cache.clear()
    return person(*ROLES)


@pytest.fixture
def by(site: Site, who: Person) -> Actor:
    return make_actor(site.clinic, *ROLES, email=who.email)


@pytest.fixture
def walk(window: Callable[..., Page], who: Person) -> Walk:
    return Walk(window(who))


def end_session(page: Page) -> None:
    cookie = next(one for one in page.context.cookies() if one["name"] == "sessionid")
    Session.objects.filter(session_key=cookie["value"]).delete()


def sign_in_again(walk: Walk, who: Person) -> None:
    walk.sees("what you typed is kept")
    walk.fill("E-mail address", who.email)
    walk.fill("Password", PASSWORD)
    walk.press("Sign in")
    walk.fill("Code", code_now(who.secret))
    walk.press_only("Go on")
    walk.sees(BACK)


def plan_for(by: Actor, *, is_approved: bool) -> Plan:
    with clinic_scope(by.clinic_id):
        patient = make_patient(by, family_name=f"Expired{next(_numbers)}")
        case = make_ready_case(
            by,
            condition="chronic_migraine",
            diagnosis="chronic_migraine",
            patient=patient,
            **healthy(),
            **MIGRAINE,
        )
        if not is_approved:
            return make_plan(by, case)
        make_lot(by, number=f"EXP{next(_numbers)}", count=1)
        return approved_plan(by, case)


def test_plan_being_edited_comes_back(walk: Walk, by: Actor, who: Person) -> None:
    plan = plan_for(by, is_approved=False)
    walk.go("plan", plan.pk)
    first = walk.page.locator("input[name$='-units']").first
    name = str(first.get_attribute("name"))
    first.fill("4")
    walk.fill("Note", "Lower on the left, as she asked.")
    # The live check goes out by itself while the session is gone; it takes nothing's place.
    end_session(walk.page)
    with walk.page.expect_request(f"**{reverse('plan_check', args=[plan.pk])}"):
        walk.page.locator(f"input[name='{name}']").fill("3")
        walk.page.keyboard.press("Tab")

    walk.press_only("Save draft")
    sign_in_again(walk, who)

    expect(walk.page).to_have_url(re.compile(reverse("plan", args=[plan.pk])))
    assert walk.page.locator(f"input[name='{name}']").input_value() == "3"
    assert walk.page.get_by_label("Note").first.input_value() == "Lower on the left, as she asked."
    walk.press("Save draft")
    with clinic_scope(by.clinic_id):
        plan.refresh_from_db()
    assert plan.note == "Lower on the left, as she asked."


def test_treatment_being_recorded_comes_back(walk: Walk, by: Actor, who: Person) -> None:
    plan = plan_for(by, is_approved=True)
    walk.go("treatment_prepare", plan.pk)
    boxes = (
        "Full name",
        "Date of birth",
        "Consent",
        "Product, sites and sides",
        "Allergies",
        "Nothing new",
    )
    for box in boxes:
        walk.tick(box)
    mixed = walk.page.get_by_role("radio", name=starting("Now"))
    mixed.check()
    end_session(walk.page)

    walk.press_only(f"Sign as {who.name}")
    sign_in_again(walk, who)

    expect(walk.page).to_have_url(re.compile(reverse("treatment_prepare", args=[plan.pk])))
    for box in boxes:
        expect(walk.page.get_by_role("checkbox", name=re.compile(rf"^\s*{box}")).first).to_be_checked()
    expect(mixed).to_be_checked()
    with clinic_scope(by.clinic_id):
        assert not Treatment.objects.filter(plan=plan).exists()
    walk.press(f"Sign as {who.name}")
    with clinic_scope(by.clinic_id):
        assert Treatment.objects.filter(plan=plan).count() == 1


def test_patient_gets_the_intake_back_after_signing_in_by_code(
    page: Page, posting_site: Site, box: Letterbox, by: Actor
) -> None:
    address = "intake@letters.example"
    with clinic_scope(by.clinic_id):
        patient: Patient = make_portal_patient(by, address)
        make_case(by, patient, "tmd")
    walk = Walk(page)
    walk.go("account_request_login_code")
    sign_in_by_code(walk, box, address)
    walk.go("my_intake", step="all")
    group = page.get_by_role("main").get_by_role("radio", name="Yes", exact=True)
    group.first.check()
    name = str(group.first.get_attribute("name"))
    end_session(page)

    walk.press_only("Send my answers")
    walk.follow("get a code by e-mail")
    sign_in_by_code(walk, box, address)

    expect(page).to_have_url(re.compile(reverse("my_intake")))
    walk.sees(BACK)
    expect(page.locator(f"input[name='{name}']").first).to_be_checked()
    with clinic_scope(by.clinic_id):
        assert not Observation.objects.filter(patient=patient).exists()
    walk.press("Send my answers")
    with clinic_scope(by.clinic_id):
        assert Observation.objects.filter(patient=patient).exists()


def sign_in_by_code(walk: Walk, box: Letterbox, address: str) -> None:
    before = len(box.letters)
    walk.fill("E-mail address", address)
    walk.press("Send me a code")
    assert len(box.letters) > before
    walk.fill("Code", box.code_for(address))
    walk.press_only("Sign in")

"""Bad input in the browser: each time a sentence that helps, and nothing lost, nothing doubled."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import count
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from masseter.journey.accounts.demo import code_now
from masseter.journey.consult.models import Case, ElsewhereTreatment, Observation
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.people.models import Patient
from masseter.knowledge.load import load
from tests.conftest import make_actor, make_clinic
from tests.factories import make_case, make_patient, make_ready_case
from tests.stories.conftest import PASSWORD, Person
from tests.stories.site import Site
from tests.stories.walk import Walk, exactly

GIVEN = "Tuppence"
ROLES = (Role.INJECTOR, Role.PRESCRIBER)
Windows = Callable[..., Page]
People = Callable[..., Person]
_numbers = count(1)


@pytest.fixture
def who(person: People) -> Person:
    """The clinician who sits at the window."""
    return person(*ROLES)


@pytest.fixture
def by(site: Site, who: Person) -> Actor:
    return make_actor(site.clinic, *ROLES, email=who.email)


@pytest.fixture
def walk(window: Windows, who: Person) -> Walk:
    return Walk(window(who))


def patient_of(by: Actor) -> Patient:
    with clinic_scope(by.clinic_id):
        return make_patient(by, family_name=f"Input{next(_numbers)}")


def case_for(by: Actor, condition: str) -> Case:
    with clinic_scope(by.clinic_id):
        return make_case(by, make_patient(by, family_name=f"Input{next(_numbers)}"), condition)


def said(walk: Walk, words: str) -> None:
    """The page stays, its title says that something is wrong, and the sentence stands there."""
    expect(walk.page.get_by_role("alert").first).to_be_visible()
    assert walk.page.title().startswith("Error")
    walk.sees(words)


def a_birthday() -> str:
    """Nobody else's, so that nobody is taken for somebody else."""
    return (date(1931, 1, 1) + timedelta(days=41 * next(_numbers))).isoformat()


def name_a_patient(walk: Walk, family: str, born: str) -> None:
    walk.go("patient_add")
    walk.fill("Given names", GIVEN)
    walk.fill("Family name", family)
    walk.fill("Date of birth", born)


def submit(walk: Walk) -> None:
    """Press the form's own button."""
    walk.leave_by(walk.page.get_by_role("main").locator("form[method=post] button.btn-primary").first)


def named(by: Actor, family: str) -> int:
    with clinic_scope(by.clinic_id):
        return Patient.objects.filter(clinic_id=by.clinic_id, family_name=family).count()


# Nothing and too much


def test_empty_form_says_at_each_field_what_is_missing(walk: Walk) -> None:
    walk.go("patient_add")

    submit(walk)

    said(walk, "Enter the date of birth, or tick that it is not known yet.")
    summary = walk.page.get_by_role("alert").first
    link = summary.get_by_role("link").first
    target = str(link.get_attribute("href"))
    link.click()
    expect(walk.page.locator(target)).to_be_focused()


def test_text_that_is_too_long_is_refused_and_stays(walk: Walk, by: Actor) -> None:
    name_a_patient(walk, "Q" * 100, a_birthday())
    # A paste that the browser itself does not cut.
    walk.page.get_by_label("Family name").evaluate(
        "one => { one.maxLength = 1e6; one.value = 'Q'.repeat(5000) }"
    )

    submit(walk)

    said(walk, "at most 100 characters")
    assert walk.page.get_by_label("Given names").input_value() == GIVEN
    assert named(by, "Q" * 5000) == 0


def test_name_in_any_script_is_kept_as_it_is(walk: Walk, by: Actor) -> None:
    family = f"אבּגד Ñandú 🦷 {next(_numbers)}"
    name_a_patient(walk, family, a_birthday())

    submit(walk)

    walk.sees(family.upper())
    assert named(by, family) == 1


# Wrong dates


def test_birth_after_today_is_refused(walk: Walk, by: Actor) -> None:
    born = clock.today(by.zone) + timedelta(days=1)
    name_a_patient(walk, "Unborn", born.isoformat())

    submit(walk)

    said(walk, "future")
    assert walk.page.get_by_label("Family name").input_value() == "Unborn"
    assert named(by, "Unborn") == 0


def test_day_that_the_calendar_has_not_is_refused(walk: Walk, by: Actor) -> None:
    name_a_patient(walk, "Nodate", "2026-02-30")

    submit(walk)

    expect(walk.page.get_by_role("alert").first).to_be_visible()
    assert named(by, "Nodate") == 0


@pytest.mark.parametrize(
    ("days", "words"), [(-365 * 60, "date of birth"), (1, "future")], ids=["before birth", "to come"]
)
def test_injection_elsewhere_on_an_impossible_day_is_refused(
    walk: Walk, by: Actor, days: int, words: str
) -> None:
    patient = patient_of(by)
    day = clock.today(by.zone) + timedelta(days=days)
    walk.go("elsewhere", patient.pk)
    walk.fill("Date", day.isoformat())
    walk.fill("Where it was given", "Another place")

    submit(walk)

    said(walk, words)
    assert walk.page.get_by_label("Where it was given").input_value() == "Another place"
    with clinic_scope(by.clinic_id):
        assert not ElsewhereTreatment.objects.filter(patient=patient).exists()


# Impossible values


@pytest.mark.parametrize(
    ("condition", "page", "code", "value"),
    [
        ("tmd", "examination", "opening_unassisted_mm", "400"),
        ("chronic_migraine", "intake", "headache_days", "40"),
        ("tmd", "examination", "opening_unassisted_mm", "-3"),
        ("chronic_migraine", "intake", "headache_days", "many"),
    ],
)
def test_value_that_cannot_be_is_refused_at_its_field(
    walk: Walk, by: Actor, condition: str, page: str, code: str, value: str
) -> None:
    case = case_for(by, condition)
    label = load().observations[code].label
    walk.go(page, case.pk)
    field = walk.page.get_by_label(exactly(label)).first
    field.fill(value)

    submit(walk)

    expect(walk.page.get_by_role("alert").first).to_be_visible()
    field = walk.page.get_by_label(exactly(label)).first
    expect(field).to_have_attribute("aria-invalid", "true")
    assert field.input_value() == value
    with clinic_scope(by.clinic_id):
        assert not Observation.objects.filter(case=case, code=code).exists()


# Two tabs, twice, back


def test_two_tabs_on_one_record_the_second_is_told(walk: Walk, by: Actor) -> None:
    patient = patient_of(by)
    other = Walk(walk.page.context.new_page())
    walk.go("patient_change", patient.pk)
    other.go("patient_change", patient.pk)
    walk.fill("Phone", "0100 111111")
    other.fill("Phone", "0200 222222")

    submit(walk)
    submit(other)

    said(other, "was changed by someone else")
    assert other.page.get_by_label("Phone").input_value() == "0200 222222"
    with clinic_scope(by.clinic_id):
        patient.refresh_from_db()
    assert patient.phone == "0100 111111"


def test_form_sent_twice_at_once_is_acted_on_once(walk: Walk, by: Actor, site: Site) -> None:
    """Ten sendings of one form at the same moment, as of a trembling finger on a slow line."""
    patient = patient_of(by)
    walk.go("elsewhere", patient.pk)
    hidden = walk.page.get_by_role("main").locator("form[method=post] input[type=hidden]")
    values = {
        str(one.get_attribute("name")): one.input_value() for one in hidden.all() if one.get_attribute("name")
    }
    values |= {"given_on": (clock.today(by.zone) - timedelta(days=200)).isoformat(), "where": "Twice"}
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in walk.page.context.cookies())

    def send(_: int) -> int:
        url = site.url + reverse("elsewhere", args=[patient.pk])
        headers = {"Cookie": cookies, "Origin": site.url, "Referer": url}
        with urlopen(Request(url, urlencode(values).encode(), headers), timeout=60) as answer:
            return int(answer.status)

    with ThreadPoolExecutor(10) as several:
        answers = list(several.map(send, range(10)))

    assert set(answers) == {200}
    with clinic_scope(by.clinic_id):
        assert ElsewhereTreatment.objects.filter(patient=patient).count() == 1


def test_double_click_saves_once(walk: Walk, by: Actor) -> None:
    family = f"Doubleclick{next(_numbers)}"
    name_a_patient(walk, family, a_birthday())
    button = walk.page.get_by_role("main").locator("form[method=post] button.btn-primary").first

    with walk.page.expect_navigation():
        button.dblclick(no_wait_after=True)
    walk.page.wait_for_load_state()

    assert named(by, family) == 1


def test_back_button_after_saving_doubles_nothing(walk: Walk, by: Actor) -> None:
    family, born = f"Backbutton{next(_numbers)}", a_birthday()
    name_a_patient(walk, family, born)
    submit(walk)

    walk.page.go_back()
    walk.fill("Given names", GIVEN)
    walk.fill("Family name", family)
    walk.fill("Date of birth", born)
    submit(walk)

    assert named(by, family) == 1
    walk.sees(family)


# A session that ended, a record of another


def test_typed_form_comes_back_after_the_session_ended(walk: Walk, by: Actor, who: Person) -> None:
    family = f"Cutoff{next(_numbers)}"
    name_a_patient(walk, family, a_birthday())
    walk.fill("What helps this person in the clinic", "A quiet room, please.")
    cookie = next(one for one in walk.page.context.cookies() if one["name"] == "sessionid")
    Session.objects.filter(session_key=cookie["value"]).delete()

    submit(walk)
    walk.sees("what you typed is kept")
    walk.fill("E-mail address", who.email)
    walk.fill("Password", PASSWORD)
    walk.press("Sign in")
    walk.fill("Code", code_now(who.secret))
    walk.press_only("Go on")

    expect(walk.page).to_have_url(re.compile(reverse("patient_add")))
    walk.sees("You were signed out while you typed. Everything is back")
    assert walk.page.get_by_label("Family name").input_value() == family
    assert walk.page.get_by_label("What helps this person").input_value() == "A quiet room, please."
    assert named(by, family) == 0
    submit(walk)
    assert named(by, family) == 1


def test_link_to_another_clinics_record_is_as_if_there_were_none(walk: Walk, committing: None) -> None:
    theirs = make_clinic(f"far{next(_numbers)}")
    stranger = make_actor(theirs, *ROLES, email=f"far@{theirs.slug}.example")
    patient = patient_of(stranger)

    answer = walk.page.goto(reverse("patient", args=[patient.pk]))
    foreign = walk.text()
    walk.page.goto(reverse("patient", args=[10**8]))

    assert answer is not None
    assert answer.status == 404
    assert walk.text() == foreign
    assert patient.family_name.upper() not in foreign.upper()


def test_plan_changed_in_another_tab_is_not_overwritten(walk: Walk, by: Actor) -> None:
    from masseter.journey.plan.actions import draft_plan

    with clinic_scope(by.clinic_id):
        patient = make_patient(by, family_name=f"Input{next(_numbers)}")
        case = make_ready_case(
            by,
            condition="chronic_migraine",
            diagnosis="chronic_migraine",
            patient=patient,
            allergies=("none",),
        )
        plan = draft_plan(by=by, case=case, protocol="migraine_label_155_botox")
    other = Walk(walk.page.context.new_page())
    walk.go("plan", plan.pk)
    other.go("plan", plan.pk)
    walk.fill("Note", "First")
    other.fill("Note", "Second")

    walk.press_only("Save draft")
    other.press_only("Save draft")

    said(other, "was changed by someone else")
    assert other.page.get_by_label("Note").first.input_value() == "Second"
    with clinic_scope(by.clinic_id):
        plan.refresh_from_db()
    assert plan.note == "First"

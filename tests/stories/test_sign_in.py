"""Signing in through the real pages: staff by password and code, patients by a code in a letter."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from django.contrib.sessions.models import Session as StoredSession
from django.utils import timezone
from playwright.sync_api import Page, expect

from masseter.journey.accounts.demo import code_now
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from tests.conftest import make_actor
from tests.factories import make_portal_patient
from tests.stories.conftest import PASSWORD, Person
from tests.stories.letters import Letterbox
from tests.stories.site import Site

People = Callable[..., Person]
PATIENT = "pat@letters.example"


def send(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def enter_password(page: Page, email: str, password: str = PASSWORD, after: str = "/account/login/") -> None:
    page.goto(after)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    send(page, "Sign in")


def enter_code(page: Page, code: str, button: str = "Go on") -> None:
    page.get_by_label("Code").fill(code)
    send(page, button)


def ask_code(page: Page, email: str) -> None:
    page.goto("/account/code/")
    page.get_by_label("E-mail address").fill(email)
    send(page, "Send me a code")


def make_patient_of(site: Site, email: str) -> None:
    with clinic_scope(site.clinic.pk):
        by = make_actor(site.clinic, Role.FRONT_DESK, email="door@stories.example")
        make_portal_patient(by, email)


def test_wrong_password_is_refused_without_saying_which_part(page: Page, person: People) -> None:
    who = person(Role.RESEARCHER)

    enter_password(page, who.email, "not-the-pass-phrase")
    known = page.get_by_role("alert").first.inner_text()
    enter_password(page, "nobody@stories.example", "not-the-pass-phrase")

    assert page.get_by_role("alert").first.inner_text() == known
    assert page.title().startswith("Error")


def test_wrong_code_opens_nothing(page: Page, person: People) -> None:
    who = person(Role.MANAGER)
    enter_password(page, who.email)

    enter_code(page, "000000")

    expect(page.get_by_role("alert").first).to_be_visible()
    page.goto("/clinic/")
    expect(page).to_have_url(re.compile("/account/"))


def test_password_and_code_open_the_clinic(page: Page, person: People) -> None:
    who = person(Role.FRONT_DESK)
    enter_password(page, who.email)
    expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")

    enter_code(page, code_now(who.secret))

    expect(page).to_have_url(re.compile("/clinic/$"))


def test_repeated_failures_lock_with_a_sentence(page: Page, person: People) -> None:
    who = person(Role.INJECTOR)

    for _ in range(6):
        enter_password(page, who.email, "not-the-pass-phrase")
    enter_password(page, who.email)

    expect(page.get_by_role("main")).to_contain_text(re.compile("too many", re.IGNORECASE))
    page.goto("/clinic/")
    expect(page).to_have_url(re.compile("/account/"))


def test_patient_signs_in_by_the_code_of_a_letter(page: Page, posting_site: Site, box: Letterbox) -> None:
    make_patient_of(posting_site, PATIENT)
    ask_code(page, PATIENT)

    enter_code(page, box.code_for(PATIENT), "Sign in")

    expect(page).to_have_url(re.compile("/my/$"))


def test_wrong_code_of_a_patient_is_refused(page: Page, posting_site: Site) -> None:
    make_patient_of(posting_site, "second@letters.example")
    ask_code(page, "second@letters.example")

    enter_code(page, "WRONG1", "Sign in")

    expect(page.get_by_role("alert").first).to_be_visible()
    page.goto("/my/")
    expect(page).to_have_url(re.compile("/account/"))


def test_staff_and_strangers_get_the_same_answer_and_no_letter_with_a_code(
    page: Page, person: People, box: Letterbox
) -> None:
    who = person(Role.PRESCRIBER)

    ask_code(page, who.email)
    of_staff = page.get_by_role("main").inner_text().replace(who.email, "")
    page.context.clear_cookies()
    ask_code(page, "stranger@letters.example")
    of_stranger = page.get_by_role("main").inner_text().replace("stranger@letters.example", "")

    assert of_staff == of_stranger
    told = [text for to, text in box.letters if to in ([who.email], ["stranger@letters.example"])]
    assert not any(re.search(r"^\s*[A-Z0-9]{3}-?[A-Z0-9]{3}\s*$", text, re.MULTILINE) for text in told)


def test_passkey_opens_the_clinic_as_second_factor(page: Page, person: People) -> None:
    """A device of the browser's own makes the key and answers with it; the code app is not asked."""
    who = person(Role.MANAGER, Role.ADMINISTRATOR)
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    key = tools.send("WebAuthn.addVirtualAuthenticator", {"options": device})["authenticatorId"]
    enter_password(page, who.email)
    enter_code(page, code_now(who.secret))
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    send(page, "Go on")
    page.get_by_label("Name of the device").fill("My laptop")
    send(page, "Add the passkey")
    made = tools.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    page.context.clear_cookies()

    enter_password(page, who.email)
    send(page, "Use a passkey or security key")

    expect(page).to_have_url(re.compile("/clinic/$"))
    used = tools.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    assert len(made) == 1
    assert used[0]["signCount"] > made[0]["signCount"]


def test_session_ends_after_inactivity(page: Page, person: People, posting_site: Site) -> None:
    who = person(Role.ADMINISTRATOR)
    enter_password(page, who.email)
    enter_code(page, code_now(who.secret))
    cookie = next(one for one in page.context.cookies() if one["name"] == "sessionid")
    stored = StoredSession.objects.get(session_key=cookie["value"])
    assert stored.expire_date - timezone.now() < timedelta(minutes=21)

    StoredSession.objects.filter(pk=stored.pk).update(expire_date=timezone.now() - timedelta(seconds=1))
    page.goto("/clinic/")

    expect(page).to_have_url(re.compile("/account/"))


def test_signing_out_closes_the_pages_seen(page: Page, person: People) -> None:
    who = person(Role.MANAGER, Role.FRONT_DESK)
    enter_password(page, who.email)
    enter_code(page, code_now(who.secret))
    page.goto("/clinic/patients/")

    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button").first.click()
    page.go_back()
    page.goto("/clinic/patients/")

    expect(page).to_have_url(re.compile("/account/"))

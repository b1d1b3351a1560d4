"""The device's camera: it reads a carton's code into the field, takes a photograph, and may be refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from masseter.journey.consult.models import Case
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.results.models import Photograph
from tests.browser import ARGUMENTS, chromium
from tests.conftest import make_actor
from tests.factories import make_case, make_photograph_consent
from tests.stories.accessibility import violations
from tests.stories.conftest import session_of
from tests.stories.film import TEXT, write_film
from tests.stories.script import Person
from tests.stories.site import Site

REFUSES = (
    "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError'); }"
)

# A browser that takes its time to ask for leave, and what it then gave.
SLOW = """() => {
  const give = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  window.given = [];
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    await new Promise((done) => setTimeout(done, 300));
    window.given.push(await give(wanted));
    return window.given.at(-1);
  };
}"""
ON = "() => window.given.flatMap((one) => one.getTracks()).filter((one) => one.readyState === 'live').length"


@pytest.fixture
def camera(
    site: Site, browser: Browser, person: Callable[..., Person], tmp_path: Path
) -> Iterator[tuple[Page, list[str]]]:
    """A window with a camera that sees the film, and everything that its console complains of."""
    film = write_film(tmp_path / "camera.y4m")
    flags = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    flags.append(f"--use-file-for-fake-video-capture={film}")
    own = browser.browser_type.launch(executable_path=chromium(), args=[*ARGUMENTS, *flags])
    context = own.new_context(base_url=site.url, locale="en-GB", viewport={"width": 820, "height": 1100})
    context.set_default_timeout(15_000)
    who = person(Role.INJECTOR, Role.MANAGER)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(who), "url": site.url}])
    page, faults = context.new_page(), list[str]()
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page, faults
    own.close()


@pytest.fixture
def case(site: Site, committing: None) -> Case:
    by = make_actor(site.clinic, Role.INJECTOR, email="photographer@stories.example")
    with clinic_scope(site.clinic.pk, by.user_id):
        found = make_case(by)
        make_photograph_consent(by, found.patient)
    return found


def test_camera_reads_a_code_and_takes_photographs(
    site: Site, case: Case, camera: tuple[Page, list[str]]
) -> None:
    page, faults = camera

    scan(page)
    for _ in range(2):
        take(page, case)
    compare(page)

    with clinic_scope(site.clinic.pk):
        kept = list(Photograph.objects.filter(case=case))
    assert [(one.pose, one.width, one.height) for one in kept] == [("smile", 360, 480)] * 2
    assert faults == []
    refuse(page, case)


def scan(page: Page) -> None:
    """The code goes into the field as a hand scanner types it, and is told aloud."""
    page.goto("/clinic/stock/receive/")
    page.evaluate(SLOW)
    page.get_by_role("button", name="Scan with the camera").dblclick()
    window = page.get_by_role("dialog")
    said = "Code read: product number 00300233921029, expiry 2028-12-31, serial CAM1, lot CAMLOT."
    expect(window.get_by_role("status")).to_have_text(said)
    assert violations(page) == []
    assert page.evaluate(ON) == 1
    window.get_by_role("button", name="Done").click()
    page.wait_for_function(f"() => ({ON})() === 0")  # the window closes first, and then says so
    field = page.get_by_label("Codes on the cartons")
    assert field.input_value() == TEXT
    page.get_by_role("button", name="Read the codes").click()
    expect(page.get_by_role("main")).to_contain_text("1 carton of Botox")
    expect(page.get_by_label("Lot number")).to_have_value("CAMLOT")


def take(page: Page, case: Case) -> None:
    page.goto(f"/clinic/cases/{case.pk}/photographs/smile/")
    page.get_by_role("button", name="Use the camera of this device").click()
    shutter = page.get_by_role("button", name="Take the picture")
    expect(shutter).to_be_focused()
    ghost = page.get_by_role("button", name="Last picture over it")
    if ghost.count():
        ghost.click()
        expect(page.locator("[data-photo-ghost]")).to_be_visible()
        assert violations(page) == []
    shutter.press("Enter")
    expect(page.get_by_text("Picture taken.")).to_be_visible()
    page.get_by_role("button", name="Keep the photograph").click()
    expect(page.get_by_role("main")).to_contain_text("The photograph is kept.")


def compare(page: Page) -> None:
    """Both pictures are there; the slider is moved by the keyboard."""
    shown = page.get_by_role("img", name=re.compile("^Face, smiling"))
    expect(shown).to_have_count(2)
    for picture in shown.all():
        assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") == 360
    page.get_by_role("button", name="Lay one over the other").press("Enter")
    slider = page.get_by_role("slider", name="Wipe")
    expect(slider).to_be_focused()
    slider.press("ArrowRight")
    assert shown.last.evaluate("one => getComputedStyle(one).clipPath") == "inset(0px 0px 0px 51%)"


def refuse(page: Page, case: Case) -> None:
    """Without the camera there are words, and the other way stays."""
    page.add_init_script(REFUSES)
    page.goto("/clinic/stock/receive/")
    page.get_by_role("button", name="Scan with the camera").click()
    words = page.get_by_role("status").filter(has_text="Type the code")
    expect(words).to_contain_text("not allowed on this page")
    expect(page.get_by_label("Codes on the cartons")).to_be_editable()
    page.goto(f"/clinic/cases/{case.pk}/photographs/smile/")
    page.get_by_role("button", name="Use the camera of this device").click()
    expect(page.get_by_text("Choose a file instead")).to_be_visible()

"""At the chair in a browser: the line breaks, the page is opened again, two people have one state."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Page, expect

from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.inject.chair_actions import note_taps
from masseter.journey.inject.models import Sitting, Treatment
from masseter.journey.inject.sittings import late_taps, taps_of
from tests.clinic.inject.test_begun_anew import begun_anew
from tests.conftest import make_actor, make_clinic
from tests.factories import make_patient, make_ready_case
from tests.journey.given import MIGRAINE, approved_plan, healthy, make_lot, vials_of
from tests.journey.seated import seated, state, tap_undone
from tests.stories.accessibility import violations
from tests.stories.site import Site
from tests.stories.test_pages import known

READABLE = """async () => {
  const database = await new Promise((done) => {
    const asked = indexedDB.open("masseter-chair", 1);
    asked.onsuccess = () => done(asked.result);
  });
  const rows = await new Promise((done) => {
    const asked = database.transaction("kept").objectStore("kept").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  database.close();
  const bytes = rows.map((row) => new TextDecoder("latin1").decode(row.sealed));
  const caches_ = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys())
      if (!request.url.includes("/static/"))
        caches_.push(await (await (await caches.open(name)).match(request)).text());
  return {fields: rows.map((row) => Object.keys(row).sort().join()), text: bytes.join() + caches_.join()};
}"""


def sitting_of(by: Actor) -> Sitting:
    with clinic_scope(by.clinic_id):
        patient = make_patient(by, given_names="Offline", family_name="Chair")
        case = make_ready_case(
            by,
            condition="chronic_migraine",
            diagnosis="chronic_migraine",
            patient=patient,
            **healthy(),
            **MIGRAINE,
        )
        return seated(by, approved_plan(by, case), vials_of(make_lot(by, number="CHAIR", count=1)))


def is_ready(page: Page) -> None:
    """The device has its key, and the worker is there."""
    expect(page.locator("html")).to_have_attribute("data-chair-ready", "yes", timeout=20_000)


def keeps_nothing(page: Page) -> bool:
    """Nothing of the chair is left on the device, after a moment."""
    for _ in range(50):
        if not page.evaluate(READABLE)["fields"]:
            return True
        page.wait_for_timeout(100)
    return False


def line_says(page: Page, words: str) -> None:
    expect(page.locator("[data-chair-line]")).to_contain_text(words, timeout=20_000)


def counted(page: Page, words: str) -> None:
    expect(page.locator(".c-count")).to_have_text(f"{words} points", timeout=10_000)


def give(page: Page) -> None:
    page.get_by_role("button", name="Given as planned").click()


def test_treatment_goes_on_without_a_line_and_nothing_is_lost_or_doubled(
    site: Site, committing: None, window: Callable[..., Page]
) -> None:
    roles = (Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER)
    clinic = make_clinic("chair")
    by = make_actor(clinic, *roles, email="ines@chair.example")
    second = make_actor(clinic, Role.INJECTOR, email="omar@chair.example")
    sitting = sitting_of(by)
    url = reverse("chair", args=[sitting.plan_id])
    first_window, second_window = (
        window(known(each.user_id, each.name, "a second factor"), width=820) for each in (by, second)
    )

    # Given: two people at two devices, each seeing what the other notes.
    first_window.goto(url)
    is_ready(first_window)
    second_window.goto(url)
    assert violations(first_window) == []
    first_window.keyboard.press("Enter")
    counted(second_window, "1 of 31")

    # When the line breaks, notes go on; and both give the same point, and another one differently.
    first_window.context.set_offline(True)
    give(first_window)
    first_window.keyboard.press("3")
    first_window.get_by_role("radio", name="The muscle is weak or thin today").first.check()
    first_window.get_by_role("button", name="Note this dose").click()
    line_says(first_window, "Not yet saved (2)")
    give(second_window)
    give(second_window)
    counted(second_window, "3 of 31")
    counted(first_window, "3 of 31")

    # Then the page opens again without a line, and the device holds nothing that can be read.
    first_window.reload()
    counted(first_window, "3 of 31")
    line_says(first_window, "Not yet saved (2)")
    assert "Offline CHAIR" in (first_window.locator(".c-who").text_content() or "")
    kept = first_window.evaluate(READABLE)
    assert set(kept["fields"]) == {"iv,name,sealed,waiting"}
    for word in ("Offline", "CHAIR", by.name, "weak or thin"):
        assert word not in kept["text"], word
    give(first_window)
    line_says(first_window, "Not yet saved (3)")

    # When the line is back, all is sent once: the same point is one, the different one is asked about.
    first_window.context.set_offline(False)
    line_says(first_window, "All saved")
    for page in (first_window, second_window):
        expect(page.locator("[data-chair-torn]")).to_contain_text("noted differently by two people")
    with clinic_scope(clinic.pk):
        assert len(taps_of(sitting)) == 6
        assert [len(state(by, sitting).of(status)) for status in ("given", "conflict")] == [3, 1]  # type: ignore[arg-type]  # two of them
    assert violations(second_window, ("dark",)) == []
    second_window.get_by_role("button", name="3 units given").click()
    expect(first_window.locator("[data-chair-torn]")).to_be_empty()

    # And the rest goes as planned, is undone, noted again, and signed in the form as ever.
    first_window.get_by_role("button", name="Everything still to do as planned").click()
    counted(first_window, "31 of 31")
    first_window.get_by_role("button", name="Undo my last").locator("visible=true").click()
    counted(second_window, "4 of 31")
    first_window.get_by_role("button", name="Everything still to do as planned").click()
    line_says(first_window, "All saved")
    first_window.get_by_role("link", name="Check and sign").first.click()
    expect(first_window).to_have_url(re.compile("/inject/$"), timeout=20_000)
    first_window.get_by_role("button", name="Sign as").click()
    expect(first_window.get_by_text("unchanged").first).to_be_visible()
    with clinic_scope(clinic.pk):
        treatment = Treatment.objects.get(plan=sitting.plan_id)
        assert treatment.points.count() == 31
        changed = [point for point in treatment.points.all() if point.units != point.planned_units]
        assert [(str(point.units.normalize()), point.reason) for point in changed] == [
            ("3", "Settled at the chair: noted by " + by.name)
        ]

    # What the device kept is gone, and the other one is told.
    assert keeps_nothing(first_window)
    expect(second_window.locator("[data-chair-late]")).to_contain_text("signed")


def test_lost_answer_counts_once_and_the_end_of_the_session_covers_the_page(
    site: Site, committing: None, window: Callable[..., Page], tmp_path: Path
) -> None:
    clinic = make_clinic("chair-left")
    by = make_actor(clinic, Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER, email="ines@left.example")
    sitting = sitting_of(by)
    page = window(known(by.user_id, by.name, "a second factor"), width=820)
    page.goto(reverse("chair", args=[sitting.plan_id]))
    is_ready(page)

    # An answer that never arrives: the tap was noted, is sent again, and counts once.
    lost = {"count": 0}

    def lose_one(route: object) -> None:
        if lost["count"] or not json.loads(route.request.post_data)["taps"]:  # type: ignore[attr-defined]  # Playwright's
            route.continue_()  # type: ignore[attr-defined]  # Playwright's
            return
        lost["count"] += 1
        route.fetch()  # type: ignore[attr-defined]  # Playwright's
        route.abort()  # type: ignore[attr-defined]  # Playwright's

    page.route("**/line/?*", lose_one)
    give(page)
    line_says(page, "All saved")
    with clinic_scope(clinic.pk):
        assert (lost["count"], len(taps_of(sitting))) == (1, 1)

    # A point is added where the drawing is tapped, at the muscle that is large now and not at the first one.
    other = page.locator("[data-chair-muscle]").nth(1)
    group = str(other.get_attribute("data-chair-muscle")).replace(".", "|")
    other.locator("[data-chair-point] a").first.click()
    page.get_by_text("Add a point").click()
    places = page.locator("[data-chair-places] option")
    assert places.count() >= 1
    assert all(str(each.get_attribute("value")).startswith(f"{group}|") for each in places.all())
    page.locator("[data-chair-view] svg").locator("visible=true").click(position={"x": 90, "y": 90})
    expect(places.last).to_have_text("where you tapped")
    page.locator("[name=added_units]").fill("2.5")
    page.get_by_role("button", name="Note the added point").click()
    counted(page, "2 of 32")
    line_says(page, "All saved")
    with clinic_scope(clinic.pk):
        added = [point for point in state(by, sitting).points if point.planned is None]
        assert [(point.units, point.place and point.place.view) for point in added] == [(2.5, "front")]

    # It is set aside and begun anew while this device keeps a note: it is told, and is none of the new one.
    page.context.set_offline(True)
    give(page)
    line_says(page, "Not yet saved (1)")
    page.goto("about:blank")
    with clinic_scope(clinic.pk):
        undone = [row.key for row in taps_of(sitting)]
        note_taps(by=by, sitting=sitting, taps=[tap_undone(*undone)])
        sitting = begun_anew(by, sitting)
    page.context.set_offline(False)
    page.goto(reverse("chair", args=[sitting.plan_id]))
    is_ready(page)
    expect(page.locator("[data-chair-late]")).to_contain_text("notes of an earlier beginning: ")
    counted(page, "0 of 31")
    with clinic_scope(clinic.pk):
        assert (len(taps_of(sitting)), len(late_taps(by, sitting.plan))) == (0, 1)
    assert len(page.evaluate(READABLE)["fields"]) == 2

    # The session ends while the line is down: the patient is hidden, and what was kept cannot be read again.
    page.context.set_offline(True)
    give(page)
    line_says(page, "Not yet saved (1)")
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="Signed out.")).to_be_visible(timeout=20_000)
    assert "Offline CHAIR" not in page.locator("body").inner_text()

"""The diary without a connection: three days, a wrong clock, a lost answer; nothing lost, nothing doubled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, Route, expect

from masseter.journey.consult.models import Case
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.results.models import DiaryEntry, DiarySent
from tests.conftest import make_actor
from tests.factories import make_case, make_portal_patient
from tests.stories.accessibility import violations
from tests.stories.script import Person
from tests.stories.site import Site

START = datetime(2026, 11, 9, 18, tzinfo=UTC)  # a Monday evening
DAY = timedelta(days=1)
KEPT = """async () => {
  const database = await new Promise((done) => {
    const asked = indexedDB.open("masseter-diary", 1);
    asked.onsuccess = () => done(asked.result);
  });
  const names = [...database.objectStoreNames];
  const rows = names.length ? await new Promise((done) => {
    const asked = database.transaction("kept").objectStore("kept").getAll();
    asked.onsuccess = () => done(asked.result);
  }) : [];
  database.close();
  const texts = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys())
      if (!request.url.includes("/static/"))
        texts.push(request.url, await (await (await caches.open(name)).match(request)).text());
  return {letters: rows.filter((row) => row.sealed).length, text: JSON.stringify(rows) + texts.join(" "),
    caches: (await caches.keys()).length};
}"""


class Diarist:
    """A person with a phone of 360 px, whose clock and the server's are set by the story."""

    def __init__(self, site: Site, window: Callable[..., Page], name: str, condition: str = "tmd") -> None:
        self.site = site
        self.by: Actor = make_actor(
            site.clinic, Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER, email=f"{name}@offline.example"
        )
        with clinic_scope(site.clinic.pk, self.by.user_id):
            patient = make_portal_patient(self.by, f"{name}@diary.example")
            self.case: Case = make_case(self.by, patient, condition)
        assert patient.user is not None
        self.who = Person(user_id=patient.user.pk, email=patient.user.email, name=str(patient), secret="")
        self.window = window
        self.page: Page = window(self.who, width=360)

    def at(self, moment: datetime, *, ahead: timedelta = timedelta(0)) -> None:
        """It is this time; the phone's clock is ahead by so much."""
        self.site.at(moment)
        self.page.clock.set_system_time(moment + ahead)

    def open(self) -> None:
        """With a connection: the page is there, and kept for later."""
        self.page.goto("/my/diary/")
        expect(self.page.locator("html")).to_have_attribute("data-diary-ready", "yes", timeout=20_000)

    def write(self, pain: int, *, day: str = "", note: str = "") -> None:
        """Two taps, and what is optional."""
        if day:
            self.page.get_by_label("Which day?").select_option(day)
        if note:
            self.page.get_by_text("Add a note").click()
            self.page.locator("textarea").fill(note)
        self.page.get_by_role("main").locator("label", has_text=str(pain)).first.click()
        self.page.get_by_role("button", name="Save", exact=True).click()

    def kept(self) -> dict[str, object]:
        found: dict[str, object] = self.page.evaluate(KEPT)
        return found

    def entries(self) -> list[DiaryEntry]:
        with clinic_scope(self.site.clinic.pk, self.by.user_id):
            return list(DiaryEntry.objects.filter(case=self.case).order_by("day"))

    def pains(self) -> dict[str, object]:
        return {one.day.isoformat(): one.values.get("pain") for one in self.entries()}


@pytest.fixture
def own_time(site: Site) -> Iterator[None]:
    yield
    site.at(None)


def test_three_days_without_a_connection_lose_nothing_and_double_nothing(
    site: Site, committing: None, own_time: None, window: Callable[..., Page]
) -> None:
    me = Diarist(site, window, "ada")
    page = me.page
    me.at(START)
    me.open()

    # Given: no connection from now on. The page that is open keeps what is saved on it.
    page.context.set_offline(True)
    me.write(6)
    expect(page.get_by_text("Kept on this device")).to_be_visible()
    # It opens again without one on the next days, and asks what it always asks.
    for after, pain in ((1, 5), (2, 4)):
        me.at(START + after * DAY)
        page.goto("/my/diary/")
        expect(page.get_by_text("no connection since")).to_contain_text("Monday 9 November")
        assert violations(page) == []
        me.write(pain, note="Chewed <b>apple</b> 🍎" if after == 1 else "")
        expect(page.get_by_text("Kept on this device")).to_be_visible()
    me.write(3, day="2026-11-08")
    expect(page.locator("option", has_text="kept here")).to_have_count(4)

    # The device holds no answer that can be read, no name, and no other page.
    kept = me.kept()
    assert kept["letters"] == 4
    for word in ("apple", 'pain\\":', me.who.name, "Sign out"):
        assert word not in str(kept["text"]), word

    # When the session is long over and the line is back, signing in again is all that is needed.
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(page).to_have_url(re.compile("/account/login/"), timeout=20_000)
    assert me.pains() == {}
    session = me.window(me.who, width=360).context.cookies()
    page.context.add_cookies([one for one in session if "session" in one["name"]])
    lost = {"count": 0}

    def lose_first_answer(route: Route) -> None:
        if lost["count"]:
            route.continue_()
            return
        lost["count"] += 1
        route.fetch()
        route.abort()

    page.route("**/my/diary/line/", lose_first_answer)
    page.goto("/my/diary/")
    page.wait_for_timeout(1000)
    page.goto("/my/diary/")
    page.wait_for_timeout(1000)
    page.goto("/my/diary/")
    expect(page.get_by_text("written")).to_have_count(4, timeout=20_000)

    # Then each day is there once, as it was written, although one answer was lost and all came twice.
    assert lost["count"] == 1
    assert me.pains() == {"2026-11-08": 3, "2026-11-09": 6, "2026-11-10": 5, "2026-11-11": 4}
    assert [one.note for one in me.entries()] == ["", "", "Chewed <b>apple</b> 🍎", ""]
    assert {one.is_day_unsure for one in me.entries()} == {False}
    assert [one.written_at.day for one in me.entries() if one.written_at] == [11, 9, 10, 11]
    with clinic_scope(site.clinic.pk, me.by.user_id):
        keys = [one.key for one in DiarySent.objects.filter(case=me.case)]
    assert len(set(keys)) == len(keys) == 4
    assert all(isinstance(key, UUID) for key in keys)
    assert me.kept()["letters"] == 0

    # Signing out leaves nothing of it on the device.
    page.get_by_role("button", name="Sign out").click()
    expect(page).not_to_have_url(re.compile("/my/"))
    after = me.kept()
    assert (after["letters"], after["caches"]) == (0, 0)


@pytest.mark.parametrize("ahead", [timedelta(days=-400), timedelta(days=2, hours=5)], ids=["back", "ahead"])
def test_clock_that_was_wrong_all_along_changes_no_day(
    site: Site, committing: None, own_time: None, window: Callable[..., Page], ahead: timedelta
) -> None:
    me = Diarist(site, window, f"wrong{ahead.days}")
    me.at(START, ahead=ahead)
    me.open()

    me.page.context.set_offline(True)
    for after in (1, 2):
        me.at(START + after * DAY, ahead=ahead)
        me.page.goto("/my/diary/")
        me.write(after)
        expect(me.page.get_by_text("Kept on this device")).to_be_visible()
    # The page notices by itself that the line is back.
    me.page.context.set_offline(False)
    expect(me.page.get_by_text("2 entries that this device kept are saved.")).to_be_visible()

    assert me.pains() == {"2026-11-10": 1, "2026-11-11": 2}
    assert {one.is_day_unsure for one in me.entries()} == {False}


def test_clock_that_was_set_wrong_and_right_again_counts_from_the_last_connection_and_says_so(
    site: Site, committing: None, own_time: None, window: Callable[..., Page]
) -> None:
    me = Diarist(site, window, "jump")
    me.at(START)
    me.open()

    me.page.context.set_offline(True)
    for after in (0, 1):
        me.at(START + after * DAY, ahead=timedelta(days=400))
        me.page.goto("/my/diary/")
        me.write(after + 1)
        expect(me.page.get_by_text("Kept on this device")).to_be_visible()
    me.at(START + 2 * DAY)
    # The page notices by itself that the line is back.
    me.page.context.set_offline(False)

    expect(me.page.get_by_text("The clock of this device was wrong")).to_contain_text(
        "9 November, 10 November"
    )
    assert me.pains() == {"2026-11-09": 1, "2026-11-10": 2}
    assert {one.is_day_unsure for one in me.entries()} == {True}
    expect(me.page.get_by_text("check that this is the right day")).to_have_count(2)

"""Notifications in a real browser: turned on by a press, shown by the worker, leading on, turned off.

Without a network Chromium reaches no push service, and its headless shell asks nothing and shows nothing. So
the subscription (with real keys) and the browser's question are replaced, in the shell what it shows as well.
What a push service hands a browser is delivered through the developer tools.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import CDPSession, Page, expect

from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.messaging.devices import devices_of
from masseter.journey.messaging.models import Channel, Message
from masseter.journey.messaging.outbox import Wanted, write_messages
from masseter.journey.messaging.providers.push import shown
from masseter.journey.messaging.queries import worker_of
from masseter.journey.messaging.rendering import envelope_of, ways_of
from masseter.journey.people.models import Patient
from tests.conftest import make_actor
from tests.factories import make_portal_patient
from tests.push_service import Browser
from tests.stories.accessibility import violations
from tests.stories.script import Person
from tests.stories.site import Site

REPLACED = """(given) => {
  let on = sessionStorage.getItem("subscribed") === "yes";
  const keep = (value) => {
    on = value;
    sessionStorage.setItem("subscribed", value ? "yes" : "no");
    return true;
  };
  const made = {
    endpoint: given.endpoint,
    options: { applicationServerKey: null },
    toJSON: () => ({ endpoint: given.endpoint, keys: { p256dh: given.point, auth: given.secret } }),
    unsubscribe: async () => keep(false),
  };
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    if (!userVisibleOnly || applicationServerKey.length !== 65) throw new Error("wrong options");
    keep(true);
    return made;
  };
  PushManager.prototype.getSubscription = async () => (on ? made : null);
  let state = sessionStorage.getItem("asked") ?? "default";
  Object.defineProperty(Notification, "permission", { get: () => state });
  Notification.requestPermission = async () => {
    if (!navigator.userActivation.isActive) throw new Error("asked without a press");
    sessionStorage.setItem("asked", (state = given.answer));
    return state;
  };
}"""
# The headless shell shows no notifications, whatever is granted: there the worker's own are written down.
SHELL = """() => {
  if (Notification.permission === "granted") return;
  const kept = (self.kept = new Map());
  self.registration.showNotification = async (title, options) => {
    kept.set(options.tag, { title, ...options, close: () => kept.delete(options.tag) });
  };
  self.registration.getNotifications = async () => [...kept.values()];
}"""
SHOWN = """async () => (await self.registration.getNotifications()).map(
  ({title, body, tag, lang, dir, data}) => ({title, body, tag, lang, dir, data}))"""
PRESSED = """async () => {
  let opened = "";
  self.clients.openWindow = async (url) => { opened = url; };
  const [notification] = await self.registration.getNotifications();
  const works = [];
  const more = {notification, waitUntil: (work) => works.push(work)};
  const press = Object.assign(new Event("notificationclick"), more);
  self.dispatchEvent(press);
  await Promise.all(works);
  return [opened, (await self.registration.getNotifications()).length];
}"""


class Reader:
    """A patient with a phone."""

    def __init__(self, site: Site, window: Callable[..., Page], name: str) -> None:
        self.site = site
        by = make_actor(site.clinic, Role.FRONT_DESK, email=f"{name}@desk.example")
        with clinic_scope(site.clinic.pk, by.user_id):
            self.patient: Patient = make_portal_patient(by, f"{name}@notified.example")
        assert self.patient.user is not None
        who = Person(
            user_id=self.patient.user.pk,
            email=self.patient.user.email,
            name=str(self.patient),
            secret="",
        )
        self.page: Page = window(who, width=360)
        self.browser = Browser(name=name, url=f"https://fcm.googleapis.com/fcm/send/{name}")

    def devices(self) -> int:
        with clinic_scope(self.site.clinic.pk):
            return len(devices_of(self.patient))

    def told(self) -> tuple[str, int]:
        """What a push service would hand the browser about a new paper, and the message's number."""
        clinic = self.site.clinic
        by = worker_of(clinic)
        with clinic_scope(clinic.pk):
            write_messages(
                by, [Wanted(kind="paper", about="browser", patient_id=self.patient.pk, language="ar")]
            )
            message = Message.objects.select_related("patient__user").get(about="browser")
            way = ways_of(message, [Channel.PUSH], texts=True)[0]
            return shown(envelope_of(by, clinic, message, way)).decode(), message.pk


def deliver(page: Page, told: str) -> None:
    """As the browser's push service does."""
    tools: CDPSession = page.context.new_cdp_session(page)
    found: list[str] = []

    def note(event: dict[str, list[dict[str, str]]]) -> None:
        found.extend(
            one["registrationId"]
            for one in event["registrations"]
            if one["scopeURL"].endswith("/my/messages/")
        )

    tools.on("ServiceWorker.workerRegistrationUpdated", note)
    tools.send("ServiceWorker.enable")
    page.wait_for_timeout(300)
    origin = page.evaluate("location.origin")
    tools.send(
        "ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": found[0], "data": told}
    )


def test_notifications_are_turned_on_shown_and_turned_off(
    site: Site, committing: None, window: Callable[..., Page]
) -> None:
    me = Reader(site, window, "ada")
    page = me.page
    page.context.grant_permissions(["notifications"])
    page.add_init_script(f"({REPLACED})({json.dumps({**me.browser.given, 'answer': 'granted'})})")

    # Given: they are off, and nothing is asked before a press.
    page.goto("/my/messages/devices/")
    expect(page.get_by_text("They are off in this browser")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Turn notifications on").click()
    expect(page.get_by_text("Notifications are on in this browser. They come first")).to_be_visible()
    expect(page.get_by_text("(this browser)")).to_be_visible()
    assert me.devices() == 1
    assert violations(page) == []

    # When one comes, twice, the worker shows one, in the person's language and from right to left.
    told, number = me.told()
    (worker,) = [each for each in page.context.service_workers if "/my/messages/" in each.url]
    worker.evaluate(SHELL)
    deliver(page, told)
    deliver(page, told)
    page.wait_for_timeout(300)
    (one,) = worker.evaluate(SHOWN)
    assert (one["title"], one["lang"], one["dir"]) == (site.clinic.name, "ar", "rtl")
    assert one["body"] == json.loads(told)["body"]
    assert worker.evaluate(PRESSED) == [f"{site.url}/my/messages/{number}/", 0]

    # Then the page that it leads to opens; and after a sign-out it asks to sign in first.
    page.goto(f"/my/messages/{number}/")
    expect(page).to_have_url(f"{site.url}/my/passport/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    hired = "async () => !!(await navigator.serviceWorker.getRegistration('/my/messages/'))"
    assert page.evaluate(hired), "signing out ends no notifications"
    page.goto(f"/my/messages/{number}/")
    expect(page).to_have_url(f"{site.url}/account/login/?next=/my/messages/{number}/")


def test_browser_that_refuses_or_cannot_is_told_in_plain_words(
    site: Site, committing: None, window: Callable[..., Page]
) -> None:
    me = Reader(site, window, "bea")
    page = me.page
    page.add_init_script(f"({REPLACED})({json.dumps({**me.browser.given, 'answer': 'denied'})})")

    page.goto("/my/messages/devices/")
    page.get_by_role("button", name="Turn notifications on").click()
    expect(page.get_by_text("does not allow notifications of this page")).to_be_visible()
    page.add_init_script(
        "delete window.PushManager;"
        "Object.defineProperty(navigator, 'userAgent', {value: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5)'})"
    )
    page.goto("/my/messages/devices/")
    expect(page.get_by_text("put this page on your home screen first")).to_be_visible()
    expect(page.get_by_role("button", name="Turn notifications on")).to_be_hidden()
    assert me.devices() == 0

"""The patient's way on a phone of 360 px with a slow 3G line: bytes, first paint, and until one can act.

Each page is opened with an empty cache, as a link in a message does, and then a second time. Seconds are
from the start of the navigation; the server is the demo on this machine. The profile slows the page's own
requests alone: the diary's second opening goes through its worker, whose bytes count but whose time is not
slowed.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.browser import ARGUMENTS, chromium
from tests.shots import Demo, running_demo

from benchmarks.figure import Figure
from benchmarks.line import BITS_PER_SECOND, CPU_SLOWDOWN, LATENCY_MS, Line, slow_down

PHONE = {"width": 360, "height": 740}
PATIENT = "lena@demo.example"
LIMIT_S, LIMIT_DIARY_KB = 3, 100
ACT = "main :is(.btn-primary, .m-task, button[type=submit], .m-work-link, a[href])"
# page → address; those below /my/ are seen signed in.
WAY = {
    "First page": "/",
    "Condition": "/conditions/chronic_migraine/",
    "Self-check": "/self-check/chronic_migraine/",
    "Appointment": "/appointment/",
    "Sign-in": "/account/code/",
    "Home": "/my/",
    "Intake": "/my/intake/",
    "Consents": "/my/consents/",
    "Aftercare": "/my/aftercare/",
    "Symptom check": "/my/symptoms/",
    "Diary": "/my/diary/",
    "Results": "/my/results/",
    "Passport": "/my/passport/",
    "Visits": "/my/visits/",
    "Record": "/my/record/",
}
PAINTED = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return paint ? paint.startTime / 1000 : NaN;
}"""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One opening of a page: seconds from the start of the navigation, bytes both ways on the line."""

    painted_s: float
    usable_s: float
    kilobytes: float


def measure() -> list[Figure]:
    """Walk the way.

    Raises: RuntimeError where a page leads elsewhere, so that no figure is of another page.
    """
    with running_demo() as demo, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        figures = walk(browser, demo)
        browser.close()
    return figures


def walk(browser: Browser, demo: Demo) -> list[Figure]:
    """All figures, over the line that counts."""
    line = Line(target=demo.url)
    profile = f"{BITS_PER_SECOND // 1000} kbit/s, {LATENCY_MS} ms, processor ÷ {CPU_SLOWDOWN}"
    figures = [Figure("The phone", f"{PHONE['width']} px", profile)]
    signed_in = _signed_in(browser, line, demo)
    for name, address in WAY.items():
        context = _phone(browser, line, signed_in if address.startswith("/my/") else None)
        first, again = (_open(context, line, address) for _ in range(2))
        context.close()
        value = f"{first.kilobytes:.0f} kB, {first.painted_s:.1f} s, {first.usable_s:.1f} s"
        limit = f"; limit {LIMIT_S} s" if address == "/" else ""
        second = f"again {again.kilobytes:.0f} kB, {again.painted_s:.1f} s, {again.usable_s:.1f} s{limit}"
        figures.append(Figure(f"{name}: line, first paint, can act", value, second))
    figures.append(_diary_entry(_phone(browser, line, signed_in), line))
    line.close()
    return figures


def _phone(browser: Browser, line: Line, signed_in: BrowserContext | None) -> BrowserContext:
    """A phone with an empty cache, with the session of another where one is given."""
    context = browser.new_context(
        base_url=line.url,
        viewport=PHONE,  # type: ignore[arg-type]  # two numbers
        device_scale_factor=2,
        has_touch=True,
        locale="en-GB",
    )
    context.set_default_timeout(60_000)
    if signed_in is not None:
        context.add_cookies(signed_in.cookies())  # type: ignore[arg-type]  # as the other gave them
    return context


def _signed_in(browser: Browser, line: Line, demo: Demo) -> BrowserContext:
    context = _phone(browser, line, None)
    page = context.new_page()
    page.goto("/account/code/")
    page.get_by_label("E-mail address").fill(PATIENT)
    with page.expect_navigation():
        page.get_by_role("button", name="Send me a code", exact=True).click()
    page.get_by_label("Code", exact=True).fill(demo.newest_code())
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).first.click()
    return context


def _open(context: BrowserContext, line: Line, address: str) -> Visit:
    """Open the page slowly and wait until its first action can be pressed, then until the line is quiet."""
    page = context.new_page()
    slow_down(page)
    before = line.count
    page.goto(address, wait_until="commit")
    page.locator(ACT).first.tap(trial=True)
    usable: float = page.evaluate("performance.now() / 1000")
    _rest(page)
    if not page.url.endswith(address):
        raise RuntimeError(f"{address} led to {page.url}")
    painted: float = page.evaluate(PAINTED)
    found = Visit(painted_s=painted, usable_s=usable, kilobytes=(line.count - before) / 1000)
    page.close()
    return found


def _rest(page: Page) -> None:
    """Until the line is quiet, also that of the diary's worker, which starts after the page."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)


def _diary_entry(context: BrowserContext, line: Line) -> Figure:
    """What one entry costs right after signing in: the page of the diary, and what sending it loads."""
    page = context.new_page()
    page.goto("/my/")
    _rest(page)
    page.close()
    page = context.new_page()
    slow_down(page)
    before = line.count
    page.goto("/my/diary/")
    _rest(page)
    opened = line.count
    # Two taps at most: an answer that saves at once, or an answer and the button.
    page.locator("[data-diary] :is(label, button[type=submit])").first.tap()
    if not page.get_by_text("Saved. Thank you.").is_visible():
        page.get_by_role("button", name="Save", exact=True).tap(timeout=5_000)
    page.get_by_text("Saved. Thank you.").wait_for()
    _rest(page)
    form, sent = (opened - before) / 1000, (line.count - opened) / 1000
    parts = f"page {form:.0f} kB, sending {sent:.0f} kB; limit {LIMIT_DIARY_KB} kB"
    return Figure("A diary entry after signing in, on the line", f"{form + sent:.0f} kB", parts)

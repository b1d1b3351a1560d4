"""Pictures of every page of the demo: `python -m tests.shots`, and with `--docs` those that the docs show.

The demo is loaded into a folder of its own, served, and walked along its links as each role; every page
is pictured on a phone, a tablet and a desk, light and dark, and as printed, into shots/<role>/.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.browser import ARGUMENTS, chromium

ROOT = Path(__file__).resolve().parents[1]
SHOTS, PICTURES = ROOT / "shots", ROOT / "docs" / "pictures"
WIDTHS, SCHEMES = (390, 820, 1440), ("light", "dark")
PAPER_WIDTH = 718  # A4 less margins of a centimetre, in CSS pixels
MOST_PAGES = 150
ALIKE = 2  # how many pages of one kind are pictured for a role
NO_PAGE = re.compile(r"/account/logout/|\.pdf$|/pdf/|/static/|/paper/|/check/$")
# role → the sign-in of the demo; the patient gets a code by e-mail.
PEOPLE = {
    "visitor": "",
    "patient": "lena@demo.example",
    "injector": "ines@demo.example",
    "front-desk": "mei@demo.example",
    "manager": "jonas@demo.example",
    "researcher": "sana@demo.example",
    "administrator": "alex@demo.example",
    "injector-us": "maya@demo.example",
    "manager-us": "owen@demo.example",
}
# picture of the docs → address name, whether a review was held, and the part that is shown on top
DOCS = {
    "case": ("case", False, ""),
    "plan": ("plan", True, ""),
    "results": ("results", True, "main figure.m-chart"),
}
# picture of the docs → address name, of the course with the most treatments
DOCS_OF_COURSE = {"map": "heat", "cycles": "cycles"}
DOCS_CONDITION = "chronic_migraine"
DOCS_SIZE = {"width": 1400, "height": 840}


@dataclass(kw_only=True)
class Demo:
    """A running demo."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes] = field(repr=False)

    def newest_code(self) -> str:
        """The code in the newest message."""
        mails = sorted((self.folder / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime)
        found = re.findall(r"^\s*([A-Z0-9-]{6,9})\s*$", mails[-1].read_text(), re.MULTILINE)
        return str(found[-1])


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running_demo() -> Iterator[Demo]:
    """The demo in a folder of its own that is thrown away afterwards."""
    with tempfile.TemporaryDirectory(prefix="masseter-shots-") as name:
        folder, port = Path(name), free_port()
        settings = {"MASSETER_ENVIRONMENT": "demo", "MASSETER_DATA": name, "MASSETER_PORT": str(port)}
        os.environ.update(settings)
        os.environ.pop("DATABASE_URL", None)
        process = subprocess.Popen([sys.executable, "-m", "masseter.cli.main", "run"])
        demo = Demo(url=f"http://localhost:{port}", folder=folder, process=process)
        try:
            _wait(demo)
            yield demo
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(demo: Demo) -> None:
    for _ in range(900):
        if demo.process.poll() is not None:
            break
        try:
            urllib.request.urlopen(demo.url, timeout=10)
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise RuntimeError("the demo did not start")


def sign_in(page: Page, demo: Demo, email: str) -> None:
    """Sign in through the real pages."""
    from masseter.journey.accounts.demo import ALL_STAFF, PASSWORD, code_now

    secret = next((person.secret for person in ALL_STAFF if person.email == email), "")
    if not secret:
        page.goto("/account/code/")
        page.get_by_label("E-mail address").fill(email)
        _send(page, "Send me a code")
        page.get_by_label("Code", exact=True).fill(demo.newest_code())
        _send(page, "Sign in")
        return
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    _send(page, "Sign in")
    page.get_by_label("Code", exact=True).fill(code_now(secret))
    _send(page, "Go on")


def _send(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).first.click()


def kind_of(url: str) -> str:
    """The kind of page behind an address: numbers are what differs between pages of one kind."""
    parts = urlsplit(url)
    query = "?" + re.sub(r"=[^&]*", "", parts.query) if parts.query else ""
    return re.sub(r"\d+", "n", parts.path) + query


def walk(page: Page, start: str, most: int, seen: set[str]) -> Iterator[str]:
    """The addresses of pages along the links, nearest first; kinds that others have shown are left out."""
    waiting, found, counts = deque([start]), {start}, Counter[str]()
    while waiting and most > 0:
        url = waiting.popleft()
        kind = kind_of(url)
        if counts[kind] >= ALIKE or (kind in seen and url != start):
            continue
        counts[kind] += 1
        answer = page.goto(url)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        most -= 1
        yield url
        for link in page.locator("a[href]").evaluate_all("all => all.map(one => one.getAttribute('href'))"):
            address = urlsplit(urljoin(page.url, link))
            path = address.path + (f"?{address.query}" if address.query else "")
            own = address.netloc == urlsplit(page.url).netloc
            if own and path not in found and not NO_PAGE.search(address.path):
                found.add(path)
                waiting.append(path)
    seen.update(counts)


def picture(page: Page, role: str) -> None:
    """The page that is open, in every width and scheme."""
    name = (
        re.sub(r"[^a-z0-9]+", "-", page.url.partition("//")[2].partition("/")[2].lower()).strip("-") or "home"
    )
    folder = SHOTS / role
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of two
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=folder / f"{name[:80]}-{width}-{scheme}.png", full_page=True)
    page.emulate_media(media="print", color_scheme="light")
    page.set_viewport_size({"width": PAPER_WIDTH, "height": 900})
    page.screenshot(path=folder / f"{name[:80]}-printed.png", full_page=True)
    page.emulate_media(media="screen")


def new_page(browser: Browser, demo: Demo, email: str) -> Page:
    context = browser.new_context(base_url=demo.url, locale="en-GB", viewport=DOCS_SIZE)  # type: ignore[arg-type]  # two numbers
    page = context.new_page()
    if email:
        sign_in(page, demo, email)
    return page


def take_all(browser: Browser, demo: Demo) -> int:
    """Picture every page as every role; answers how many."""
    left, seen, count = MOST_PAGES, set[str](), 0
    for role, email in PEOPLE.items():
        page = new_page(browser, demo, email)
        for _ in walk(page, "/start/" if email else "/", left, seen):
            picture(page, role)
            count += 1
        page.context.close()
        left = MOST_PAGES - count
    return count


def addresses_of_docs() -> dict[str, str]:
    """Where the pages that the docs show are, in this demo."""
    from django.db.models import Count
    from django.urls import reverse

    from masseter.cli.demo.play import SLUG
    from masseter.journey.accounts.models import Clinic
    from masseter.journey.consult.models import Case
    from masseter.journey.ground.scope import clinic_scope
    from masseter.journey.plan.models import Plan

    found = {}
    with clinic_scope(Clinic.objects.get(slug=SLUG).pk):
        made_up = Case.objects.filter(condition=DOCS_CONDITION, patient__is_published_case=False)
        scored = made_up.filter(scores__is_baseline=False)
        for name, (address, is_reviewed, _) in DOCS.items():
            case = scored.filter(reviews__isnull=not is_reviewed).latest("id")
            row = case.plans.latest("id") if address == "plan" else case
            found[name] = reverse(address, args=[row.pk])
        longest = Case.objects.annotate(given=Count("treatments")).latest("given")
        found |= {name: reverse(address, args=[longest.pk]) for name, address in DOCS_OF_COURSE.items()}
        approved = Plan.objects.filter(state=Plan.State.APPROVED, condition=DOCS_CONDITION).latest("id")
        found["chair"] = reverse("treatment_prepare", args=[approved.pk])
    return found


def begin_at_chair(page: Page) -> None:
    """Do the time-out, take the vial that is offered, and begin."""
    for box in page.locator(".p-ticks > label > input[type=checkbox]").all():
        if box.is_visible() and not box.is_checked() and "another document" not in _label(box).lower():
            box.check()
    page.get_by_label("the in-use time begins with the treatment").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Begin at the chair").click()
    page.get_by_role("button", name="Given as planned").wait_for()


def _label(box: Locator) -> str:
    return box.locator("xpath=..").inner_text()


def take_docs(browser: Browser, demo: Demo) -> int:
    """The pictures of README and docs, at one size, light."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page = new_page(browser, demo, PEOPLE["injector"])
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    addresses = addresses_of_docs()
    for name, url in addresses.items():
        page.goto(url)
        if name == "chair":
            begin_at_chair(page)
        part = DOCS.get(name, ("", False, ""))[2]
        if part:
            page.locator(part).first.evaluate("one => one.scrollIntoView({block: 'center'})")
        page.screenshot(path=PICTURES / f"{name}.png")
    return len(addresses)


def main() -> None:
    path = chromium()
    if path is None:
        sys.exit("Pictures need Chromium: make test installs it, or run python -m tests.browser")
    with running_demo() as demo, sync_playwright() as play:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread
        from masseter.cli.django import set_up

        set_up()
        browser = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        count = take_docs(browser, demo) if "--docs" in sys.argv else take_all(browser, demo)
        browser.close()
    print(f"{count} pages pictured")


if __name__ == "__main__":
    main()

"""What the first page weighs on the line, compressed, with everything that it loads."""

from __future__ import annotations

from playwright.sync_api import Request, sync_playwright
from tests.browser import ARGUMENTS, chromium
from tests.shots import running_demo

from benchmarks.figure import Figure

LIMIT_KB = 250


def measure() -> list[Figure]:
    """Open the first page in a browser with an empty cache."""
    with running_demo() as demo, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = browser.new_page()
        done: list[Request] = []
        page.on("requestfinished", lambda request: done.append(request))
        page.goto(demo.url, wait_until="networkidle")
        heads = sum(one.sizes()["responseHeadersSize"] for one in done)
        weight = heads + sum(one.sizes()["responseBodySize"] for one in done)
        browser.close()
    kilobytes = weight / 1000
    return [
        Figure("First page with all that it loads", f"{kilobytes:.0f} kB", f"limit {LIMIT_KB} kB"),
        Figure("Requests of the first page", f"{len(done)}", "none to another host"),
    ]

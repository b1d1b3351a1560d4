"""The face map under the hand: the live check's round trip and the frames of a drag, in a real browser."""

from __future__ import annotations

import json
import os
import re
import statistics
from collections.abc import Iterator

from playwright.sync_api import Page, sync_playwright
from tests.browser import ARGUMENTS, chromium
from tests.shots import Demo, new_page, running_demo

from benchmarks.figure import Figure
from masseter.cli.django import set_up

INJECTOR = "ines@demo.example"
MANY, CHECKS = 60, 15
LIMIT_MS = 100
FRAME_MS = 1000 / 60
STEPS, IDLE_MS = 150, 2500

# The form as it stands is sent again and again; an answer of no content at the same address is its peer.
ROUND_TRIPS = """async ([url, count, isCheck]) => {
  const form = document.querySelector("form[data-facemap]");
  const found = [];
  for (let turn = 0; turn < count; turn += 1) {
    const begun = performance.now();
    const body = isCheck ? new URLSearchParams(new FormData(form)) : undefined;
    const answer = await fetch(url, {method: isCheck ? "POST" : "OPTIONS", body});
    const waited = performance.now() - begun;
    const holder = document.createElement("div");
    holder.innerHTML = await answer.text();
    document.getElementById("plan-check").replaceChildren(...holder.childNodes);
    document.body.getBoundingClientRect();
    found.push([waited, performance.now() - begun]);
  }
  return found;
}"""
RECORD = """() => {
  window.frames_ = [];
  let last = 0;
  const next = (now) => {
    if (last) window.frames_.push(now - last);
    last = now;
    window.recording_ = requestAnimationFrame(next);
  };
  window.recording_ = requestAnimationFrame(next);
}"""
STOP = "() => { cancelAnimationFrame(window.recording_); return window.frames_; }"


def measure() -> list[Figure]:
    """The check with the points of a migraine plan and with sixty; a drag of one point and of all."""
    with running_demo() as demo, sync_playwright() as play:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread
        set_up()
        browser = play.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        page = new_page(browser, demo, INJECTOR)
        page.set_viewport_size({"width": 1440, "height": 1000})
        _open_draft(page, demo)
        figures = [*_checks(page, _count(page))]
        _fill(page, MANY)
        figures += [*_checks(page, MANY), *_drags(page)]
        browser.close()
    return figures


def _open_draft(page: Page, demo: Demo) -> None:
    """The draft with the most points that the demo has."""
    best = (0, "")
    for number in range(1, 60):
        answer = page.request.get(f"{demo.url}/clinic/plans/{number}/")
        count = answer.text().count("<tr data-row=") if answer.ok else 0
        best = max(best, (count, answer.url))
    page.goto(best[1])


def _fill(page: Page, count: int) -> None:
    """Copy points, one by one, until there are so many."""
    while (have := _count(page)) < count:
        page.locator(".fm-point").nth(have % 31).focus()
        page.keyboard.press("c")
    page.wait_for_timeout(1000)


def _count(page: Page) -> int:
    return page.locator(".fm-point").count()


def _checks(page: Page, points: int) -> Iterator[Figure]:
    url = page.locator("form[data-facemap]").get_attribute("data-check-url")
    empty = page.evaluate(ROUND_TRIPS, [url, CHECKS, False])
    full = page.evaluate(ROUND_TRIPS, [url, CHECKS, True])
    bare = statistics.median(waited for waited, _ in empty)
    for what, each in (("answered", 0), ("shown", 1)):
        times = [turn[each] for turn in full]
        beside = f"{statistics.median(times) / bare:.1f} × no content, limit {LIMIT_MS} ms"
        value = f"{statistics.median(times):.0f} ms, least {min(times):.0f} ms"
        yield Figure(f"Live check of {points} points, {what}", value, beside)
    yield Figure("An answer of no content at the same address", f"{bare:.0f} ms")


def _drags(page: Page) -> Iterator[Figure]:
    page.evaluate(RECORD)
    page.wait_for_timeout(IDLE_MS)
    idle = page.evaluate(STOP)
    yield _frames("Frames of the page at rest", idle, idle)
    yield _frames(f"Frames of a drag of one of {MANY} points", _drag(page), idle)
    page.locator(".fm-point").first.focus()
    for _ in range(3):
        page.keyboard.press("Control+a")
    yield _frames(f"Frames of a drag of {MANY} points", _drag(page), idle)
    yield _work(page)


def _drag(page: Page) -> list[float]:
    """Drag a point to and fro without Snap, then undo it; the times between frames."""
    marker = page.locator('svg[data-view="front"] .fm-point').first
    marker.scroll_into_view_if_needed()
    box = marker.locator(".fm-ring").bounding_box()
    if box is None:
        raise RuntimeError("the marker is not drawn")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(RECORD)
    for step in range(STEPS):
        page.mouse.move(x + 40 * (step % 20) / 20, y + step / 4)
    frames: list[float] = page.evaluate(STOP)
    page.mouse.up()
    page.keyboard.press("Control+z")
    page.wait_for_timeout(800)
    return frames


def _work(page: Page) -> Figure:
    """Processor time of the page's own thread for each frame of a drag: other programs do not add to it."""
    browser = page.context.browser
    if browser is None:
        raise RuntimeError("the page belongs to no browser")
    browser.start_tracing(page=page, categories=["toplevel", "disabled-by-default-devtools.timeline"])
    frames = len(_drag(page))
    events = json.loads(browser.stop_tracing())["traceEvents"]
    threads = {
        (one["pid"], one["tid"]): one["args"]["name"] for one in events if one["name"] == "thread_name"
    }
    tasks = [
        one["tdur"]
        for one in events
        if one["name"] == "RunTask"
        and threads.get((one["pid"], one["tid"])) == "CrRendererMain"
        and "tdur" in one
    ]
    value = f"{sum(tasks) / 1000 / frames:.1f} ms"
    return Figure(
        f"Work of the page for a frame of a drag of {MANY} points", value, f"limit {FRAME_MS:.1f} ms"
    )


def _frames(what: str, frames: list[float], idle: list[float]) -> Figure:
    """Median and 95 of 100 of the times between frames, and how many of those due did not come."""
    middle, late = statistics.median(frames), statistics.quantiles(frames, n=20)[18]
    due = sum(frames) / FRAME_MS
    dropped = max(due - len(frames), 0) / due * 100
    words = f"median {middle:.1f} ms, 95 of 100 {late:.1f} ms, {dropped:.0f} of 100 dropped"
    at_rest = re.sub(r"\.0$", "", f"{late / statistics.quantiles(idle, n=20)[18]:.1f}")
    return Figure(what, words, f"{at_rest} × at rest, limit {FRAME_MS:.1f} ms")

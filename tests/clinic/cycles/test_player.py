"""Cycle by cycle in a real browser: by keys, by slider, as a film that only the reader starts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.urls import reverse
from django_cotton.compiler_regex import CottonCompiler
from playwright.sync_api import Browser, Page, Route, expect

from masseter.clinic.cycles.frames import Film, Frame, for_script
from masseter.ui.charts.strip import Point, strip
from tests.ui.facemap.harness import STATIC
from tests.ui.facemap.maps import KNOWN, marker

pytestmark = pytest.mark.browser
ADDRESS = "http://cycles.test/"
SOURCE = """{% load ui %}<!doctype html><html lang="en"><head><title>Cycles</title>
<link rel="stylesheet" href="/app.css"></head><body><main><h1>Cycles</h1>
{% include "clinic/cycles/player.html" %}<ol data-cycles-list>
{% for each in film.frames %}<li>
<a href="?cycle={{ each.pk }}"{% if each.pk == frame.pk %} aria-current="true"{% endif %}>{{ each.title }}</a>
</li>{% endfor %}</ol></main><script src="/app.js"></script></body></html>"""
START = date(2027, 1, 1)
Opened = Callable[..., Page]


def film() -> Film:
    """Three cycles: one point that gets more and then moves, and a second one in the last."""
    spots = (
        (marker(state="given", units="5"),),
        (marker(state="given", units="7.5"),),
        (marker(state="given", units="7.5", x=Decimal(210)), marker(number="2", state="given")),
    )
    days = tuple(START + timedelta(days=90 * number) for number in range(3))
    drawn = strip(
        title="Pain over all cycles",
        low=Decimal(0),
        high=Decimal(10),
        scores=(Point(day=START, value=Decimal(7)),),
        treatments=days,
        until=days[-1] + timedelta(days=60),
        lower_is_better=True,
    )
    frames = tuple(
        Frame(
            pk=number,
            number=number,
            title=f"Cycle {number}",
            words=f"{number} told",
            score=f"score {number}",
            drawing=KNOWN.face_map.version,
            markers=points,
        )
        for number, points in enumerate(spots, 1)
    )
    return Film(frames=frames, strip=drawn, measure="Pain")


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    pages: list[Page] = []

    def open_page(**options: str) -> Page:
        page = browser.new_page(**options)  # type: ignore[arg-type]  # Playwright's own options
        told = film()
        page.clock.install()
        page.route(f"{ADDRESS}**", lambda route: serve(route, told))
        page.goto(f"{ADDRESS}?cycle=3")
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.close()


def serve(route: Route, told: Film) -> None:
    path = route.request.url.removeprefix(ADDRESS)
    if path.endswith((".css", ".js", ".svg")):
        route.fulfill(path=STATIC / path.removeprefix("static/ui/"))
        return
    shown = Context(
        {
            "film": told,
            "frame": told.frames[2],
            "previous": told.frames[1],
            "next": None,
            "count": 3,
            "strip": told.strip.svg(2),
            "data": for_script(told, [record_of(frame.pk) for frame in told.frames]),
        }
    )
    route.fulfill(body=Template(CottonCompiler().process(SOURCE)).render(shown), content_type="text/html")


def record_of(number: int) -> str:
    return reverse("treatment", args=[number])


def is_told(page: Page, number: int) -> None:
    """Everything on the page is about this cycle."""
    expect(page.locator("[data-cycles-title]")).to_have_text(f"Cycle {number}")
    expect(page.locator("[data-cycles-score]")).to_have_text(f"score {number}")
    expect(page.locator("[data-cycles-record]")).to_have_attribute("href", record_of(number))
    expect(page.locator("[data-cycles-list] [aria-current=true]")).to_have_text(f"Cycle {number}")
    expect(page.locator("input[type=range]")).to_have_value(str(number))
    span = film().strip.spans[number - 1]
    shade = page.locator("[data-strip-shade]").get_attribute("x")
    assert float(str(shade)) == round(span.x, 1)
    assert page.url.endswith(f"?cycle={number}")


def test_cycles_by_keys_slider_list_and_film(opened: Opened) -> None:
    page = opened()
    points, one = page.locator(".fm-point"), page.locator('.fm-point[data-point="MASS-L-1"]')
    page.clock.run_for(10_000)
    is_told(page, 3)  # nothing plays by itself

    page.evaluate(
        """() => {
            window.told = 0;
            const old = history.replaceState.bind(history);
            history.replaceState = (...all) => { window.told += 1; old(...all); };
        }"""
    )
    page.locator('[data-cycles-do="back"]').focus()
    page.keyboard.press("ArrowLeft")
    is_told(page, 2)
    assert page.evaluate("window.told") == 1  # one player a page, also where its script begins twice
    expect(points).to_have_count(1)
    expect(one).to_have_attribute("transform", f"translate({marker().x} {marker().y})")
    expect(one.locator("text")).to_have_text("7.5")
    page.keyboard.press("Home")
    is_told(page, 1)
    expect(one).to_have_attribute("aria-label", "MASS-L-1, Masseter, left, 5 units, given")
    expect(page.locator('[data-cycles-do="back"]')).to_have_attribute("aria-disabled", "true")

    page.locator("input[type=range]").fill("3")
    is_told(page, 3)
    expect(points).to_have_count(2)
    page.get_by_role("link", name="Cycle 2").click()
    is_told(page, 2)

    page.keyboard.press("Home")
    page.get_by_role("link", name="Cycle 1").click()
    page.get_by_role("button", name="Play").click()
    page.clock.run_for(1_700)
    is_told(page, 2)
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(10_000)
    is_told(page, 2)


def test_who_asks_for_less_motion_steps_by_hand(opened: Opened) -> None:
    page = opened(reduced_motion="reduce")

    expect(page.locator('[data-cycles-do="play"]')).to_be_hidden()
    page.locator('[data-cycles-do="back"]').click()
    is_told(page, 2)

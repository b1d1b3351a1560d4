"""Drawing pain and marking a place in a real browser, read as the server reads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django_cotton.compiler_regex import CottonCompiler
from playwright.sync_api import Browser, Page, Route, expect

import masseter.ui
from masseter.core.consult.pain import RADII
from masseter.core.quantities import plain
from masseter.ui.areas import AreaField, PlaceForm
from masseter.ui.pain import PainForm
from tests.stories.accessibility import violations

pytestmark = pytest.mark.browser
ADDRESS = "http://painmap.test/"
STATIC = Path(masseter.ui.__file__).parent / "static" / "ui"
HEAD = """<!doctype html><html lang="en"><head><title>Drawing</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/app.css"></head><body><main>
<h1>Drawing</h1><form method="post" action="/save" {mode}>
{inside}<button class="btn" type="submit">Save</button>
</form></main><script src="/painmap.js"></script></body></html>"""
STROKES = HEAD.format(
    mode='data-painmap="strokes" data-radius="{{ radius }}"',
    inside='{% include "ui/pain_draw.html" with pen_title="The next place" map_title="Where" %}',
)
ONE = HEAD.format(
    mode='data-painmap="one"',
    inside='{{ form.view }}{{ form.x }}{{ form.y }}<c-facemap /><c-field :field="form.area" />'
    "<p data-painmap-says></p>",
)


class MarkForm(PlaceForm):
    area = AreaField(label="Place")


def html(source: str, form: object) -> str:
    radius = " ".join(f"{name}:{plain(each)}" for name, each in RADII.items())
    told = {"form": form, "rows": [], "shapes": [], "radius": radius}
    return Template(CottonCompiler().process(source)).render(Context(told))


@pytest.fixture
def saved() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, saved: list[str]) -> Iterator[Page]:
    assert (STATIC / "painmap.js").exists(), "build the front end first: python -m masseter.ui.build"
    errors: list[str] = []
    pages = {"strokes": html(STROKES, PainForm()), "one": html(ONE, MarkForm())}

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        if path in pages:
            route.fulfill(body=pages[path], content_type="text/html")
        elif path == "save":
            saved.append(str(route.request.post_data))
            route.fulfill(body="<h1>Saved</h1>", content_type="text/html")
        else:
            route.fulfill(path=STATIC / path.removeprefix("static/ui/"))

    opened = browser.new_page(viewport={"width": 900, "height": 900}, has_touch=True)
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.route(f"{ADDRESS}**", serve)
    yield opened
    opened.close()
    assert errors == []


def middle(page: Page, view: str) -> tuple[float, float]:
    drawing = page.locator(f'svg.fm[data-view="{view}"]')
    drawing.scroll_into_view_if_needed()
    box = drawing.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, view: str) -> None:
    x, y = middle(page, view)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=6)
    page.mouse.up()


def test_pain_is_drawn_by_mouse_and_finger_and_read_as_strokes(page: Page, saved: list[str]) -> None:
    page.goto(f"{ADDRESS}strokes")
    rows = page.locator("[data-painmap-rows] [data-row]")
    page.locator("label", has_text="burning").click()

    drag(page, "front")
    page.touchscreen.tap(*middle(page, "left"))
    drag(page, "back")
    expect(rows).to_have_count(3)
    page.get_by_role("button", name="Take away the last one").click()
    expect(rows).to_have_count(2)
    rows.nth(1).get_by_label("How strong").fill("9")

    expect(page.locator('svg.fm[data-view="left"] .pm-number')).to_have_text("9")
    expect(page.locator("[data-painmap-says]")).to_have_text("The last one is gone.")
    assert violations(page) == []
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading")).to_have_text("Saved")
    line, spot = PainForm(QueryDict(saved[0])).strokes()
    assert (line.view, line.strength, line.qualities) == ("front", 5, ("burning",))
    assert len(line.line) > 2
    assert (spot.view, spot.strength, len(spot.line)) == ("left", 9, 1)


def test_place_is_tapped_and_a_name_chosen_after_it_counts_instead(page: Page) -> None:
    page.goto(f"{ADDRESS}one")
    hidden = page.locator('input[name="x"]')

    page.mouse.click(*middle(page, "front"))

    assert abs(float(hidden.input_value()) - 240) < 3
    expect(page.locator('svg.fm[data-view="front"] .pm-here')).to_have_count(2)
    expect(page.locator("[data-painmap-says]")).to_contain_text("Front of the face")
    page.get_by_label("Place").select_option("masseter:left")
    assert hidden.input_value() == ""
    expect(page.locator(".pm-here")).to_have_count(0)

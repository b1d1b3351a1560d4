"""Several points at once, snapping, and numbers that can be read and hit: in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.ui.facemap.harness import STATIC, Editor
from tests.ui.facemap.maps import marker, standard

pytestmark = pytest.mark.browser
TARGET_PX = 44


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    assert (STATIC / "facemap.js").exists(), "build the front end first: python -m masseter.ui.build"
    errors: list[str] = []
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, has_touch=True)
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


@pytest.fixture
def editor(page: Page) -> Editor:
    """Two masseter points on the left, one on the right, and one in the midline."""
    points = (
        marker(),
        marker(number="2"),
        marker(side="right"),
        marker("procerus", "midline", units="5"),
    )
    opened = Editor(page, points)
    opened.open()
    return opened


def middle(editor: Editor, point: str) -> tuple[float, float]:
    box = editor.marker(point).locator(".fm-ring").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def picked(editor: Editor) -> list[str]:
    found = editor.page.locator(".fm-point[aria-pressed=true]").all()
    return sorted(str(each.get_attribute("data-point")) for each in found)


def drag(editor: Editor, point: str, right: float, down: float) -> None:
    x, y = middle(editor, point)
    editor.page.mouse.move(x, y)
    editor.page.mouse.down()
    editor.page.mouse.move(x + right, y + down, steps=4)
    editor.page.mouse.up()


def test_midline_points_stay_and_sides_go_alike_when_all_are_moved(editor: Editor) -> None:
    before = {name: float(editor.value(name, "x")) for name in editor.ids()}
    editor.marker("MASS-L-1").focus()
    for circle in (["MASS-L-1", "MASS-L-2"], ["MASS-L-1", "MASS-L-2", "MASS-R-1"], editor.ids()):
        editor.page.keyboard.press("Control+a")
        assert picked(editor) == circle
    editor.page.keyboard.press("Shift+ArrowLeft")

    moved = {name: float(editor.value(name, "x")) - x for name, x in before.items()}
    assert moved == {"MASS-L-1": -10, "MASS-L-2": -10, "MASS-R-1": 10, "PROC-M-1": 0}


def test_units_and_depth_go_to_all_that_are_chosen_and_are_one_step_each(editor: Editor) -> None:
    editor.page.locator('[aria-label="Choose MASS-L-2"]').check()
    editor.marker("MASS-R-1").locator(".fm-ring").click(modifiers=["Shift"])
    assert picked(editor) == ["MASS-L-2", "MASS-R-1"]

    editor.page.keyboard.press("7")
    editor.page.keyboard.press("d")
    assert [editor.value(name, "units") for name in ("MASS-L-1", "MASS-L-2", "MASS-R-1")] == ["10", "7", "7"]
    assert [editor.value(name, "depth") for name in ("MASS-L-1", "MASS-R-1")] == ["", "superficial"]
    expect(editor.page.locator("[data-fm-count]")).to_have_text("2 chosen")

    editor.page.keyboard.press("Control+z")
    editor.page.keyboard.press("Control+z")
    assert editor.value("MASS-L-2", "units") == "10"
    editor.page.keyboard.press("Control+y")
    editor.page.fill('[name="pick_value"]', "3")
    editor.page.click("text=Set units")
    assert [editor.value(name, "units") for name in ("MASS-L-1", "MASS-L-2", "MASS-R-1")] == ["10", "3", "3"]
    assert editor.saved == []


def test_side_is_copied_whole_and_what_was_there_goes(editor: Editor) -> None:
    editor.page.fill('tr[data-point="MASS-R-1"] .fm-dose', "9")
    editor.marker("MASS-L-1").focus()
    editor.page.keyboard.press("Shift+M")

    assert editor.ids() == ["MASS-L-1", "MASS-L-2", "MASS-R-1", "MASS-R-2", "PROC-M-1"]
    assert editor.value("MASS-R-1", "units") == "10"


def test_pair_that_is_chosen_is_left_alone_and_an_added_point_has_no_standard_place(editor: Editor) -> None:
    page, says = editor.page, editor.page.locator("[data-fm-says]")
    page.fill('tr[data-point="MASS-R-1"] .fm-dose', "9")
    for name in ("MASS-L-1", "MASS-R-1"):
        page.locator(f'[aria-label="Choose {name}"]').check()
    page.click("text=Mirror")
    assert [editor.value(name, "units") for name in ("MASS-L-1", "MASS-R-1")] == ["10", "9"]
    expect(says).to_contain_text("Both sides are chosen")

    page.keyboard.press("Escape")
    editor.marker("MASS-L-1").focus()
    page.keyboard.press("c")
    page.keyboard.press("Shift+ArrowDown")
    place = [editor.value("MASS-L-x1", name) for name in "xy"]
    page.click("text=To standard")
    assert [editor.value("MASS-L-x1", name) for name in "xy"] == place
    expect(says).to_have_text("MASS-L-x1 has no standard place")
    editor.marker("MASS-L-x1").focus()
    page.keyboard.press("s")
    assert [editor.value("MASS-L-x1", name) for name in "xy"] != place


def test_new_answer_of_the_check_leaves_the_drawing_where_it_was_looked_at(editor: Editor) -> None:
    page = editor.page
    view = page.locator('svg[data-view="left"]')
    told = '{"MASS-L-1": {"severity": "caution", "words": "Near.", "ml": "0.1 mL"}}'
    held: list[Route] = []
    page.route("**/check", lambda route: held.append(route))
    editor.marker("MASS-L-1").focus()
    for _ in range(4):
        page.keyboard.press("+")
    with page.expect_request("**/check"):
        page.keyboard.press("5")
    for _ in range(40):
        page.keyboard.press("Control+ArrowUp")
    away = view.get_attribute("viewBox")
    held[-1].fulfill(body=f'<script type="application/json" id="plan-points">{told}</script>')

    expect(editor.marker("MASS-L-1")).to_have_class(re.compile("fm-caution"))
    assert view.get_attribute("viewBox") == away
    assert page.evaluate("document.activeElement.dataset.point") == "MASS-L-1"
    page.keyboard.press("ArrowDown")
    assert view.get_attribute("viewBox") != away


def test_drawing_around_points_chooses_them_and_escape_lets_them_go(editor: Editor) -> None:
    (x, y), (x2, y2) = middle(editor, "MASS-L-1"), middle(editor, "MASS-L-2")
    left, top, right, bottom = min(x, x2) - 30, min(y, y2) - 30, max(x, x2) + 30, max(y, y2) + 30
    editor.page.keyboard.down("Shift")
    editor.page.mouse.move(left, top)
    editor.page.mouse.down()
    for corner in ((right, top), (right, bottom), (left, bottom)):
        editor.page.mouse.move(*corner, steps=2)
    editor.page.mouse.up()
    editor.page.keyboard.up("Shift")
    assert picked(editor) == ["MASS-L-1", "MASS-L-2"]

    editor.page.keyboard.press("Escape")

    assert picked(editor) == []
    assert len(editor.ids()) == 4


def test_dragged_point_catches_at_its_standard_place_and_with_alt_it_does_not(editor: Editor) -> None:
    place = standard("masseter", "left", "1")
    editor.marker("MASS-L-1").focus()
    for _ in range(4):
        editor.page.keyboard.press("ArrowDown")
    astray = float(editor.value("MASS-L-1", "y"))

    drag(editor, "MASS-L-1", 0, -5)
    assert float(editor.value("MASS-L-1", "y")) == float(place.y) != astray
    expect(editor.page.locator("[data-fm-says]")).to_contain_text("at the standard point")

    editor.page.keyboard.down("Alt")
    drag(editor, "MASS-L-1", 0, 6)
    editor.page.keyboard.up("Alt")
    assert float(editor.value("MASS-L-1", "y")) > float(place.y)
    assert editor.page.locator(".fm-cues").count() == 0


def test_two_fingers_zoom_about_the_spot_between_them(editor: Editor) -> None:
    view = editor.page.locator('svg[data-view="left"]')
    box = view.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + 200
    session = editor.page.context.new_cdp_session(editor.page)

    def touch(kind: str, *apart: float) -> None:
        points = [
            {"x": x + sign * far, "y": y, "id": number}
            for far in apart
            for number, sign in enumerate((-1, 1))
        ]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", 30)
    for far in (40, 50, 60):
        touch("touchMove", far)
    touch("touchEnd")
    editor.page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )

    width = float(str(view.get_attribute("viewBox")).split()[2])
    assert 200 < width < 300
    assert len(editor.ids()) == 4


def test_numbers_on_one_spot_stand_apart_and_every_target_takes_a_glove(page: Page) -> None:
    spot = marker()
    crowd = [marker(id=f"MASS-L-x{n}", x=spot.x + n % 2, y=spot.y + n % 3) for n in range(6)]
    editor = Editor(page, tuple(crowd))
    editor.open()

    places = [middle(editor, name) for name in editor.ids()]
    nearest = min(abs(x - x2) + abs(y - y2) for (x, y), (x2, y2) in combinations(places, 2))
    ring = editor.page.locator(".fm-ring").first.bounding_box()
    assert ring is not None
    assert nearest >= ring["width"] * 0.9
    for each in editor.page.locator(".fm-reach").all():
        target = each.bounding_box()
        assert target is not None
        assert target["width"] >= TARGET_PX - 0.5
    assert editor.page.locator(".fm-leader:not([display=none])").count() > 0


def test_question_mark_shows_every_key_and_l_makes_the_numbers_large(editor: Editor) -> None:
    editor.marker("MASS-L-1").focus()
    before = editor.marker("MASS-L-1").locator(".fm-ring").bounding_box()
    editor.page.keyboard.press("?")
    help_ = editor.page.get_by_role("dialog", name="Keys of the face map")
    expect(help_).to_be_visible()
    editor.page.keyboard.press("Escape")
    expect(help_).to_be_hidden()

    editor.page.keyboard.press("l")

    after = editor.marker("MASS-L-1").locator(".fm-ring").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > before["width"] * 1.4


@pytest.mark.parametrize("width", [390, 820])
def test_map_of_a_draft_is_as_wide_as_a_phone_or_a_tablet(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 1000})
    page.set_content(
        '<div class="m-two p-top p-draft"><div class="m-stack"><div class="fm-map">Map</div></div>'
        "<div>Check</div></div>"
    )
    page.add_style_tag(path=STATIC / "app.css")

    box = page.locator(".fm-map").bounding_box()

    assert box is not None
    assert box["width"] > 0.8 * width

"""The editor in a real browser: by pointer, by keyboard, and without any script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page, expect

from masseter.ui.facemap.risks import courses_of, near
from tests.ui.facemap.harness import STATIC, Editor
from tests.ui.facemap.maps import KNOWN, marker, view

pytestmark = pytest.mark.browser
# Moves the marker about as a drag does, and answers what is lit each time.
MOVED = """async places => {
  const answers = [];
  for (const [x, y] of places) {
    const row = document.querySelector('tr[data-point="MASS-L-1"]');
    row.querySelector('[name$="-x"]').value = x;
    row.querySelector('[name$="-y"]').value = y;
    row.querySelector('[name$="-units"]').dispatchEvent(new Event("input", {bubbles: true}));
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    const lit = document.querySelectorAll('svg[data-view="left"] .fm-lit');
    answers.push(Array.from(lit, one => one.dataset.structure).sort());
  }
  return answers;
}"""
Opened = Callable[..., Editor]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    assert (STATIC / "facemap.js").exists(), "build the front end first: python -m masseter.ui.build"
    errors: list[str] = []
    opened = browser.new_page(viewport={"width": 1440, "height": 1000})
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert errors == []


@pytest.fixture
def editor(page: Page) -> Editor:
    """Two masseter points on the left and one in the midline."""
    opened = Editor(page, (marker(), marker(number="2"), marker("procerus", "midline", units="5")))
    opened.open()
    return opened


def test_removing_a_point_ticks_its_row_and_keeps_it_for_undo(editor: Editor) -> None:
    editor.marker("MASS-L-1").focus()
    editor.page.keyboard.press("Delete")

    assert editor.ids() == ["MASS-L-2", "PROC-M-1"]
    expect(editor.page.locator('tr[data-point="MASS-L-1"] [name$=-remove]')).to_be_checked()

    editor.page.keyboard.press("Control+z")

    assert editor.ids() == ["MASS-L-1", "MASS-L-2", "PROC-M-1"]


def test_midline_point_has_no_other_side(editor: Editor) -> None:
    editor.marker("PROC-M-1").focus()
    editor.page.keyboard.press("m")

    assert len(editor.ids()) == 3
    expect(editor.page.locator("[data-fm-says]")).to_contain_text("no other side")


def test_arrow_keys_move_a_point_by_one_millimetre(editor: Editor) -> None:
    x, y = (float(editor.value("MASS-L-1", name)) for name in "xy")

    editor.marker("MASS-L-1").focus()
    editor.page.keyboard.press("ArrowRight")
    editor.page.keyboard.press("Shift+ArrowDown")

    assert float(editor.value("MASS-L-1", "x")) == x + 2
    assert float(editor.value("MASS-L-1", "y")) == y + 10
    expect(editor.marker("MASS-L-1")).to_be_focused()


def test_digits_on_a_marker_set_its_units(editor: Editor) -> None:
    editor.marker("MASS-L-1").focus()
    editor.page.keyboard.type("7.5")

    assert editor.value("MASS-L-1", "units") == "7.5"
    expect(editor.marker("MASS-L-1").locator("text").first).to_have_text("7.5")


def test_digits_never_run_on_from_one_marker_to_the_next(editor: Editor) -> None:
    editor.marker("MASS-L-1").focus()
    editor.page.keyboard.type("2")
    editor.marker("MASS-L-2").focus()
    editor.page.keyboard.type("3")

    assert (editor.value("MASS-L-1", "units"), editor.value("MASS-L-2", "units")) == ("2", "3")


def test_units_typed_in_the_row_show_in_the_marker(editor: Editor) -> None:
    editor.page.fill('tr[data-point="MASS-L-2"] .fm-dose', "4")

    expect(editor.marker("MASS-L-2").locator("text").first).to_have_text("4")


def test_mirror_makes_the_same_point_on_the_other_profile(editor: Editor) -> None:
    editor.marker("MASS-L-1").focus()
    editor.page.keyboard.press("m")

    assert "MASS-R-1" in editor.ids()
    assert editor.value("MASS-R-1", "view") == "right"
    assert float(editor.value("MASS-R-1", "x")) == 480 - float(editor.value("MASS-L-1", "x"))
    assert editor.value("MASS-R-1", "units") == "10"


def test_copy_makes_an_added_point_of_the_same_site(editor: Editor) -> None:
    editor.marker("MASS-L-1").focus()
    editor.page.keyboard.press("c")
    editor.page.keyboard.press("c")

    assert editor.ids() == ["MASS-L-1", "MASS-L-2", "MASS-L-x1", "MASS-L-x2", "PROC-M-1"]


def test_dragging_moves_a_point_and_is_one_step_of_undo(editor: Editor) -> None:
    before = editor.value("MASS-L-1", "x")
    box = editor.marker("MASS-L-1").locator(".fm-ring").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    editor.page.mouse.move(x, y)
    editor.page.mouse.down()
    editor.page.mouse.move(x + 20, y, steps=5)
    editor.page.mouse.up()
    after = editor.value("MASS-L-1", "x")
    editor.page.keyboard.press("Control+z")

    assert float(after) > float(before)
    assert editor.value("MASS-L-1", "x") == before


def test_point_dragged_out_of_its_muscle_says_so(editor: Editor) -> None:
    editor.marker("MASS-L-1").focus()
    for _ in range(8):
        editor.page.keyboard.press("Shift+ArrowRight")

    expect(editor.page.locator('tr[data-point="MASS-L-1"]')).to_contain_text("outside the drawn muscle")


def test_click_on_a_muscle_adds_a_point_of_it_on_that_side(editor: Editor) -> None:
    editor.page.locator('svg[data-view="right"] [data-site="masseter"]').click(position={"x": 30, "y": 40})

    assert "MASS-R-x1" in editor.ids()
    assert editor.value("MASS-R-x1", "units") == "5"
    assert editor.value("MASS-R-x1", "route") == "intramuscular"


def test_place_button_adds_the_next_free_standard_point(editor: Editor) -> None:
    editor.page.select_option("[data-fm-site]", "masseter")
    editor.page.select_option("[data-fm-side]", "left")
    editor.page.click('[data-fm-do="place"]')

    assert "MASS-L-3" in editor.ids()
    expect(editor.marker("MASS-L-3")).to_be_focused()


def test_choosing_a_skin_area_shows_it(editor: Editor) -> None:
    area = editor.page.locator('svg[data-view="front"] [data-site="skin_v2"]').first
    expect(area).to_be_hidden()

    editor.page.select_option("[data-fm-site]", "skin_v2")

    expect(area).to_be_visible()


def test_zoom_keeps_positions_true(editor: Editor) -> None:
    editor.marker("MASS-L-1").focus()
    editor.page.click('[data-fm-do="closer"]')
    box = editor.page.locator('svg[data-view="left"]').get_attribute("viewBox")
    x = editor.value("MASS-L-1", "x")
    editor.marker("MASS-L-1").focus()
    editor.page.keyboard.press("ArrowLeft")

    assert box is not None
    assert float(box.split()[2]) < 480
    assert float(editor.value("MASS-L-1", "x")) == float(x) - 2


def test_live_check_sends_the_form_once_and_marks_the_points(editor: Editor) -> None:
    editor.answer = (
        '<p data-point="MASS-L-2" data-severity="caution">High for one point.</p>'
        '<p hidden data-place="MASS-L-2">Left masseter, lower third</p>'
    )
    editor.marker("MASS-L-2").focus()
    with editor.page.expect_response("**/check"):
        editor.page.keyboard.type("25")

    expect(editor.page.locator("#plan-check")).to_contain_text("High for one point")
    expect(editor.page.locator(".fm-point.fm-caution")).to_have_attribute("data-point", "MASS-L-2")
    expect(editor.page.locator('tr[data-point="MASS-L-2"] .fm-words')).to_have_text(
        "Left masseter, lower third"
    )
    assert len(editor.checks) == 1
    assert "&point-1-units=25&" in editor.checks[0]


def test_check_that_cannot_be_reached_says_so_and_loses_nothing(editor: Editor) -> None:
    editor.page.route("**/check", lambda route: route.abort())
    editor.marker("MASS-L-2").focus()
    editor.page.keyboard.type("25")

    expect(editor.page.locator("#plan-check")).to_have_attribute(
        "data-stale", re.compile("could not be reached")
    )
    assert editor.value("MASS-L-2", "units") == "25"


def test_saving_sends_added_and_removed_rows(editor: Editor) -> None:
    editor.marker("MASS-L-1").focus()
    editor.page.keyboard.press("m")
    editor.marker("MASS-L-2").focus()
    editor.page.keyboard.press("Delete")
    editor.page.click("text=Save")

    (saved,) = editor.saved
    assert saved["points-total"] == ["4"]
    assert saved["point-3-id"] == ["MASS-R-1"]
    assert saved["point-1-remove"] == ["1"]


def test_moved_point_of_a_form_without_a_check_says_that_it_is_moved(page: Page) -> None:
    opened = Editor(page, (marker(),), has_check=False)
    opened.open()
    words = page.locator('tr[data-point="MASS-L-1"] .fm-words')
    opened.marker("MASS-L-1").focus()
    page.keyboard.press("ArrowUp")

    expect(words).to_have_text("Masseter, left: moved")

    page.keyboard.press("Control+z")

    expect(words).to_have_text("Masseter, left: standard point")


def test_layers_are_shown_and_hidden_and_remembered(editor: Editor, browser: Browser) -> None:
    muscle = 'svg[data-view="left"] .fm-region[data-site="temporalis"]'
    editor.page.evaluate(
        """() => {
            window.kept = 0;
            const old = Storage.prototype.setItem;
            Storage.prototype.setItem = function (...all) { window.kept += 1; old.apply(this, all); };
        }"""
    )
    editor.page.get_by_label("Muscles and areas").uncheck()

    expect(editor.page.locator(muscle)).to_be_hidden()
    expect(editor.marker("MASS-L-1")).to_be_visible()
    assert editor.page.evaluate("window.kept") == 1  # watched once, also where the script begins twice
    editor.page.reload()
    expect(editor.page.locator(muscle)).to_be_hidden()

    context = browser.new_context(java_script_enabled=False)
    plain = Editor(context.new_page(), (marker(),))
    plain.open()
    plain.page.get_by_label("Muscles and areas").uncheck()
    expect(plain.page.locator(muscle)).to_be_hidden()
    context.close()


def test_structures_light_up_as_the_server_reckons(editor: Editor) -> None:
    editor.marker("MASS-L-1").focus()
    places = [(x, y) for x in (110, 150, 205, 260) for y in range(190, 480, 60)]
    start = [editor.value("MASS-L-1", name) for name in "xy"]
    lit = editor.page.evaluate(MOVED, places)
    reckoned = [
        sorted(course.code for course, _ in near(courses_of(KNOWN), view("left"), Decimal(x), Decimal(y)))
        for x, y in places
    ]

    assert lit == reckoned
    assert len([each for each in lit if each]) > 5

    editor.page.evaluate(MOVED, [start])
    for _ in range(7):
        editor.page.keyboard.press("Shift+ArrowUp")

    told = editor.page.locator("[data-fm-near]")
    expect(told).to_contain_text("MASS-L-1 lies on: Facial nerve, zygomatic and buccal branches")
    expect(editor.page.locator('svg[data-view="left"] .fm-lit .fm-risk-name')).to_be_visible()

    ring = editor.marker("MASS-L-1").locator(".fm-ring")
    ring.scroll_into_view_if_needed()
    box = ring.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    editor.page.mouse.move(x, y)
    editor.page.mouse.down()
    editor.page.mouse.move(x, y + 80, steps=4)
    expect(told).not_to_contain_text("on: Facial nerve, zygomatic and buccal branches")
    editor.page.mouse.move(x, y, steps=4)
    expect(told).to_contain_text("MASS-L-1 lies on: Facial nerve, zygomatic and buccal branches")
    editor.page.mouse.up()


def test_answer_of_the_check_leaves_a_point_where_it_is_being_dragged(page: Page) -> None:
    answer = '<p data-point="MASS-L-1" data-severity="caution">near the risorius</p>'
    editor = Editor(page, (marker(), marker(number="2")), answer=answer)
    editor.open()
    editor.marker("MASS-L-1").focus()
    box = editor.marker("MASS-L-1").locator(".fm-ring").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.keyboard.press("ArrowUp")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 40, y - 60, steps=4)

    expect(editor.marker("MASS-L-1")).to_have_class(re.compile("fm-caution"))
    held = editor.marker("MASS-L-1").locator(".fm-ring").bounding_box()
    assert held is not None
    assert abs(held["x"] + held["width"] / 2 - x + 40) < 12
    assert abs(held["y"] + held["height"] / 2 - y + 60) < 12

    page.mouse.up()
    dropped = editor.marker("MASS-L-1").locator(".fm-ring").bounding_box()
    assert dropped is not None
    assert abs(dropped["y"] - held["y"]) < 2


def test_form_without_script_sends_what_was_typed(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    editor = Editor(context.new_page(), (marker(), marker(number="2")))
    editor.open()
    editor.page.fill('[name="point-0-units"]', "6")
    editor.page.check('[name="point-1-remove"]')
    editor.page.click("text=Save")

    (saved,) = editor.saved
    context.close()
    assert saved["point-0-units"] == ["6"]
    assert saved["point-1-remove"] == ["1"]

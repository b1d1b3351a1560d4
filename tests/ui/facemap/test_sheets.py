"""Art that a page refers to: the same picture as drawn in, in fewer bytes, of every edition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Locator, Page

from masseter.ui.facemap import render, render_all
from masseter.ui.facemap.editions import UnknownEdition, edition_of, versions
from masseter.ui.facemap.sheets import linked_art, write_sheets
from masseter.ui.templatetags.facemap import facemap_drawings
from tests.ui.facemap.harness import Editor
from tests.ui.facemap.maps import KNOWN, SITES, marker, view

# Puts each piece in the place of its reference, as a paper has it.
DRAW_IN = """async () => {
  for (const use of document.querySelectorAll(".fm use")) {
    const [sheet, id] = use.getAttribute("href").split("#");
    const text = await (await fetch(sheet)).text();
    const piece = new DOMParser().parseFromString(text, "image/svg+xml").getElementById(id);
    use.replaceWith(...document.importNode(piece, true).childNodes);
  }
}"""
SHOW = """dark => {
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
  document.querySelector('[data-fm-layer="skin"]').checked = !dark;
}"""


def test_edition_that_was_never_released_has_no_sheet() -> None:
    with pytest.raises(UnknownEdition):
        linked_art("front", "99")


@pytest.mark.parametrize("version", versions())
def test_every_piece_that_a_page_refers_to_is_in_its_sheet(version: str, tmp_path: Path) -> None:
    write_sheets(tmp_path)
    drawings = facemap_drawings([marker()], version=version, mouth="1", shows="all")
    references = re.findall(r'href="/static/ui/(maps/[^#]+)#([^"]+)"', "".join(each.svg for each in drawings))

    assert len(drawings) == len(edition_of(version).views)
    assert len(references) > 20
    for name, piece in references:
        sheet = ElementTree.parse(tmp_path / name)
        (found,) = [each for each in sheet.iter() if each.get("id") == piece]
        assert len(found), (name, piece)


def test_page_refers_to_its_art_and_a_paper_has_it_drawn_in() -> None:
    linked = render_all(KNOWN.face_map, SITES.values(), is_linked=True)
    drawn_in = render_all(KNOWN.face_map, SITES.values())

    assert sum(len(each.svg) for each in linked) < 0.5 * sum(len(each.svg) for each in drawn_in)
    assert "<use" not in render(view("front"), SITES.values(), palette="print")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_art_that_is_referred_to_looks_as_if_it_were_drawn_in(page: Page) -> None:
    opened = Editor(page, (marker(), marker("procerus", "midline", units="5")))
    opened.open()
    page.wait_for_load_state("networkidle")
    maps = page.locator(".fm-sheet")
    pictures = []
    for is_drawn_in in (False, True):
        if is_drawn_in:
            page.evaluate(DRAW_IN)
        for is_dark in (False, True):
            page.evaluate(SHOW, is_dark)
            pictures.append(settled(maps))
    light, dark, *drawn_in = pictures

    assert [light, dark] == drawn_in
    assert light != dark
    page.evaluate("document.querySelectorAll('.fm-base').forEach(each => each.remove())")
    assert settled(maps) != dark


def settled(maps: Locator) -> bytes:
    """A picture once nothing is painted any more: sheets come after the page that refers to them."""
    before, picture = b"", maps.screenshot(animations="disabled")
    while picture != before:
        before, picture = picture, maps.screenshot(animations="disabled")
    return picture

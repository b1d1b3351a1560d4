"""Art that a page refers to: the same picture as drawn in, in fewer bytes, of every edition."""

from __future__ import annotations

import base64
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
FURTHEST = """async pictures => {
  const [one, other] = await Promise.all(pictures.map(async text => {
    const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    const map = await createImageBitmap(new Blob([bytes], {type: "image/png"}));
    const pen = new OffscreenCanvas(map.width, map.height).getContext("2d");
    pen.drawImage(map, 0, 0);
    return pen.getImageData(0, 0, map.width, map.height);
  }));
  if (one.width !== other.width || one.height !== other.height) return 255;
  return one.data.reduce((most, value, at) => Math.max(most, Math.abs(value - other.data[at])), 0);
}"""
UNSEEN = 4  # of 255: edges are not smoothed alike in two paintings of the same page
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

    assert max(furthest(page, *pair) for pair in zip((light, dark), drawn_in, strict=True)) <= UNSEEN
    assert furthest(page, light, dark) > 100
    page.evaluate("document.querySelectorAll('.fm-base').forEach(each => each.remove())")
    assert furthest(page, settled(maps), dark) > 100


def settled(maps: Locator) -> bytes:
    """A picture once the sheets are painted, which come after the page that refers to them."""
    before, picture = b"", maps.screenshot(animations="disabled")
    while picture != before:
        before, picture = picture, maps.screenshot(animations="disabled")
    return picture


def furthest(page: Page, one: bytes, other: bytes) -> int:
    """The largest difference of a colour between two pictures, of 255; 255 where their sizes differ."""
    return int(page.evaluate(FURTHEST, [base64.b64encode(each).decode() for each in (one, other)]))

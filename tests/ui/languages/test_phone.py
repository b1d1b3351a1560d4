"""On a phone: every language can be chosen, and a number to call stands in one line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from masseter.journey.accounts.models import Clinic
from masseter.ui import build

# How far each language of the menu reaches beyond the screen; 1 where it is not shown at all.
BEYOND = """() => [...document.querySelectorAll(".m-language button")].map((one) => {
  const box = one.getBoundingClientRect();
  return Math.max(-box.left, box.right - innerWidth, box.width ? 0 : 1);
})"""
LINES = "all => all.map(one => [...one.getClientRects()].length)"
STYLES = {"es": "app.css", "ar": "app.rtl.css"}
Opened = Callable[[str], Page]


@pytest.fixture
def opened(clinic: Clinic, browser: Browser) -> Opened:
    """The first page with its styles put inline, so that no server is needed."""
    if not all((build.OUTPUT / name).exists() for name in STYLES.values()):
        build.main()

    def show(language: str) -> Page:
        html = Client(headers={"Accept-Language": language}).get("/").text
        css = (build.OUTPUT / STYLES[language]).read_text(encoding="utf-8")
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.route("**/*", lambda route: route.abort())
        page.set_content(html.replace("</head>", f"<style>{css}</style></head>"), wait_until="commit")
        return page

    return show


@pytest.mark.browser
@pytest.mark.parametrize("language", STYLES)
def test_every_language_of_the_menu_lies_on_the_screen(opened: Opened, language: str) -> None:
    page = opened(language)

    page.locator(".m-language summary").click()
    beyond = page.evaluate(BEYOND)
    page.close()

    assert len(beyond) == 5
    assert max(beyond) <= 0


@pytest.mark.browser
@pytest.mark.parametrize("language", STYLES)
def test_a_number_to_call_is_not_broken_into_two_lines(opened: Opened, language: str) -> None:
    page = opened(language)

    page.add_style_tag(content="p { inline-size: 6rem; }")
    lines = page.locator('p a[href^="tel:"]').evaluate_all(LINES)
    page.close()

    assert lines
    assert max(lines) == 1

"""Whoever cannot read a page has to be able to change its language, on a phone as well."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Browser

from masseter.journey.accounts.models import Clinic
from masseter.ui import build

# How far each language of the menu reaches beyond the screen; 1 where it is not shown at all.
BEYOND = """() => [...document.querySelectorAll(".m-language button")].map((one) => {
  const box = one.getBoundingClientRect();
  return Math.max(-box.left, box.right - innerWidth, box.width ? 0 : 1);
})"""


@pytest.mark.browser
@pytest.mark.parametrize(("language", "styles"), [("es", "app.css"), ("ar", "app.rtl.css")])
def test_every_language_of_the_menu_lies_on_the_screen_of_a_phone(
    clinic: Clinic, browser: Browser, language: str, styles: str
) -> None:
    if not (build.OUTPUT / styles).exists():
        build.main()
    html = Client(headers={"Accept-Language": language}).get("/").text
    css = (build.OUTPUT / styles).read_text(encoding="utf-8")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.route("**/*", lambda route: route.abort())
    page.set_content(html.replace("</head>", f"<style>{css}</style></head>"), wait_until="commit")

    page.locator(".m-language summary").click()
    beyond = page.evaluate(BEYOND)
    page.close()

    assert len(beyond) == 5
    assert max(beyond) <= 0

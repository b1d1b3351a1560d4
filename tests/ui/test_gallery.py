"""The gallery of components: hidden unless asked for, and without a barrier in either theme."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.http import Http404
from django.test import RequestFactory
from playwright.sync_api import Browser
from pytest_django import Settings

from masseter.ui import build
from masseter.ui.gallery import gallery

ONLY_FAULTS = {"resultTypes": ["violations"]}  # every rule runs; what is right is not told in every detail
LAYOUTS = ("clinic", "portal", "public", "bare")


@pytest.fixture(autouse=True, scope="module")
def _built() -> None:
    build.main()


def shown(rf: RequestFactory, layout: str) -> str:
    """The page with its styles put inline, so that no server is needed."""
    html = gallery(rf.get("/", {"layout": layout})).content.decode()
    css = (build.OUTPUT / "app.css").read_text(encoding="utf-8")
    return html.replace("</head>", f"<style>{css}</style></head>")


def test_gallery_is_hidden_unless_asked_for(rf: RequestFactory, settings: Settings) -> None:
    settings.MASSETER_GALLERY = False

    with pytest.raises(Http404):
        gallery(rf.get("/"))


def test_gallery_knows_no_other_layout(rf: RequestFactory, settings: Settings) -> None:
    settings.MASSETER_GALLERY = True

    with pytest.raises(Http404):
        gallery(rf.get("/", {"layout": "../secret"}))


@pytest.mark.browser
@pytest.mark.parametrize("layout", LAYOUTS)
def test_components_have_no_barrier_and_fit(
    layout: str, browser: Browser, rf: RequestFactory, settings: Settings
) -> None:
    settings.MASSETER_GALLERY = True
    html = shown(rf, layout)

    for scheme in ("light", "dark"):
        page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
        page.route("**/*", lambda route: route.abort())
        page.set_content(html, wait_until="commit")
        page.wait_for_selector("h1")
        found = Axe().run(page, options=ONLY_FAULTS)
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        page.close()

        assert found.violations_count == 0, found.generate_report()
        assert too_wide <= 0

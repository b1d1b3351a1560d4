"""What was given last lies under the points of a plan, and a tick box hides it, with and without a script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.ui.facemap.harness import Editor
from tests.ui.facemap.maps import marker

pytestmark = pytest.mark.browser


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    opened = browser.new_page(java_script_enabled=request.param)
    yield opened
    opened.close()


def test_last_treatment_is_hidden_and_shown_by_its_tick_box(page: Page) -> None:
    Editor(page, (marker(number="2", state="ghost"), marker())).open()
    ghost, planned = page.locator(".fm-ghost"), page.locator(".fm-planned").first

    expect(ghost).to_have_role("img")
    box = page.get_by_label("Last treatment")
    box.focus()
    page.keyboard.press("Space")

    expect(ghost).to_be_hidden()
    expect(planned).to_be_visible()
    page.keyboard.press("Space")
    expect(ghost).to_be_visible()

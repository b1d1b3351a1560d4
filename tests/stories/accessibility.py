"""axe on a page, light and dark."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page, schemes: tuple[str, ...] = ("light", "dark")) -> list[str]:
    """What axe finds on the page in each colour scheme; empty is what we want."""
    found = []
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of two
        result = Axe().run(page, options=RULES)
        for fault in result.response["violations"]:
            where = "; ".join(str(node["target"]) for node in fault["nodes"][:3])
            found.append(f"{scheme} {page.url}: {fault['id']} at {where}")
    return found

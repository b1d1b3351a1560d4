"""axe on a page, light and dark."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what is right is not told in every detail: half the time
}
RUN = """async rules => (await axe.run(rules)).violations.map(
  fault => ({id: fault.id, targets: fault.nodes.slice(0, 3).map(node => String(node.target))})
)"""


def violations(page: Page, schemes: tuple[str, ...] = ("light", "dark")) -> list[str]:
    """What axe finds on the page in each colour scheme; empty is what we want."""
    found = []
    if page.evaluate("typeof window.axe") == "undefined":
        page.evaluate(Axe().axe_script)
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of two
        for fault in page.evaluate(RUN, RULES):
            found.append(f"{scheme} {page.url}: {fault['id']} at {'; '.join(fault['targets'])}")
    return found

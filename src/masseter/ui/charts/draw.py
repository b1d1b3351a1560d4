"""From a chart's description to an SVG that takes its colours from the page's theme."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache

import vl_convert
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Drawn with stand-in colours, which become the theme's variables, or plain ones for paper.
INK, SOFT, LINE, PAPER = "#010101", "#010102", "#010103", "#010104"
MAIN, SECOND, THIRD, BAND, GAP = "#010105", "#010106", "#010107", "#010108", "#010109"
THEME = {
    INK: ("--chart-ink", "#15292c"),
    SOFT: ("--chart-soft", "#4c5f61"),
    LINE: ("--chart-line", "#e3ded4"),
    PAPER: ("--chart-paper", "#ffffff"),
    MAIN: ("--chart-main", "#0d5c63"),
    SECOND: ("--chart-second", "#bf4128"),
    THIRD: ("--chart-third", "#6b4fa0"),
    BAND: ("--chart-band", "#d5e8e6"),
    GAP: ("--chart-gap", "#ece8df"),
}
STAND_IN = re.compile("|".join(THEME), re.IGNORECASE)
FONT = "Figtree, system-ui, sans-serif"

Cell = str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One picture: `svg` follows the page's theme, `plain_svg` is for paper; and its data as a table."""

    title: str
    description: str
    drawing: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def svg(self) -> SafeString:
        themed = STAND_IN.sub(lambda found: f"var({THEME[found[0]][0]}, {THEME[found[0]][1]})", self.drawing)
        return mark_safe(themed)

    @property
    def plain_svg(self) -> str:
        return STAND_IN.sub(lambda found: THEME[found[0]][1], self.drawing)


def config() -> dict[str, object]:
    """The quiet look of all charts: few lines, large words."""
    axis = {
        "labelColor": SOFT,
        "titleColor": SOFT,
        "titleFontWeight": 500,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "gridColor": LINE,
        "domainColor": LINE,
        "tickColor": LINE,
        "labelPadding": 6,
        "titlePadding": 10,
    }
    return {
        "aria": False,
        "background": "transparent",
        "font": FONT,
        "axis": axis,
        "view": {"stroke": None},
        "text": {"color": INK, "fontSize": 13},
        "line": {"strokeWidth": 2.5, "strokeJoin": "round"},
    }


@lru_cache(maxsize=512)
def _svg(spec: str) -> str:
    return str(vl_convert.vegalite_to_svg(spec))


def draw(spec: dict[str, object], *, title: str, description: str) -> str:
    """The SVG of a Vega-Lite specification, with title and description for screen readers."""
    text = json.dumps(spec, sort_keys=True)
    mark = hashlib.sha256(f"{text}{title}{description}".encode()).hexdigest()[:10]
    words = (
        f'<title id="t{mark}">{escape(title)}</title><desc id="d{mark}">{escape(description)}</desc>'
    )
    head = f'<svg role="img" aria-labelledby="t{mark} d{mark}" focusable="false" '
    svg = _svg(text).replace("<svg ", head, 1)
    opening = svg.index(">", svg.index("<svg ")) + 1
    return svg[:opening] + words + svg[opening:]

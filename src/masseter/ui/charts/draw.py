"""From a chart's description to an SVG that takes its colours from the page's theme."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import vl_convert
from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from masseter.knowledge.translations import LANGUAGES
from masseter.ui.languages.numbers import apart, decimal_sign

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
# Roles that Vega gives to parts; the picture is one image with a title and a description.
PART_ROLES = re.compile(r' (?:role="graphics-[^"]*"|aria-roledescription="[^"]*"|class="[^"]*")')
WRITTEN = re.compile(r"(?<=>)[^<>]+(?=</text>)")
STAND_IN = re.compile("|".join(THEME), re.IGNORECASE)
FONT = "Figtree, system-ui, sans-serif"


@dataclass(frozen=True, kw_only=True)
class Key:
    """One line of the legend; `mark` is line, band, treatment or gap."""

    mark: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One picture: `svg` follows the page's theme, `plain_svg` is for paper; and its data as a table."""

    title: str
    description: str
    drawing: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    legend: tuple[Key, ...] = ()

    @property
    def svg(self) -> SafeString:
        themed = STAND_IN.sub(lambda found: f"var({THEME[found[0]][0]}, {THEME[found[0]][1]})", self.drawing)
        return mark_safe(themed)

    @property
    def plain_svg(self) -> str:
        return STAND_IN.sub(lambda found: THEME[found[0]][1], self.drawing)


def config() -> dict[str, Any]:  # Any: as Altair takes its settings
    """The quiet look of all charts: few lines, large words."""
    axis = {
        "labelColor": SOFT,
        "titleColor": SOFT,
        "titleFontWeight": 500,
        "labelFontSize": 15,
        "titleFontSize": 15,
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
        "text": {"color": INK, "fontSize": 15},
        "line": {"strokeWidth": 2.5, "strokeJoin": "round"},
    }


def compose(layers: Sequence[alt.Chart], *, width: int, height: int) -> dict[str, Any]:  # Any: JSON
    """One specification of several layers, put together by hand: Altair's own way copies each one often."""
    parts = [layer.to_dict(validate=False) for layer in layers]
    drawn = [
        {
            "data": {"values": part.get("datasets", {}).get(part["data"].get("name"), [])},
            "mark": part["mark"],
            "encoding": part["encoding"],
        }
        for part in parts
    ]
    schema = parts[0]["$schema"]
    return {"$schema": schema, "width": width, "height": height, "layer": drawn, "config": config()}


@lru_cache(maxsize=512)
def _svg(spec: str, language: str) -> str:
    if language not in LANGUAGES:
        return str(vl_convert.vegalite_to_svg(spec))
    numbers: Any = {"decimal": decimal_sign(), "thousands": "", "grouping": [3], "currency": ["", ""]}
    # Any: vl-convert's own shape of a locale
    return str(vl_convert.vegalite_to_svg(spec, format_locale=numbers, time_format_locale=_times()))


def _times() -> Any:  # Any: vl-convert's own shape of a locale
    """Names of months and days for Vega, Sunday first."""
    days = [*WEEKDAYS.values()], [*WEEKDAYS_ABBR.values()]
    whole, short = ([str(each) for each in (ones[-1], *ones[:-1])] for ones in days)
    return {
        "dateTime": "%d %B %Y %X",
        "date": "%d.%m.%Y",
        "time": "%H:%M:%S",
        "periods": ["AM", "PM"],
        "days": whole,
        "shortDays": short,
        "months": [str(each) for each in MONTHS.values()],
        "shortMonths": [str(each).capitalize() for each in MONTHS_3.values()],
    }


def draw(spec: dict[str, Any], *, title: str, description: str) -> str:  # Any: JSON
    """The SVG of a Vega-Lite specification, with title and description for screen readers."""
    text = json.dumps(spec, sort_keys=True)
    mark = hashlib.sha256(f"{text}{title}{description}".encode()).hexdigest()[:10]
    words = f'<title id="t{mark}">{escape(title)}</title><desc id="d{mark}">{escape(description)}</desc>'
    svg = PART_ROLES.sub("", _svg(text, get_language() or ""))
    # A drawing runs from left to right; what is written in it keeps the order of its language.
    svg = WRITTEN.sub(lambda found: apart(found[0]), svg)
    width = re.search(r'width="(\d+)', svg)
    natural = width[1] if width else "0"
    labelled = f'role="img" aria-labelledby="t{mark} d{mark}" focusable="false"'
    head = f'<svg {labelled} style="--chart-width:{natural}" '
    svg = svg.replace("<svg ", head, 1)
    opening = svg.index(">", svg.index("<svg ")) + 1
    return svg[:opening] + words + svg[opening:]

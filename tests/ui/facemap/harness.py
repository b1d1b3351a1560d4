"""A page with nothing but the editor on it, served from the test itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

from django.template import Context, Template
from django_cotton.compiler_regex import CottonCompiler
from playwright.sync_api import Locator, Page, Route

import masseter.ui
from masseter.ui.facemap import MapMarker, PointRow

ADDRESS = "http://facemap.test/"
STATIC = Path(masseter.ui.__file__).parent / "static" / "ui"
SOURCE = """{% load facemap %}<!doctype html><html lang="en"><head><title>Editor</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/app.css"></head><body><main>
<h1>Editor</h1><form method="post" action="/save" data-facemap data-check-url="/check" data-default-units="5">
<input type="hidden" name="points-total" value="{{ rows|length }}">
<c-facemap :markers="markers" editable="1" />
<table><caption>Points</caption><tbody data-facemap-rows>{% for row in rows %}
<c-facemap.row :row="row" n="{{ forloop.counter0 }}" label="Masseter, left: standard point"
 pick="1" :depths="depths" />
{% endfor %}</tbody></table>
<template data-facemap-row><c-facemap.row n="__N__" pick="1" :depths="depths" /></template>
<input name="pick_value"><button name="do" value="pick_units" data-fm-chosen="units">Set units</button>
<button name="do" value="pick_standard" data-fm-chosen="standard">To standard</button>
<div id="plan-check" aria-live="polite"></div><button class="btn" type="submit">Save</button></form></main>
<script src="/app.js"></script><script src="/facemap.js"></script></body></html>"""


def html(markers: Iterable[MapMarker]) -> str:
    """The page for these markers."""
    shown = tuple(markers)
    template = Template(CottonCompiler().process(SOURCE))
    rows = [row(marker) for marker in shown]
    return template.render(Context({"markers": shown, "rows": rows, "depths": ("superficial", "deep")}))


def row(marker: MapMarker) -> PointRow:
    return PointRow(
        id=marker.id,
        site=marker.site,
        side=marker.side,
        view=marker.view,
        x=str(marker.x),
        y=str(marker.y),
        route="intramuscular",
        units=marker.units,
    )


@dataclass
class Editor:
    """The open editor, and what it has sent."""

    page: Page
    markers: tuple[MapMarker, ...]
    answer: str = ""
    has_check: bool = True
    checks: list[str] = field(default_factory=list)
    saved: list[dict[str, list[str]]] = field(default_factory=list)

    def open(self) -> None:
        self.page.route(f"{ADDRESS}**", self._serve)
        self.page.goto(ADDRESS)

    def marker(self, point: str) -> Locator:
        return self.page.locator(f'.fm-point[data-point="{point}"]')

    def value(self, point: str, name: str) -> str:
        found = self.page.locator(f'tr[data-point="{point}"] [name$="-{name}"]')
        return found.input_value()

    def ids(self) -> list[str]:
        """The points drawn now."""
        return sorted(str(each.get_attribute("data-point")) for each in self.page.locator(".fm-point").all())

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        if path == "":
            body = html(self.markers)
            body = body if self.has_check else body.replace(' data-check-url="/check"', "")
            route.fulfill(body=body, content_type="text/html")
        elif path == "check":
            self.checks.append(str(route.request.post_data))
            route.fulfill(body=self.answer, content_type="text/html")
        elif path == "save":
            self.saved.append(parse_qs(str(route.request.post_data)))
            route.fulfill(body="<h1>Saved</h1>", content_type="text/html")
        else:
            route.fulfill(path=STATIC / path.removeprefix("static/ui/"))

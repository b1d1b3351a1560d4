"""The drawings of a paper: those that carry points, in print colours, each with its words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext, gettext_noop

from masseter.knowledge.load import load
from masseter.ui.facemap import MapMarker, render_all

_STATES = {"given": gettext_noop("Given"), "planned": gettext_noop("Planned")}


def maps_of(markers: Sequence[MapMarker], *, version: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """SVG pictures by name, and name, title and words of each, in the edition of the map of the record."""
    knowledge = load()
    used = {marker.view for marker in markers}
    drawings = render_all(
        knowledge.face_map,
        knowledge.sites.values(),
        markers,
        palette="print",
        shows="muscles",
        version=version,
        views=used,
    )
    maps = [
        {
            "name": drawing.view,
            "title": drawing.title,
            "words": _words(drawing.title, [mark for mark in markers if mark.view == drawing.view]),
        }
        for drawing in drawings
    ]
    return {drawing.view: str(drawing.svg) for drawing in drawings}, maps


def _words(title: str, markers: Sequence[MapMarker]) -> str:
    parts = [f"{title}."]
    for state, heading in _STATES.items():
        points = [f"{mark.id} {mark.units}" for mark in markers if mark.state == state]
        parts += [f"{gettext(heading)}: {', '.join(points)}."] if points else []
    return " ".join(parts)

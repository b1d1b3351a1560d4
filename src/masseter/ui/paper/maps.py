"""The drawings of a paper: those that carry points, in print colours, each with its words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext, gettext_noop

from masseter.core.plan.types import PlannedPoint
from masseter.journey.results.queries import plain_number
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


def given_marker(point: PlannedPoint) -> MapMarker:
    """A point that was given, for a paper of the patient's."""
    return MapMarker(
        id=point.id,
        site=point.site,
        side=point.side,
        view=point.view,
        x=point.x,
        y=point.y,
        units=f"{plain_number(point.units):f}" if point.units is not None else "",
        state="given",
        words=load().sites[point.site].plain_name,
    )


def _words(title: str, markers: Sequence[MapMarker]) -> str:
    parts = [f"{title}."]
    for state, heading in _STATES.items():
        points = [f"{mark.id} {mark.units}" for mark in markers if mark.state == state]
        parts += [f"{gettext(heading)}: {', '.join(points)}."] if points else []
    return " ".join(parts)

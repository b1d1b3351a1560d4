"""Template tags of the face map: the four drawings, and what the editor must know of the sites."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django import template

from masseter.knowledge.load import load
from masseter.knowledge.model import Site
from masseter.ui.facemap import Drawing, MapMarker, render_all
from masseter.ui.facemap.render import Layer, Shows

register = template.Library()


@register.simple_tag
def facemap_drawings(
    markers: Iterable[MapMarker] = (),
    layer: Layer = "both",
    highlight: Collection[str] = (),
    shows: Shows = "muscles",
    editable: object = "",
) -> tuple[Drawing, ...]:
    """`{% facemap_drawings markers as drawings %}`: all four views with today's sites."""
    known = load()
    return render_all(
        known.face_map,
        known.sites.values(),
        markers or (),
        layer=layer,
        read_only=not editable,
        highlight=highlight or (),
        shows=shows,
    )


@register.simple_tag
def facemap_sites() -> dict[str, list[Site]]:
    """`{% facemap_sites as groups %}`: every site under its group, for the list of what can be added."""
    groups: dict[str, list[Site]] = {}
    for site in sorted(load().sites.values(), key=lambda site: (site.group, site.name)):
        groups.setdefault(site.group, []).append(site)
    return groups


@register.simple_tag
def facemap_data() -> dict[str, dict[str, object]]:
    """`{% facemap_data as data %}`: what the editor must know of each site; goes into a `json_script`."""
    return {site.code: _for_editor(site) for site in load().sites.values()}


def _for_editor(site: Site) -> dict[str, object]:
    """Positions leave as numbers for drawing only; the form sends them as text."""
    points = [
        {
            "number": point.number,
            "side": point.side,
            "view": point.view,
            "x": float(point.x),
            "y": float(point.y),
            "words": point.words,
        }
        for point in site.points
    ]
    return {"abbreviation": site.abbreviation, "name": site.name, "route": site.route, "points": points}

"""Template tags of the face map: the drawings, and what the editor must know of the sites."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django import template

from masseter.knowledge.load import load
from masseter.knowledge.model import Site
from masseter.ui.facemap import Drawing, MapMarker, PainShape, render_all
from masseter.ui.facemap.marker import LAYER_WORDS, SIGN_WORDS, State
from masseter.ui.facemap.render import ORDER, Layer, Shows
from masseter.ui.facemap.risks import Course, courses_of
from masseter.ui.facemap.shapes import sign_path

register = template.Library()


@register.simple_tag
def facemap_drawings(
    markers: Iterable[MapMarker] = (),
    layer: Layer = "both",
    highlight: Collection[str] = (),
    shows: Shows = "muscles",
    editable: object = "",
    version: str = "",
    pain: Iterable[PainShape] = (),
    mouth: object = "",
    plain: object = "",
) -> tuple[Drawing, ...]:
    """`{% facemap_drawings markers as drawings %}`: the views; `version` is the edition of a record.

    A record without a point inside the mouth leaves that view out; `plain` leaves out the risks.
    """
    known, markers, pain = load(), tuple(markers or ()), tuple(pain or ())
    has_mouth = (
        editable or mouth or "mouth" in {*(marker.view for marker in markers), *(hurt.view for hurt in pain)}
    )
    is_today = version in ("", known.face_map.version)
    return render_all(
        known.face_map,
        known.sites.values(),
        markers,
        layer=layer,
        read_only=not editable,
        highlight=highlight or (),
        shows=shows,
        version=version or "",
        # An old drawing has the structures of no other; today's are drawn on today's.
        risks=courses_of(known) if is_today and not plain else (),
        pain=pain,
        is_linked=True,
        views=ORDER if has_mouth else [view for view in ORDER if view != "mouth"],
    )


@register.simple_tag
def facemap_risks(drawings: Iterable[Drawing], version: str = "") -> list[Course]:
    """`{% facemap_risks drawings version as risks %}`: the key to the structures that are drawn."""
    known = load()
    if version not in ("", known.face_map.version):
        return []
    views = {drawing.view for drawing in drawings}
    drawn = {course.number: course for course in courses_of(known) if course.view in views}
    return [drawn[number] for number in sorted(drawn)]


@register.simple_tag
def facemap_states(markers: Iterable[MapMarker] = ()) -> list[tuple[State, str]]:
    """`{% facemap_states markers as states %}`: the states that the markers have, each with its words."""
    present = {marker.state for marker in markers or ()}
    return [(state, str(words)) for state, words in LAYER_WORDS.items() if state in present]


@register.simple_tag
def facemap_signs(markers: Iterable[MapMarker] = ()) -> list[dict[str, str]]:
    """`{% facemap_signs markers as signs %}`: the signs of what was felt, for the legend."""
    there = {marker.sign for marker in markers or ()}
    return [
        {"sign": sign, "words": str(words), "path": sign_path(sign)}
        for sign, words in SIGN_WORDS.items()
        if sign in there
    ]


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

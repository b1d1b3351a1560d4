"""Draws one view of the face map, or all of an edition."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from masseter.knowledge.model import FaceMap, FaceMapView, Site, View
from masseter.ui.facemap.art import Art, art_of
from masseter.ui.facemap.depth import by_depth
from masseter.ui.facemap.editions import edition_of, newest
from masseter.ui.facemap.marker import MapMarker, State
from masseter.ui.facemap.pain import PainShape, pain_layer
from masseter.ui.facemap.palette import Palette, coloured
from masseter.ui.facemap.risks import Course, risk_shapes
from masseter.ui.facemap.shapes import is_area, is_deep, marker_shape, region_shape, side_labels
from masseter.ui.facemap.sheets import linked_art

Layer = Literal["planned", "given", "both", "ghost"]
Shows = Literal["all", "muscles", "used"]

_STATES: dict[Layer, tuple[State, ...]] = {
    "planned": ("ghost", "planned", "felt"),
    "given": ("ghost", "given", "felt"),
    "both": ("ghost", "planned", "given", "felt"),
    "ghost": ("ghost", "planned", "given"),
}
_RANKS = ("", "note", "caution", "stop")
ORDER: tuple[View, ...] = ("right", "front", "left", "back", "mouth")


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """One drawn view: what it shows in words, and the SVG."""

    view: View
    title: str
    svg: SafeString


def render(
    view: FaceMapView,
    sites: Iterable[Site],
    markers: Iterable[MapMarker] = (),
    *,
    layer: Layer = "both",
    read_only: bool = True,
    highlight: Collection[str] = (),
    palette: Palette = "theme",
    shows: Shows = "muscles",
    version: str = "",
    risks: Sequence[Course] = (),
    pain: Iterable[PainShape] = (),
    is_linked: bool = False,
    window: str = "",
) -> SafeString:
    """One view with its regions and the markers that lie on it, as one SVG element.

    `layer` chooses the markers by state; `ghost` draws them all as the treatment before.
    `highlight` and the sites of the markers are drawn stronger. `palette` "print" is for PDF and paper.
    The art is of the newest edition, or of `version`; `risks` is the layer of structures,
    `pain` lies under the markers. `is_linked`: the art is referred to (`sheets`), for pages that have a
    network. `window`, a viewBox, shows a part of the view. Raises: UnknownEdition.
    """
    on_view = _markers_of(view, markers, layer)
    used = {*highlight, *(marker.site for marker in on_view)}
    art = (linked_art if is_linked else art_of)(view.view, version or newest())
    pieces = [*_drawing(view, art, tuple(sites), used, shows, read_only), side_labels(view)]
    points = "".join(marker_shape(marker, is_active=not read_only) for marker in on_view)
    pieces.append(pain_layer(shape for shape in pain if shape.view == view.view))
    body = "".join(pieces) + risk_shapes(risks, view.view) + f'<g class="fm-points">{points}</g>'
    # Every piece escapes its own texts, and the art and the palette are ours.
    font = ' font-family="Figtree, sans-serif"' if palette == "print" else ""
    return mark_safe(coloured(f"{_opening(view, on_view, read_only, window)}{font}>{body}</svg>", palette))


def render_all(
    face_map: FaceMap,
    sites: Iterable[Site],
    markers: Iterable[MapMarker] = (),
    *,
    layer: Layer = "both",
    read_only: bool = True,
    highlight: Collection[str] = (),
    palette: Palette = "theme",
    shows: Shows = "muscles",
    version: str = "",
    risks: Sequence[Course] = (),
    pain: Iterable[PainShape] = (),
    views: Collection[str] = ORDER,
    is_linked: bool = False,
) -> tuple[Drawing, ...]:
    """These of the views, the patient's right first as the viewer sees it, the mouth last.

    `version`: the edition that a record was made with; none is today's. Raises: UnknownEdition.
    """
    drawn_as, known, by_name = _edition(face_map, sites, version)
    draw = partial(render, sites=known, markers=tuple(markers), layer=layer, read_only=read_only)
    draw = partial(draw, highlight=highlight, palette=palette, shows=shows, version=drawn_as)
    draw = partial(draw, risks=risks, pain=tuple(pain), is_linked=is_linked)
    return tuple(
        Drawing(view=name, title=gettext(view.title), svg=draw(view))
        for name, view in by_name.items()
        if name in views
    )


def _edition(
    face_map: FaceMap, sites: Iterable[Site], version: str
) -> tuple[str, tuple[Site, ...], dict[View, FaceMapView]]:
    """What is drawn: the edition's version, its sites, and its views by name; today's where none is named."""
    edition = edition_of(version or face_map.version)
    known = edition.sites(sites) if version else tuple(sites)
    views = {view.view: view for view in (edition.views if version else face_map.views)}
    return edition.version, tuple(known), {name: views[name] for name in ORDER if name in views}


def _markers_of(view: FaceMapView, markers: Iterable[MapMarker], layer: Layer) -> list[MapMarker]:
    states = _STATES[layer]
    here = [marker for marker in markers if marker.view == view.view and marker.state in states]
    if layer == "ghost":
        here = [replace(marker, state="ghost") for marker in here]
    # What was last time lies underneath, and what has a finding on top.
    return sorted(here, key=lambda marker: (states.index(marker.state), _RANKS.index(marker.severity)))


def _drawing(
    view: FaceMapView, art: Art, sites: tuple[Site, ...], used: set[str], shows: Shows, read_only: bool
) -> list[str]:
    shown = {site.code for site in sites if _is_shown(site, view.view, used, shows)}
    turn = f' transform="translate({view.width} 0) scale(-1 1)"' if art.is_mirrored else ""
    fibres = dict(art.fibres)
    muscles = []
    for site in by_depth(sites, view.view):
        if site.code not in shown and read_only:
            continue
        muscles += [
            region_shape(
                site,
                region,
                is_used=site.code in used,
                is_faint=bool(used),
                is_hidden=site.code not in shown,
            )
            for region in site.regions
            if region.view == view.view
        ]
        lies_open = site.code in used or not is_deep(site, view.view)
        if site.code in shown and site.code in fibres and lies_open:
            opacity = 0.75 if site.code in used else 0.28 if used else 0.45
            muscles.append(_fibres(fibres[site.code], opacity, turn))
    return [
        f'<g class="fm-base"{turn}>{art.base}</g>',
        f'<g class="fm-regions">{"".join(muscles)}</g>',
        f'<g class="fm-lines" pointer-events="none"{turn}>{art.lines}</g>',
    ]


def _fibres(lines: str, opacity: float, turn: str) -> str:
    return f'<g class="fm-fibres" opacity="{opacity}" pointer-events="none"{turn}>{lines}</g>'


def _is_shown(site: Site, view: View, used: set[str], shows: Shows) -> bool:
    """An area is drawn only when it is used, since it would hide the muscles; the mouth has none to hide."""
    if site.code in used or shows == "all":
        return True
    return shows == "muscles" and (not is_area(site) or (view == "mouth" and site.region == "mouth"))


def _opening(view: FaceMapView, markers: list[MapMarker], read_only: bool, window: str) -> str:
    points = [marker.name() for marker in markers if not marker.sign]
    felt = [f" {marker.name()}." for marker in markers if marker.sign]
    listed = gettext("No injection points.")
    if points:
        counted = ngettext(
            "%(number)s injection point: %(names)s.", "%(number)s injection points: %(names)s.", len(points)
        )
        listed = counted % {"number": len(points), "names": "; ".join(points)}
    words = f"{gettext(view.title)}. {listed}{''.join(felt)}"
    role = f'role="img" aria-label="{escape(words)}"'
    if not read_only:
        role = f'role="group" aria-label="{escape(gettext(view.title))}"'
    size = f"{view.width} {view.height}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="fm" data-view="{view.view}" '
        f'data-mm="{view.mm_per_unit}" data-size="{size}" viewBox="{window or f"0 0 {size}"}" '
        f"{role}"
    )

"""The pieces of a drawing: a region, a marker, a label. Each answers SVG text in palette names."""

from __future__ import annotations

from django.utils.html import escape
from django.utils.translation import get_language, gettext

from masseter.knowledge.model import FaceMapView, Region, Site, View
from masseter.knowledge.translations import LANGUAGES
from masseter.ui.areas import area_words
from masseter.ui.facemap.marker import MapMarker, Sign
from masseter.ui.facemap.palette import colour

RING = 10.5
REACH = 16
_AREAS = ("skin", "mouth")
_BADGES = {
    "note": f'<circle cx="9" cy="-9" r="5.5" fill="{colour("note")}"/>',
    "caution": f'<path d="M9 -16.5L16 -4.5L2 -4.5Z" fill="{colour("caution")}"/>',
    "stop": f'<path d="M6.3 -16L11.7 -16L15.5 -12.2L15.5 -6.8L11.7 -3L6.3 -3L2.5 -6.8L2.5 -12.2Z" '
    f'fill="{colour("stop")}"/>',
}
_SIGNS = {
    "more": "M0 -6V6M-6 0H6",
    "less": "M-6 0H6",
    "hurt": "M2.5 -7L-4 1.5H4L-2.5 7",
    "drooped": "M0 -7V6M-5 1L0 6.5L5 1",
}
_BADGE_SIGNS = {"note": "i", "caution": "!", "stop": "×"}


def is_area(site: Site) -> bool:
    """A patch of skin or mucosa, and no muscle."""
    return site.region in _AREAS and site.route != "intramuscular"


def is_deep(site: Site, view: View) -> bool:
    """It lies behind what the view shows: inside the jaw, or inside the mouth seen from without."""
    if site.region == "mouth":
        return view != "mouth" or not is_area(site)
    return site.region == "deep_jaw"


def region_shape(site: Site, region: Region, *, is_used: bool, is_faint: bool, is_hidden: bool) -> str:
    """A site's outline; deep ones are dashed and not filled."""
    tone = colour("area" if is_area(site) else "muscle")
    lies_deep = is_deep(site, region.view)
    fill_opacity = 0.3 if is_used else 0.06 if is_faint else 0.14
    stroke_opacity = 0.8 if is_used else 0.35 if lies_deep else 0.25
    # A click goes to the muscle on top; a deep one is chosen by name.
    dash = ' stroke-dasharray="5 4" pointer-events="none"' if lies_deep else ""
    names = (
        "fm-region"
        + (" fm-area" if is_area(site) else "")
        + (" fm-used" if is_used else "")
        + (" fm-deep" if lies_deep else "")
    )
    return (
        f'<path class="{names}" data-site="{escape(site.code)}" data-side="{region.side}" '
        f'd="{escape(region.path)}" fill="{tone}" fill-opacity="{0.04 if lies_deep else fill_opacity}" '
        f'fill-rule="evenodd" stroke="{tone}" stroke-opacity="{stroke_opacity}" '
        f'stroke-width="{1.6 if is_used else 1}"{dash}{_hidden(is_hidden)}>'
        f"<title>{escape(_region_name(site, region))}</title></path>"
    )


def marker_shape(marker: MapMarker, *, is_active: bool) -> str:
    """A marker: ring, disc or dashed ring with its units; a button where the drawing can be edited."""
    if marker.sign:
        return _felt_shape(marker, marker.sign, is_active=is_active)
    names = f"fm-point fm-{marker.state}" + (f" fm-{marker.severity}" if marker.severity else "")
    # What was given last time lies under a plan and cannot be taken hold of.
    role = ' role="button" tabindex="0"' if is_active and marker.state != "ghost" else ' role="img"'
    name = escape(marker.name())
    return (
        f'<g class="{names}" data-point="{escape(marker.id)}" data-site="{escape(marker.site)}" '
        f'data-side="{marker.side}" transform="translate({marker.x} {marker.y})"{role} aria-label="{name}">'
        f'<title>{name}</title><circle class="fm-reach" r="{REACH}" fill="transparent"/>'
        f"{_ring(marker)}{_number(marker)}{_badge(marker)}</g>"
    )


def sign_path(sign: Sign) -> str:
    """The lines of a sign, about its middle."""
    return _SIGNS[sign]


def _felt_shape(marker: MapMarker, sign: Sign, *, is_active: bool) -> str:
    """A square with a sign. Under the editor it lets the pointer through to what it lies on."""
    name = escape(marker.name())
    through = ' pointer-events="none"' if is_active else ""
    return (
        f'<g class="fm-felt" data-felt="{sign}" transform="translate({marker.x} {marker.y})" role="img" '
        f'aria-label="{name}"{through}><title>{name}</title><rect x="-10.5" y="-10.5" width="21" height="21" '
        f'rx="4" fill="{colour("paper")}" stroke="{colour("felt")}" stroke-width="1.6"/>'
        f'<path d="{sign_path(sign)}" fill="none" stroke="{colour("felt")}" stroke-width="2.6" '
        'stroke-linecap="round" stroke-linejoin="round"/></g>'
    )


def side_labels(view: FaceMapView) -> str:
    """Which side is which, always in words. Seen from the front, the patient's right is on the left."""
    ends = {
        "front": (("Right", "start"), ("Left", "end")),
        "mouth": (("Right", "start"), ("Left", "end")),
        "back": (("Left", "start"), ("Right", "end")),
        "left": (("Left", "start"),),
        "right": (("Right", "end"),),
    }[view.view]
    return "".join(
        f'<text class="fm-side" x="{14 if anchor == "start" else view.width - 14}" y="30" '
        f'text-anchor="{anchor}" font-size="17" font-weight="600" fill="{colour("ink")}">'
        f"{escape(gettext(word))}</text>"
        for word, anchor in ends
    )


def _hidden(is_hidden: bool) -> str:
    return ' display="none"' if is_hidden else ""


def _region_name(site: Site, region: Region) -> str:
    if get_language() in LANGUAGES:
        # Only patients read another language, and their words for a muscle are translated.
        return area_words(site.code, region.side, plain=True)
    return site.name if region.side == "midline" else f"{site.name}, {region.side}"


def _ring(marker: MapMarker) -> str:
    if marker.state == "given":
        return f'<circle class="fm-ring" r="{RING}" fill="{colour("mark")}" stroke="{colour("paper")}"/>'
    if marker.state == "ghost":
        return (
            f'<circle class="fm-ring" r="{RING}" fill="none" stroke="{colour("ghost")}" '
            'stroke-width="1.5" stroke-dasharray="3 3"/>'
        )
    return (
        f'<circle class="fm-ring" r="{RING}" fill="{colour("paper")}" stroke="{colour("mark")}" '
        'stroke-width="2.4"/>'
    )


def _number(marker: MapMarker) -> str:
    ink = {"given": "paper", "ghost": "ghost"}.get(marker.state, "ink")
    text = marker.units or "?"
    size = 13 if len(text) < 3 else 10.5 if len(text) < 4 else 8.5
    return (
        f'<text class="fm-units" y="{size * 0.36:.2f}" text-anchor="middle" font-size="{size}" '
        f'font-weight="700" fill="{colour(ink)}">{escape(text)}</text>'
    )


def _badge(marker: MapMarker) -> str:
    if not marker.severity:
        return ""
    return (
        f'<g class="fm-badge">{_BADGES[marker.severity]}<text x="9" y="-5.6" text-anchor="middle" '
        f'font-size="9" font-weight="800" fill="{colour("paper")}">{_BADGE_SIGNS[marker.severity]}</text></g>'
    )

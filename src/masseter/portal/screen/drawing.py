"""The drawings of the public pages: the face map with the muscles that a treatment may concern."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from masseter.knowledge.load import load
from masseter.knowledge.model import Condition, Knowledge, View
from masseter.ui.facemap.render import render

_CHEWING = ("masseter", "temporalis")
# A tie goes to the profile, where the chewing muscles are seen whole.
_VIEWS: tuple[View, ...] = ("left", "front", "back")


def opening_face() -> SafeString:
    """A profile with the chewing muscles, for the first page."""
    return _opening_face(get_language() or "")


@cache
def _opening_face(language: str) -> SafeString:
    """The same for all readers of a language, whose words stand in the drawing."""
    return _drawn("left", _CHEWING)


def face_of(condition: Condition, known: Knowledge) -> SafeString:
    """The view that shows most of the sites that published schemes use in this condition."""
    schemes = (one for one in known.protocols.values() if one.condition == condition.code)
    sites = {site.site for scheme in schemes for site in scheme.sites}
    seen = {view: len(sites & _sites_on(view)) for view in _VIEWS}
    return _drawn(max(_VIEWS, key=lambda view: seen[view]), sites)


def _sites_on(view: View) -> set[str]:
    return {
        site.code for site in load().sites.values() if any(region.view == view for region in site.regions)
    }


def _drawn(view: View, sites: Collection[str]) -> SafeString:
    known = load()
    found = next(one for one in known.face_map.views if one.view == view)
    return render(found, known.sites.values(), highlight=sites, shows="used")

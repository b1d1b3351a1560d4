"""By which route and how deep a point is injected: as its scheme was published, else as its site is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from masseter.knowledge.model import Protocol, ProtocolSite, Route, Site

# Depths that a planner may choose for a point instead of the scheme's: the code, and the words that are kept.
DEPTHS: Mapping[str, str] = {
    "superficial": "Superficial: into the layer just under the skin.",
    "middle": "Middle: into the belly of the muscle.",
    "deep": "Deep: down to the layer at the bone.",
}


@dataclass(frozen=True, kw_only=True)
class Way:
    """Route and depth of a point."""

    route: Route
    depth: str


def way_of(site: Site, number: str, scheme: Protocol | None = None) -> Way:
    """The way of a site's point in a scheme.

    A point that the scheme does not name goes as the scheme's other points of that site do.
    """
    parts = [part for part in scheme.sites if part.site == site.code] if scheme else []
    named = [part for part in parts if number in part.point_numbers]
    return way_in(site, next(iter(named or parts), None))


def way_in(site: Site, part: ProtocolSite | None) -> Way:
    """The way of a site in one part of a scheme, or its own."""
    if part is None or part.route is None or part.depth is None:
        return Way(route=site.route, depth=site.depth.text)
    return Way(route=part.route, depth=part.depth.text)


def depth_code(depth: str) -> str:
    """The code of a depth that was chosen; empty where the depth is the scheme's or the site's."""
    return next((code for code, words in DEPTHS.items() if words == depth), "")

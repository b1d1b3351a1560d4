"""Whether each point is one point, rightly named, on a side that its site has, on the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from masseter.core.findings import Finding
from masseter.core.plan.case import PlanCase, rule_finding
from masseter.core.plan.lookup import find_view
from masseter.core.plan.types import point_id


def check_points(case: PlanCase) -> Iterator[Finding]:
    """Points named twice or wrongly, on a side that the site lacks, off the map, or on the same spot."""
    for name, count in Counter(point.id for point in case.plan.points).items():
        if count > 1:
            yield rule_finding("duplicate-point", "stop", f"{name} is listed {count} times.", subject=name)
    spots: dict[tuple[str, Decimal, Decimal], str] = {}
    for point in sorted(case.plan.points, key=lambda each: each.id):
        site = case.site(point.site)
        if point.id != point_id(site.abbreviation, point.side, point.number):
            sentence = f"{point.id} is not the name of point {point.number} of {site.name}, {point.side}."
            yield rule_finding("point-misnamed", "stop", sentence, subject=point.id)
        if point.side not in site.sides:
            sentence = f"{site.name} has no point on this side ({point.side})."
            yield rule_finding("side-impossible", "stop", sentence, subject=point.id)
        view = find_view(case.knowledge, point.view)
        if view is None or not (0 <= point.x <= view.width and 0 <= point.y <= view.height):
            sentence = f"{point.id} lies outside the face map; put it where it is to be injected."
            yield rule_finding("point-off-map", "stop", sentence, subject=point.id)
        first = spots.setdefault((point.view, point.x, point.y), point.id)
        if first != point.id:
            yield rule_finding("same-spot", "caution", f"{point.id} lies on {first}.", subject=point.id)

"""Every site is on the face map, and every protocol adds up over points that exist."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from masseter.knowledge.checks.walk import problem
from masseter.knowledge.model import (
    Knowledge,
    Line,
    MapPoint,
    Protocol,
    ProtocolSite,
    Region,
    Site,
    Structure,
)
from masseter.knowledge.problems import Problem

_DEEP = "deep_jaw"


def check_sites(knowledge: Knowledge) -> Iterator[Problem]:
    """Sites off the map, points outside their view, protocols whose totals contradict their sites."""
    for site in knowledge.sites.values():
        yield from _on_the_map(site, knowledge)
    for structure in knowledge.structures.values():
        yield from _drawn(structure, knowledge)
    for protocol in knowledge.protocols.values():
        yield from _points(protocol, knowledge)
        yield from _total(protocol)


def _on_the_map(site: Site, knowledge: Knowledge) -> Iterator[Problem]:
    place = f"sites/{site.code}.yaml#"
    views = {view.view: view for view in knowledge.face_map.views}
    if not site.regions and not site.points and site.region != _DEEP:
        yield problem(place, "the site is not on the face map")
    lines = (line for kept in site.keep_from for line in kept.lines)
    drawings: tuple[MapPoint | Region | Line, ...] = (*site.regions, *site.points, *lines)
    for drawn in drawings:
        where = f"{place}{drawn.view} {drawn.side}"
        if drawn.view not in views:
            yield problem(where, f"the face map has no view {drawn.view}")
        elif isinstance(drawn, MapPoint):
            view = views[drawn.view]
            if not (0 <= drawn.x <= view.width and 0 <= drawn.y <= view.height):
                yield problem(where, f"point {drawn.number} lies outside the view")
        if drawn.side not in site.sides:
            yield problem(where, f"the site has no side {drawn.side}")


def _drawn(structure: Structure, knowledge: Knowledge) -> Iterator[Problem]:
    place = f"structures/{structure.code}.yaml#lines"
    views = {view.view for view in knowledge.face_map.views}
    if not structure.lines:
        yield problem(place, "the structure runs nowhere on the face map")
    if structure.near_mm.unit != "mm":
        yield problem(place, "how near a structure is shown is told in mm")
    for line in structure.lines:
        if line.view not in views:
            yield problem(place, f"the face map has no view {line.view}")


def _points(protocol: Protocol, knowledge: Knowledge) -> Iterator[Problem]:
    place = f"protocols/{protocol.key}.yaml#sites"
    for entry in protocol.sites:
        if len(entry.point_numbers) != entry.points:
            yield problem(place, f"{entry.site}: {entry.points} points need as many point numbers")
        if (entry.route is None) != (entry.depth is None):
            yield problem(place, f"{entry.site}: a route of its own needs a depth, and a depth a route")
        if sentence := _pool_fault(entry):
            yield problem(place, f"{entry.site}: {sentence}")
        site = knowledge.sites.get(entry.site)
        if site is None:
            continue
        sides = ("midline",) if entry.sides == "midline" else tuple(s for s in site.sides if s != "midline")
        marks = {(point.number, point.side) for point in site.points}
        for number in entry.point_numbers:
            for side in sides:
                if (number, side) not in marks:
                    yield problem(place, f"{entry.site} has no point {number} on the {side}")


def _pool_fault(entry: ProtocolSite) -> str:
    """What is wrong with a pool of points: it is shared evenly by two sides and fits on one."""
    most = entry.most_points
    if most is None:
        return ""
    if not entry.optional or entry.sides != "both":
        return "only optional points of both sides are a pool"
    if most % 2 or not 0 < most <= entry.points:
        return "a pool is even, and no larger than the points of one side"
    return ""


def _total(protocol: Protocol) -> Iterator[Problem]:
    place = f"protocols/{protocol.key}.yaml#total_units"
    required = [entry for entry in protocol.sites if not entry.optional]
    low, high = _sum(required, "low"), _sum(required, "high", is_most=True)
    total = protocol.total_units
    if protocol.kind == "label":
        highs = (_sum(required, "high"), _sum(list(protocol.sites), "high"))
        if total.low != low or total.high not in highs:
            said = f"its sites give {low} to {' or '.join(str(each) for each in highs)}"
            yield problem(place, f"a label's total must be what its sites add up to: {said}")
    elif low > total.high or high < total.low:
        yield problem(place, f"the required sites give {low} to {high}, which the total range does not meet")


def _sum(entries: list[ProtocolSite], end: str, *, is_most: bool = False) -> Decimal:
    """Units of these sites at one end of their ranges; `affected` is one side, or two at most.

    A pool counts as many points as may be given of it.
    """
    total = Decimal(0)
    for entry in entries:
        sides = 2 if entry.sides == "both" or (is_most and entry.sides == "affected") else 1
        units = entry.units_per_point.low if end == "low" else entry.units_per_point.high
        total += units * (entry.points * sides if entry.most_points is None else entry.most_points)
    return total

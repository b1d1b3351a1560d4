"""Which muscle or area lies at a place of the face map, under a stroke, and where an area has its middle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from masseter.core.plan.outline import STEPS, Spot, box, is_inside, is_nearer, spot
from masseter.knowledge.model import Knowledge, Region, Side, Site, View

# What lies on the surface is meant first; these are meant only where nothing else is drawn.
_BENEATH = ("deep_jaw", "mouth", "skin")
_THOUSANDTH = Decimal("0.001")


class NoSuchArea(LookupError):
    """The face map draws no such area on that side."""


@dataclass(frozen=True, kw_only=True)
class Area:
    """A muscle or an area of skin or mucosa with its side."""

    site: str
    side: Side


@dataclass(frozen=True, kw_only=True)
class MapPlace:
    """A place on one view of the face map, in map units."""

    view: View
    x: Decimal
    y: Decimal


@dataclass(frozen=True, kw_only=True)
class Near:
    """An area and how far off its nearest standard point is, in squared steps of the map."""

    area: Area
    is_beneath: bool
    off: int


def area_of(place: MapPlace, knowledge: Knowledge) -> Area | None:
    """The area that a mark at this place is about.

    The muscle that is drawn there, else the one whose standard point is nearest; None on an empty view.
    """
    near = list(_near(place, knowledge.sites.values()))
    inside = {Area(site=site.code, side=region.side) for site, region in _at(place, knowledge)}
    chosen = [each for each in near if each.area in inside] or near
    best = min(chosen, key=lambda each: (each.is_beneath, each.off), default=None)
    return best.area if best is not None else None


def areas_under(line: Iterable[MapPlace], radius: Decimal, knowledge: Knowledge) -> tuple[Area, ...]:
    """The areas that a stroke of this half width touches, in the order of the sites.

    Units: map units of the view.
    """
    spots = [(place.view, spot(place.x, place.y)) for place in line]
    steps = int(radius * STEPS)
    found = (
        Area(site=site.code, side=region.side)
        for site in knowledge.sites.values()
        for region in site.regions
        if any(view == region.view and _touches(region, at, steps) for view, at in spots)
    )
    return tuple(dict.fromkeys(found))


def middle_of(area: Area, knowledge: Knowledge) -> MapPlace:
    """The middle of an area's standard points, on the view that shows it first.

    Raises: NoSuchArea.
    """
    site = knowledge.sites.get(area.site)
    points = [each for each in site.points if each.side == area.side] if site is not None else []
    if not points:
        raise NoSuchArea(f"The face map draws no {area.site!r} on the side {area.side!r}.")
    view = points[0].view
    there = [each for each in points if each.view == view]
    return MapPlace(
        view=view,
        x=(sum((each.x for each in there), Decimal(0)) / len(there)).quantize(_THOUSANDTH),
        y=(sum((each.y for each in there), Decimal(0)) / len(there)).quantize(_THOUSANDTH),
    )


def squared(one: Spot, other: Spot) -> int:
    """The squared distance of two spots, so that nothing is rounded."""
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _touches(region: Region, at: Spot, steps: int) -> bool:
    left, top, right, bottom = box(region.path)
    # Most places lie far from most outlines: where the box around one is out of reach, so is the outline.
    if not (left - steps <= at[0] <= right + steps and top - steps <= at[1] <= bottom + steps):
        return False
    return is_inside(region.path, at) or is_nearer(region.path, at, steps)


def _at(place: MapPlace, knowledge: Knowledge) -> Iterator[tuple[Site, Region]]:
    at = spot(place.x, place.y)
    for site in knowledge.sites.values():
        for region in site.regions:
            if region.view == place.view and is_inside(region.path, at):
                yield site, region


def _near(place: MapPlace, sites: Iterable[Site]) -> Iterator[Near]:
    at = spot(place.x, place.y)
    for site in sites:
        for point in site.points:
            if point.view == place.view:
                yield Near(
                    area=Area(site=site.code, side=point.side),
                    is_beneath=site.region in _BENEATH,
                    off=squared(at, spot(point.x, point.y)),
                )

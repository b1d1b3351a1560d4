"""Proposing points: from a protocol's standard scheme, from the other side, or from the last treatment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product as product_of
from typing import Literal

from masseter.core.plan.lookup import find_product, find_protocol, find_site, find_view
from masseter.core.plan.types import PlannedPoint, point_id
from masseter.core.plan.ways import way_of
from masseter.core.quantities import InvalidQuantity, round_to_graduation
from masseter.knowledge.model import Knowledge, MapPoint, Protocol, ProtocolSite, Side, Site

AffectedSide = Literal["left", "right", "both"]
OPTIONAL = "Optional in this protocol; add it where it is wanted."
_OTHER_SIDE: dict[Side, Side] = {"left": "right", "right": "left", "midline": "midline"}


class PointMissing(LookupError):
    """A protocol names a point that its site does not have on the face map."""


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A site of the protocol that was left out of the proposal, with the points meant, and why."""

    site: str
    side: Side
    reason: str
    points: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def is_optional(self) -> bool:
        """Nothing speaks against it but that nobody has chosen it."""
        return self.reason == OPTIONAL


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """The proposed points and the sites of the protocol that were left out, with reasons."""

    points: tuple[PlannedPoint, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True)
class Wish:
    """What is known of the places, and what was chosen.

    A site of the affected side is left out while that side is not known. `painful_sites` are (site, side)
    pairs; a side counts only for itself. `include_optional` are site codes; an optional site that is only
    for pain needs both. A pool of optional points is divided over the sides that get it, or all on one side
    where only that one does. `quiet_sites` take no part in the spasm and are left out. `one_sided`: the
    affected side alone, also where the scheme treats both.
    """

    affected_side: AffectedSide | None
    painful_sites: Collection[tuple[str, Side]]
    include_optional: Collection[str]
    quiet_sites: Collection[str]
    one_sided: bool


def propose_points(
    *,
    protocol: str,
    knowledge: Knowledge,
    product: str,
    affected_side: AffectedSide | None = None,
    painful_sites: Collection[tuple[str, Side]] = (),
    include_optional: Collection[str] = (),
    quiet_sites: Collection[str] = (),
    one_sided: bool = False,
    starting_factor: Decimal = Decimal(1),
) -> Proposal:
    """The points of a protocol for one patient, with its published doses; without doses in another product.

    What the places mean is told by `Wish`. `starting_factor` lowers every dose (never raises it); the
    result is rounded to the product's step, half-way down.
    Raises: UnknownProtocol, UnknownProduct, UnknownSite, PointMissing, InvalidQuantity.
    """
    if not 0 < starting_factor <= 1:
        raise InvalidQuantity("A starting factor must be above zero and at most one.")
    wish = Wish(affected_side, painful_sites, include_optional, quiet_sites, one_sided)
    scheme = find_protocol(knowledge, protocol)
    step = find_product(knowledge, product).unit_step
    points: dict[str, PlannedPoint] = {}
    skipped: list[Skipped] = []
    for part in scheme.sites:
        site, units = find_site(knowledge, part.site), None
        if product == scheme.product:
            units = start_of(part, scheme, step, starting_factor)
        reasons = {side: _why_not(part, side, wish) for side in _sides(part, affected_side)}
        skipped += [_skipped(part, site, side, why, scheme) for side, why in reasons.items() if why]
        treated = [side for side, reason in reasons.items() if not reason]
        for side, number in product_of(treated, _share(part, treated)):
            point = standard_point(site, side, number, units, scheme)
            points.setdefault(point.id, point)
    return Proposal(points=tuple(points.values()), skipped=tuple(skipped))


def optional_points(
    *, protocol: str, product: str, site: str, sides: Sequence[Side], knowledge: Knowledge
) -> tuple[PlannedPoint, ...]:
    """The optional points of a scheme at a site, with the doses with which it starts in its own product.

    Raises: UnknownProtocol, UnknownProduct, UnknownSite, PointMissing.
    """
    scheme, step = find_protocol(knowledge, protocol), find_product(knowledge, product).unit_step
    muscle = find_site(knowledge, site)
    return tuple(
        standard_point(
            muscle, side, number, start_of(part, scheme, step) if product == scheme.product else None, scheme
        )
        for part in scheme.sites
        if part.optional and part.site == site
        for side, number in product_of(sides, _share(part, sides))
    )


def standard_point(
    site: Site, side: Side, number: str, units: Decimal | None = None, scheme: Protocol | None = None
) -> PlannedPoint:
    """A standard point of a site as a planned point, by the way of its scheme. Raises: PointMissing."""
    mapped, way = _mapped(site, side, number), way_of(site, number, scheme)
    return PlannedPoint(
        id=point_id(site.abbreviation, side, number),
        site=site.code,
        side=side,
        number=number,
        view=mapped.view,
        x=mapped.x,
        y=mapped.y,
        units=units,
        depth=way.depth,
        route=way.route,
    )


def part_of(scheme: Protocol, point: PlannedPoint) -> ProtocolSite | None:
    """The part of a scheme that names a point."""
    return next(
        (
            part
            for part in scheme.sites
            if part.site == point.site
            and point.number in part.point_numbers
            and (part.sides == "midline") == (point.side == "midline")
        ),
        None,
    )


def mirror(points: Iterable[PlannedPoint], knowledge: Knowledge) -> tuple[PlannedPoint, ...]:
    """The same points on the other side, with the same doses; midline points stay as they are.

    On a profile the same spot of the other profile; from the front and the back the spot mirrored at
    the middle of the view.
    Raises: UnknownSite.
    """
    return tuple(point if point.side == "midline" else _mirrored(point, knowledge) for point in points)


def next_from_last(
    given: Iterable[PlannedPoint], *, last_product: str, product: str
) -> tuple[PlannedPoint, ...]:
    """The points of the last treatment as a start of the next; with another product without doses."""
    if last_product == product:
        return tuple(replace(point, product="") for point in given)
    return tuple(replace(point, units=None, product="") for point in given)


def next_added_number(points: Iterable[PlannedPoint], site: str, side: Side) -> str:
    """The number for another point added by hand to a site and side: x1, x2, …"""
    taken = {point.number for point in points if (point.site, point.side) == (site, side)}
    count = 1
    while f"x{count}" in taken:
        count += 1
    return f"x{count}"


def _sides(part: ProtocolSite, affected_side: AffectedSide | None) -> tuple[Side, ...]:
    if part.sides == "midline":
        return ("midline",)
    if part.sides == "both" or affected_side in (None, "both"):
        return ("left", "right")
    return ("left",) if affected_side == "left" else ("right",)


def _why_not(part: ProtocolSite, side: Side, wish: Wish) -> str:
    if part.sides == "affected" and wish.affected_side is None:
        return "For the affected side only; say first which side that is."
    if part.only_if_painful and (part.site, side) not in wish.painful_sites:
        return "Only where it hurts; no pain is recorded at this site and side."
    if part.optional and part.site not in wish.include_optional:
        return OPTIONAL
    if part.site in wish.quiet_sites:
        return "Only active muscles; this one was looked at and takes no part in the spasm."
    if wish.one_sided and part.sides == "both" and _OTHER_SIDE[side] == wish.affected_side:
        return "The affected side alone was chosen; the scheme treats both."
    return ""


def start_of(part: ProtocolSite, protocol: Protocol, step: Decimal, factor: Decimal = Decimal(1)) -> Decimal:
    """The dose at each point with which a part of a scheme starts."""
    doses = part.units_per_point
    middle = (doses.low + doses.high) / 2
    start = {"low": doses.low, "middle": middle, "high": doses.high}[protocol.start_with]
    if factor == 1 and protocol.start_with != "middle":
        return start
    return max(round_to_graduation(start * factor, step), min(step, start))


def _skipped(part: ProtocolSite, site: Site, side: Side, reason: str, scheme: Protocol) -> Skipped:
    named = tuple(point_id(site.abbreviation, side, number) for number in part.point_numbers)
    sources = scheme.evidence.sources
    return Skipped(site=part.site, side=side, reason=reason, points=named, sources=sources)


def _share(part: ProtocolSite, sides: Sequence[Side]) -> tuple[str, ...]:
    """The points of one side: all of them, or of a pool an even share of what may be given in all."""
    if part.most_points is None or not sides:
        return part.point_numbers
    return part.point_numbers[: part.most_points // len(sides)]


def _mapped(site: Site, side: Side, number: str) -> MapPoint:
    for mapped in site.points:
        if (mapped.side, mapped.number) == (side, number):
            return mapped
    raise PointMissing(f"{site.name} has no point {number} ({side}) on the face map.")


def _mirrored(point: PlannedPoint, knowledge: Knowledge) -> PlannedPoint:
    site, side = find_site(knowledge, point.site), _OTHER_SIDE[point.side]
    renamed = replace(point, id=point_id(site.abbreviation, side, point.number), side=side)
    view = find_view(knowledge, point.view)
    if view is None:
        raise PointMissing(f"The face map has no view called {point.view!r}.")
    x = view.width - point.x  # the profiles are mirror images of each other, front and back of themselves
    if point.view == "left":
        return replace(renamed, view="right", x=x)
    if point.view == "right":
        return replace(renamed, view="left", x=x)
    return replace(renamed, x=x)

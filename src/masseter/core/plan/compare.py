"""Two sets of points beside each other: what stayed, moved, got more or less, came or went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from masseter.core.plan.totals import Total, Totals, add_up
from masseter.core.plan.types import PlannedPoint
from masseter.core.quantities import Dose
from masseter.knowledge.model import Side, View

ChangeKind = Literal["same", "moved", "more", "less", "not_comparable", "new", "dropped"]


@dataclass(frozen=True, kw_only=True)
class MappedPoints:
    """The points of a plan or a treatment, the product of their units, the drawing they are placed on."""

    points: tuple[PlannedPoint, ...]
    product: str
    map_version: str


@dataclass(frozen=True, kw_only=True)
class PointChange:
    """One point in both: `units` is what was added (below zero: taken away), `moved_mm` how far it went.

    Both are None where they cannot be said: units of two products or a dose not typed yet, places on two
    drawings. `not_comparable` says that of the units, `is_placed` of the places.
    """

    id: str
    before: PlannedPoint | None
    after: PlannedPoint | None
    kinds: tuple[ChangeKind, ...]
    units: Decimal | None = None
    moved_mm: Decimal | None = None
    is_placed: bool = True


@dataclass(frozen=True, kw_only=True)
class TotalChange:
    """One muscle or area on one side in both, each in units of its own product; None where not treated."""

    site: str
    side: Side
    before: Total | None
    after: Total | None
    units: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Everything that differs; `units` is None where the two have no common unit.

    `before` and `after` are all that each gives.
    """

    points: tuple[PointChange, ...]
    totals: tuple[TotalChange, ...]
    before: Total
    after: Total
    units: Decimal | None
    is_same_product: bool

    @property
    def unplaced(self) -> int:
        """How many points lie on drawings that are not the same, so that no distance can be told."""
        return sum(not change.is_placed for change in self.points)

    def count(self, kind: ChangeKind) -> int:
        """How many points changed in this way."""
        return sum(kind in change.kinds for change in self.points)


def compare_points(*, before: MappedPoints, after: MappedPoints, scale: Mapping[View, Decimal]) -> Comparison:
    """What `after` does otherwise than `before`. Points are the same by their name, muscle and side.

    Units: those of the product where both have the same one; else none is ever computed. `scale`: mm on a
    head of average size for one unit of each view that is drawn alike for both; places on any other view
    are not compared.
    """
    known = {_name(point): point for point in before.points}
    pairs = [(known.pop(_name(point), None), point) for point in after.points]
    changes = [_change(old, new, before, after, scale) for old, new in pairs]
    gone = [_change(old, None, before, after, {}) for old in known.values()]
    old, new = (add_up(each.points, each.product) for each in (before, after))
    return Comparison(
        points=(*changes, *gone),
        totals=_totals(old, new, before.product, after.product),
        before=old.whole,
        after=new.whole,
        units=_difference(_side_dose(old.whole, before.product), _side_dose(new.whole, after.product)),
        is_same_product=before.product == after.product,
    )


def distance_mm(one: PlannedPoint, other: PlannedPoint, scale: Mapping[View, Decimal]) -> Decimal | None:
    """How far two points lie apart on a head of average size; None on two drawings, or one without a scale.

    Units: millimetres, exact to the root of the context; rounded only where it is printed.
    """
    if one.view != other.view or one.view not in scale:
        return None
    across, down = one.x - other.x, one.y - other.y
    return (across * across + down * down).sqrt() * scale[one.view]


def _name(point: PlannedPoint) -> tuple[str, str, str]:
    return point.id, point.site, point.side


def _change(
    old: PlannedPoint | None,
    new: PlannedPoint | None,
    before: MappedPoints,
    after: MappedPoints,
    scale: Mapping[View, Decimal],
) -> PointChange:
    if old is None or new is None:
        one = new or old
        assert one is not None
        return PointChange(id=one.id, before=old, after=new, kinds=("new" if old is None else "dropped",))
    units = _difference(_dose(old, before.product), _dose(new, after.product))
    moved, is_placed = distance_mm(old, new, scale), {old.view, new.view} <= set(scale)
    return PointChange(
        id=new.id,
        before=old,
        after=new,
        kinds=_kinds(units, is_moved=is_placed and moved != 0) or ("same",),
        units=units,
        moved_mm=moved,
        is_placed=is_placed,
    )


def _kinds(units: Decimal | None, *, is_moved: bool) -> tuple[ChangeKind, ...]:
    kinds: list[ChangeKind] = ["moved"] if is_moved else []
    if units is None:
        kinds.append("not_comparable")
    elif units:
        kinds.append("more" if units > 0 else "less")
    return tuple(kinds)


def _totals(before: Totals, after: Totals, then: str, now: str) -> tuple[TotalChange, ...]:
    """The muscles of both by side; `then` and `now` are the products."""
    old, new = before.by_site_side, after.by_site_side
    return tuple(
        TotalChange(
            site=site,
            side=side,
            before=old.get((site, side)),
            after=new.get((site, side)),
            units=_difference(
                _side_dose(old.get((site, side)), then),
                _side_dose(new.get((site, side)), now),
            ),
        )
        for site, side in dict.fromkeys((*new, *old))
    )


def _side_dose(total: Total | None, product: str) -> Dose | None:
    """What a muscle got: nothing where it was not treated, unknown while a dose of it is not typed."""
    if total is None:
        return Dose(Decimal(0), product)
    return None if total.without_dose else total.dose


def _dose(point: PlannedPoint, product: str) -> Dose | None:
    return None if point.units is None else Dose(point.units, product)


def _difference(before: Dose | None, after: Dose | None) -> Decimal | None:
    """What was added; None across products, however alike the numbers look."""
    if before is None or after is None or before.product != after.product:
        return None
    return after.units - before.units

"""What each muscle was given over all cycles: one product at a time, never added across products."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from masseter.core.plan.types import PlannedPoint
from masseter.core.quantities import Dose, MixedProducts, sum_doses
from masseter.knowledge.model import Side


@dataclass(frozen=True, kw_only=True)
class GivenCycle:
    """One treatment: its day, its product and what was given."""

    given_on: date
    product: str
    points: tuple[PlannedPoint, ...]


@dataclass(frozen=True, kw_only=True)
class RegionUse:
    """One muscle or area on one side over all cycles with one product.

    `cycles` counts the days of treatment that had a point there, `points` all those points; `last` is what
    was given there on the last of them.
    """

    site: str
    side: Side
    dose: Dose
    cycles: int
    points: int
    last: Dose
    last_on: date


@dataclass(frozen=True, kw_only=True)
class ProductUse:
    """Everything that was given of one product, muscle by muscle, most first."""

    product: str
    whole: Dose
    cycles: int
    first_on: date
    last_on: date
    regions: tuple[RegionUse, ...]

    @property
    def most(self) -> Dose:
        """The largest dose that a muscle got on one side."""
        return self.regions[0].dose if self.regions else Dose(self.whole.units * 0, self.product)


def add_up_cycles(cycles: Iterable[GivenCycle]) -> tuple[ProductUse, ...]:
    """What was given over all cycles, product by product, the last used first.

    Units: each product's own. Two products are two results; there is no sum of them.
    """
    by_product: dict[str, list[GivenCycle]] = {}
    for cycle in sorted(cycles, key=lambda each: each.given_on):
        by_product.setdefault(cycle.product, []).append(cycle)
    used = [_of_product(product, listed) for product, listed in by_product.items()]
    return tuple(sorted(used, key=lambda each: each.last_on, reverse=True))


def _of_product(product: str, cycles: list[GivenCycle]) -> ProductUse:
    held: dict[tuple[str, Side], list[tuple[date, Decimal]]] = {}
    for cycle in cycles:
        for point in cycle.points:
            held.setdefault((point.site, point.side), []).append((cycle.given_on, _units(point, product)))
    regions = [_region(site, side, rows, product) for (site, side), rows in held.items()]
    return ProductUse(
        product=product,
        whole=sum_doses((region.dose for region in regions), product),
        cycles=len(cycles),
        first_on=cycles[0].given_on,
        last_on=cycles[-1].given_on,
        regions=tuple(sorted(regions, key=lambda each: (-each.dose.units, each.site, each.side))),
    )


def _region(site: str, side: Side, rows: list[tuple[date, Decimal]], product: str) -> RegionUse:
    last_on = rows[-1][0]
    return RegionUse(
        site=site,
        side=side,
        dose=Dose(sum((units for _, units in rows), Decimal(0)), product),
        cycles=len({day for day, _ in rows}),
        points=len(rows),
        last=Dose(sum((units for day, units in rows if day == last_on), Decimal(0)), product),
        last_on=last_on,
    )


def _units(point: PlannedPoint, product: str) -> Decimal:
    """The units of a point of this product. Raises: MixedProducts for one that carries another."""
    if point.product and point.product != product:
        raise MixedProducts(f"{point.id} was given with {point.product}, not with {product}.")
    return point.units or Decimal(0)

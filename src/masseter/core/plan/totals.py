"""Totals of a plan: for each muscle and side, for each muscle, for each side, and the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from masseter.core.plan.types import PlannedPoint
from masseter.core.quantities import Dose, MixedProducts, sum_doses
from masseter.knowledge.model import Side


@dataclass(frozen=True, kw_only=True)
class Total:
    """The dose of some points of a plan, how many points they are, and how many have no dose yet."""

    dose: Dose
    points: int
    without_dose: int

    @property
    def units(self) -> Decimal:
        """The units of the dose."""
        return self.dose.units


@dataclass(frozen=True, kw_only=True)
class Totals:
    """All totals of a plan, in the order in which the points name sites and sides."""

    by_site_side: dict[tuple[str, Side], Total]
    by_site: dict[str, Total]
    by_side: dict[Side, Total]
    whole: Total


def add_up(points: Iterable[PlannedPoint], product: str) -> Totals:
    """The totals of the points, in units of the product.

    Raises: MixedProducts when a point carries another product.
    """
    listed = tuple(points)
    for point in listed:
        if point.product and point.product != product:
            raise MixedProducts(f"{point.id} is planned with {point.product}, not with {product}.")
    pairs = dict.fromkeys((point.site, point.side) for point in listed)
    sites = dict.fromkeys(point.site for point in listed)
    sides = dict.fromkeys(point.side for point in listed)
    return Totals(
        by_site_side={
            pair: _total((point for point in listed if (point.site, point.side) == pair), product)
            for pair in pairs
        },
        by_site={site: _total((point for point in listed if point.site == site), product) for site in sites},
        by_side={side: _total((point for point in listed if point.side == side), product) for side in sides},
        whole=_total(listed, product),
    )


def _total(points: Iterable[PlannedPoint], product: str) -> Total:
    listed = tuple(points)
    doses = [Dose(point.units, product) for point in listed if point.units is not None]
    return Total(dose=sum_doses(doses, product), points=len(listed), without_dose=len(listed) - len(doses))

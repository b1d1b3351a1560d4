"""Totals of a plan: for each muscle and side, for each muscle, for each side, and the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    doses = [None if point.units is None else Dose(point.units, product) for point in listed]
    by_site_side: dict[tuple[str, Side], list[Dose | None]] = {}
    by_site: dict[str, list[Dose | None]] = {}
    by_side: dict[Side, list[Dose | None]] = {}
    for point, dose in zip(listed, doses, strict=True):
        by_site_side.setdefault((point.site, point.side), []).append(dose)
        by_site.setdefault(point.site, []).append(dose)
        by_side.setdefault(point.side, []).append(dose)
    return Totals(
        by_site_side={pair: _total(own, product) for pair, own in by_site_side.items()},
        by_site={site: _total(own, product) for site, own in by_site.items()},
        by_side={side: _total(own, product) for side, own in by_side.items()},
        whole=_total(doses, product),
    )


def _total(doses: Sequence[Dose | None], product: str) -> Total:
    known = [dose for dose in doses if dose is not None]
    return Total(dose=sum_doses(known, product), points=len(doses), without_dose=len(doses) - len(known))

"""What a new plan starts with: vial size and diluent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from masseter.core.plan.rules.volumes import most_passed
from masseter.core.plan.types import PlannedPoint, VialSize
from masseter.core.plan.vials import choose_vials
from masseter.knowledge.model import Presentation, Product, Protocol, Site


@dataclass(frozen=True, kw_only=True)
class Mix:
    """A vial size and the diluent that goes into it (None for a ready solution, or not known)."""

    presentation: str
    diluent_ml: Decimal | None


def starting_mix(
    product: Product,
    protocol: Protocol,
    points: Iterable[PlannedPoint],
    stock: tuple[VialSize, ...] | None,
    sites: Mapping[str, Site],
) -> Mix:
    """The size that wastes least of the stock, else the protocol's, at the protocol's concentration.

    Where a point would then get more volume than its site or the product takes, the first dilution of the
    label that keeps every point within it.
    """
    listed = tuple(points)
    size = _size(product, protocol, listed, stock)
    if product.form == "solution":
        return Mix(presentation=size.key, diluent_ml=None)
    diluents = _diluents(product, protocol, size)
    fitting = (ml for ml in diluents if _fits(ml, size, listed, product, sites))
    return Mix(presentation=size.key, diluent_ml=next(fitting, next(iter(diluents), None)))


def _size(
    product: Product,
    protocol: Protocol,
    points: Iterable[PlannedPoint],
    stock: tuple[VialSize, ...] | None,
) -> Presentation:
    sizes = {size.key: size for size in product.presentations}
    needed = sum((Fraction(point.units) for point in points if point.units is not None), Fraction(0))
    own = [size for size in product.presentations if size.label_units == protocol.dilution_label_units]
    known = {row.label_units for row in product.dilutions}
    # A size that the label gives no dilution for is a clinician's choice, never ours.
    drawable = tuple(size for size in stock or () if product.form == "solution" or size.label_units in known)
    if drawable and needed:
        choice = choose_vials(needed, drawable)
        if choice is not None and choice.opened:
            return sizes[choice.opened[0][0].presentation]
    if product.key == protocol.product and own:
        return own[0]
    return product.presentations[0]


def _diluents(product: Product, protocol: Protocol, size: Presentation) -> list[Decimal]:
    """The label's diluents for a size: the one at the protocol's concentration first, then as printed."""
    rows = [row.diluent_ml for row in product.dilutions if row.label_units == size.label_units]
    if (
        product.key == protocol.product
        and protocol.dilution_ml is not None
        and protocol.dilution_label_units is not None
    ):
        same = protocol.dilution_ml * size.label_units / protocol.dilution_label_units
        rows.sort(key=lambda diluent: diluent != same)
    return rows


def _fits(
    diluent: Decimal,
    size: Presentation,
    points: Iterable[PlannedPoint],
    product: Product,
    sites: Mapping[str, Site],
) -> bool:
    """No point gets more volume than its site or the product takes."""
    per_unit = Fraction(diluent) / Fraction(size.label_units)
    return not any(
        most_passed(Fraction(point.units) * per_unit, sites[point.site], product)
        for point in points
        if point.units is not None
    )

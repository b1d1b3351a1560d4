"""What a new plan starts with: vial size and diluent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from masseter.core.plan.reconstitute import label_dilution
from masseter.core.plan.types import PlannedPoint, VialSize
from masseter.core.plan.vials import choose_vials
from masseter.knowledge.model import Presentation, Product, Protocol


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
) -> Mix:
    """The size that wastes least of the stock, else the protocol's, at the protocol's concentration."""
    size = _size(product, protocol, points, stock)
    if product.form == "solution":
        return Mix(presentation=size.key, diluent_ml=None)
    return Mix(presentation=size.key, diluent_ml=_diluent(product, protocol, size))


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


def _diluent(product: Product, protocol: Protocol, size: Presentation) -> Decimal | None:
    if (
        product.key == protocol.product
        and protocol.dilution_ml is not None
        and protocol.dilution_label_units is not None
    ):
        same = protocol.dilution_ml * size.label_units / protocol.dilution_label_units
        if label_dilution(product, size, same) is not None:
            return same
    rows = [row.diluent_ml for row in product.dilutions if row.label_units == size.label_units]
    return rows[0] if rows else None

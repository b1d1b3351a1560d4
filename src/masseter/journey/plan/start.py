"""What a new plan starts with: vial size and diluent, and which muscles hurt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import get_args

from masseter.core.facts import Facts
from masseter.core.plan.propose import AffectedSide
from masseter.core.plan.reconstitute import label_dilution
from masseter.core.plan.types import PlannedPoint, VialSize
from masseter.core.plan.vials import choose_vials
from masseter.knowledge.model import Knowledge, Presentation, Product, Protocol, Side

# The muscle that an examination names otherwise than the face map.
_PALPATED = {"digastric": "anterior_digastric"}
_SIDE_FACTS = ("spasm_side", "affected_side", "sensory_side")
_BOTH: tuple[Side, ...] = ("left", "right")


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


def painful_sites(facts: Facts, knowledge: Knowledge) -> tuple[tuple[str, Side], ...]:
    """The muscles that hurt on palpation, familiar or not, and the skin of the divisions with pain."""
    found = [(f"skin_{division}", side) for side in _BOTH for division in _divisions(facts, side)]
    for code, observation in facts.items():
        if not code.startswith("palpation_") or observation.value in (None, "painless"):
            continue
        name, _, side = code.removeprefix("palpation_").rpartition("_")
        site = _PALPATED.get(name, name)
        if site in knowledge.sites and isinstance(observation.value, str):
            found.extend((site, each) for each in _BOTH if each == side)
    return tuple(found)


def recorded_side(facts: Facts) -> AffectedSide | None:
    """The side that history or examination names; None where none or both are named."""
    painful = [side for side in _BOTH if _divisions(facts, side)]
    if len(painful) == 1:
        return "left" if painful[0] == "left" else "right"
    for code in _SIDE_FACTS:
        value = facts[code].value if code in facts else None
        for side in get_args(AffectedSide):
            if value == side:
                known: AffectedSide = side
                return known
    return None


def _divisions(facts: Facts, side: Side) -> tuple[str, ...]:
    """The trigeminal divisions in which a side has pain."""
    named = facts.get(f"divisions_{side}")
    value = named.value if named is not None else None
    return tuple(each for each in value if each != "none") if isinstance(value, tuple) else ()


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

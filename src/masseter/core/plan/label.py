"""What a product's label says, in words: for whom it is licensed, and how a vial is kept."""

from __future__ import annotations

from decimal import Decimal

from masseter.core.quantities import plain
from masseter.core.rules import holds_in
from masseter.knowledge.model import Indication, Jurisdiction, Keeping, Product


def covers_age(use: Indication, age: int) -> bool:
    """The label names this use for people of this age, in whole years."""
    return (use.min_age is None or age >= use.min_age) and (use.max_age is None or age <= use.max_age)


def ages_in_words(use: Indication) -> str:
    """The ages of a licensed use; empty where none were seen."""
    if use.min_age is not None and use.max_age is not None:
        return f"from {use.min_age} to {use.max_age} years"
    if use.min_age is not None:
        return f"from {use.min_age} years on"
    return f"up to {use.max_age} years" if use.max_age is not None else ""


def kept_in_words(kept: Keeping) -> str:
    """The temperatures of a way of keeping, with what else it asks for."""
    words = [_span(kept.low_c, kept.high_c)]
    if kept.from_light:
        words.append("away from light")
    if kept.never_frozen:
        words.append("never frozen")
    return ", ".join(word for word in words if word)


def uses_here(product: Product, jurisdiction: Jurisdiction) -> tuple[Indication, ...]:
    """The uses that the label of a place names."""
    return tuple(use for use in product.indications if jurisdiction in use.jurisdictions)


def keeping_here(product: Product, jurisdiction: Jurisdiction) -> tuple[Keeping, ...]:
    """How a vial is kept by the label of a place."""
    return tuple(kept for kept in product.keeping if holds_in(kept, jurisdiction))


def _span(low: Decimal | None, high: Decimal | None) -> str:
    if low is not None and high is not None:
        return f"{_degrees(low)} to {_degrees(high)} °C"
    if high is not None:
        return f"at most {_degrees(high)} °C"
    return f"at least {_degrees(low)} °C" if low is not None else ""


def _degrees(value: Decimal) -> str:
    return plain(value).replace("-", "−")

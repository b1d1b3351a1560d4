"""Which vial sizes run low: below the clinic's own level, or below a first guess where it has set none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from masseter.clinic.stock.presenters import size_name
from masseter.journey.ground.actor import Actor
from masseter.journey.stock.models import Lot
from masseter.journey.stock.queries import LotCount, levels_of

# Sealed vials of a size that the clinic has and set no level for; fewer are called low.
FIRST_GUESS = 3


@dataclass(frozen=True, kw_only=True)
class LowSize:
    """A vial size with fewer sealed vials than there should be."""

    product: str
    presentation: str
    name: str
    count: int
    least: int
    is_guess: bool


def low_sizes(by: Actor, lots: Sequence[LotCount], today: date) -> list[LowSize]:
    """The sizes that run low. A size that was never in stock is low only where a level was set."""
    counts: Counter[tuple[str, str]] = Counter()
    for one in lots:
        if one.lot.state == Lot.State.AVAILABLE and not one.lot.is_expired(today):
            counts[(one.lot.product, one.lot.presentation)] += one.sealed
    levels = {(each.product, each.presentation): each.least for each in levels_of(by)}
    held = {(one.lot.product, one.lot.presentation) for one in lots if one.sealed}
    return [
        LowSize(
            product=product,
            presentation=presentation,
            name=size_name(product, presentation),
            count=counts.get((product, presentation), 0),
            least=levels.get((product, presentation), FIRST_GUESS),
            is_guess=(product, presentation) not in levels,
        )
        for product, presentation in sorted(held | set(levels))
        if counts.get((product, presentation), 0) < levels.get((product, presentation), FIRST_GUESS)
    ]

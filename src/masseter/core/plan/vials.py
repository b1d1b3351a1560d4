"""Which vials to open: the combination of sizes of one product that wastes least."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from masseter.core.plan.types import VialSize
from masseter.core.quantities import InvalidQuantity

MOST_VIALS = 200  # of one size; who needs more has made a slip, and the search stays short


@dataclass(frozen=True, kw_only=True)
class VialChoice:
    """The vials to open, as (size, how many), the largest first, and their content together."""

    opened: tuple[tuple[VialSize, int], ...]
    label_units: Decimal

    @property
    def count(self) -> int:
        """How many vials are opened."""
        return sum(count for _, count in self.opened)


def choose_vials(needed: Fraction, sizes: Iterable[VialSize]) -> VialChoice | None:
    """The combination with the least waste that holds what is needed; ties go to fewer, larger vials.

    None when the sizes together do not hold it. All sizes are of one product.
    Raises: InvalidQuantity for an empty vial or a negative need.
    Source: P50d.
    """
    offered = sorted(sizes, key=lambda size: (-size.label_units, size.presentation))
    if needed < 0 or any(size.label_units <= 0 for size in offered):
        raise InvalidQuantity("Vials and what is needed of them must be above zero.")
    sums: dict[Decimal, tuple[int, ...]] = {Decimal(0): ()}
    for size in offered:
        sums = _with_size(sums, size, needed)
    enough = {total: counts for total, counts in sums.items() if total >= needed}
    if not enough:
        return None
    least = min(enough)
    opened = tuple((size, count) for size, count in zip(offered, enough[least], strict=True) if count)
    return VialChoice(opened=opened, label_units=least)


def all_vials(sizes: Iterable[VialSize]) -> VialChoice:
    """Everything that is in stock of the sizes with a known count."""
    opened = tuple((size, size.count) for size in sizes if size.count)
    total = sum((size.label_units * count for size, count in opened), Decimal(0))
    return VialChoice(opened=opened, label_units=total)


def _with_size(
    sums: dict[Decimal, tuple[int, ...]], size: VialSize, needed: Fraction
) -> dict[Decimal, tuple[int, ...]]:
    """Every sum that can be reached with one more size, each with the fewest vials."""
    reached: dict[Decimal, tuple[int, ...]] = {}
    for total, counts in sums.items():
        missing = max(ceil((needed - Fraction(total)) / Fraction(size.label_units)), 0)
        most = min(missing, MOST_VIALS if size.count is None else size.count, MOST_VIALS)
        for count in range(most + 1):
            _keep_fewer(reached, total + size.label_units * count, (*counts, count))
    return reached


def _keep_fewer(reached: dict[Decimal, tuple[int, ...]], total: Decimal, counts: tuple[int, ...]) -> None:
    held = reached.get(total)
    if held is None or _rank(counts) < _rank(held):
        reached[total] = counts


def _rank(counts: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    """Lower is better: fewer vials, then larger ones, which stand first."""
    return sum(counts), tuple(-count for count in counts)

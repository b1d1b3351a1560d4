"""Which vials to open and how to dilute them: every choice among those in stock, the best first.

Exact: each label dilution of each size in stock is drawn up and checked whole, and the vials of each
are the cheapest that hold it, found among all combinations. Source: P4, P42, P50d.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

from masseter.core.findings import Finding
from masseter.core.plan.lookup import find_presentation, find_product
from masseter.core.plan.reconstitute import DrawUp, concentration, draw_up
from masseter.core.plan.types import PlanDraft, VialSize
from masseter.core.plan.vials import MOST_VIALS, VialChoice
from masseter.core.quantities import InvalidQuantity
from masseter.knowledge.model import Knowledge, Presentation, Product


@dataclass(frozen=True, kw_only=True)
class Stocked:
    """A vial size at hand with the price of one vial, where it is known."""

    size: VialSize
    price: Decimal | None = None

    def __post_init__(self) -> None:
        if self.price is not None and not (self.price.is_finite() and self.price >= 0):
            raise InvalidQuantity("A price cannot be negative or endless.")


@dataclass(frozen=True, kw_only=True)
class Mixing:
    """How one size is reconstituted for an option."""

    presentation: str
    diluent_ml: Decimal


@dataclass(frozen=True, kw_only=True)
class Option:
    """One way to draw the plan up. `cost` is None unless every opened size has a price.

    `worst_error` is the largest share by which the syringe's marks change a dose. `is_published`:
    the concentration is that of the plan's protocol.
    """

    mixings: tuple[Mixing, ...]
    plan: PlanDraft
    drawn: DrawUp
    cost: Decimal | None
    worst_error: Fraction
    is_enough: bool
    is_published: bool

    @property
    def discarded(self) -> Fraction:
        """Units of the opened vials that are not given."""
        return self.drawn.discarded


def options(plan: PlanDraft, knowledge: Knowledge, stock: Iterable[Stocked]) -> tuple[Option, ...]:
    """Every label dilution of every size in stock, drawn up with its cheapest vials.

    Sizes that a label row brings to the same concentration are opened together. Raises:
    UnknownProduct, UnknownPresentation, InvalidQuantity.
    """
    product = find_product(knowledge, plan.product)
    held = tuple(stock)
    found: dict[object, Option] = {}
    for own in held:
        size = find_presentation(product, own.size.presentation)
        for diluent in _diluents(product, size):
            option = _option(plan, knowledge, product, size, diluent, held)
            found.setdefault((option.mixings, option.drawn.vials.opened), option)
    return tuple(found.values())


def cheapest_vials(needed: Fraction, stock: Iterable[Stocked]) -> tuple[VialChoice, Decimal | None] | None:
    """The cheapest combination that holds what is needed, and its cost; None when all do not.

    Where a price is missing, units are the price: what is opened least costs least. Ties go to less
    waste, then to fewer vials, then to larger ones.
    Raises: InvalidQuantity for an empty vial or a negative need.
    """
    offered = sorted(stock, key=lambda each: (-each.size.label_units, each.size.presentation))
    if needed < 0 or any(each.size.label_units <= 0 for each in offered):
        raise InvalidQuantity("Vials and what is needed of them must be above zero.")
    has_prices = bool(offered) and all(each.price is not None for each in offered)
    best: dict[Decimal, tuple[Decimal, int, tuple[int, ...]]] = {Decimal(0): (Decimal(0), 0, ())}
    for each in offered:
        best = _with_one_more(best, each, needed)
    enough = {total: kept for total, kept in best.items() if total >= needed}
    if not enough:
        return None
    total = min(enough, key=lambda each: (enough[each][0], each))
    cost, _, counts = enough[total]
    opened = tuple((each.size, count) for each, count in zip(offered, _in_full(counts), strict=True) if count)
    return VialChoice(opened=opened, label_units=total), cost if has_prices else None


def ranked(
    found: Iterable[tuple[Option, tuple[Finding, ...]]],
) -> tuple[tuple[Option, tuple[Finding, ...]], ...]:
    """Options with the findings of each, the best first: safe before cheap, cheap before exact.

    First those that the stock holds, with fewest stops and then fewest cautions; then the lowest
    cost (units opened where prices are not known), the protocol's own concentration, the smallest
    rounding, the fewest vials.
    """
    return tuple(sorted(found, key=_rank))


def _rank(pair: tuple[Option, tuple[Finding, ...]]) -> tuple[object, ...]:
    option, findings = pair
    return (
        not option.is_enough,
        sum(finding.severity == "stop" for finding in findings),
        sum(finding.severity == "caution" for finding in findings),
        option.cost is None,
        option.cost or Decimal(0),
        option.drawn.vials.label_units,
        not option.is_published,
        option.worst_error,
        option.drawn.vials.count,
        tuple((mixing.presentation, mixing.diluent_ml) for mixing in option.mixings),
    )


def _diluents(product: Product, size: Presentation) -> Iterator[Decimal]:
    if product.form == "solution":
        yield Decimal(0)
        return
    yield from (row.diluent_ml for row in product.dilutions if row.label_units == size.label_units)


def _option(
    plan: PlanDraft,
    knowledge: Knowledge,
    product: Product,
    size: Presentation,
    diluent: Decimal,
    stock: tuple[Stocked, ...],
) -> Option:
    own = replace(plan, presentation=size.key, label_units=size.label_units, diluent_ml=diluent)
    per_ml = concentration(size, diluent)
    mixings = tuple(_poolable(product, per_ml, stock))
    pooled = tuple(each for each in stock if each.size.presentation in {mix.presentation for mix in mixings})
    drawn = draw_up(own, knowledge, stock=tuple(each.size for each in pooled))
    chosen = cheapest_vials(drawn.needed, pooled)
    vials, cost = chosen if chosen else (drawn.vials, None)
    opened = {each.presentation for each, _ in vials.opened} or {size.key}
    return Option(
        mixings=tuple(mix for mix in mixings if mix.presentation in opened),
        plan=own,
        drawn=replace(drawn, vials=vials),
        cost=cost,
        worst_error=max(
            (abs(draw.error) for draw in drawn.draws if draw.rule != "label"), default=Fraction(0)
        ),
        is_enough=chosen is not None,
        is_published=per_ml == _published(plan, knowledge),
    )


def _published(plan: PlanDraft, knowledge: Knowledge) -> Fraction | None:
    """Units for each mL in the plan's protocol, where it names a dilution of the same product."""
    scheme = knowledge.protocols.get(plan.protocol)
    if scheme is None or scheme.product != plan.product:
        return None
    if scheme.dilution_ml is None or scheme.dilution_label_units is None:
        return None
    return Fraction(scheme.dilution_label_units) / Fraction(scheme.dilution_ml)


def _poolable(product: Product, per_ml: Fraction, stock: tuple[Stocked, ...]) -> Iterator[Mixing]:
    """Every size in stock that one of its own label rows brings to the same concentration."""
    for key in dict.fromkeys(each.size.presentation for each in stock):
        size = find_presentation(product, key)
        for other in _diluents(product, size):
            if concentration(size, other) == per_ml:
                yield Mixing(presentation=key, diluent_ml=other)


def _with_one_more(
    best: dict[Decimal, tuple[Decimal, int, tuple[int, ...]]], each: Stocked, needed: Fraction
) -> dict[Decimal, tuple[Decimal, int, tuple[int, ...]]]:
    """Every sum with so many vials of one more size, each kept in its cheapest way.

    Counts are kept negated, so that among equals the larger size is preferred.
    """
    size, price = each.size, each.size.label_units if each.price is None else each.price
    reached: dict[Decimal, tuple[Decimal, int, tuple[int, ...]]] = {}
    for total, (cost, count, counts) in best.items():
        missing = max(ceil((needed - Fraction(total)) / Fraction(size.label_units)), 0)
        most = min(missing, MOST_VIALS if size.count is None else size.count, MOST_VIALS)
        for more in range(most + 1):
            kept = (cost + price * more, count + more, (*counts, -more))
            sum_ = total + size.label_units * more
            if sum_ not in reached or kept < reached[sum_]:
                reached[sum_] = kept
    return reached


def _in_full(counts: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(-count for count in counts)

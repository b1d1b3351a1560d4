"""From units to millilitres and back: concentration, what is drawn for each point, what is opened and lost.

All in exact fractions; a volume is rounded once, to the syringe. Source: P4, P42, P50d.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal

from masseter.core.plan.lookup import find_presentation, find_product
from masseter.core.plan.types import PlanDraft, PlannedPoint, VialSize
from masseter.core.plan.vials import VialChoice, all_vials, choose_vials
from masseter.core.quantities import QuantityError, round_to_graduation
from masseter.knowledge.model import Dilution, Knowledge, LabelPair, Presentation, Product


class DilutionMissing(QuantityError):
    """Volumes cannot be computed before the vial size and its diluent are known."""


@dataclass(frozen=True, kw_only=True)
class Draw:
    """What is drawn for one point.

    `exact_ml` is the volume before rounding, `drawn_ml` the syringe mark. `delivered` is what is
    recorded as given: by the label's own pair its printed units, otherwise drawn volume times
    concentration (`computed`). `counted`, the larger of the two, counts against a limit. `error` is
    the share by which the computed units differ from the planned ones.
    """

    point_id: str
    planned: Decimal
    exact_ml: Fraction
    drawn_ml: Decimal
    computed: Fraction
    delivered: Fraction
    rule: Literal["nearest", "label"]

    @property
    def recorded(self) -> Decimal:
        """The delivered units as they are written into the record: nearest thousandth, half-way lower."""
        return round_to_graduation(self.delivered, Decimal("0.001"))

    @property
    def counted(self) -> Fraction:
        """The larger of recorded and computed units."""
        return max(self.delivered, self.computed)

    @property
    def error(self) -> Fraction:
        """Computed over planned units, minus one; zero where nothing is planned."""
        return self.computed / Fraction(self.planned) - 1 if self.planned else Fraction(0)

    @property
    def error_percent(self) -> Decimal:
        """The error in percent, to a tenth, for showing."""
        return Decimal(round(self.error * 1000)) / 10


@dataclass(frozen=True, kw_only=True)
class DrawUp:
    """The whole draw-up of a plan.

    `concentration` in units for each mL. `needed` is everything that must be in the vials: the drawn
    units and the loss in the syringes. `discarded` is the vials' label content less what is recorded
    as given, so the loss lies in it. `shortfall` is what the opened vials lack of `needed`.
    """

    product: str
    concentration: Fraction
    is_label_dilution: bool
    draws: tuple[Draw, ...]
    dead_space_units: Fraction
    vials: VialChoice

    @property
    def units_per_tenth_ml(self) -> Fraction:
        """Units in 0.1 mL."""
        return self.concentration / 10

    @property
    def total_ml(self) -> Decimal:
        """All drawn volumes together."""
        return sum((draw.drawn_ml for draw in self.draws), Decimal(0))

    @property
    def delivered(self) -> Fraction:
        """All units that will be recorded as given."""
        return sum((draw.delivered for draw in self.draws), Fraction(0))

    @property
    def needed(self) -> Fraction:
        """Units that must be in the opened vials."""
        return sum((draw.counted for draw in self.draws), Fraction(0)) + self.dead_space_units

    @property
    def shortfall(self) -> Fraction:
        """Units that the opened vials lack."""
        return max(self.needed - Fraction(self.vials.label_units), Fraction(0))

    @property
    def discarded(self) -> Fraction:
        """Units of the opened vials that are not given; none where the vials do not hold the plan."""
        return max(Fraction(self.vials.label_units) - self.delivered, Fraction(0))

    def draw_of(self, point_id: str) -> Draw | None:
        """What is drawn for a point; None while it has no dose."""
        return self._by_point.get(point_id)

    @cached_property
    def _by_point(self) -> dict[str, Draw]:
        return {draw.point_id: draw for draw in reversed(self.draws)}


def draw_up(plan: PlanDraft, knowledge: Knowledge, *, stock: tuple[VialSize, ...] | None = None) -> DrawUp:
    """How the plan is drawn up: for each dosed point, and as a whole.

    Without `stock` the vials are as many as needed of the plan's own size. An empty graduation or
    dead space takes the house's starting value.
    Raises: UnknownProduct, UnknownPresentation, DilutionMissing.
    """
    product = find_product(knowledge, plan.product)
    if not plan.presentation:
        raise DilutionMissing("Choose the vial size first.")
    presentation = find_presentation(product, plan.presentation)
    per_ml = concentration(presentation, plan.diluent_ml)
    graduation = plan.graduation_ml or knowledge.practice.graduation_ml.value
    loss_ml = knowledge.practice.dead_space_ml.value if plan.dead_space_ml is None else plan.dead_space_ml
    draws = tuple(
        _draw(
            point, point.units, per_ml, graduation, _pair(product, presentation, plan.diluent_ml, point.units)
        )
        for point in plan.points
        if point.units is not None
    )
    loss = Fraction(loss_ml) * plan.syringes * per_ml
    needed = sum((draw.counted for draw in draws), Fraction(0)) + loss
    return DrawUp(
        product=product.key,
        concentration=per_ml,
        is_label_dilution=label_dilution(product, presentation, plan.diluent_ml) is not None,
        draws=draws,
        dead_space_units=loss,
        vials=_vials(needed, product, presentation, stock),
    )


def concentration(presentation: Presentation, diluent_ml: Decimal | None) -> Fraction:
    """Units for each mL once the diluent is in the vial; a ready solution needs none.

    Raises: DilutionMissing when a powder has no diluent yet.
    """
    volume = (presentation.volume_ml or Decimal(0)) + (diluent_ml or Decimal(0))
    if not volume:
        raise DilutionMissing("Type how many mL of diluent go into the vial.")
    return Fraction(presentation.label_units) / Fraction(volume)


def label_dilution(
    product: Product, presentation: Presentation, diluent_ml: Decimal | None
) -> Dilution | None:
    """The label's own row for this vial size and diluent volume, if it has one."""
    diluent = diluent_ml or Decimal(0)
    return next(
        (
            row
            for row in product.dilutions
            if row.label_units == presentation.label_units and row.diluent_ml == diluent
        ),
        None,
    )


def in_use_until(reconstituted_at: datetime, product: Product) -> datetime:
    """The moment up to which an opened vial may be used, that moment included, in UTC.

    The hours are real ones: they do not stretch when the clocks go back.

    Raises: ValueError for a time without a zone.
    """
    if reconstituted_at.tzinfo is None:
        raise ValueError("A time of reconstitution needs its time zone.")
    seconds = Fraction(product.in_use_hours.value) * 3600
    return reconstituted_at.astimezone(UTC) + timedelta(seconds=int(seconds))


def diluent_for(size: VialSize, per_ml: Fraction) -> Fraction:
    """The mL that bring another size of the same product to the same concentration."""
    return Fraction(size.label_units) / per_ml


def _draw(
    point: PlannedPoint, units: Decimal, per_ml: Fraction, graduation: Decimal, pair: LabelPair | None
) -> Draw:
    exact = Fraction(units) / per_ml
    if pair is not None and not Fraction(pair.volume_ml) % Fraction(graduation):
        drawn, rule = pair.volume_ml, "label"
    else:
        drawn, rule = round_to_graduation(exact, graduation), "nearest"
    computed = Fraction(drawn) * per_ml
    return Draw(
        point_id=point.id,
        planned=units,
        exact_ml=exact,
        drawn_ml=drawn,
        computed=computed,
        delivered=Fraction(units) if rule == "label" else computed,
        rule="label" if rule == "label" else "nearest",
    )


def _pair(
    product: Product, presentation: Presentation, diluent_ml: Decimal | None, units: Decimal
) -> LabelPair | None:
    wanted = (presentation.label_units, diluent_ml or Decimal(0), units)
    return next(
        (pair for pair in product.label_pairs if (pair.label_units, pair.diluent_ml, pair.units) == wanted),
        None,
    )


def _vials(
    needed: Fraction, product: Product, presentation: Presentation, stock: tuple[VialSize, ...] | None
) -> VialChoice:
    if stock is None:
        own = VialSize(presentation=presentation.key, label_units=presentation.label_units)
        stock = (own,)
    sizes = tuple(
        size for size in stock if _can_pool(find_presentation(product, size.presentation), presentation)
    )
    return choose_vials(needed, sizes) or all_vials(sizes)


def _can_pool(other: Presentation, own: Presentation) -> bool:
    """A powder can be brought to the same concentration; a ready solution must have it already."""
    if other.volume_ml is None or own.volume_ml is None:
        return other.volume_ml is own.volume_ml
    return other.label_units * own.volume_ml == own.label_units * other.volume_ml

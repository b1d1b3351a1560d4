"""The shapes of a plan: its points, its draft, the patient's safety facts, earlier treatments, stock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from masseter.core.facts import Facts, Observation, day_told
from masseter.core.findings import Finding
from masseter.core.quantities import Dose, InvalidQuantity, Volume
from masseter.knowledge.model import Side, View

SharedDecision = Literal["go_ahead", "wait", "other_way", "no", ""]
SIDE_LETTERS: Mapping[Side, str] = {"left": "L", "right": "R", "midline": "M"}


@dataclass(frozen=True, kw_only=True)
class PlannedPoint:
    """One injection point of a plan. `units` None means that the dose must still be typed.

    `id` is ABBREVIATION-SIDE-NUMBER, e.g. MASS-L-2; points added by hand are numbered x1, x2, …
    `product` empty means the plan's own; another product here stops the plan.
    Raises: InvalidQuantity for an impossible dose or place.
    """

    id: str
    site: str
    side: Side
    number: str
    view: View
    x: Decimal
    y: Decimal
    units: Decimal | None = None
    depth: str = ""
    route: str = ""
    product: str = ""

    def __post_init__(self) -> None:
        if self.units is not None:
            Dose(self.units, self.product or "plan")
        if not (self.x.is_finite() and self.y.is_finite()):
            raise InvalidQuantity("A point needs its place on the map.")

    @property
    def is_added(self) -> bool:
        """The point was added by hand, beside the site's standard points."""
        return self.number.startswith("x")


@dataclass(frozen=True, kw_only=True)
class PlanDraft:
    """A protocol made personal. Empty strings and None are what has not been chosen yet.

    `label_units` is the content of one vial of the presentation, `diluent_ml` what is added to it
    (nothing for a ready solution), `syringes` how many syringe-and-needle sets are emptied.
    """

    product: str
    presentation: str
    protocol: str
    condition: str
    diagnosis: str
    points: tuple[PlannedPoint, ...] = ()
    diluent_ml: Decimal | None = None
    label_units: Decimal | None = None
    graduation_ml: Decimal | None = None
    dead_space_ml: Decimal | None = None
    syringes: int = 1
    off_label_reason: str = ""

    def __post_init__(self) -> None:
        for ml in (self.diluent_ml, self.graduation_ml, self.dead_space_ml):
            if ml is not None:
                Volume(ml)
        if self.label_units is not None:
            Dose(self.label_units, self.product or "plan")
        if self.syringes < 0:
            raise InvalidQuantity("The number of syringes cannot be negative.")


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A toxin treatment on record, anywhere, for anything. None means not known, never zero."""

    given_on: date
    product: str | None = None
    units: Decimal | None = None
    where: str = ""

    def __post_init__(self) -> None:
        if self.units is not None:
            Dose(self.units, self.product or "unknown product")


@dataclass(frozen=True, kw_only=True)
class PatientSafety:
    """What the checks need to know of a patient: birth date, observations, the candidacy's findings.

    `unconfirmed`: the patient's answers that no clinician has confirmed. `decided`: what was decided
    together last, '' for nothing yet; `diagnosis`: the one that is worked with now. None where there is
    no record of them to look at, as in a case file.
    """

    birth_date: date
    facts: Mapping[str, Observation]
    candidacy: tuple[Finding, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    decided: SharedDecision | None = None
    diagnosis: str | None = None


@dataclass(frozen=True, kw_only=True)
class VialSize:
    """A size of a product that can be opened; `count` None means as many as needed."""

    presentation: str
    label_units: Decimal
    count: int | None = None


def with_day_told(earlier: Iterable[Earlier], facts: Facts) -> tuple[Earlier, ...]:
    """Every treatment on record, in order, and the one that was only told, of unknown product and dose."""
    found, told = list(earlier), day_told(facts)
    if told is not None and told not in {each.given_on for each in found}:
        found.append(Earlier(given_on=told, where="as the patient told"))
    return tuple(sorted(found, key=lambda each: each.given_on))


def point_id(abbreviation: str, side: Side, number: str) -> str:
    """The name of a point on the map, in the list and on paper, e.g. MASS-L-2."""
    return f"{abbreviation}-{SIDE_LETTERS[side]}-{number}"


def change_product(plan: PlanDraft, product: str, presentation: str = "") -> PlanDraft:
    """The same points with another product: every dose and the dilution are emptied.

    Source: P1, P10, P14.
    """
    if product == plan.product:
        return replace(plan, presentation=presentation or plan.presentation)
    points = tuple(replace(point, units=None, product="") for point in plan.points)
    return replace(
        plan, product=product, presentation=presentation, points=points, diluent_ml=None, label_units=None
    )

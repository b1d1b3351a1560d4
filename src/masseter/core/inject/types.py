"""The shapes of a treatment: the time-out, the consent, the vials, the approval, what was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from masseter.core.inject.today import NOT_ASKED, TodayAnswers
from masseter.core.plan.types import PlanDraft
from masseter.core.quantities import Dose, InvalidQuantity, Volume
from masseter.knowledge.model import Side, View

VialStatus = Literal["available", "reconstituted", "quarantined", "recalled", "used", "discarded"]


@dataclass(frozen=True, kw_only=True)
class TimeOut:
    """What was confirmed aloud before the first injection.

    `identifiers` are the kinds that were compared with the person, e.g. ("name", "birth_date"). `today` is
    what the person answered on the day.
    """

    identifiers: tuple[str, ...]
    consent_confirmed: bool
    plan_confirmed: bool
    allergies_confirmed: bool
    today: TodayAnswers = NOT_ASKED


@dataclass(frozen=True, kw_only=True)
class Consent:
    """A consent on record: for which condition, diagnosis and product, signed and withdrawn when.

    `diagnosis` and `product` are empty where the text speaks of all of the condition, of every product.
    `says_licensed`: whether the text calls this use of the plan's product licensed. `signed_at` is the
    moment with its zone, where it is known. `waits_for_visit`: signed at home, and not yet confirmed at a
    visit.
    """

    condition: str
    product: str
    signed_on: date | None
    diagnosis: str
    says_licensed: bool
    withdrawn_on: date | None = None
    signed_at: datetime | None = None
    waits_for_visit: bool = False


@dataclass(frozen=True, kw_only=True)
class Approval:
    """A prescriber's approval with the fingerprint of the plan as it was then."""

    fingerprint: str
    by: str
    on: date


@dataclass(frozen=True, kw_only=True)
class VialState:
    """One physical vial at the time of the treatment.

    `units_left` is what was in it before this treatment; `discarded` what is thrown away after it
    (None while it is not counted yet).
    `expires_on` is the last day on which it may be used. `diluent` is a code of the house's list, empty
    where it was not said.
    """

    id: str
    product: str
    presentation: str
    label_units: Decimal
    lot: str
    expires_on: date | None
    status: VialStatus
    units_left: Decimal
    diluent_ml: Decimal | None = None
    reconstituted_at: datetime | None = None
    used_for_other_patient: bool = False
    discarded: Decimal | None = None
    diluent: str = ""

    def __post_init__(self) -> None:
        for units in (self.label_units, self.units_left, self.discarded):
            if units is not None:
                Dose(units, self.product or "vial")
        if self.diluent_ml is not None:
            Volume(self.diluent_ml)


@dataclass(frozen=True, kw_only=True)
class GivenPoint:
    """What was really given at one point, and from which vial.

    `planned_id` is the id of the plan's point that it carries out, empty for a point added on the
    day. `reason` says why it departs from the plan, where it does.
    """

    id: str
    site: str
    side: Side
    number: str
    view: View
    x: Decimal
    y: Decimal
    units: Decimal
    vial: str
    depth: str = ""
    route: str = ""
    planned_id: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        Dose(self.units, self.vial or "vial")
        if not (self.x.is_finite() and self.y.is_finite()):
            raise InvalidQuantity("A point needs its place on the map.")


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A planned point that was not given, and why."""

    planned_id: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ApprovedPlan:
    """A plan with its approval; `approval` None while nobody has approved it."""

    plan: PlanDraft
    approval: Approval | None

"""The vials of a treatment as they were when it was given, and from which of them each point came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from masseter.core.inject.types import VialState, VialStatus
from masseter.core.plan.reconstitute import concentration, diluent_for
from masseter.core.plan.types import VialSize
from masseter.journey.plan.drafts import tidy
from masseter.journey.plan.models import Plan
from masseter.journey.stock.ledger import Opening
from masseter.journey.stock.models import Lot, Vial
from masseter.knowledge.load import load

_STATES: Mapping[str, VialStatus] = {
    Vial.State.SEALED: "available",
    Vial.State.OPENED: "reconstituted",
    Vial.State.USED: "used",
    Vial.State.DISCARDED: "discarded",
    Vial.State.RETURNED: "discarded",
    Vial.State.QUARANTINED: "quarantined",
}


def vial_state(
    vial: Vial, plan: Plan, opening: Opening | None, *, is_own: bool, discarded: Decimal | None
) -> VialState:
    """The vial as it is at the treatment: a sealed one opened, one of a corrected treatment full again."""
    fresh = opening if vial.opened_at is None else None
    mixed = fresh or vial
    is_sealed = vial.state == Vial.State.SEALED
    status = "reconstituted" if is_own or (is_sealed and fresh) else _STATES[vial.state]
    if vial.lot.state == Lot.State.RECALLED:
        status = "recalled"
    elif vial.lot.state == Lot.State.QUARANTINED:
        status = "quarantined"
    return VialState(
        id=str(vial.pk),
        product=vial.lot.product,
        presentation=vial.lot.presentation,
        label_units=tidy(vial.label_units),
        lot=vial.lot.number,
        expires_on=vial.lot.expires_on,
        status=status,
        units_left=tidy(vial.label_units if is_own else vial.left_units),
        diluent_ml=mixed.diluent_ml,
        diluent=mixed.diluent,
        reconstituted_at=fresh.at if fresh else vial.opened_at,
        used_for_other_patient=_is_anothers(vial, plan),
        discarded=discarded,
    )


def diluent_of(vial: Vial, plan: Plan, planned_ml: Decimal | None) -> Decimal | None:
    """The diluent of a vial of any size for the strength that `planned_ml` gives the plan's own size."""
    product = load().products[plan.product]
    own = next((size for size in product.presentations if size.key == plan.presentation), None)
    if not planned_ml or own is None or vial.lot.product != plan.product or product.form != "powder":
        return planned_ml
    size = VialSize(presentation=vial.lot.presentation, label_units=vial.label_units)
    exact = diluent_for(size, concentration(own, planned_ml))
    return tidy(Decimal(exact.numerator) / exact.denominator)


Dose = tuple[Decimal, int | None]  # units, and the vial that was named for them


def vial_of_each(doses: Sequence[Dose], held: Mapping[str, Decimal]) -> tuple[str, ...]:
    """The vial of each dose: the one that was named, else the first in order that still holds it.

    `held`: the units in each vial, in the order in which they are drawn from.
    """
    left = {name: Fraction(units) for name, units in held.items()}
    names = []
    for units, named in doses:
        wanted = str(named) if named is not None else ""
        name = wanted or next((key for key, rest in left.items() if rest >= units), next(iter(left), ""))
        if name in left:
            left[name] -= Fraction(units)
        names.append(name)
    return tuple(names)


def rests(doses: Sequence[Dose], held: Mapping[str, Decimal]) -> dict[int, Decimal]:
    """What is left of each vial to throw away: the proposal for whoever counts it."""
    left = dict(held)
    for (units, _), name in zip(doses, vial_of_each(doses, held), strict=True):
        if name in left:
            left[name] = max(left[name] - units, Decimal(0))
    return {int(name): units for name, units in left.items()}


def _is_anothers(vial: Vial, plan: Plan) -> bool:
    if vial.patient_id is None or vial.patient_id == plan.patient_id:
        return False
    merged = vial.patient.merged_into_id if vial.patient else None
    return merged != plan.case.patient_id

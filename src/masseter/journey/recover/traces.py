"""Who else was treated from the lots of a treatment, and which unwanted effects they had afterwards."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment, VialUse
from masseter.journey.people.models import Patient
from masseter.journey.recover.models import AdverseEvent
from masseter.journey.stock.models import Lot


@dataclass(frozen=True, kw_only=True)
class TreatedFromLot:
    """One treatment from a lot, in its newest version, with the effects on record after it."""

    lot: Lot
    treatment: Treatment
    patient: Patient
    events: tuple[AdverseEvent, ...]

    def had(self, effect: str) -> bool:
        """The same effect is on record after it."""
        return bool(effect) and any(event.effect == effect for event in self.events)


def treated_from(
    by: Actor, lots: Iterable[Lot], *, without: Patient | None = None
) -> tuple[TreatedFromLot, ...]:
    """Every treatment of this clinic from these lots, the newest first; `without` leaves one patient out.

    A lot that came in twice is one lot: it is the maker's number that counts.
    """
    numbers = {(lot.product, lot.normalised) for lot in lots}
    uses = _uses(by, {number for _, number in numbers})
    kept = [use for use in uses if (use.vial.lot.product, use.vial.lot.normalised) in numbers]
    others = [use for use in kept if without is None or _person(use.patient) != _person(without)]
    events = _events(by, {use.treatment.plan_id for use in others})
    found = {
        (use.treatment_id, use.vial.lot.normalised): TreatedFromLot(
            lot=use.vial.lot,
            treatment=use.treatment,
            patient=use.patient,
            events=tuple(events.get(use.treatment.plan_id, ())),
        )
        for use in others
    }
    return tuple(found.values())


def _uses(by: Actor, numbers: Collection[str]) -> list[VialUse]:
    if by.patient_id is not None:
        return []
    uses = VialUse.objects.filter(
        clinic_id=by.clinic_id,
        vial__lot__normalised__in=numbers,
        treatment__signed_at__isnull=False,
        treatment__superseded_by=None,
    )
    named = uses.select_related("treatment", "patient__merged_into", "vial__lot")
    return list(named.order_by("-treatment__given_at", "-pk"))


def _events(by: Actor, plans: Collection[int]) -> dict[int, list[AdverseEvent]]:
    """The effects after the treatments of these plans, whichever version they were recorded on."""
    found: dict[int, list[AdverseEvent]] = {}
    rows = AdverseEvent.objects.filter(clinic_id=by.clinic_id, treatment__plan_id__in=plans)
    for event in rows.select_related("treatment").order_by("started_on", "pk"):
        found.setdefault(event.treatment.plan_id, []).append(event)
    return found


def _person(patient: Patient) -> int:
    return patient.merged_into_id or patient.pk

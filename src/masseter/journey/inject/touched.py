"""What an alert on a lot touches: the vials, the treatments that they were used in, and the people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import VialUse
from masseter.journey.people.models import Patient
from masseter.journey.stock.models import Lot, Vial


@dataclass(frozen=True, kw_only=True)
class UseOfLot:
    """One treatment in which a vial of the lot was used, in the record's newest version."""

    treatment_id: int
    patient_id: int
    day: date
    lot: Lot
    vial: str
    given_units: Decimal
    condition: str


@dataclass(kw_only=True)
class TouchedPatient:
    """A person who was given something of the lot, or for whom one of its vials was opened."""

    patient: Patient
    uses: list[UseOfLot] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Touched:
    """Everything that the lots of an alert have touched."""

    vials: list[Vial]
    uses: list[UseOfLot]
    patients: list[TouchedPatient]


def touched_by(by: Actor, lots: Sequence[Lot]) -> Touched:
    """Vials, treatments and patients of some lots: three questions, however much is on record.

    A corrected treatment counts as it reads now. A record that was merged counts for the one that was kept.
    """
    ids = [lot.pk for lot in lots]
    vials = list(
        Vial.objects.filter(clinic_id=by.clinic_id, lot_id__in=ids)
        .select_related("lot", "patient__user", "patient__merged_into__user")
        .order_by("lot_id", "place")
    )
    rows = (
        VialUse.objects.filter(
            clinic_id=by.clinic_id,
            vial__lot_id__in=ids,
            treatment__superseded_by=None,
            treatment__signed_at__isnull=False,
        )
        .select_related("treatment__case", "patient__user", "patient__merged_into__user", "vial__lot")
        .defer("treatment__time_out", "treatment__findings", "treatment__left_out", "treatment__note")
        .order_by("treatment__given_at", "pk")
    )
    people: dict[int, TouchedPatient] = {}
    zone, uses = ZoneInfo(by.zone), []
    for row in rows:
        use = UseOfLot(
            treatment_id=row.treatment_id,
            patient_id=row.patient.merged_into_id or row.patient_id,
            day=row.treatment.given_at.astimezone(zone).date(),
            lot=row.vial.lot,
            vial=str(row.vial),
            given_units=row.given_units,
            condition=row.treatment.case.condition,
        )
        uses.append(use)
        _of(people, row.patient).uses.append(use)
    for vial in vials:
        if vial.patient is not None:
            _of(people, vial.patient)
    return Touched(vials=vials, uses=uses, patients=sorted(people.values(), key=lambda one: str(one.patient)))


def _of(people: dict[int, TouchedPatient], patient: Patient) -> TouchedPatient:
    kept = patient.merged_into or patient
    return people.setdefault(kept.pk, TouchedPatient(patient=kept))

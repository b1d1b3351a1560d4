"""Everything that is kept about one patient, table by table, for the patient to take along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from django.db.models import Model

from masseter.journey.ground.actor import Actor
from masseter.journey.people.actions.merging import tables_of_patients
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import Look, looks_at

M = TypeVar("M", bound=Model)
EVERY_LOOK = 100_000
# What a row is always read with, so that a long record takes no more questions than a short one.
_WITH = {
    "calendar.appointment": ("with_user",),
    "consult.consent": ("case",),
    "inject.givenpoint": ("vial__lot",),
    "inject.vialuse": ("vial__lot",),
    "plan.plan": ("own_version__scheme",),
}


@dataclass(frozen=True, kw_only=True)
class WholeRecord:
    """One patient's record. `rows` are keyed by the table's label, e.g. `inject.treatment`, oldest first."""

    patient: Patient
    rows: Mapping[str, tuple[Model, ...]]
    looks: tuple[Look, ...]

    def of(self, table: type[M]) -> list[M]:
        """The rows of one table."""
        return cast(list[M], list(self.rows.get(table._meta.label_lower, ())))


def tables() -> dict[str, type[Model]]:
    """Every table with rows of patients by its label, but the patient's own and the trail."""
    return {table._meta.label_lower: table for table in tables_of_patients()}


def whole_record(by: Actor, patient: Patient) -> WholeRecord:
    """Read everything about a patient. Records that were merged into this one are part of it."""
    rows = {}
    for label, table in sorted(tables().items()):
        found = table._default_manager.filter(patient_id=patient.pk, clinic_id=by.clinic_id)
        rows[label] = tuple(found.select_related(*_WITH.get(label, ())))
    return WholeRecord(patient=patient, rows=rows, looks=tuple(looks_at(by, patient, EVERY_LOOK)))

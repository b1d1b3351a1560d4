"""From stored observations to core's and back: one value, one way to write it as JSON."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import assert_never

from masseter.core.consult.standing import Given
from masseter.core.facts import NoLessThan, NotApplicable, Observation, ObservationValue
from masseter.journey.consult import models
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.people.models import Patient
from masseter.knowledge.load import load
from masseter.knowledge.model import ObservationType

PATIENT = "patient"
Stored = bool | int | str | list[str] | None


def to_json(value: ObservationValue) -> Stored:
    """A value as it is stored: numbers with decimals as text, dates as year-month-day."""
    match value:
        case bool() | int() | str() | None:
            return value
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case NotApplicable() | NoLessThan():
            return None  # these are computed, and computed again
    assert_never(value)


def from_json(type_: ObservationType, stored: Stored) -> ObservationValue:
    """The value of a stored observation of this type."""
    if stored is None:
        return None
    match type_.kind:
        case "decimal":
            return Decimal(str(stored))
        case "date":
            return date.fromisoformat(str(stored))
        case "choices":
            return tuple(stored) if isinstance(stored, list) else (str(stored),)
        case _:
            return stored if not isinstance(stored, list) else tuple(stored)


def to_core(row: models.Observation, type_: ObservationType) -> Given:
    """A row as core reads it."""
    observation = Observation(
        code=row.code,
        value=from_json(type_, row.value),
        observed_on=row.observed_on,
        reported_by=row.reported_by,
        unit=row.unit,
    )
    return Given(observation=observation, is_confirmed=row.confirmed)


def to_row(
    by: Actor,
    patient: Patient,
    case: models.Case | None,
    fact: Observation,
    *,
    confirmed: bool,
    note: str = "",
) -> models.Observation:
    """A fact as a row, not saved yet; what holds whatever the condition belongs to no case."""
    type_ = load().observations[fact.code]
    return models.Observation(
        clinic_id=by.clinic_id,
        patient=patient,
        case=case if type_.conditions else None,
        code=fact.code,
        value=to_json(fact.value),
        unit=fact.unit,
        observed_on=fact.observed_on or clock.today(by.zone),
        reported_by=fact.reported_by,
        confirmed=confirmed,
        recorded_by_name=by.name,
        recorded_at=clock.now(),
        note=note,
    )

"""Reading where vials are kept and how warm it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery

from masseter.core.cold import Reading
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.stock.models import (
    ExposedVial,
    Stay,
    StorageUnit,
    TemperatureExcursion,
    TemperatureReading,
    Vial,
)


@dataclass(frozen=True, kw_only=True)
class UnitNow:
    """A place of storage as it is: its last temperature, the extremes of the last day, what stands in it."""

    unit: StorageUnit
    last_at: datetime | None
    last: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    vials: int
    kept_back: int


def units_of(by: Actor) -> list[StorageUnit]:
    """The clinic's places of storage that are in use, by name."""
    return list(StorageUnit.objects.filter(clinic_id=by.clinic_id, ended_at=None))


def ended_units(by: Actor) -> list[StorageUnit]:
    """The places that are not used any more, by name."""
    return list(StorageUnit.objects.filter(clinic_id=by.clinic_id, ended_at__isnull=False))


def unit_of(by: Actor, unit_id: int) -> StorageUnit:
    """Raises: NotHere."""
    unit = StorageUnit.objects.filter(clinic_id=by.clinic_id, pk=unit_id).first()
    if unit is None:
        raise NotHere("There is no such place of storage.")
    return unit


def units_now(by: Actor, now: datetime) -> list[UnitNow]:
    """Every place in use with its temperatures of the last 24 hours and its vials."""
    newest = TemperatureReading.objects.filter(unit=OuterRef("pk")).order_by("-at")
    units = StorageUnit.objects.filter(clinic_id=by.clinic_id, ended_at=None).annotate(
        last_at=Subquery(newest.values("at")[:1]), last=Subquery(newest.values("celsius")[:1])
    )
    day = TemperatureReading.objects.filter(clinic_id=by.clinic_id, at__gt=now - timedelta(hours=24))
    spans = {
        unit: (low, high)
        for unit, low, high in day.order_by()
        .values_list("unit_id")
        .annotate(Min("celsius"), Max("celsius"))
        .values_list("unit_id", "celsius__min", "celsius__max")
    }
    stays = Stay.objects.filter(clinic_id=by.clinic_id, until=None).order_by().values("unit_id")
    back = Count("id", filter=Q(vial__state=Vial.State.QUARANTINED))
    rows = stays.annotate(all=Count("id"), back=back).values_list("unit_id", "all", "back")
    counts = {unit: (whole, kept) for unit, whole, kept in rows}
    return [
        UnitNow(
            unit=unit,
            last_at=unit.last_at,
            last=unit.last,
            lowest=spans.get(unit.pk, (None, None))[0],
            highest=spans.get(unit.pk, (None, None))[1],
            vials=counts.get(unit.pk, (0, 0))[0],
            kept_back=counts.get(unit.pk, (0, 0))[1],
        )
        for unit in units
    ]


def readings_of(by: Actor, unit: StorageUnit, first: datetime, last: datetime) -> list[Reading]:
    """The temperatures of a time, in order."""
    rows = TemperatureReading.objects.filter(clinic_id=by.clinic_id, unit=unit, at__range=(first, last))
    return [
        Reading(at=at, celsius=celsius) for at, celsius in rows.order_by("at").values_list("at", "celsius")
    ]


def stays_in(by: Actor, unit: StorageUnit) -> list[Stay]:
    """The vials that stand in a unit now."""
    stays = Stay.objects.filter(clinic_id=by.clinic_id, unit=unit, until=None)
    return list(
        stays.select_related("vial__lot").order_by("vial__lot__expires_on", "vial__lot", "vial__place")
    )


def place_of(by: Actor, vial: Vial) -> Stay | None:
    """Where a vial stands now."""
    stays = Stay.objects.filter(clinic_id=by.clinic_id, vial=vial, until=None)
    return stays.select_related("unit").first()


def places_of(by: Actor, vials: list[Vial]) -> dict[int, StorageUnit]:
    """Where each of some vials stands now."""
    stays = Stay.objects.filter(clinic_id=by.clinic_id, vial__in=vials, until=None)
    return {stay.vial_id: stay.unit for stay in stays.select_related("unit")}


def excursions_of(by: Actor, unit: StorageUnit | None = None) -> list[TemperatureExcursion]:
    """The excursions of a unit or of all, the newest first, with how many vials wait for a decision."""
    waiting = Count("exposed", filter=Q(exposed__vial__state=Vial.State.QUARANTINED))
    found = TemperatureExcursion.objects.filter(clinic_id=by.clinic_id)
    if unit is not None:
        found = found.filter(unit=unit)
    return list(found.select_related("unit").annotate(all=Count("exposed"), waiting=waiting)[:100])


def excursion_of(by: Actor, excursion_id: int) -> TemperatureExcursion:
    """Raises: NotHere."""
    found = TemperatureExcursion.objects.filter(clinic_id=by.clinic_id, pk=excursion_id)
    excursion = found.select_related("unit").first()
    if excursion is None:
        raise NotHere("There is no such excursion.")
    return excursion


def exposed_in(by: Actor, excursion: TemperatureExcursion) -> list[ExposedVial]:
    """The vials that were there, and what became of them."""
    exposed = ExposedVial.objects.filter(clinic_id=by.clinic_id, excursion=excursion)
    return list(exposed.select_related("vial__lot").order_by("vial__lot", "vial__place"))

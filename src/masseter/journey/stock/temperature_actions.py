"""Writing temperatures: one that was read off, or a logger's file, taken in whole or not at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from masseter.core.cold import Reading
from masseter.journey.audit.trail import record
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.stock.exposing import OLDEST, find_excursions
from masseter.journey.stock.ledger import lock_vials, step
from masseter.journey.stock.logger_file import COLDEST, HOTTEST, read_log
from masseter.journey.stock.logger_time import DayOrder
from masseter.journey.stock.models import (
    ExposedVial,
    StorageUnit,
    TemperatureExcursion,
    TemperatureReading,
    Vial,
)

MOST_TOLD = 10
BATCH = 5000
_SLACK = timedelta(minutes=10)  # a logger's clock may run fast


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What became of a file."""

    new: int
    known: int
    excursions: int


@action(Right.KEEP_STOCK, Right.INJECT)
def enter_temperature(
    *, by: Actor, unit: StorageUnit, at: datetime, celsius: Decimal, note: str = ""
) -> Imported:
    """Write down a temperature that was read off."""
    if not COLDEST <= celsius <= HOTTEST:
        raise Refused("Enter a temperature in °C that can be.", field="celsius")
    source = f"read off: {note.strip()}"[:200] if note.strip() else "read off"
    return _take_in(by, unit, [Reading(at=at, celsius=celsius)], source, field="celsius")


@action(Right.KEEP_STOCK, Right.INJECT)
def import_temperatures(
    *, by: Actor, unit: StorageUnit, name: str, text: str, zone: str, order: DayOrder = "auto"
) -> Imported:
    """Take in the file of a temperature logger; the same file again adds nothing."""
    read = read_log(text, zone=zone, order=order)
    return _take_in(by, unit, read.readings, name[:200] or "file", field="file")


@action(Right.KEEP_STOCK)
def release_exposed(
    *, by: Actor, excursion: TemperatureExcursion, vials: Collection[int], reason: str
) -> int:
    """Release vials after an excursion, with what the maker answered; answers how many."""
    return _decide(by, excursion, vials, reason, is_released=True)


@action(Right.KEEP_STOCK)
def discard_exposed(
    *, by: Actor, excursion: TemperatureExcursion, vials: Collection[int], reason: str
) -> int:
    """Throw vials away after an excursion, with the reason; answers how many."""
    return _decide(by, excursion, vials, reason, is_released=False)


def _decide(
    by: Actor, excursion: TemperatureExcursion, vials: Collection[int], reason: str, *, is_released: bool
) -> int:
    if not reason.strip():
        raise Refused("Write what was decided and why, such as the maker’s answer.", field="reason")
    exposed = set(ExposedVial.objects.filter(excursion=excursion).values_list("vial_id", flat=True))
    locked = [vial for vial in lock_vials(by, vials) if vial.pk in exposed]
    if not locked:
        raise Refused("Choose the vials.", field="vials")
    for vial in locked:
        if vial.state != Vial.State.QUARANTINED:
            raise Refused(f"Vial {vial} is {vial.get_state_display().lower()}.", field="vials")
        told = {"excursion": excursion.pk, "units": vial.left_units}
        if is_released:
            vial.state = Vial.State.OPENED if vial.opened_at else Vial.State.SEALED
            vial.reason = ""
        else:
            vial.discarded_units = vial.label_units - vial.given_units
            vial.state, vial.reason = Vial.State.DISCARDED, reason.strip()
        step(vial)
        what = "stock.vial_released" if is_released else "stock.vial_discarded"
        record(by=by, what=what, on=vial, why=reason.strip(), data=told)
    return len(locked)


def _take_in(
    by: Actor, unit: StorageUnit, readings: Sequence[Reading], source: str, *, field: str
) -> Imported:
    # The unit is locked first, so that two files of one logger never meet half way.
    StorageUnit.objects.select_for_update().get(clinic_id=by.clinic_id, pk=unit.pk)
    _check_past(readings, field)
    new = _new(unit, readings, field)
    TemperatureReading.objects.bulk_create(
        (
            TemperatureReading(
                clinic_id=by.clinic_id,
                unit=unit,
                at=each.at,
                celsius=each.celsius,
                source=source,
                entered_by_name=by.name,
            )
            for each in new
        ),
        batch_size=BATCH,
    )
    told = {"new": len(new), "known": len(readings) - len(new), "source": source}
    record(by=by, what="stock.temperatures_entered", on=unit, data=told)
    found = find_excursions(by, unit, new[0].at, new[-1].at) if new else []
    return Imported(new=len(new), known=len(readings) - len(new), excursions=len(found))


def _check_past(readings: Sequence[Reading], field: str) -> None:
    if not readings:
        return
    where = "at" if field == "celsius" else field
    if readings[0].at < clock.now() - OLDEST:
        raise Refused("A temperature is older than ten years: check the dates.", field=where)
    late = readings[-1].at
    if late > clock.now() + _SLACK:
        raise Refused(f"{late:%-d %B %Y, %H:%M} UTC is still to come: check time and zone.", field=where)


def _new(unit: StorageUnit, readings: Sequence[Reading], field: str) -> list[Reading]:
    """The readings that are not on record yet.

    Raises: Refused where another temperature is on record for the same moment.
    """
    if not readings:
        return []
    known = dict(
        TemperatureReading.objects.filter(unit=unit, at__range=(readings[0].at, readings[-1].at)).values_list(
            "at", "celsius"
        )
    )
    against = [each for each in readings if each.at in known and known[each.at] != each.celsius]
    if against:
        times = ", ".join(f"{each.at:%Y-%m-%d %H:%M} UTC" for each in against[:MOST_TOLD])
        raise Refused(
            f"Nothing was taken in. Another temperature is on record for {times}: is this the file of "
            "another place?",
            field=field,
        )
    return [each for each in readings if each.at not in known]

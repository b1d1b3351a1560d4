"""From temperatures to quarantine: which vials were in a unit while it was too warm or too cold for them.

What is found puts vials into quarantine by itself. Nothing here ever releases one: a person does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.timezone import localtime

from masseter.core.cold import (
    Outside,
    Place,
    Reading,
    Stage,
    excursion_words,
    kept_there,
    kept_words,
    times_outside,
)
from masseter.core.quantities import plain
from masseter.journey.audit.trail import record
from masseter.journey.ground.actor import Actor
from masseter.journey.stock.ledger import FINISHED, lock_vials, step
from masseter.journey.stock.models import (
    ExposedVial,
    Stay,
    StorageUnit,
    TemperatureExcursion,
    TemperatureReading,
    Vial,
)
from masseter.knowledge.load import load
from masseter.knowledge.model import Keeping

# So far around new readings older ones are looked at again: an excursion may go on in both directions.
AROUND = timedelta(days=7)
OLDEST = timedelta(days=3653)  # readings and moves before that are slips


def find_excursions(
    by: Actor, unit: StorageUnit, first: datetime, last: datetime
) -> list[TemperatureExcursion]:
    """Find what was outside between two moments, keep it and put the vials that were there into quarantine.

    What was found before and has not grown is left alone, so that a released vial stays released.
    """
    window = (first - AROUND, last + AROUND)
    rows = TemperatureReading.objects.filter(unit=unit, at__range=window).order_by("at")
    readings = [Reading(at=row.at, celsius=row.celsius) for row in rows]
    found = []
    for (product, stage), stays in _kinds(unit, *window).items():
        kept = _kept(by, unit, product, stage)
        for outside in times_outside(readings, kept) if kept else ():
            exposed = [stay for stay in stays if _overlap(stay, outside) is not None]
            if kept is None or not exposed:
                continue
            excursion = _grown(by, unit, product, stage, outside, kept, exposed)
            if excursion is not None:
                found.append(excursion)
    return found


def _kinds(unit: StorageUnit, first: datetime, last: datetime) -> dict[tuple[str, Stage], list[Stay]]:
    """The stays of the window by product and stage of the vial."""
    stays = Stay.objects.filter(Q(until=None) | Q(until__gte=first), unit=unit, since__lte=last)
    kinds: dict[tuple[str, Stage], list[Stay]] = {}
    for stay in stays.select_related("vial__lot"):
        stage: Stage = "ready" if stay.vial.opened_at and stay.vial.opened_at <= stay.since else "unopened"
        kinds.setdefault((stay.vial.lot.product, stage), []).append(stay)
    return kinds


def _kept(by: Actor, unit: StorageUnit, product: str, stage: Stage) -> Keeping | None:
    known = load().products.get(product)
    return kept_there(known, stage, cast(Place, unit.place), by.jurisdiction) if known else None


def _overlap(stay: Stay, outside: Outside) -> int | None:
    """For how many minutes a vial was there while it was outside; None where it was not."""
    begins = max(stay.since, outside.began_at)
    ends = min(stay.until or outside.ended_at, outside.ended_at)
    return int((ends - begins).total_seconds()) // 60 if ends >= begins else None


def _grown(
    by: Actor,
    unit: StorageUnit,
    product: str,
    stage: Stage,
    outside: Outside,
    kept: Keeping,
    stays: Iterable[Stay],
) -> TemperatureExcursion | None:
    """The excursion, kept as new or as grown; None where it is known as it is."""
    known = TemperatureExcursion.objects.select_for_update().filter(
        clinic_id=by.clinic_id,
        unit=unit,
        product=product,
        stage=stage,
        began_at__lte=outside.ended_at,
        ended_at__gte=outside.began_at,
    )
    excursion = known.order_by("began_at").first() or TemperatureExcursion(
        clinic_id=by.clinic_id, unit=unit, product=product, stage=stage, version=0
    )
    before = (excursion.began_at, excursion.ended_at, excursion.lowest, excursion.highest)
    now = (outside.began_at, outside.ended_at, outside.lowest, outside.highest)
    is_grown = before != now
    if is_grown:
        excursion.began_at, excursion.ended_at, excursion.lowest, excursion.highest = now
        excursion.allowed = kept_words(kept)
        excursion.version += 1
        excursion.save()
    exposed = dict(ExposedVial.objects.filter(excursion=excursion).values_list("vial_id", "minutes"))
    new = [stay for stay in stays if is_grown or stay.vial_id not in exposed]
    if new:
        told = {"unit": unit.name, "product": product, "vials": len(new), "minutes": outside.minutes}
        record(by=by, what="stock.excursion_found", on=excursion, data=told)
        _expose(by, excursion, outside, new)
    return excursion if is_grown or new else None


def _expose(by: Actor, excursion: TemperatureExcursion, outside: Outside, stays: Iterable[Stay]) -> None:
    minutes = {stay.vial_id: _overlap(stay, outside) or 0 for stay in stays}
    for vial in lock_vials(by, minutes):
        ExposedVial.objects.update_or_create(
            clinic_id=by.clinic_id, excursion=excursion, vial=vial, defaults={"minutes": minutes[vial.pk]}
        )
        if vial.state not in FINISHED:
            _quarantine(by, vial, excursion)


def _quarantine(by: Actor, vial: Vial, excursion: TemperatureExcursion) -> None:
    reason = excursion_sentence(by, excursion, vial)
    was_kept_back = vial.state == Vial.State.QUARANTINED
    vial.reason = f"{vial.reason} {reason}".strip() if was_kept_back and vial.reason else reason
    vial.state = Vial.State.QUARANTINED
    step(vial)
    record(by=by, what="stock.vial_quarantined", on=vial, why=reason, data={"excursion": excursion.pk})


def excursion_sentence(by: Actor, excursion: TemperatureExcursion, vial: Vial) -> str:
    """Why a vial is kept back after an excursion."""
    began = localtime(excursion.began_at, by_zone(by))
    return (
        f"Between {plain(excursion.lowest)} and {plain(excursion.highest)} °C in {excursion.unit.name} from "
        f"{began:%-d %B %Y, %H:%M}; allowed: {excursion.allowed}. {advice(by, excursion, vial)}"
    )


def advice(by: Actor, excursion: TemperatureExcursion, vial: Vial) -> str:
    """What is published for a vial that was kept so; the minutes of its whole life are added up."""
    minutes = sum(ExposedVial.objects.filter(vial=vial).values_list("minutes", flat=True))
    return excursion_words(
        load().products[vial.lot.product],
        by.jurisdiction,
        lowest=excursion.lowest,
        highest=excursion.highest,
        minutes_in_all=minutes,
    )


def by_zone(by: Actor) -> ZoneInfo:
    """The zone of the clinic's clock."""
    return ZoneInfo(by.zone)

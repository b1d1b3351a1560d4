"""From temperatures to quarantine: which vials were in a unit while it was too warm or too cold for them.

What is found puts vials into quarantine by itself. Nothing here ever releases one: a person does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from django.db.models import Max, Min, Q, Sum
from django.utils.timezone import localtime

from masseter.core.cold import (
    Outside,
    Place,
    Reading,
    Stage,
    excursion_words,
    is_outside,
    kept_there,
    kept_words,
    times_outside,
)
from masseter.core.quantities import plain
from masseter.journey.audit.trail import record
from masseter.journey.ground.actor import Actor
from masseter.journey.stock.kept import readings_of
from masseter.journey.stock.ledger import FINISHED, lock_vials, step
from masseter.journey.stock.models import (
    ExposedVial,
    Stay,
    StorageUnit,
    TemperatureExcursion,
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

    A vial whose own time outside is no longer and no worse than it was known to be is left alone, so that
    a released vial stays released. The excursions that are answered are those that put a vial there.
    """
    window = _window(unit, first - AROUND, last + AROUND)
    readings = readings_of(by, unit, *window)
    found = []
    for (product, stage), stays in _kinds(unit, *window).items():
        kept = _kept(by, unit, product, stage)
        for outside in times_outside(readings, kept) if kept else ():
            minutes = _minutes(stays, outside)
            if kept is None or not minutes:
                continue
            excursion, known = _of(by, unit, product, stage, outside)
            worse = _worse(readings, kept, known, outside) if known else ()
            _keep(excursion, outside, kept)
            if _expose(
                by, excursion, outside, minutes, {each.vial_id for each in stays if _saw(each, worse)}
            ):
                found.append(excursion)
    return found


def _window(unit: StorageUnit, first: datetime, last: datetime) -> tuple[datetime, datetime]:
    """The time to look at: no known excursion that reaches into it is cut off at its edge."""
    touching = TemperatureExcursion.objects.filter(unit=unit, began_at__lte=last, ended_at__gte=first)
    edges = touching.aggregate(first=Min("began_at"), last=Max("ended_at"))
    wider = min(first, edges["first"] or first), max(last, edges["last"] or last)
    return wider if wider == (first, last) else _window(unit, *wider)


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


def _minutes(stays: Iterable[Stay], outside: Outside) -> dict[int, int]:
    """For how many minutes each vial that was there was outside; a vial may have come and gone and come."""
    times: dict[int, timedelta] = {}
    for stay in stays:
        begins = max(stay.since, outside.began_at)
        ends = min(stay.until or outside.ended_at, outside.ended_at)
        if ends >= begins:
            times[stay.vial_id] = times.get(stay.vial_id, timedelta()) + (ends - begins)
    return {vial: int(time.total_seconds()) // 60 for vial, time in times.items()}


def _of(
    by: Actor, unit: StorageUnit, product: str, stage: Stage, outside: Outside
) -> tuple[TemperatureExcursion, Outside | None]:
    """The excursion of a time outside, and what was known of it so far: None for a new one."""
    known = TemperatureExcursion.objects.select_for_update().filter(
        clinic_id=by.clinic_id,
        unit=unit,
        product=product,
        stage=stage,
        began_at__lte=outside.ended_at,
        ended_at__gte=outside.began_at,
    )
    excursion = known.order_by("began_at").first()
    if excursion is None:
        new = TemperatureExcursion(clinic_id=by.clinic_id, unit=unit, product=product, stage=stage, version=0)
        return new, None
    return excursion, _outside(excursion)


def _outside(excursion: TemperatureExcursion) -> Outside:
    return Outside(
        began_at=excursion.began_at,
        ended_at=excursion.ended_at,
        lowest=excursion.lowest,
        highest=excursion.highest,
    )


def _keep(excursion: TemperatureExcursion, outside: Outside, kept: Keeping) -> None:
    """Save the excursion as it is now, where it is new or has changed."""
    if not excursion._state.adding and _outside(excursion) == outside:
        return
    excursion.began_at, excursion.ended_at = outside.began_at, outside.ended_at
    excursion.lowest, excursion.highest = outside.lowest, outside.highest
    excursion.allowed = kept_words(kept)
    excursion.version += 1
    excursion.save()


def _worse(
    readings: Iterable[Reading], kept: Keeping, known: Outside, outside: Outside
) -> Sequence[datetime]:
    """The moments of this time at which it was colder or warmer than anything that was known of it."""
    return [
        each.at
        for each in readings
        if outside.began_at <= each.at <= outside.ended_at
        and is_outside(each.celsius, kept)
        and not known.lowest <= each.celsius <= known.highest
    ]


def _saw(stay: Stay, moments: Iterable[datetime]) -> bool:
    return any(stay.since <= at and (stay.until is None or at <= stay.until) for at in moments)


def _expose(
    by: Actor,
    excursion: TemperatureExcursion,
    outside: Outside,
    minutes: Mapping[int, int],
    saw_worse: Collection[int],
) -> int:
    """Note how long each vial was outside; those for whom it is new or worse go into quarantine.

    Answers how many these are.
    """
    rows = ExposedVial.objects.filter(excursion=excursion)
    before = dict(rows.values_list("vial_id", "minutes"))
    new = {vial for vial in minutes if minutes[vial] > before.get(vial, -1) or vial in saw_worse}
    for vial_id, known in before.items():
        if vial_id not in new and minutes.get(vial_id, 0) != known:
            rows.filter(vial_id=vial_id).update(minutes=minutes.get(vial_id, 0))
    if not new:
        return 0
    told = {
        "unit": excursion.unit.name,
        "product": excursion.product,
        "vials": len(new),
        "minutes": outside.minutes,
    }
    record(by=by, what="stock.excursion_found", on=excursion, data=told)
    for vial in lock_vials(by, new):
        ExposedVial.objects.update_or_create(
            clinic_id=by.clinic_id, excursion=excursion, vial=vial, defaults={"minutes": minutes[vial.pk]}
        )
        if vial.state not in FINISHED:
            _quarantine(by, vial, excursion)
    return len(new)


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
    told = advice(by, excursion, minutes_in_all([vial])[vial.pk])
    return (
        f"Between {plain(excursion.lowest)} and {plain(excursion.highest)} °C in {excursion.unit.name} from "
        f"{began:%-d %B %Y, %H:%M}; allowed: {excursion.allowed}. {told}"
    )


def minutes_in_all(vials: Collection[Vial]) -> dict[int, int]:
    """For how many minutes each vial was outside in its whole life, by the vial's number."""
    rows = ExposedVial.objects.filter(vial__in=vials).order_by().values_list("vial_id")
    return dict(rows.annotate(Sum("minutes")))


def advice(by: Actor, excursion: TemperatureExcursion, minutes: int) -> str:
    """What is published for a vial that was kept so, and for so many minutes in its whole life."""
    return excursion_words(
        load().products[excursion.product],
        by.jurisdiction,
        lowest=excursion.lowest,
        highest=excursion.highest,
        minutes_in_all=minutes,
    )


def by_zone(by: Actor) -> ZoneInfo:
    """The zone of the clinic's clock."""
    return ZoneInfo(by.zone)

"""Storage in words: a unit's range, its picture, its days, and what became of exposed vials."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from zoneinfo import ZoneInfo

from masseter.clinic.stock.presenters import Tag, plain, size_name, vial_tag
from masseter.core.cold import Gap, Reading, gaps_in, kept_there, strictest
from masseter.journey.ground.actor import Actor
from masseter.journey.stock.kept import UnitNow
from masseter.journey.stock.models import ExposedVial, Lot, Stay, StorageUnit, Vial
from masseter.knowledge.load import load
from masseter.ui.charts.draw import Chart
from masseter.ui.charts.temperature import DayRow, Degree, span_words, temperature_chart

Span = tuple[Decimal | None, Decimal | None]
MOST_GAPS = 20


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """A unit of the list."""

    now: UnitNow
    last: str
    span: str
    tags: tuple[Tag, ...]


def unit_row(each: UnitNow, moment: datetime) -> UnitRow:
    """A unit for the list, with what needs to be seen."""
    tags = []
    if each.kept_back:
        tags.append(Tag(tone="caution", words=f"{each.kept_back} in quarantine"))
    if each.last_at is None:
        tags.append(Tag(tone="plain", words="Never read"))
    elif moment - each.last_at > timedelta(minutes=each.unit.longest_minutes):
        tags.append(Tag(tone="caution", words="Reading is late"))
    else:
        tags.append(Tag(tone="good", words="Read in time"))
    span = "" if each.lowest is None else f"{plain(each.lowest)} to {plain(each.highest)} °C"
    last = "" if each.last is None else f"{plain(each.last)} °C".replace("-", "−")
    return UnitRow(now=each, last=last, span=span.replace("-", "−"), tags=tuple(tags))


def lots_there(stays: Sequence[Stay]) -> list[tuple[Lot, str, tuple[Tag, ...]]]:
    """What stands in a unit, by lot: its size, and how many vials are in which state."""
    told = []
    for lot, own in groupby(stays, key=lambda stay: stay.vial.lot):
        counts = Counter(vial_tag(stay.vial) for stay in own)
        tags = tuple(
            Tag(tone=tag.tone, words=f"{count} {tag.words.lower()}") for tag, count in counts.items()
        )
        told.append((lot, size_name(lot.product, lot.presentation), tags))
    return told


def range_of(by: Actor, unit: StorageUnit, stays: Sequence[Stay]) -> Span:
    """The range that suits everything in the unit; no limits where it is empty."""
    kinds = {(stay.vial.lot.product, "ready" if stay.vial.opened_at else "unopened") for stay in stays}
    if not kinds:
        return None, None
    known = load().products
    ways = [
        kept_there(known[product], stage, unit.place, by.jurisdiction)  # type: ignore[arg-type]  # a choice
        for product, stage in kinds
        if product in known
    ]
    return strictest(way for way in ways if way is not None)


def picture(unit: StorageUnit, readings: Sequence[Reading], span: Span, zone: str) -> Chart:
    """The temperatures of a time, by the clinic's clock."""
    local = ZoneInfo(zone)
    degrees = tuple(Degree(at=each.at.astimezone(local), celsius=each.celsius) for each in readings)
    return temperature_chart(
        title=f"Temperature in {unit.name}",
        degrees=degrees,
        low=span[0],
        high=span[1],
        days=tuple(_day(day, list(own), span) for day, own in groupby(degrees, key=_date)),
    )


def gaps_of(unit: StorageUnit, readings: Sequence[Reading], zone: str) -> list[str]:
    """The times without a reading, in words, the newest first."""
    local = ZoneInfo(zone)
    gaps = gaps_in(readings, timedelta(minutes=unit.longest_minutes))
    told = [_gap(gap, local) for gap in reversed(gaps)]
    return [*told[:MOST_GAPS], *([f"and {len(told) - MOST_GAPS} more"] if len(told) > MOST_GAPS else [])]


def fate(exposed: ExposedVial) -> Tag:
    """What became of a vial since the excursion."""
    vial = exposed.vial
    if vial.state == Vial.State.QUARANTINED:
        return Tag(tone="caution", words="Waits for a decision")
    if vial.state == Vial.State.USED:
        return Tag(tone="stop", words="Used for a patient")
    words = {"sealed": "Released", "opened": "Released, opened"}.get(vial.state, vial.get_state_display())
    return Tag(tone="good" if vial.state in {"sealed", "opened"} else "plain", words=words)


def span_of(span: Span) -> str:
    """A range in words."""
    return span_words(*span)


def _date(each: Degree) -> date:
    return each.at.date()


def _day(day: date, own: Sequence[Degree], span: Span) -> DayRow:
    values = [each.celsius for each in own]
    low, high = span
    out = sum((low is not None and each < low) or (high is not None and each > high) for each in values)
    return DayRow(
        day=f"{day:%-d %B %Y}",
        readings=len(values),
        lowest=min(values),
        highest=max(values),
        outside=f"{out} reading{'' if out == 1 else 's'}" if out else "none",
    )


def _gap(gap: Gap, zone: ZoneInfo) -> str:
    minutes = int((gap.ended_at - gap.began_at).total_seconds()) // 60
    hours = f"{minutes // 60} h {minutes % 60} min"
    began, ended = gap.began_at.astimezone(zone), gap.ended_at.astimezone(zone)
    return f"{began:%-d %B %Y, %H:%M} to {ended:%-d %B, %H:%M}: {hours} without a reading"

"""From an unwanted effect to what can have caused it, in words: muscles, doses, lots, other patients."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from masseter.clinic.plan.words import plain, site_words, source_of
from masseter.core.recover.trace import EffectSide, Suspect, Timing, trace_effect
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import given_points, newest_of
from masseter.journey.recover.models import AdverseEvent
from masseter.journey.recover.traces import TreatedFromLot, treated_from
from masseter.journey.stock.models import Lot
from masseter.knowledge.load import load
from masseter.knowledge.model import Effect, Source, Sureness
from masseter.ui.symptoms import event_name, event_words
from masseter.ui.words import product_words, unit_words

SIDES: dict[str, EffectSide] = {"left": "left", "right": "right", "both": "both", "unknown": "unknown"}
OTHER: dict[str, str] = {"left": "right", "right": "left"}
TIMINGS: dict[Timing, str] = {
    "as_known": "which is when this effect is known to begin",
    "earlier": "earlier than this effect is known to begin",
    "later": "later than this effect is known to begin",
    "before": "before the treatment, so look for another cause or correct the day",
}


@dataclass(frozen=True, kw_only=True)
class SuspectLine:
    """One treated muscle or area that can cause the effect, with its dose and the lots that it came from."""

    name: str
    units: str
    points: tuple[str, ...]
    lots: str
    how: str
    sources: tuple[Source, ...]
    sure: Sureness


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where the effect can come from: treated on its side, on the other one, and not treated that day."""

    suspects: list[SuspectLine] = field(default_factory=list)
    other_side: list[SuspectLine] = field(default_factory=list)
    untreated: str = ""
    timing: str = ""
    is_anywhere: bool = False


@dataclass(frozen=True, kw_only=True)
class OtherLine:
    """Another patient's treatment from a lot: by record number, and what is on record after it."""

    treatment: int
    number: str
    given_on: date
    effects: str
    is_same: bool


@dataclass(frozen=True, kw_only=True)
class LotLines:
    """One lot with everybody who was treated from it; `same` of them had the same effect."""

    lot: Lot
    brand: str
    lines: list[OtherLine]
    patients: int
    same: int
    any_effect: int


@dataclass(frozen=True, kw_only=True)
class TraceWords:
    """Everything that the page of an unwanted effect shows of its causes.

    `side` and `other` are words; both are empty where the effect has no one side.
    """

    name: str
    day: int
    side: str
    other: str
    places: Places
    unit_label: str
    treatment: Treatment
    lots: list[LotLines]


def trace_of(by: Actor, event: AdverseEvent) -> TraceWords:
    """What can have caused an effect: places of its treatment, by knowledge, and its lots, in this clinic."""
    treatment = newest_of(by, event.treatment)
    effect = load().effects.get(event.effect)
    day = (event.started_on - treatment.given_at.astimezone(ZoneInfo(by.zone)).date()).days
    # A lot that came in twice is one lot, as it is for those who were treated from it.
    used = [use.vial.lot for use in treatment.vial_uses.all()]
    lots = {(lot.product, lot.normalised): lot for lot in used}
    others = treated_from(by, lots.values(), without=event.patient)
    has_one_side = event.side in OTHER
    return TraceWords(
        name=event_name(event),
        day=day,
        side=event.side if has_one_side else "",
        other=OTHER.get(event.side, ""),
        places=_places(effect, SIDES[event.side], treatment, day) if effect is not None else Places(),
        unit_label=unit_words(treatment.product),
        treatment=treatment,
        lots=[lot_lines(lot, others, event.effect, by.zone) for lot in lots.values()],
    )


def lot_lines(lot: Lot, treated: Iterable[TreatedFromLot], effect: str, zone: str) -> LotLines:
    """Those who were treated from one lot; with `effect`, those who had the same stand first."""
    own = [
        each for each in treated if (each.lot.product, each.lot.normalised) == (lot.product, lot.normalised)
    ]
    lines = [
        OtherLine(
            treatment=each.treatment.pk,
            number=each.patient.number,
            given_on=each.treatment.given_at.astimezone(ZoneInfo(zone)).date(),
            effects="; ".join(_effect_line(one, each.treatment, zone) for one in each.events),
            is_same=each.had(effect),
        )
        for each in own
    ]
    return LotLines(
        lot=lot,
        brand=product_words(lot.product),
        lines=sorted(lines, key=lambda line: (not line.is_same, not line.effects)),
        patients=len({each.patient.pk for each in own}),
        same=len({each.patient.pk for each in own if each.had(effect)}),
        any_effect=len({each.patient.pk for each in own if each.events}),
    )


def _places(effect: Effect, side: EffectSide, treatment: Treatment, day: int) -> Places:
    found = trace_effect(
        effect=effect,
        side=side,
        points=given_points(treatment),
        product=treatment.product,
        day=day,
        knowledge=load(),
    )
    names = {use.vial_id: use.vial.lot.number for use in treatment.vial_uses.all()}
    lots: dict[tuple[str, str], list[str]] = {}
    for row in treatment.points.all():
        lots.setdefault((row.site, row.side), []).append(names.get(row.vial_id, ""))
    return Places(
        suspects=[_suspect_line(each, lots[(each.site, each.side)]) for each in found.suspects],
        other_side=[_suspect_line(each, lots[(each.site, each.side)]) for each in found.other_side],
        untreated=", ".join(site_words(code, "midline") for code in found.untreated),
        timing=TIMINGS[found.timing],
        is_anywhere=found.is_anywhere,
    )


def _suspect_line(suspect: Suspect, lots: list[str]) -> SuspectLine:
    return SuspectLine(
        name=site_words(suspect.site, suspect.side),
        units=plain(suspect.total.units),
        points=suspect.points,
        lots=", ".join(dict.fromkeys(lots)),
        how=suspect.how,
        sources=tuple(source_of(key) for key in suspect.evidence.sources),
        sure=suspect.evidence.sure,
    )


def _effect_line(event: AdverseEvent, treatment: Treatment, zone: str) -> str:
    day = (event.started_on - treatment.given_at.astimezone(ZoneInfo(zone)).date()).days
    serious = ", serious" if event.is_serious else ""
    return f"{event_words(event).rstrip('. ')}, day {day}, {event.severity}{serious}"

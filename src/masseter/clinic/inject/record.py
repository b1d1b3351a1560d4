"""A signed treatment in words, for the page and the paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from masseter.clinic.inject.diluents import diluent_words
from masseter.clinic.plan.placed import point_words
from masseter.clinic.plan.words import TotalRow, Way, plain, total_rows, ways, whole_row
from masseter.clinic.stock.presenters import size_name
from masseter.core.plan.totals import add_up
from masseter.core.plan.types import PlannedPoint
from masseter.journey.inject.models import GivenPoint, Treatment, VialUse
from masseter.journey.inject.queries import given_points
from masseter.journey.people.models import Patient
from masseter.journey.plan.drafts import stored_points
from masseter.ui.facemap import MapMarker
from masseter.ui.facemap.marker import State
from masseter.ui.words import product_words, unit_words

IDENTIFIERS = {
    "name": "name",
    "birth_date": "date of birth",
    "number": "record number",
    "other": "another document",
}
TODAY = {
    "infection": "infection at a planned site",
    "pregnancy": "pregnancy possible",
    "news": "new medicine or illness",
}
SEVERITIES = {"stop": "Stop", "caution": "Caution", "note": "Note"}


@dataclass(frozen=True, kw_only=True)
class PointLine:
    """One given point."""

    label: str
    words: str
    planned: str
    units: str
    ml: str
    remark: str
    vial: str
    is_changed: bool


@dataclass(frozen=True, kw_only=True)
class VialLine:
    """What went out of one vial."""

    vial_id: int
    product: str
    name: str
    expiry: str
    prepared: str
    label: str
    given: str
    discarded: str


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """A finding as it stood at signing."""

    severity: str
    word: str
    sentence: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Record:
    """Everything that a signed treatment says."""

    brand: str
    unit_label: str
    whole: str
    count: int
    totals: list[TotalRow]
    sum_row: TotalRow
    ways: list[Way]
    lines: list[PointLine]
    vials: list[VialLine]
    left_out: list[dict[str, str]]
    findings: list[FindingLine]
    identified_by: str
    today: str
    span: str
    signed: str
    day: str


def record_of(treatment: Treatment, zone: str) -> Record:
    """A signed treatment in words; times in the clinic's zone."""
    points = given_points(treatment)
    totals = add_up(points, treatment.product)
    uses = list(treatment.vial_uses.all())
    names = {use.vial_id: str(use.vial) for use in uses}
    return Record(
        brand=product_words(treatment.product),
        unit_label=unit_words(treatment.product),
        whole=plain(totals.whole.units),
        count=totals.whole.points,
        totals=total_rows(totals),
        sum_row=whole_row(totals),
        ways=ways(points),
        lines=[_line(row, names, treatment.map_version) for row in treatment.points.all()],
        vials=[_vial(use, zone) for use in uses],
        left_out=list(treatment.left_out),
        findings=[_finding(told) for told in treatment.findings],
        identified_by=" and ".join(IDENTIFIERS.get(kind, kind) for kind in treatment.time_out["identifiers"]),
        today=_today(treatment),
        span=_span(treatment.started_at, treatment.given_at, zone),
        signed=moment(treatment.signed_at, zone) if treatment.signed_at else "",
        day=day_words(treatment.given_at, zone),
    )


def treatment_markers(treatment: Treatment, *, whole_plan: bool = False) -> list[MapMarker]:
    """Given points filled over planned points as rings.

    On a page, where each can be hidden, `whole_plan`; on paper only the rings that nothing filled.
    """
    given, planned = given_points(treatment), stored_points(treatment.plan)
    spots = set() if whole_plan else {(point.view, point.x, point.y) for point in given}
    rings = [point for point in planned if (point.view, point.x, point.y) not in spots]
    version = treatment.map_version
    return [*_markers(rings, "planned", version), *_markers(given, "given", version)]


def day_words(at: datetime, zone: str) -> str:
    """The day of a moment in words, in the clinic's zone."""
    return f"{at.astimezone(ZoneInfo(zone)):%-d %B %Y}"


def moment(at: datetime, zone: str) -> str:
    """A moment in words, in the clinic's zone."""
    return f"{at.astimezone(ZoneInfo(zone)):%-d %B %Y, %H:%M}"


def _today(treatment: Treatment) -> str:
    """What was asked on the day; empty for a record from before it was."""
    told = treatment.time_out.get("today") or {}
    asked = [(kind, words) for kind, words in TODAY.items() if told.get(kind) is not None]
    if treatment.case.patient.sex == Patient.Sex.MALE:
        asked = [(kind, words) for kind, words in asked if kind != "pregnancy" or told[kind]]
    return "; ".join(f"{words}: {'yes' if told[kind] else 'no'}" for kind, words in asked)


def _span(started: datetime, ended: datetime, zone: str) -> str:
    """From when to when, the day said once where it is one."""
    first, last = (at.astimezone(ZoneInfo(zone)) for at in (started, ended))
    until = f"{last:%H:%M}" if first.date() == last.date() else moment(ended, zone)
    return f"{moment(started, zone)} to {until}"


def _markers(points: Iterable[PlannedPoint], state: State, version: str) -> list[MapMarker]:
    return [
        MapMarker(
            id=point.id,
            site=point.site,
            side=point.side,
            view=point.view,
            x=point.x,
            y=point.y,
            units=plain(point.units),
            state=state,
            words=point_words(point, version),
        )
        for point in points
    ]


def _line(row: GivenPoint, vials: dict[int, str], version: str) -> PointLine:
    is_added = not row.planned_label
    is_other: bool = is_added or row.planned_units != row.units or bool(row.reason)
    return PointLine(
        label=row.label,
        words=point_words(row, version),
        planned="added" if is_added else plain(row.planned_units),
        units=plain(row.units),
        ml=plain(row.volume_ml),
        remark=row.reason,
        vial=vials.get(row.vial_id, ""),
        is_changed=is_other,
    )


def _vial(use: VialUse, zone: str) -> VialLine:
    lot = use.vial.lot
    held: Decimal = use.vial.label_units
    return VialLine(
        vial_id=use.vial_id,
        product=size_name(lot.product, lot.presentation),
        name=str(use.vial),
        expiry=f"{lot.expires_on:%-d %b %Y}",
        prepared=_prepared(use, zone),
        label=plain(held),
        given=plain(use.given_units),
        discarded=plain(use.discarded_units),
    )


def _prepared(use: VialUse, zone: str) -> str:
    """With what and when a vial was reconstituted; a record from before that was kept asks the vial."""
    at = use.reconstituted_at or use.vial.opened_at
    diluent = use.diluent_ml if use.reconstituted_at else use.vial.diluent_ml
    if at is None:
        return ""
    which = diluent_words(use.diluent) or "diluent"
    return f"{plain(diluent)} mL {which}, {moment(at, zone)}" if diluent else f"opened {moment(at, zone)}"


def _finding(told: dict[str, str]) -> FindingLine:
    return FindingLine(
        severity=told["severity"],
        word=SEVERITIES[told["severity"]],
        sentence=told["sentence"],
        reason=told["reason"],
    )

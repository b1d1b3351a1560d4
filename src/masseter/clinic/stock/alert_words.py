"""Alerts in words: the lots that they name, whom they touch, who was told, the list and the letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from masseter.clinic.stock.presenters import Tag, lot_tags, plain, size_name
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.touched import Touched, TouchedPatient, touched_by
from masseter.journey.people.models import Patient
from masseter.journey.stock.alerted import LotHit, contacts_of, hits_of
from masseter.journey.stock.ledger import FINISHED
from masseter.journey.stock.models import Alert, AlertContact, Lot

MOST_DAYS = 12
_ZERO = Decimal(0)
_AGREEMENT = {
    "same": ("good", "agrees"),
    "other": ("stop", "is another: it may be a fake"),
    "not_said": ("plain", "not in the alert"),
    "unread": ("caution", "could not be read: compare by eye"),
}
COLUMNS = (
    "number", "family name", "given names", "date of birth", "telephone", "e-mail", "treated on", "product",
    "lot", "expiry", "units given", "told", "told on", "told by", "how", "note",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class HitRow:
    """A lot of the stock that an alert names."""

    hit: LotHit
    name: str
    tags: tuple[Tag, ...]
    pack: Tag
    expiry: Tag


@dataclass(frozen=True, kw_only=True)
class PersonRow:
    """A touched person: what they were given of it, and whether they were told."""

    patient: Patient
    days: str
    lots: str
    units: str
    is_told: bool
    last: AlertContact | None
    tries: int

    @property
    def told_words(self) -> str:
        """The last try, in words."""
        if self.last is None:
            return "Not told yet"
        return f"{'Told' if self.last.was_reached else 'Not reached'} {self.last.get_how_display().lower()}"


@dataclass(frozen=True, kw_only=True)
class AlertTold:
    """Everything that the page of an alert shows."""

    hits: tuple[HitRow, ...]
    touched: Touched
    people: tuple[PersonRow, ...]
    in_use: int

    @property
    def untold(self) -> int:
        return sum(not row.is_told for row in self.people)


def alert_told(by: Actor, alert: Alert) -> AlertTold:
    """What an alert touches in the clinic."""
    hits = hits_of(by, alert)
    touched = touched_by(by, [hit.lot for hit in hits])
    today = clock.today(by.zone)
    tries: dict[int, list[AlertContact]] = {}
    for each in contacts_of(by, alert):
        tries.setdefault(each.patient.merged_into_id or each.patient_id, []).append(each)
    return AlertTold(
        hits=tuple(
            HitRow(
                hit=hit,
                name=size_name(hit.lot.product, hit.lot.presentation),
                tags=tuple(lot_tags(hit.lot, today)),
                pack=_agreement(hit.match.pack),
                expiry=_agreement(hit.match.expiry),
            )
            for hit in hits
        ),
        touched=touched,
        people=tuple(_person(each, tries.get(each.patient.pk, [])) for each in touched.patients),
        in_use=sum(vial.state not in FINISHED for vial in touched.vials),
    )


def contact_rows(told: AlertTold, zone: str) -> Iterator[list[str]]:
    """The contact list as rows of a table, heads first."""
    yield list(COLUMNS)
    for row, touched in zip(told.people, told.touched.patients, strict=True):
        patient, last = row.patient, row.last
        who = [
            patient.number,
            patient.family_name,
            patient.given_names,
            f"{patient.birth_date or ''}",
            patient.phone,
            patient.email,
        ]
        contact = ["no", "", "", "", ""]
        if last is not None:
            at = f"{last.at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
            contact = ["yes" if row.is_told else "no", at, last.by_name, last.get_how_display(), last.note]
        uses = [
            [f"{use.day}", brand_of(use.lot), use.lot.number, f"{use.lot.expires_on}", plain(use.given_units)]
            for use in touched.uses
        ] or [["", "", "", "", ""]]
        for use in uses:
            yield [*who, *use, *contact]


def _person(touched: TouchedPatient, tries: Sequence[AlertContact]) -> PersonRow:
    days = list(dict.fromkeys(f"{use.day:%-d %b %Y}" for use in touched.uses))
    more = f" and {len(days) - MOST_DAYS} more" if len(days) > MOST_DAYS else ""
    shown = ", ".join(days[:MOST_DAYS]) + more
    reached = [each for each in tries if each.was_reached]
    last = reached[-1] if reached else (tries[-1] if tries else None)
    return PersonRow(
        patient=touched.patient,
        days=shown or "A vial was opened, nothing is on record as given",
        lots=", ".join(dict.fromkeys(use.lot.number for use in touched.uses)),
        units=plain(sum((use.given_units for use in touched.uses), start=_ZERO)) if touched.uses else "",
        is_told=bool(reached),
        last=last,
        tries=len(tries),
    )


def _agreement(told: str) -> Tag:
    tone, words = _AGREEMENT[told]
    return Tag(tone=tone, words=words)


def brand_of(lot: Lot) -> str:
    """The brand alone, without the size of the vial."""
    return size_name(lot.product, lot.presentation).partition(",")[0]

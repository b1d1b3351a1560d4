"""Reading the stock: lots by expiry, vials that may be used, and the toxin that a patient was given."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, IntegerField, Q, Sum, When

from masseter.core.plan.reconstitute import in_use_until
from masseter.journey.audit.models import OPENED, Event
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.people.models import Patient
from masseter.journey.stock.ledger import FINISHED, is_anothers
from masseter.journey.stock.models import Lot, StockLevel, Vial
from masseter.knowledge.load import load


@dataclass(frozen=True, kw_only=True)
class ToxinGiven:
    """Toxin that a patient was given here on one day, by the ledger of the vials."""

    given_on: date
    product: str
    units: Decimal


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One line of the history of a lot or vial."""

    at: datetime
    name: str
    what: str
    why: str


@dataclass(frozen=True, kw_only=True)
class LotCount:
    """A lot with how many of its vials are sealed, and how many there ever were."""

    lot: Lot
    sealed: int
    total: int


def lots_of(by: Actor) -> list[LotCount]:
    """The clinic's lots with their vials counted, the first to expire first."""
    lots = Lot.objects.filter(clinic_id=by.clinic_id)
    vials = Vial.objects.filter(clinic_id=by.clinic_id).values_list("lot_id").order_by()
    rows = vials.annotate(sealed=Count("id", filter=Q(state=Vial.State.SEALED)), total=Count("id"))
    counts = {lot_id: (sealed, total) for lot_id, sealed, total in rows}
    found = []
    for lot in lots:
        sealed, total = counts.get(lot.pk, (0, 0))
        found.append(LotCount(lot=lot, sealed=sealed, total=total))
    return found


def lot_of(by: Actor, lot_id: int) -> Lot:
    """Raises: NotHere."""
    lot = Lot.objects.filter(clinic_id=by.clinic_id, pk=lot_id).first()
    if lot is None:
        raise NotHere("There is no such lot.")
    return lot


def vials_in(by: Actor, lot: Lot) -> list[Vial]:
    """The vials of a lot, in the order in which they were received."""
    vials = Vial.objects.filter(clinic_id=by.clinic_id, lot=lot)
    return list(vials.select_related("lot", "patient").order_by("place"))


def vial_of(by: Actor, vial_id: int) -> Vial:
    """Raises: NotHere."""
    vial = Vial.objects.filter(clinic_id=by.clinic_id, pk=vial_id).select_related("lot", "patient").first()
    if vial is None:
        raise NotHere("There is no such vial.")
    return vial


def vials_numbered(by: Actor, vial_ids: Iterable[int]) -> list[Vial]:
    """The vials of these numbers in one question, each once, in the order of the numbers.

    Raises: NotHere where one is not of this clinic.
    """
    wanted = list(dict.fromkeys(vial_ids))
    if not wanted:
        return []
    rows = Vial.objects.filter(clinic_id=by.clinic_id, pk__in=[pk for pk in wanted if pk < 2**63])
    found = {vial.pk: vial for vial in rows.select_related("lot", "patient")}
    if len(found) != len(wanted):
        raise NotHere("There is no such vial.")
    return [found[pk] for pk in wanted]


def usable_vials(by: Actor, product: str, today: date, patient: Patient | None = None) -> list[Vial]:
    """Vials that may be drawn from: this patient's open ones, then sealed ones, first expiring first.

    An open one past its in-use time is among them: a treatment may be written down late.
    """
    ready = Q(state=Vial.State.SEALED, patient=None)
    if patient is not None:
        ready |= Q(state=Vial.State.OPENED, patient=patient)
    vials = Vial.objects.filter(
        ready,
        clinic_id=by.clinic_id,
        lot__product=product,
        lot__state=Lot.State.AVAILABLE,
        lot__expires_on__gte=today,
    )
    is_sealed = Case(When(state=Vial.State.SEALED, then=1), default=0, output_field=IntegerField())
    return list(vials.select_related("lot").order_by(is_sealed, "lot__expires_on", "lot_id", "place"))


def vials_not_offered(
    by: Actor, product: str, today: date, now: datetime, patient: Patient
) -> list[tuple[Vial, str]]:
    """The vials of a product that are there and are not offered for a patient, each with the reason."""
    there = Vial.objects.filter(clinic_id=by.clinic_id, lot__product=product).exclude(state__in=FINISHED)
    # Most of a stock is offered: it is not read here.
    offered = Q(state=Vial.State.SEALED, patient=None, lot__state=Lot.State.AVAILABLE)
    vials = there.exclude(offered & Q(lot__expires_on__gte=today))
    told = []
    for vial in vials.select_related("lot", "patient").order_by("lot__expires_on", "lot_id", "place"):
        why = _why_not(vial, today, now, patient)
        if why:
            told.append((vial, why))
    return told


def _why_not(vial: Vial, today: date, now: datetime, patient: Patient) -> str:
    if vial.lot.is_expired(today):
        return f"expired on {vial.lot.expires_on:%-d %B %Y}"
    if vial.lot.state != Lot.State.AVAILABLE:
        return f"its lot is {vial.lot.get_state_display().lower()}: {vial.lot.reason}"
    if vial.state == Vial.State.QUARANTINED:
        return f"in quarantine: {vial.reason}"
    if is_anothers(vial, patient):
        is_past = is_past_use(vial, now)
        return "past its in-use time: throw it away" if is_past else "opened for another patient"
    return ""


def vials_of_lot_number(by: Actor, product: str, number: str) -> list[Vial]:
    """Every vial of the lots of a product with this normalised number, whatever its state."""
    vials = Vial.objects.filter(clinic_id=by.clinic_id, lot__product=product, lot__normalised=number)
    return list(vials.select_related("lot", "patient").order_by("lot_id", "place"))


def vials_for_correction(by: Actor, product: str, patient: Patient) -> list[Vial]:
    """Vials that a correction may name, whatever became of their lots: not booked, and nobody else's."""
    nobodys = Q(patient=None, state__in=[Vial.State.SEALED, Vial.State.QUARANTINED])
    own = Q(patient=patient, state__in=[Vial.State.OPENED, Vial.State.QUARANTINED])
    vials = Vial.objects.filter(nobodys | own, clinic_id=by.clinic_id, lot__product=product)
    return list(vials.select_related("lot").order_by("lot__expires_on", "lot_id", "place"))


def usable_counts(by: Actor, today: date) -> dict[tuple[str, str], int]:
    """How many sealed vials may be used, by product and vial size."""
    vials = Vial.objects.filter(
        clinic_id=by.clinic_id,
        state=Vial.State.SEALED,
        lot__state=Lot.State.AVAILABLE,
        lot__expires_on__gte=today,
    )
    counted = vials.values_list("lot__product", "lot__presentation").annotate(Count("id")).order_by()
    return {(product, presentation): count for product, presentation, count in counted}


def levels_of(by: Actor) -> list[StockLevel]:
    """How many vials of each size the clinic wants at least."""
    return list(StockLevel.objects.filter(clinic_id=by.clinic_id, least__gt=0))


def past_use(vial: Vial, now: datetime) -> datetime | None:
    """The moment up to which an opened vial may be used; None for a sealed one or an unknown product."""
    product = load().products.get(vial.lot.product)
    if vial.opened_at is None or product is None:
        return None
    return in_use_until(vial.opened_at, product)


def is_past_use(vial: Vial, now: datetime) -> bool:
    """An opened vial whose time is over."""
    until = past_use(vial, now)
    return until is not None and now > until


def toxin_given(by: Actor, patient: Patient, without: Collection[int] = ()) -> list[ToxinGiven]:
    """All toxin that the patient was given in this clinic, by day and product, the oldest first.

    Records merged into this one count. `without` names vials that are left out.
    """
    # Asked by number, so that the index of the patients is used and not every vial is read.
    own = Patient.objects.filter(Q(pk=patient.pk) | Q(merged_into=patient), clinic_id=by.clinic_id)
    vials = Vial.objects.filter(
        patient_id__in=own.values("pk"), clinic_id=by.clinic_id, given_units__gt=0
    ).exclude(pk__in=without)
    sums = vials.values_list("used_on", "lot__product").annotate(Sum("given_units")).order_by("used_on")
    return [
        ToxinGiven(given_on=day, product=product, units=units)
        for day, product, units in sums
        if day is not None
    ]


def history_of(by: Actor, row: Lot | Vial) -> list[Happening]:
    """What happened to a lot or a vial, the newest first. Who looked at it stands in the trail alone."""
    events = Event.objects.filter(
        clinic_id=by.clinic_id, subject_kind=row._meta.label_lower, subject_id=row.pk
    )
    events = events.exclude(what=OPENED).order_by("-number")
    zone = ZoneInfo(by.zone)
    return [
        Happening(at=event.at.astimezone(zone), name=event.user_name, what=event.what, why=event.why)
        for event in events
    ]

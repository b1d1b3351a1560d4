"""Do the books balance? Received = given + discarded + returned + on the shelf, to the last unit.

Each vial closes by constraints of the database. Here the whole is added up, and what the vials say is held
against what the signed treatments say: two tables that are written by different hands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from masseter.journey.ground.actor import Actor
from masseter.journey.ground.scope import lock_clinic
from masseter.journey.inject.models import GivenPoint, VialUse
from masseter.journey.stock.ledger import FINISHED
from masseter.journey.stock.models import Lot, Vial

MOST_FAULTS = 50
_ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Units of some vials. `left` is counted vial by vial on the shelf, not taken as the difference."""

    vials: int
    received: Decimal
    given: Decimal
    discarded: Decimal
    returned: Decimal
    left: Decimal

    @property
    def difference(self) -> Decimal:
        """What is missing or too much; nothing where the books balance."""
        return self.received - self.given - self.discarded - self.returned - self.left

    @property
    def wasted_percent(self) -> Decimal | None:
        """Of what was opened and is finished, the share that was thrown away; None where nothing is."""
        used = self.given + self.discarded
        return round(self.discarded * 100 / used, 1) if used else None

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            vials=self.vials + other.vials,
            received=self.received + other.received,
            given=self.given + other.given,
            discarded=self.discarded + other.discarded,
            returned=self.returned + other.returned,
            left=self.left + other.left,
        )


NOTHING = Sums(vials=0, received=_ZERO, given=_ZERO, discarded=_ZERO, returned=_ZERO, left=_ZERO)


@dataclass(frozen=True, kw_only=True)
class LotBalance:
    """One lot with its sums."""

    lot: Lot
    sums: Sums


@dataclass(frozen=True, kw_only=True)
class BookFault:
    """One vial whose books do not agree, and how."""

    vial_id: int
    name: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Balance:
    """The books of a clinic: by product, by lot, and every fault."""

    products: dict[str, Sums]
    lots: tuple[LotBalance, ...]
    faults: tuple[BookFault, ...]

    @property
    def whole_vials(self) -> int:
        return sum(sums.vials for sums in self.products.values())

    @property
    def is_balanced(self) -> bool:
        return not self.faults and all(not sums.difference for sums in self.products.values())


def balance_of(by: Actor) -> Balance:
    """The books of the clinic as they are at this moment: nobody writes in it while they are read."""
    lock_clinic(by.clinic_id)
    lots = {lot.pk: lot for lot in Lot.objects.filter(clinic_id=by.clinic_id)}
    rows = tuple(LotBalance(lot=lots[pk], sums=sums) for pk, sums in _sums_by_lot(by).items() if pk in lots)
    products: dict[str, Sums] = defaultdict(lambda: NOTHING)
    for row in rows:
        products[row.lot.product] += row.sums
    order = sorted(rows, key=lambda row: (row.lot.product, row.lot.expires_on, row.lot.pk))
    return Balance(products=dict(sorted(products.items())), lots=tuple(order), faults=tuple(_faults(by)))


def _sums_by_lot(by: Actor) -> dict[int, Sums]:
    gone = F("given_units") + F("discarded_units") + F("returned_units")
    on_shelf = ~Q(state__in=FINISHED)
    rows = (
        Vial.objects.filter(clinic_id=by.clinic_id)
        .order_by()
        .values("lot_id")
        .annotate(
            vials=Count("id"),
            received=Sum("label_units"),
            given=Sum("given_units"),
            discarded=Sum("discarded_units"),
            returned=Sum("returned_units"),
            left=Coalesce(Sum(F("label_units") - gone, filter=on_shelf), _ZERO),
        )
    )
    names = ("vials", "received", "given", "discarded", "returned", "left")
    return {
        lot: Sums(**dict(zip(names, sums, strict=True))) for lot, *sums in rows.values_list("lot_id", *names)
    }


def _faults(by: Actor) -> list[BookFault]:
    """Vials that do not agree with the newest signed version of the treatments that they were used in."""
    points: dict[int, Decimal] = dict(_signed(GivenPoint, by, "units"))
    uses = {
        vial: (given, thrown)
        for vial, given, thrown in _signed(VialUse, by, "given_units", "discarded_units")
    }

    def differs(vial: int, given: Decimal, discarded: Decimal) -> bool:
        told, thrown = uses.get(vial, (_ZERO, discarded))
        return points.get(vial, _ZERO) != given or told != given or thrown != discarded

    every = Vial.objects.filter(clinic_id=by.clinic_id).values_list("pk", "given_units", "discarded_units")
    wrong = [row[0] for row in every.iterator(5000) if differs(*row)][:MOST_FAULTS]
    faults = []
    for vial in Vial.objects.filter(clinic_id=by.clinic_id, pk__in=wrong).select_related("lot"):
        given = vial.given_units
        told, thrown = uses.get(vial.pk, (_ZERO, vial.discarded_units))
        for words, sum_told in (
            ("the points of the record", points.get(vial.pk, _ZERO)),
            ("the record’s vial", told),
        ):
            if sum_told != given:
                faults.append(_fault(vial, f"given {given:f}, {words} say {sum_told:f}"))
        if thrown != vial.discarded_units:
            faults.append(_fault(vial, f"thrown away {vial.discarded_units:f}, the record says {thrown:f}"))
        if len(faults) >= MOST_FAULTS:
            break
    return faults


def _signed(
    model: type[GivenPoint] | type[VialUse], by: Actor, *columns: str
) -> Iterator[tuple[Any, ...]]:  # Any: a number, then sums
    """Each vial with what the newest signed versions say of it, added up by the database."""
    rows = model._default_manager.filter(
        clinic_id=by.clinic_id, treatment__signed_at__isnull=False, treatment__superseded_by=None
    )
    sums = rows.order_by().values_list("vial_id").annotate(*(Sum(column) for column in columns))
    return sums.iterator(5000)


def _fault(vial: Vial, sentence: str) -> BookFault:
    return BookFault(vial_id=vial.pk, name=str(vial), sentence=f"Vial {vial}: {sentence}.")

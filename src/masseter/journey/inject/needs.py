"""What the booked week needs: vials by size and day, whether the stock has them, and what expires before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from masseter.core.plan.lookup import UnknownPresentation, UnknownProduct
from masseter.core.plan.reconstitute import draw_up
from masseter.core.quantities import QuantityError
from masseter.journey.calendar.models import Appointment
from masseter.journey.calendar.queries import appointments_on
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import VialUse
from masseter.journey.plan.drafts import draft_of
from masseter.journey.plan.models import Plan
from masseter.journey.plan.queries import RUNNING
from masseter.journey.stock.models import Lot, Vial
from masseter.knowledge.load import load

DAYS = 7
Basis = Literal["approved", "planned", "as_last_time", "unknown"]
Size = tuple[str, str]  # product, presentation


@dataclass(frozen=True, kw_only=True)
class Need:
    """The vials of one booked treatment, and where that is known from."""

    appointment: Appointment
    day: date
    basis: Basis
    vials: tuple[tuple[Size, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class SizeNeed:
    """One vial size over the week: needed, ready, and from which day on there are too few."""

    size: Size
    needed: int
    ready: int
    short: int
    short_from: date | None


@dataclass(frozen=True, kw_only=True)
class Week:
    """The booked week. `expiring`: sealed vials that expire within it and that nobody needs before."""

    needs: tuple[Need, ...]
    sizes: tuple[SizeNeed, ...]
    expiring: tuple[tuple[Lot, int], ...]


def week_of(by: Actor, today: date, days: int = DAYS) -> Week:
    """What the treatments booked from today on need. Asks a fixed number of questions."""
    zone = ZoneInfo(by.zone)
    booked = [
        one
        for one in appointments_on(by, today, days)
        if one.is_open and one.kind == Appointment.Kind.TREATMENT
    ]
    plans, last = _plans(by, booked), _last_uses(by, booked)
    needs = tuple(_need(one, one.starts_at.astimezone(zone).date(), plans, last) for one in booked)
    ready = _ready(by, today)
    sizes, left = _through(needs, ready)
    ends = today + timedelta(days=days)
    return Week(needs=needs, sizes=sizes, expiring=tuple(_expiring(by, left, ends)))


def _need(
    one: Appointment,
    day: date,
    plans: dict[int, list[Plan]],
    last: dict[int, tuple[tuple[Size, int], ...]],
) -> Need:
    own = plans.get(one.patient_id, [])
    fitting = [plan for plan in own if one.condition in ("", plan.case.condition)] or own
    for plan in sorted(fitting, key=lambda each: each.state != Plan.State.APPROVED):
        vials = _drawn(plan)
        if vials:
            is_approved = plan.state == Plan.State.APPROVED
            return Need(appointment=one, day=day, basis="approved" if is_approved else "planned", vials=vials)
    if one.patient_id in last:
        return Need(appointment=one, day=day, basis="as_last_time", vials=last[one.patient_id])
    return Need(appointment=one, day=day, basis="unknown")


def _drawn(plan: Plan) -> tuple[tuple[Size, int], ...]:
    """The vials that a plan opens; none where it cannot be drawn up yet."""
    try:
        drawn = draw_up(draft_of(plan), load())
    except (QuantityError, UnknownProduct, UnknownPresentation):
        return ()
    return tuple(((plan.product, size.presentation), count) for size, count in drawn.vials.opened)


def _plans(by: Actor, booked: Sequence[Appointment]) -> dict[int, list[Plan]]:
    rows = (
        Plan.objects.filter(
            clinic_id=by.clinic_id, patient__in={one.patient_id for one in booked}, state__in=RUNNING
        )
        .select_related("case__patient__clinic", "case__clinic", "patient")
        .prefetch_related("points", "overrides")
        .order_by("pk")
    )
    found: dict[int, list[Plan]] = {}
    for plan in rows:
        found.setdefault(plan.patient_id, []).append(plan)
    return found


def _last_uses(by: Actor, booked: Sequence[Appointment]) -> dict[int, tuple[tuple[Size, int], ...]]:
    """The vials of the last treatment of each patient."""
    rows = (
        VialUse.objects.filter(
            clinic_id=by.clinic_id,
            patient__in={one.patient_id for one in booked},
            treatment__signed_at__isnull=False,
            treatment__superseded_by=None,
        )
        .order_by("treatment__given_at", "pk")
        .values_list("patient_id", "treatment_id", "vial__lot__product", "vial__lot__presentation")
    )
    uses: dict[int, tuple[int, Counter[Size]]] = {}
    for patient, treatment, product, presentation in rows:
        newest, counted = uses.get(patient, (treatment, Counter()))
        if newest != treatment:
            counted = Counter()
        counted[(product, presentation)] += 1
        uses[patient] = (treatment, counted)
    return {patient: tuple(counted.items()) for patient, (_, counted) in uses.items()}


def _ready(by: Actor, today: date) -> dict[Size, list[tuple[date, int]]]:
    """The sealed vials that may be used, by size, as expiry and lot, the first to expire first."""
    rows = Vial.objects.filter(
        clinic_id=by.clinic_id,
        state=Vial.State.SEALED,
        lot__state=Lot.State.AVAILABLE,
        lot__expires_on__gte=today,
    ).order_by("lot__expires_on", "lot_id", "place")
    found: dict[Size, list[tuple[date, int]]] = {}
    for product, presentation, expires_on, lot in rows.values_list(
        "lot__product", "lot__presentation", "lot__expires_on", "lot_id"
    ):
        found.setdefault((product, presentation), []).append((expires_on, lot))
    return found


def _through(
    needs: Sequence[Need], ready: dict[Size, list[tuple[date, int]]]
) -> tuple[tuple[SizeNeed, ...], list[tuple[date, int]]]:
    """Each need served from what expires first and is still good on its day; what is left over at the end."""
    left = {size: list(vials) for size, vials in ready.items()}
    needed: Counter[Size] = Counter()
    short: Counter[Size] = Counter()
    short_from: dict[Size, date] = {}
    for need in sorted(needs, key=lambda each: each.appointment.starts_at):
        for size, count in need.vials:
            needed[size] += count
            for _ in range(count):
                good = next((vial for vial in left.get(size, ()) if vial[0] >= need.day), None)
                if good is not None:
                    left[size].remove(good)
                else:
                    short[size] += 1
                    short_from.setdefault(size, need.day)
    sizes = tuple(
        SizeNeed(
            size=size,
            needed=needed[size],
            ready=len(ready.get(size, ())),
            short=short[size],
            short_from=short_from.get(size),
        )
        for size in sorted(needed)
    )
    return sizes, [vial for vials in left.values() for vial in vials]


def _expiring(by: Actor, left: Sequence[tuple[date, int]], ends: date) -> list[tuple[Lot, int]]:
    counted = Counter(lot for expires_on, lot in left if expires_on < ends)
    lots = Lot.objects.filter(clinic_id=by.clinic_id, pk__in=counted).order_by("expires_on")
    return [(lot, counted[lot.pk]) for lot in lots]

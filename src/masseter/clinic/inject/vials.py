"""Which vials are offered and chosen first for a treatment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from masseter.clinic.plan.words import plain
from masseter.clinic.stock.presenters import Tag, use_clock
from masseter.journey.ground.actor import Actor
from masseter.journey.plan.models import Plan
from masseter.journey.stock.models import Vial
from masseter.journey.stock.queries import is_past_use, usable_vials, vials_not_offered
from masseter.ui.words import unit_words


@dataclass(frozen=True, kw_only=True)
class VialChoice:
    """A vial as it is offered."""

    vial: Vial
    name: str
    words: str
    label: str
    clock: Tag | None
    chosen: bool
    scanned: bool = False


def offered(by: Actor, plan: Plan, now: datetime) -> list[Vial]:
    """The vials that may be used for a plan, the planned size first, then first expiring first.

    One past its in-use time comes last: for a treatment that is written down late.
    """
    from masseter.journey.ground.clock import today

    vials = usable_vials(by, plan.product, today(by.zone), plan.case.patient)
    size = plan.presentation
    return sorted(
        vials,
        key=lambda vial: (is_past_use(vial, now), vial.opened_at is None, vial.lot.presentation != size),
    )


def not_offered(by: Actor, plan: Plan, now: datetime) -> list[tuple[str, str]]:
    """The vials that are there and are not offered, by lot and reason, with how many are alike."""
    from masseter.journey.ground.clock import today

    told: dict[tuple[str, str], int] = {}
    for vial, why in vials_not_offered(by, plan.product, today(by.zone), now, plan.case.patient):
        told[(vial.lot.number, why)] = told.get((vial.lot.number, why), 0) + 1
    return [(f"{lot} ({count} vials)" if count > 1 else lot, why) for (lot, why), count in told.items()]


def first_choice(vials: Sequence[Vial], plan: Plan, needed: Decimal, now: datetime) -> tuple[int, ...]:
    """The first vials that together hold what is needed; all of the planned size where they do not.

    One that was opened for this patient is used first, whatever its size: it can serve nobody else.
    """
    chosen, held = [], Decimal(0)
    for vial in vials:
        is_meant = vial.opened_at is not None or vial.lot.presentation == plan.presentation
        if held >= needed or not is_meant or is_past_use(vial, now):
            break
        chosen.append(vial.pk)
        held += vial.left_units
    return tuple(chosen)


def choices(
    vials: Sequence[Vial], chosen: Sequence[int], now: datetime, scanned: Sequence[int] = ()
) -> list[VialChoice]:
    """The vials in words."""
    return [
        VialChoice(
            vial=vial,
            name=str(vial),
            words=f"{plain(vial.left_units)} {unit_words(vial.lot.product)}",
            label=f"{plain(vial.label_units)} {unit_words(vial.lot.product)}",
            clock=use_clock(vial, now),
            chosen=vial.pk in chosen,
            scanned=vial.pk in scanned,
        )
        for vial in vials
    ]

"""Which vials are offered and chosen first for a treatment, and finding one by its code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from masseter.clinic.plan.words import plain, unit_words
from masseter.clinic.stock.presenters import Tag, use_clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.plan.models import Plan
from masseter.journey.stock.barcode import normalised, read_carton
from masseter.journey.stock.models import Vial
from masseter.journey.stock.queries import usable_vials
from masseter.knowledge.load import load


@dataclass(frozen=True, kw_only=True)
class VialChoice:
    """A vial as it is offered."""

    vial: Vial
    name: str
    words: str
    clock: Tag | None
    chosen: bool


def offered(by: Actor, plan: Plan, now: datetime) -> list[Vial]:
    """The vials that may be used for a plan, the planned size first, then first expiring first."""
    from masseter.journey.ground.clock import today

    vials = usable_vials(by, plan.product, today(by.zone), plan.case.patient)
    return sorted(
        vials, key=lambda vial: (vial.opened_at is None, vial.lot.presentation != plan.presentation)
    )


def first_choice(vials: Sequence[Vial], plan: Plan, needed: Decimal) -> tuple[int, ...]:
    """The first vials that together hold what is needed; all of the planned size where they do not."""
    chosen, held = [], Decimal(0)
    for vial in vials:
        if held >= needed or vial.lot.presentation != plan.presentation:
            break
        chosen.append(vial.pk)
        held += vial.left_units
    return tuple(chosen)


def choices(vials: Sequence[Vial], chosen: Sequence[int], now: datetime) -> list[VialChoice]:
    """The vials in words."""
    return [
        VialChoice(
            vial=vial,
            name=str(vial),
            words=f"{plain(vial.left_units)} {unit_words(vial.lot.product)}",
            clock=use_clock(vial, now),
            chosen=vial.pk in chosen,
        )
        for vial in vials
    ]


def by_code(code: str, vials: Sequence[Vial], plan: Plan) -> Vial:
    """The offered vial whose carton was scanned.

    Raises: Refused at `vial_code` where the code is unreadable, of another product, or not in stock.
    """
    try:
        carton = read_carton(code, load())
    except Refused as problem:
        raise Refused(problem.sentence, field="vial_code") from problem
    if carton.product is not None and carton.product.key != plan.product:
        raise Refused(
            f"The code is of {carton.product.brand}. The plan is for another product: stop and check.",
            field="vial_code",
        )
    same = [vial for vial in vials if normalised(vial.lot.number) == normalised(carton.lot)]
    exact = [vial for vial in same if carton.serial and vial.serial == carton.serial]
    free = [vial for vial in same if not vial.serial or not carton.serial]
    found = next(iter([*exact, *free]), None)
    if found is None:
        raise Refused(
            f"No vial of lot {carton.lot or '(none in the code)'} is ready for use in the stock.",
            field="vial_code",
        )
    return found

"""From the prepare page's form to the session that is checked and signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from masseter.clinic.inject.forms import AmendForm, PrepareForm
from masseter.clinic.inject.vials import first_choice
from masseter.core.inject.today import TodayAnswers
from masseter.core.inject.types import TimeOut
from masseter.core.plan.types import PlannedPoint
from masseter.journey.ground.refusals import Refused
from masseter.journey.inject.preparing import Given, Session, doses_of
from masseter.journey.inject.vials import diluent_of, rests
from masseter.journey.plan.models import Plan
from masseter.journey.stock.ledger import Opening
from masseter.journey.stock.models import Vial
from masseter.knowledge.load import load

ALL_SAID = TimeOut(
    identifiers=("name", "birth_date"),
    consent_confirmed=True,
    plan_confirmed=True,
    allergies_confirmed=True,
    today=TodayAnswers(infection=False, pregnancy=False, news=False),
)


def as_planned(plan: Plan, points: Sequence[PlannedPoint], vials: Sequence[Vial], now: datetime) -> Session:
    """The treatment as it would be, were it given as planned now with the first vials."""
    needed = sum((point.units for point in points if point.units is not None), Decimal(0))
    ids = first_choice(vials, plan, needed, now)
    given = tuple(Given(point=point, planned=point.id) for point in points)
    chosen = [vial for vial in vials if vial.pk in ids]
    held = {str(vial.pk): vial.label_units for vial in chosen}
    return Session(
        time_out=ALL_SAID,
        vial_ids=ids,
        openings=_openings(chosen, plan, Opening(at=now, diluent_ml=plan.diluent_ml)),
        given=given,
        left_out={},
        started_at=now,
        ended_at=now,
        discarded=rests(doses_of(given), held),
    )


def chosen_vials(form: PrepareForm, vials: Sequence[Vial], scanned: Sequence[Vial]) -> tuple[int, ...]:
    """The vials of the form: those that were ticked and those that were scanned.

    Raises: Refused where there is none, or one was neither scanned nor compared by eye.
    """
    ticked = ticked_vials(form)
    if not ticked and not scanned:
        raise Refused("Choose the vial that is used, or scan it.", field="vials")
    held = {vial.pk for vial in scanned}
    unseen = [vial for vial in vials if vial.pk in ticked and vial.pk not in held]
    is_compared = form.cleaned_data.get("vial_confirmed") or form.cleaned_data.get("mixed")
    if unseen and not is_compared:
        if scanned:
            names = " and ".join(str(vial) for vial in unseen)
            raise Refused(
                f"Lot {names} is ticked and was not scanned. Scan it too, compare it by eye, or untick it.",
                field="vials",
            )
        raise Refused("Compare lot and expiry with the vial in your hand and confirm it.", field="vials")
    return tuple(dict.fromkeys((*ticked, *(vial.pk for vial in scanned))))


def check_mixed(form: PrepareForm, vials: Sequence[Vial]) -> None:
    """Raises: Refused where a sealed powder is used and nobody said when it was reconstituted."""
    sealed = [vial for vial in vials if vial.opened_at is None and is_powder(vial.lot.product)]
    if sealed and not form.cleaned_data.get("mixed"):
        raise Refused("Say when the vial was reconstituted: now, or earlier and when.", field="mixed")


def is_powder(product: str) -> bool:
    """The product must be reconstituted."""
    return load().products[product].form == "powder"


def ticked_vials(form: PrepareForm | AmendForm) -> tuple[int, ...]:
    """The vials whose boxes are ticked, whether or not they were refused."""
    typed = (str(each) for each in form["vials"].value() or ())
    return tuple(int(each) for each in typed if each.isascii() and each.isdigit())


def typed_session(
    form: PrepareForm, plan: Plan, vials: Sequence[Vial], vial_ids: tuple[int, ...], now: datetime
) -> Session:
    """The treatment as it is typed."""
    data = form.cleaned_data
    started, ended = form.times(now)
    diluent = data.get("diluent_ml") if data.get("diluent_ml") is not None else plan.diluent_ml
    opened_at = data.get("opened_at") or started
    chosen = [vial for vial in vials if vial.pk in vial_ids]
    return Session(
        time_out=form.time_out(),
        vial_ids=vial_ids,
        openings=_openings(
            chosen, plan, Opening(at=opened_at, diluent_ml=diluent, diluent=data.get("diluent") or "")
        ),
        given=form.read.given,
        left_out=form.read.left_out,
        started_at=started,
        ended_at=ended,
        note=data.get("note", ""),
        reasons=form.reasons(),
        discarded=form.discarded,
        taps_seen=form.taps_seen(),
    )


def _openings(vials: Sequence[Vial], plan: Plan, each: Opening) -> dict[int, Opening]:
    """How each vial is opened: one time, and the diluent that gives every size the same strength."""
    return {
        vial.pk: replace(each, diluent_ml=diluent_of(vial, plan, each.diluent_ml))
        if is_powder(vial.lot.product)
        else replace(each, diluent_ml=diluent_of(vial, plan, each.diluent_ml), diluent="")
        for vial in vials
    }

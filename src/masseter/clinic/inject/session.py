"""From the prepare page's form to the session that is checked and signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from masseter.clinic.inject.forms import AmendForm, PrepareForm
from masseter.clinic.inject.vials import first_choice
from masseter.core.inject.types import TimeOut
from masseter.core.plan.types import PlannedPoint
from masseter.journey.ground.refusals import Refused
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.preparing import Given, Session
from masseter.journey.plan.models import Plan
from masseter.journey.stock.ledger import Opening
from masseter.journey.stock.models import Vial

ALL_SAID = TimeOut(
    identifiers=("name", "birth_date"), consent_confirmed=True, plan_confirmed=True, allergies_confirmed=True
)


def as_planned(plan: Plan, points: Sequence[PlannedPoint], vials: Sequence[Vial], now: datetime) -> Session:
    """The treatment as it would be, were it given as planned now with the first vials."""
    needed = sum((point.units for point in points if point.units is not None), Decimal(0))
    ids = first_choice(vials, plan, needed)
    opening = Opening(at=now, diluent_ml=plan.diluent_ml)
    return Session(
        time_out=ALL_SAID,
        vial_ids=ids,
        openings=dict.fromkeys(ids, opening),
        given=tuple(Given(point=point, planned=point.id) for point in points),
        left_out={},
        started_at=now,
        ended_at=now,
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
    if unseen and not form.cleaned_data.get("vial_confirmed"):
        if scanned:
            names = " and ".join(str(vial) for vial in unseen)
            raise Refused(
                f"Lot {names} is ticked and was not scanned. Scan it too, compare it by eye, or untick it.",
                field="vials",
            )
        raise Refused("Compare lot and expiry with the vial in your hand and confirm it.", field="vials")
    return tuple(dict.fromkeys((*ticked, *(vial.pk for vial in scanned))))


def ticked_vials(form: PrepareForm) -> tuple[int, ...]:
    """The vials whose boxes are ticked, whether or not they were refused."""
    typed = (str(each) for each in form["vials"].value() or ())
    return tuple(int(each) for each in typed if each.isascii() and each.isdigit())


def typed_session(form: PrepareForm, plan: Plan, vial_ids: tuple[int, ...], now: datetime) -> Session:
    """The treatment as it is typed."""
    data = form.cleaned_data
    started, ended = form.times(now)
    diluent = data.get("diluent_ml") if data.get("diluent_ml") is not None else plan.diluent_ml
    opening = Opening(at=data.get("opened_at") or started, diluent_ml=diluent)
    return Session(
        time_out=form.time_out(),
        vial_ids=vial_ids,
        openings=dict.fromkeys(vial_ids, opening),
        given=form.read.given,
        left_out=form.read.left_out,
        started_at=started,
        ended_at=ended,
        note=data.get("note", ""),
        reasons=form.reasons(),
    )


def corrected_session(form: AmendForm, treatment: Treatment, now: datetime) -> Session:
    """A signed treatment as it is corrected: its time-out and vials stay."""
    told = treatment.time_out
    started, ended = form.times(now)
    to_the_minute = treatment.started_at.replace(second=0, microsecond=0)
    if (started, form.cleaned_data.get("minutes")) == (to_the_minute, treatment.minutes):
        started, ended = treatment.started_at, treatment.given_at
    return Session(
        time_out=TimeOut(
            identifiers=tuple(told["identifiers"]),
            consent_confirmed=told["consent"],
            plan_confirmed=told["plan"],
            allergies_confirmed=told["allergies"],
        ),
        vial_ids=tuple(use.vial_id for use in treatment.vial_uses.all()),
        openings={},
        given=form.read.given,
        left_out=form.read.left_out,
        started_at=started,
        ended_at=ended,
        note=form.cleaned_data.get("note", ""),
        reasons=form.reasons(),
    )

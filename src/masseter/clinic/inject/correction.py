"""Correcting a signed treatment: its points with their vials, and the vials that may have been meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from masseter.clinic.inject.forms import AmendForm
from masseter.clinic.inject.rows import GivenRow, rows_of
from masseter.clinic.inject.session import ticked_vials
from masseter.core.inject.today import TodayAnswers
from masseter.core.inject.types import TimeOut
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.preparing import Given, Session
from masseter.journey.inject.queries import given_points
from masseter.journey.plan.drafts import stored_points
from masseter.journey.stock.ledger import Opening
from masseter.journey.stock.models import Vial
from masseter.journey.stock.queries import vials_for_correction

MOST_NAMED = 3
MOST_ALIKE = 2  # vials of a lot that nothing tells apart


def candidates(by: Actor, treatment: Treatment) -> list[Vial]:
    """The vials that were signed for, then others that may have been in the hand."""
    own = [use.vial for use in treatment.vial_uses.all()]
    others, alike = [], Counter[tuple[int, str]]()
    for vial in vials_for_correction(by, treatment.product, treatment.case.patient):
        kind = (vial.lot_id, vial.state)
        alike[kind] += not vial.serial
        if vial.serial or alike[kind] <= MOST_ALIKE:
            others.append(vial)
    return [*own, *others]


def signed_rows(treatment: Treatment) -> list[GivenRow]:
    """The rows of a signed record: given points with reasons and vials, and planned ones left out."""
    plan = stored_points(treatment.plan)
    signed = {row.label: row for row in treatment.points.all()}
    skipped = {each["point"]: each["reason"] for each in treatment.left_out}
    given = [
        replace(row, reason=signed[row.row.id].reason, vial=str(signed[row.row.id].vial_id))
        for row in rows_of(given_points(treatment), plan)
    ]
    missing = [point for point in plan if point.id in skipped]
    left = [replace(row, reason=skipped[row.row.id], removed=True) for row in rows_of(missing, plan)]
    return [*given, *left]


def with_vials(rows: Sequence[GivenRow], session: Session) -> list[GivenRow]:
    """The typed rows with the vials that their points come from by now."""
    vials = {each.point.id: str(each.vial_id or "") for each in session.given}
    return [replace(row, vial=vials.get(row.row.id, row.vial)) for row in rows]


def signed_session(treatment: Treatment) -> Session:
    """A signed treatment as it stands."""
    vials = {row.label: row.vial_id for row in treatment.points.all()}
    points = given_points(treatment)
    given = tuple(Given(point=point, planned=point.id, vial_id=vials[point.id]) for point in points)
    return _session(treatment, vial_ids=_own(treatment), given=given)


def corrected_session(form: AmendForm, treatment: Treatment, now: datetime) -> Session:
    """A signed treatment as it is corrected; its time-out stays."""
    started, ended = form.times(now)
    to_the_minute = treatment.started_at.replace(second=0, microsecond=0)
    if (started, form.cleaned_data.get("minutes")) == (to_the_minute, treatment.minutes):
        started, ended = treatment.started_at, treatment.given_at
    ids = ticked_vials(form)
    data = form.cleaned_data
    fresh = Opening(
        at=data.get("opened_at") or started,
        diluent_ml=data.get("diluent_ml"),
        diluent=data.get("diluent") or "",
    )
    told = _session(treatment, vial_ids=ids, given=_follow(form.read.given, _own(treatment), ids))
    return replace(
        told,
        openings=dict.fromkeys(ids, fresh),
        left_out=form.read.left_out,
        started_at=started,
        ended_at=ended,
        note=data.get("note", ""),
        reasons=form.reasons(),
        discarded=form.discarded,
        injector_id=int(data["injector"]) if data.get("injector") else None,
    )


def check_named(session: Session) -> None:
    """Raises: Refused where several vials are chosen and a point does not say from which it came."""
    if not session.vial_ids:
        raise Refused("Tick the vial that was used.", field="vials")
    open_points = [each.point.id for each in session.given if each.vial_id not in session.vial_ids]
    if len(session.vial_ids) > 1 and open_points:
        more = " and others" if len(open_points) > MOST_NAMED else ""
        raise Refused(
            f"{len(session.vial_ids)} vials are ticked. Choose below at each point from which it came: "
            f"{', '.join(open_points[:MOST_NAMED])}{more}.",
            field="vials",
        )


def _follow(given: Sequence[Given], before: Sequence[int], ids: Sequence[int]) -> tuple[Given, ...]:
    """The points with their vials. Where one vial takes the place of another, its points go with it."""
    out = [pk for pk in before if pk not in ids]
    added = [pk for pk in ids if pk not in before]
    place: dict[int | None, int] = {out[0]: added[0]} if len(out) == len(added) == 1 else {}
    if len(ids) == 1:
        place |= dict.fromkeys((None, *before), ids[0])
    return tuple(replace(each, vial_id=place.get(each.vial_id, each.vial_id)) for each in given)


def _own(treatment: Treatment) -> tuple[int, ...]:
    return tuple(use.vial_id for use in treatment.vial_uses.all())


def _session(treatment: Treatment, *, vial_ids: tuple[int, ...], given: tuple[Given, ...]) -> Session:
    told = treatment.time_out
    return Session(
        time_out=TimeOut(
            identifiers=tuple(told["identifiers"]),
            consent_confirmed=told["consent"],
            plan_confirmed=told["plan"],
            allergies_confirmed=told["allergies"],
            today=TodayAnswers(**told.get("today", {})),
        ),
        vial_ids=vial_ids,
        openings={},
        given=given,
        left_out={},
        started_at=treatment.started_at,
        ended_at=treatment.given_at,
    )


def first_opening(treatment: Treatment) -> tuple[datetime, Decimal | None]:
    """When the first vial of a signed treatment was opened and its diluent: what a vial is corrected to."""
    use = treatment.vial_uses.all()[0]
    return use.reconstituted_at or use.vial.opened_at or treatment.started_at, use.vial.diluent_ml

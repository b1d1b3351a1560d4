"""Writing one version of a treatment with its points and vials, and sealing it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from masseter.core.findings import Finding
from masseter.core.plan.reconstitute import DrawUp
from masseter.journey.accounts.queries import staff_who_may
from masseter.journey.audit.trail import record
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotPermitted, Refused
from masseter.journey.ground.rights import Right
from masseter.journey.inject.digest import digest_of
from masseter.journey.inject.models import GivenPoint, Treatment, VialUse
from masseter.journey.inject.preparing import Prepared, Session
from masseter.journey.plan.models import Plan
from masseter.journey.plan.writing import said
from masseter.journey.stock.ledger import open_locked, use_up
from masseter.journey.stock.models import Vial
from masseter.knowledge.load import load


def lock_plan(by: Actor, plan_id: int) -> Plan:
    """The plan, locked until the transaction ends."""
    return Plan.objects.select_for_update().get(clinic_id=by.clinic_id, pk=plan_id)


def refuse_unapproved(plan: Plan) -> None:
    """Raises: Refused where a locked plan is not approved."""
    if plan.state != Plan.State.APPROVED:
        raise Refused(f"The plan is {plan.get_state_display().lower()}. Only an approved plan can be given.")


def open_sealed(by: Actor, plan: Plan, session: Session, vials: list[Vial]) -> set[int]:
    """Open the sealed ones among locked vials for the plan's patient; answers which they were."""
    opened = set()
    for vial in vials:
        opening = session.openings.get(vial.pk)
        if vial.state == Vial.State.SEALED and opening is not None:
            open_locked(vial, by=by, patient=plan.patient, opening=opening)
            record(by=by, what="stock.vial_opened", on=vial, data={"opened_at": opening.at})
            opened.add(vial.pk)
    return opened


def write_treatment(
    by: Actor,
    plan: Plan,
    session: Session,
    prepared: Prepared,
    *,
    supersedes: Treatment | None = None,
    reason: str = "",
) -> Treatment:
    """An unsigned treatment row, with what was confirmed and found.

    Raises: NotPermitted for an actor without a sign-in; Refused for an injector who may not inject.
    """
    injector_id, injector_name = _injector(by, session, supersedes)
    return Treatment.objects.create(
        clinic_id=by.clinic_id,
        plan=plan,
        case_id=plan.case_id,
        patient_id=plan.patient_id,
        cycle=plan.cycle,
        started_at=session.started_at,
        given_at=session.ended_at,
        minutes=session.minutes,
        product=plan.product,
        presentation=plan.presentation,
        diluent_ml=plan.diluent_ml,
        injector_name=injector_name,
        injector_user_id=injector_id,
        time_out=_time_out(session),
        findings=findings_told(prepared),
        left_out=[{"point": each.planned_id, "reason": each.reason} for each in prepared.left_out],
        knowledge_version=load().version,
        map_version=_drawing_of(prepared, supersedes or plan),
        note=session.note.strip(),
        supersedes=supersedes,
        amendment_reason=reason.strip(),
    )


def write_points(treatment: Treatment, prepared: Prepared, plan: Plan) -> None:
    """The points of a treatment that is not signed yet."""
    planned = {point.label: point.units for point in plan.points.all()}
    GivenPoint.objects.bulk_create(
        GivenPoint(
            clinic_id=treatment.clinic_id,
            treatment=treatment,
            patient_id=treatment.patient_id,
            label=point.id,
            planned_label=point.planned_id,
            site=point.site,
            side=point.side,
            number=point.number,
            view=point.view,
            x=point.x,
            y=point.y,
            depth=point.depth,
            route=point.route,
            planned_units=planned.get(point.planned_id),
            units=point.units,
            volume_ml=_volume(prepared.drawn, point.id),
            reason=point.reason,
            vial_id=int(point.vial),
            order=order,
        )
        for order, point in enumerate(prepared.given)
    )


def book_vials(
    treatment: Treatment,
    prepared: Prepared,
    vials: list[Vial],
    *,
    used_on: date,
    opened_here: Collection[int],
) -> None:
    """What went out of each vial: given and thrown away together are all that it held."""
    for vial in vials:
        given = prepared.given_from(str(vial.pk))
        rest = use_up(vial, patient=treatment.patient, given=given, used_on=used_on)
        VialUse.objects.create(
            clinic_id=treatment.clinic_id,
            treatment=treatment,
            patient_id=treatment.patient_id,
            vial=vial,
            drawn_units=given + rest,
            given_units=given,
            discarded_units=rest,
            diluent_ml=vial.diluent_ml,
            diluent=vial.diluent,
            reconstituted_at=vial.opened_at,
            opened_here=vial.pk in opened_here,
        )


def seal(by: Actor, treatment: Treatment) -> None:
    """Sign: from here on the database refuses every change."""
    treatment.signed_at, treatment.signed_by_name = clock.now(), by.name
    treatment.digest = digest_of(treatment)
    treatment.save()


def findings_told(prepared: Prepared) -> list[dict[str, object]]:
    """The findings as they stood at signing, each with the reason that was written for it."""
    reasons = {(each.code, each.subject): each.reason for each in prepared.reasons}
    return [_finding(found, reasons.get((found.code, found.subject), "")) for found in prepared.findings]


def refuse_stops(prepared: Prepared) -> None:
    """Raises: Refused with what still blocks the signature, stops before cautions."""
    if prepared.blocking:
        is_stop = prepared.blocking[0].is_stop
        what = "Not signed" if is_stop else "Not signed: write a reason for this"
        raise Refused(f"{what}: {said(prepared.blocking)}")


def _finding(found: Finding, reason: str) -> dict[str, object]:
    return {
        "code": found.code,
        "severity": found.severity,
        "sentence": found.sentence,
        "subject": found.subject,
        "sources": list(found.sources),
        "reason": reason,
    }


def _injector(by: Actor, session: Session, supersedes: Treatment | None) -> tuple[int, str]:
    if by.user_id is None:
        raise NotPermitted("Only a person who is signed in can sign.")
    if supersedes is None:
        return by.user_id, by.name
    if session.injector_id in (None, supersedes.injector_user_id):
        return supersedes.injector_user_id, supersedes.injector_name
    able = staff_who_may(by, Right.INJECT)
    if session.injector_id not in able:
        raise Refused("Choose a person who may inject here.", field="injector")
    return session.injector_id, able[session.injector_id]


def _drawing_of(prepared: Prepared, origin: Plan | Treatment) -> str:
    """The drawing on which the points lie: today's, once one of them lies where it did not lie before."""
    before = {(each.site, each.side, each.view, each.x, each.y) for each in origin.points.all()}
    given = {(each.site, each.side, each.view, each.x, each.y) for each in prepared.given}
    return origin.map_version if given <= before else load().face_map.version


def _time_out(session: Session) -> dict[str, object]:
    told = session.time_out
    return {
        "identifiers": list(told.identifiers),
        "consent": told.consent_confirmed,
        "plan": told.plan_confirmed,
        "allergies": told.allergies_confirmed,
        "today": asdict(told.today),
        "at": session.started_at.isoformat(),
    }


def _volume(drawn: DrawUp | None, point_id: str) -> Decimal | None:
    draw = drawn.draw_of(point_id) if drawn else None
    return draw.drawn_ml if draw else None

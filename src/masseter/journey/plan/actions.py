"""Writing plans: draft, change, propose, approve, reopen, withdraw."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from masseter.core.plan.fingerprint import plan_fingerprint
from masseter.core.plan.personal import Personal
from masseter.core.plan.propose import AffectedSide
from masseter.core.plan.types import PlannedPoint, change_product
from masseter.journey.audit.trail import record
from masseter.journey.consult.models import Case
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.plan.checking import check
from masseter.journey.plan.drafts import draft_of
from masseter.journey.plan.models import OwnSchemeVersion, Plan
from masseter.journey.plan.own import points_for
from masseter.journey.plan.personal import Wishes, keep_proposal, personal_for
from masseter.journey.plan.safety import stock_of
from masseter.journey.plan.start import starting_mix
from masseter.journey.plan.writing import (
    check_size,
    fresh,
    keep,
    keep_reasons,
    lock,
    may_start,
    new_plan,
    place_points,
    refuse_blocked,
    replace_points,
    told,
)
from masseter.knowledge.load import load


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """How a plan is drawn up, as the clinician chose it."""

    presentation: str
    diluent_ml: Decimal | None
    graduation_ml: Decimal | None
    syringes: int


@action(Right.PLAN)
def draft_plan(
    *,
    by: Actor,
    case: Case,
    protocol: str,
    product: str = "",
    affected_side: AffectedSide | None = None,
    one_sided: bool = False,
    include_optional: Collection[str] = (),
    points: tuple[PlannedPoint, ...] | None = None,
    own: OwnSchemeVersion | None = None,
    note: str = "",
) -> Plan:
    """Start a plan from a published protocol, an own scheme, or the points of the last treatment.

    `own` beside points says which scheme those came from at first.
    """
    knowledge, today = load(), clock.today(by.zone)
    if own is not None:
        protocol, product = own.protocol, product or own.product
    scheme = knowledge.protocols.get(protocol)
    brand = knowledge.products.get(product or (scheme.product if scheme else ""))
    if scheme is None or brand is None:
        raise Refused("Choose a protocol and a product of the list.", field="protocol")
    diagnosis = may_start(by, case)
    if own is not None and points is None:
        points = points_for(by, own, case, brand.key)
    if points is not None:
        proposal = Personal(points=points)
    else:
        wishes = Wishes(affected_side=affected_side, one_sided=one_sided, include_optional=include_optional)
        made_for = {"protocol": protocol, "product": brand.key, "diagnosis": diagnosis}
        proposal = personal_for(by, case, **made_for, today=today, wishes=wishes)
    mix = starting_mix(brand, scheme, proposal.points, stock_of(by, brand.key, today), knowledge.sites)
    made = {"protocol": protocol, "product": brand.key}
    plan = new_plan(by, case, **made, mix=mix, diagnosis=diagnosis, note=note, own=own)
    keep_proposal(plan, proposal)
    record(by=by, what="plan.drafted", on=plan, data=made)
    return plan


@action(Right.PLAN)
def change_plan(
    *,
    by: Actor,
    plan: Plan,
    points: Iterable[PlannedPoint],
    drawing: Drawing,
    off_label_reason: str = "",
    note: str = "",
    reasons: Mapping[str, str] | None = None,
) -> Plan:
    """Save the points, the draw-up, the note and the written reasons of a draft."""
    locked = lock(by, plan)
    check_size(locked.product, drawing.presentation)
    locked.presentation = drawing.presentation
    locked.diluent_ml = drawing.diluent_ml
    locked.graduation_ml = drawing.graduation_ml
    locked.syringes = drawing.syringes
    locked.off_label_reason = off_label_reason.strip()
    locked.note = note.strip()
    place_points(locked, tuple(points))
    keep(locked)
    checked = check(by, fresh(by, locked), today=clock.today(by.zone))
    keep_reasons(by, locked, checked, reasons or {})
    record(by=by, what="plan.changed", on=locked, data=told(checked))
    return fresh(by, locked)


@action(Right.PLAN)
def choose_product(*, by: Actor, plan: Plan, product: str) -> Plan:
    """Give a draft another product: every dose and the dilution are emptied."""
    knowledge, locked = load(), lock(by, plan)
    brand = knowledge.products.get(product)
    if brand is None:
        raise Refused("Choose a product of the list.", field="product")
    if brand.key == locked.product:
        raise Refused("The plan has this product already.", field="product")
    emptied = change_product(draft_of(locked), brand.key)
    locked.product = brand.key
    points = emptied.points
    scheme, stock = knowledge.protocols[locked.protocol], stock_of(by, brand.key, clock.today(by.zone))
    mix = starting_mix(brand, scheme, points, stock, knowledge.sites)
    locked.presentation, locked.diluent_ml = mix.presentation, mix.diluent_ml
    locked.off_label_reason = ""
    locked.lowered = []  # doses that are no more
    replace_points(locked, points)
    keep(locked)
    record(by=by, what="plan.product_changed", on=locked, data={"product": brand.key})
    return fresh(by, locked)


@action(Right.PLAN)
def propose_plan(*, by: Actor, plan: Plan) -> Plan:
    """Hand a checked draft to a prescriber."""
    locked = lock(by, plan)
    checked = check(by, fresh(by, locked), today=clock.today(by.zone))
    refuse_blocked(checked)
    locked.state = Plan.State.PROPOSED
    locked.proposed_at, locked.proposed_by_name = clock.now(), by.name
    keep(locked)
    record(by=by, what="plan.proposed", on=locked, data=told(checked))
    return fresh(by, locked)


@action(Right.APPROVE_PLAN)
def approve_plan(*, by: Actor, plan: Plan) -> Plan:
    """Approve a proposed plan exactly as it stands, after checking it again."""
    locked = lock(by, plan, Plan.State.PROPOSED, "Only a proposed plan can be approved.")
    checked = check(by, fresh(by, locked), today=clock.today(by.zone))
    refuse_blocked(checked)
    locked.state = Plan.State.APPROVED
    locked.approved_at, locked.approved_by_name = clock.now(), by.name
    locked.approved_fingerprint = plan_fingerprint(checked.draft)
    keep(locked)
    record(by=by, what="plan.approved", on=locked, data=told(checked))
    return fresh(by, locked)


@action(Right.PLAN)
def reopen_plan(*, by: Actor, plan: Plan) -> Plan:
    """Open a proposed or approved plan for changes; it loses proposal and approval."""
    locked = Plan.objects.select_for_update().get(clinic_id=by.clinic_id, pk=plan.pk)
    if locked.state not in {Plan.State.PROPOSED, Plan.State.APPROVED}:
        raise Refused(f"This plan is {locked.get_state_display().lower()}; it cannot be opened for changes.")
    before = locked.state
    locked.state = Plan.State.DRAFT
    locked.proposed_at, locked.proposed_by_name = None, ""
    locked.approved_at, locked.approved_by_name, locked.approved_fingerprint = None, "", ""
    keep(locked)
    record(by=by, what="plan.reopened", on=locked, data={"was": before})
    return fresh(by, locked)


@action(Right.PLAN, Right.APPROVE_PLAN)
def withdraw_plan(*, by: Actor, plan: Plan, reason: str) -> Plan:
    """Withdraw a plan that is not given yet, with the reason."""
    if not reason.strip():
        raise Refused("Write why the plan is withdrawn.", field="reason")
    locked = Plan.objects.select_for_update().get(clinic_id=by.clinic_id, pk=plan.pk)
    if not locked.is_running:
        raise Refused(f"This plan is {locked.get_state_display().lower()}; it cannot be withdrawn.")
    locked.state = Plan.State.WITHDRAWN
    locked.withdrawn_at, locked.withdrawn_by_name = clock.now(), by.name
    locked.withdrawn_reason = reason.strip()
    keep(locked)
    record(by=by, what="plan.withdrawn", on=locked, why=reason.strip())
    return fresh(by, locked)


def mark_given(plan: Plan) -> None:
    """Note on a locked plan that its treatment is signed; called by the action that signs."""
    plan.state = Plan.State.GIVEN
    keep(plan)

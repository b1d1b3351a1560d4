"""Writing at the chair: begin a sitting, note what is tapped, set a sitting aside, keep one's own order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Literal

from masseter.journey.audit.trail import record
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotPermitted, Refused
from masseter.journey.ground.rights import Right
from masseter.journey.inject.models import ChairTap, InjectorOrder, Sitting
from masseter.journey.inject.preparing import Session, prepare
from masseter.journey.inject.sittings import chair_of, sitting_under_way
from masseter.journey.inject.taps import TapTold, as_row
from masseter.journey.inject.writing import lock_plan, open_sealed, refuse_stops, refuse_unapproved
from masseter.journey.plan.models import Plan
from masseter.journey.plan.queries import plan_of
from masseter.journey.stock.ledger import lock_vials

Answer = Literal["saved", "known"]
MOST_MUSCLES = 200


@action(Right.INJECT)
def begin_sitting(*, by: Actor, plan: Plan, session: Session) -> Sitting:
    """Begin at the chair: what would stop the signature stops the beginning; sealed vials are opened."""
    if by.user_id is None:
        raise NotPermitted("Only a person who is signed in can begin.")
    locked = lock_plan(by, plan.pk)
    refuse_unapproved(locked)
    if sitting_under_way(by, locked) is not None:
        raise Refused("This treatment is under way at the chair already. Open it there.")
    vials = lock_vials(by, session.vial_ids)
    refuse_stops(prepare(by, plan_of(by, plan.pk), session, vials))
    open_sealed(by, locked, session, vials)
    sitting = Sitting.objects.create(
        clinic_id=by.clinic_id,
        plan=locked,
        patient=locked.patient,
        begun_at=clock.now(),
        begun_by_user_id=by.user_id,
        begun_by_name=by.name,
        time_out=asdict(session.time_out),
        vials=list(session.vial_ids),
        reasons=dict(session.reasons or {}),
    )
    told = {"vials": [str(vial) for vial in vials], "identifiers": list(session.time_out.identifiers)}
    record(by=by, what="chair.begun", on=sitting, data=told)
    return sitting


@action(Right.INJECT)
def note_taps(*, by: Actor, sitting: Sitting, taps: Sequence[TapTold]) -> list[Answer]:
    """Note what was tapped; a tap that is here already is answered, and not noted again.

    What was done is never refused for what became of the plan since: it is kept, and the signature asks.
    """
    if by.user_id is None:
        raise NotPermitted("Only a person who is signed in can note what is given.")
    sitting = Sitting.objects.select_for_update().get(clinic_id=by.clinic_id, pk=sitting.pk)
    keys = ChairTap.objects.filter(clinic_id=by.clinic_id, sitting=sitting, key__in=[tap.key for tap in taps])
    known = set(keys.values_list("key", flat=True))
    answers: list[Answer] = []
    fresh: list[ChairTap] = []
    for tap in taps:
        answers.append("known" if tap.key in known else "saved")
        if tap.key not in known:
            known.add(tap.key)
            fresh.append(as_row(by.user_id, by.name, sitting, tap))
    ChairTap.objects.bulk_create(fresh)
    told = {
        "noted": [f"{row.kind} {row.point} {row.units or ''}".strip() for row in fresh],
        "known": answers.count("known"),
        "late": sitting.outcome != Sitting.Outcome.UNDER_WAY,
    }
    record(by=by, what="chair.noted", on=sitting, data=told)
    return answers


@action(Right.INJECT)
def set_sitting_aside(*, by: Actor, sitting: Sitting, reason: str) -> Sitting:
    """End a sitting in which nothing was given, with the reason; the plan stays approved."""
    if not reason.strip():
        raise Refused("Write why nothing was given.", field="set_aside_reason")
    locked = Sitting.objects.select_for_update().get(clinic_id=by.clinic_id, pk=sitting.pk)
    if locked.outcome != Sitting.Outcome.UNDER_WAY:
        raise Refused("This sitting is over already.")
    if chair_of(locked, plan_of(by, locked.plan_id)).units_given:
        raise Refused("Something was given: sign it, or undo what was tapped by mistake.")
    end_sitting(by, locked, Sitting.Outcome.SET_ASIDE, reason.strip())
    record(by=by, what="chair.set_aside", on=locked, why=reason.strip())
    return locked


def end_sitting(by: Actor, sitting: Sitting, outcome: str, reason: str = "") -> None:
    """Close a locked sitting."""
    sitting.outcome, sitting.ended_at, sitting.ended_by_name = outcome, clock.now(), by.name
    sitting.set_aside_reason = reason
    sitting.save()


@action(Right.INJECT)
def keep_order(*, by: Actor, muscles: Iterable[str]) -> None:
    """Keep in which order the acting person goes through the muscles, for the next time too."""
    if by.user_id is None:
        raise NotPermitted("Only a person who is signed in has an order of their own.")
    listed = [muscle[:80] for muscle in dict.fromkeys(muscles)][:MOST_MUSCLES]
    order, _ = InjectorOrder.objects.update_or_create(
        clinic_id=by.clinic_id, user_id=by.user_id, defaults={"muscles": listed}
    )
    record(by=by, what="chair.order_kept", on=order, data={"muscles": listed})

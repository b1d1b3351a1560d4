"""Writing treatments: sign what was given, and amend a signed record by a newer version."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from zoneinfo import ZoneInfo

from masseter.journey.audit.trail import record
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.inject.chair_actions import end_sitting
from masseter.journey.inject.models import Sitting, Treatment
from masseter.journey.inject.preparing import Prepared, Session, prepare
from masseter.journey.inject.sittings import refuse_unread_taps, sitting_under_way
from masseter.journey.inject.writing import (
    book_vials,
    lock_plan,
    open_sealed,
    refuse_stops,
    refuse_unapproved,
    seal,
    write_points,
    write_treatment,
)
from masseter.journey.plan.actions import mark_given
from masseter.journey.plan.models import Plan
from masseter.journey.plan.queries import plan_of
from masseter.journey.plan.writing import said
from masseter.journey.stock.ledger import Opening, give_back, lock_vials, take_instead
from masseter.journey.stock.models import Vial

# An amendment says what was really done, so limits don't stop it; sums and reasons must still hold.
AMENDMENT_STOPS = frozenset(
    {
        "nothing-given",
        "duplicate-point",
        "given-nothing",
        "deviation-reason-missing",
        "vial-missing",
        "vial-other-product",
        "vial-of-other-patient",
        "vial-finished",
        "reconstitution-missing",
        "reconstituted-in-future",
        "diluent-missing",
        "vial-overdrawn",
        "discarded-missing",
        "vial-sum-wrong",
    }
)


@action(Right.SIGN_TREATMENT)
def sign_treatment(*, by: Actor, plan: Plan, session: Session) -> Treatment:
    """Sign a treatment after checking everything again; plan and vials are locked meanwhile."""
    locked = lock_plan(by, plan.pk)
    if locked.state == Plan.State.GIVEN:
        raise Refused("This plan was signed as given already. Nothing was signed twice.")
    refuse_unapproved(locked)
    _check_times(by, locked, session)
    whole = plan_of(by, plan.pk)
    sitting = sitting_under_way(by, locked)
    if sitting is not None:
        refuse_unread_taps(sitting, whole, session.taps_seen)
    vials = lock_vials(by, session.vial_ids)
    _check_vials_named(vials)
    prepared = prepare(by, whole, session, vials)
    refuse_stops(prepared)
    opened_here = open_sealed(by, locked, session, vials)
    treatment = write_treatment(by, locked, session, prepared)
    _finish(by, treatment, prepared, locked, vials, opened_here)
    mark_given(locked)
    if sitting is not None:
        end_sitting(by, sitting, Sitting.Outcome.SIGNED)
    record(by=by, what="treatment.signed", on=treatment, data=_told(treatment, prepared))
    return treatment


@action(Right.SIGN_TREATMENT)
def amend_treatment(*, by: Actor, treatment: Treatment, session: Session, reason: str) -> Treatment:
    """Correct a signed treatment by a newer version; the old one stays and is shown.

    A vial that the correction takes out is full again and in quarantine until somebody has looked at it.
    """
    if not reason.strip():
        raise Refused("Write why the record is corrected.", field="amendment_reason")
    locked = lock_plan(by, treatment.plan_id)
    old = Treatment.objects.select_for_update().get(clinic_id=by.clinic_id, pk=treatment.pk)
    if Treatment.objects.filter(clinic_id=by.clinic_id, supersedes=old).exists():
        raise Refused("This version was corrected already. Open the newest version and correct that one.")
    _check_times(by, locked, session)
    own = dict(old.vial_uses.values_list("vial_id", "opened_here"))
    locked_vials = lock_vials(by, {*session.vial_ids, *own})
    vials = [vial for vial in locked_vials if vial.pk in session.vial_ids]
    _check_vials_named(vials)
    plan = plan_of(by, locked.pk)
    prepared = prepare(by, plan, session, vials, without=own)
    _refuse_wrong_sums(prepared)
    newer = write_treatment(by, plan, session, prepared, supersedes=old, reason=reason)
    opened_here = {pk for pk, was_sealed in own.items() if was_sealed}
    opened_here |= _exchange(by, newer, locked_vials, own, session)
    _finish(by, newer, prepared, plan, vials, opened_here)
    told = _told(newer, prepared) | {"supersedes": old.pk}
    record(by=by, what="treatment.amended", on=newer, why=reason.strip(), data=told)
    return newer


def _exchange(
    by: Actor, newer: Treatment, vials: list[Vial], own: Mapping[int, bool | None], session: Session
) -> set[int]:
    """Give back the vials that the correction takes out, take those that it brings in; which were sealed."""
    sealed = set()
    for vial in vials:
        if vial.pk not in session.vial_ids:
            give_back(vial, was_sealed=bool(own[vial.pk]), reason=newer.amendment_reason)
            record(by=by, what="stock.vial_given_back", on=vial, why=newer.amendment_reason)
        elif vial.pk not in own:
            opening = session.openings.get(vial.pk) or Opening(at=newer.started_at, diluent_ml=None)
            if take_instead(vial, name=newer.injector_name, patient=newer.case.patient, opening=opening):
                sealed.add(vial.pk)
            record(by=by, what="stock.vial_taken_instead", on=vial, why=newer.amendment_reason)
    return sealed


def _finish(
    by: Actor,
    treatment: Treatment,
    prepared: Prepared,
    plan: Plan,
    vials: list[Vial],
    opened_here: Collection[int],
) -> None:
    write_points(treatment, prepared, plan)
    day = treatment.given_at.astimezone(ZoneInfo(by.zone)).date()
    book_vials(treatment, prepared, vials, used_on=day, opened_here=opened_here)
    seal(by, treatment)


def _check_times(by: Actor, plan: Plan, session: Session) -> None:
    if session.ended_at > clock.now():
        raise Refused("The treatment is not over yet: check its start and minutes.", field="minutes")
    if session.started_at > session.ended_at:
        raise Refused("The end lies before the start.", field="minutes")
    # A start is typed to the minute, an approval kept to the microsecond.
    if plan.approved_at is not None and session.started_at < plan.approved_at.replace(
        second=0, microsecond=0
    ):
        raise Refused("The treatment began before the plan was approved: check the time.", field="started_at")


def _check_vials_named(vials: list[Vial]) -> None:
    if not vials:
        raise Refused("Choose the vial that is used.", field="vials")


def _refuse_wrong_sums(prepared: Prepared) -> None:
    wrong = [found for found in prepared.findings if found.code in AMENDMENT_STOPS]
    if wrong:
        raise Refused(f"Not signed: {said(wrong)}")


def _told(treatment: Treatment, prepared: Prepared) -> dict[str, object]:
    return {
        "product": treatment.product,
        "points": len(prepared.given),
        "units": sum(point.units for point in prepared.given),
        "vials": [state.lot for state in prepared.vials],
        "injector": treatment.injector_name,
        "digest": treatment.digest,
    }

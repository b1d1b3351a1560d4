"""A clinic's own schemes: saved from a plan, changed by a new version, renamed, shared, retired."""

from __future__ import annotations

from masseter.journey.audit.trail import record
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Right
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import OwnScheme, OwnSchemeVersion, Plan
from masseter.journey.plan.own import may_see, point_to_json
from masseter.knowledge.load import load

LONGEST_NAME = 100


@action(Right.KEEP_SCHEMES)
def save_own_scheme(*, by: Actor, plan: Plan, name: str, is_shared: bool) -> OwnScheme:
    """Save the points and doses of a plan as a scheme of one's own, for oneself or for the clinic.

    Raises: Refused without a name, for a name that is taken, or for a plan without points.
    """
    if by.user_id is None:
        raise Refused("A scheme belongs to a person who can sign in.")
    scheme = OwnScheme.objects.create(
        clinic_id=by.clinic_id,
        name=_free_name(by, name, owner_id=by.user_id),
        condition=plan.condition,
        diagnosis=plan.diagnosis,
        is_shared=is_shared,
        owner_id=by.user_id,
        owner_name=by.name,
    )
    _add_version(by, scheme, plan)
    record(by=by, what="own_scheme.saved", on=scheme, data={"name": scheme.name, "is_shared": is_shared})
    return scheme


@action(Right.KEEP_SCHEMES)
def change_own_scheme(*, by: Actor, scheme: OwnScheme, plan: Plan) -> OwnSchemeVersion:
    """Save the points and doses of a plan as the next version; plans made before keep theirs.

    Raises: Refused for a plan of another condition, or a retired scheme; NotPermitted for somebody else's.
    """
    locked = _lock(by, scheme)
    if plan.condition != locked.condition:
        raise Refused("This scheme is for another condition.", field="scheme")
    version = _add_version(by, locked, plan)
    record(by=by, what="own_scheme.changed", on=locked, data={"number": version.number})
    return version


@action(Right.KEEP_SCHEMES)
def rename_own_scheme(*, by: Actor, scheme: OwnScheme, name: str, is_shared: bool) -> OwnScheme:
    """Give a scheme another name, and say whether the clinic shares it.

    Raises: Refused without a name or for one that is taken; NotPermitted for somebody else's.
    """
    locked = _lock(by, scheme)
    data = {"before": locked.name, "name": name.strip(), "is_shared": is_shared}
    locked.name = _free_name(by, name, owner_id=locked.owner_id, without=locked.pk)
    locked.is_shared = is_shared
    locked.save(update_fields=["name", "is_shared"])
    record(by=by, what="own_scheme.renamed", on=locked, data=data)
    return locked


@action(Right.KEEP_SCHEMES)
def retire_own_scheme(*, by: Actor, scheme: OwnScheme, reason: str) -> OwnScheme:
    """Offer a scheme no more; plans that used it keep it.

    Raises: Refused without a reason, or for one that is retired; NotPermitted for somebody else's.
    """
    if not reason.strip():
        raise Refused("Write why it is retired.", field="reason")
    locked = _lock(by, scheme)
    locked.retired_at, locked.retired_by_name = clock.now(), by.name
    locked.retired_reason = reason.strip()
    locked.save(update_fields=["retired_at", "retired_by_name", "retired_reason"])
    record(by=by, what="own_scheme.retired", on=locked, why=locked.retired_reason)
    return locked


def _lock(by: Actor, scheme: OwnScheme) -> OwnScheme:
    """The scheme, locked, where this person may change it: one's own, or as prescriber a shared one."""
    locked = OwnScheme.objects.select_for_update().get(clinic_id=by.clinic_id, pk=scheme.pk)
    if not may_see(by, locked):
        raise NotHere("There is no such scheme.")
    if locked.owner_id != by.user_id and not by.may(Right.APPROVE_PLAN):
        raise NotPermitted(f"This scheme is {locked.owner_name}’s. Save one of your own from a plan.")
    if locked.retired_at is not None:
        raise Refused("This scheme is retired.")
    return locked


def _free_name(by: Actor, name: str, *, owner_id: int, without: int = 0) -> str:
    wanted = name.strip()
    if not wanted or len(wanted) > LONGEST_NAME:
        raise Refused(f"Give it a name of at most {LONGEST_NAME} characters.", field="name")
    standing = OwnScheme.objects.filter(clinic_id=by.clinic_id, owner_id=owner_id, retired_at=None)
    if standing.filter(name=wanted).exclude(pk=without).exists():
        raise Refused("There is a scheme of this name already.", field="name")
    return wanted


def _add_version(by: Actor, scheme: OwnScheme, plan: Plan) -> OwnSchemeVersion:
    points = stored_points(plan)
    if not points:
        raise Refused("The plan has no injection point yet.")
    last = scheme.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return OwnSchemeVersion.objects.create(
        clinic_id=by.clinic_id,
        scheme=scheme,
        number=last + 1,
        protocol=plan.protocol,
        product=plan.product,
        points=[point_to_json(point) for point in points],
        map_version=plan.map_version,
        knowledge_version=load().version,
        made_by_name=by.name,
    )

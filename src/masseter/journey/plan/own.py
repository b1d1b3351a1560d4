"""Reading a clinic's own schemes, and their points from and to JSON."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from masseter.core.plan.lookup import as_side
from masseter.core.plan.propose import next_from_last
from masseter.core.plan.types import PlannedPoint
from masseter.journey.consult.models import Case
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.plan.drafts import as_view
from masseter.journey.plan.models import OwnScheme, OwnSchemeVersion, Plan
from masseter.knowledge.load import load


def may_see(by: Actor, scheme: OwnScheme) -> bool:
    """A scheme is one's own, or shared with the clinic."""
    return scheme.is_shared or (by.user_id is not None and scheme.owner_id == by.user_id)


def _schemes(by: Actor) -> QuerySet[OwnScheme]:
    mine = Q(is_shared=True) | Q(owner_id=by.user_id)
    return OwnScheme.objects.filter(mine, clinic_id=by.clinic_id).prefetch_related("versions")


def own_scheme_of(by: Actor, scheme_id: int) -> OwnScheme:
    """One scheme with its versions, retired or not.

    Raises: NotHere, also for a colleague's that is not shared.
    """
    found = _schemes(by).filter(pk=scheme_id).first()
    if found is None:
        raise NotHere("There is no such scheme.")
    return found


def own_schemes(by: Actor) -> list[OwnScheme]:
    """Every scheme of the clinic that this person sees, those in use first, by name."""
    return sorted(_schemes(by), key=lambda one: (one.retired_at is not None, one.name.casefold(), one.pk))


def schemes_in_use(by: Actor, condition: str) -> list[OwnScheme]:
    """The schemes that are offered for a condition, by name."""
    return list(_schemes(by).filter(condition=condition, retired_at=None).order_by("name", "pk"))


def newest_version(scheme: OwnScheme) -> OwnSchemeVersion:
    """The version that is offered. Every scheme has one."""
    return max(scheme.versions.all(), key=lambda one: one.number)


def plans_with(by: Actor, scheme: OwnScheme) -> list[Plan]:
    """The plans that were drafted from any version of a scheme, the newest first."""
    plans = Plan.objects.filter(clinic_id=by.clinic_id, own_version__scheme=scheme)
    return list(plans.select_related("patient", "own_version").order_by("-created_at", "-pk"))


def points_for(by: Actor, own: OwnSchemeVersion, case: Case, product: str) -> tuple[PlannedPoint, ...]:
    """The points that a plan starts with; with another product than the scheme's every dose is empty.

    Raises: NotHere for a colleague's own; Refused for one that is retired, replaced or of another condition.
    """
    scheme = own.scheme
    if not may_see(by, scheme):
        raise NotHere("There is no such scheme.")
    if scheme.retired_at is not None:
        raise Refused("This scheme is retired.", field="protocol")
    if scheme.condition != case.condition or own.number != newest_version(scheme).number:
        raise Refused("This scheme is for another condition, or was changed. Choose again.", field="protocol")
    return next_from_last(points_of_version(own), last_product=own.product, product=product)


def points_of_version(own: OwnSchemeVersion) -> tuple[PlannedPoint, ...]:
    """The points of a version as they were saved; those of a site that is no more are left out."""
    known = load().sites
    return tuple(_from_json(row) for row in own.points if row["site"] in known)


def point_to_json(point: PlannedPoint) -> dict[str, Any]:  # Any: whatever JSON holds
    """A point as a scheme keeps it."""
    return {
        "id": point.id,
        "site": point.site,
        "side": point.side,
        "number": point.number,
        "view": point.view,
        "x": str(point.x),
        "y": str(point.y),
        "units": None if point.units is None else str(point.units),
        "depth": point.depth,
        "route": point.route,
    }


def _from_json(row: Mapping[str, Any]) -> PlannedPoint:  # Any: whatever JSON holds
    return PlannedPoint(
        id=row["id"],
        site=row["site"],
        side=as_side(row["side"]),
        number=row["number"],
        view=as_view(row["view"]),
        x=Decimal(row["x"]),
        y=Decimal(row["y"]),
        units=None if row["units"] is None else Decimal(row["units"]),
        depth=row["depth"],
        route=row["route"],
    )

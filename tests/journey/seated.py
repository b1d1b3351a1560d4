"""A sitting at the chair and what is tapped in it, made by the same actions as real ones."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from masseter.core.inject.chair import ChairState
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.chair_actions import begin_sitting
from masseter.journey.inject.models import Sitting
from masseter.journey.inject.sittings import chair_of
from masseter.journey.inject.taps import TapTold
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from masseter.journey.plan.queries import plan_of
from masseter.journey.stock.models import Vial
from tests.journey.given import approved_plan, make_lot, session_for, vials_of


def seated(by: Actor, plan: Plan | None = None, vials: list[Vial] | None = None) -> Sitting:
    """A sitting that has just begun."""
    plan = plan or approved_plan(by)
    vials = vials or vials_of(make_lot(by))[:1]
    return begin_sitting(by=by, plan=plan, session=session_for(by, plan, vials))


def tap_given(sitting: Sitting, number: int = 0, units: str = "", **more: Any) -> TapTold:
    """A point of the plan, given as planned or with other units."""
    point = stored_points(sitting.plan)[number]
    dose = Decimal(units) if units else point.units
    told = {"key": uuid4(), "hand": uuid4(), "kind": "given", "said_at": clock.now(), "point": point}
    return TapTold(**{**told, "units": dose, **more})


def tap_skipped(sitting: Sitting, number: int = 0, reason: str = "Skin") -> TapTold:
    """A point of the plan, left out."""
    point = stored_points(sitting.plan)[number]
    return TapTold(key=uuid4(), hand=uuid4(), kind="skipped", said_at=clock.now(), point=point, reason=reason)


def tap_undone(*keys: UUID) -> TapTold:
    """Earlier taps taken back."""
    return TapTold(
        key=uuid4(),
        hand=uuid4(),
        kind="undone",
        said_at=clock.now(),
        undoes=tuple(str(key) for key in keys),
    )


def state(by: Actor, sitting: Sitting) -> ChairState:
    """What stands at the chair now."""
    return chair_of(sitting, plan_of(by, sitting.plan_id))

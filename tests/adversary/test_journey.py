"""People without the right, and two at once: tried on the real actions and database."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.plan.actions import approve_plan, change_plan, propose_plan
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from tests.conftest import ActorMaker, make_actor
from tests.journey.given import DOCTOR, approved_plan, drawing_of, make_plan, migraine_case, write_reasons


def proposed(by: Actor) -> Plan:
    return propose_plan(by=by, plan=write_reasons(by, make_plan(by, migraine_case(by))))


def test_approval_without_the_right(clinic: Clinic, actor: ActorMaker) -> None:
    """A plan approved by the injector, the front desk or the manager, who may not prescribe.

    Refused, and the plan stays as it was.
    """
    plan = proposed(actor(*DOCTOR))

    for role in (Role.INJECTOR, Role.FRONT_DESK, Role.MANAGER):
        with pytest.raises(NotPermitted):
            approve_plan(by=actor(role), plan=plan)
    plan.refresh_from_db()
    assert plan.state == "proposed"


def test_approval_from_another_clinic(clinic: Clinic, other_clinic: Clinic, actor: ActorMaker) -> None:
    """A prescriber of another clinic approves the plan of this one.

    There is no such plan for them.
    """
    plan = proposed(actor(*DOCTOR))

    with pytest.raises((NotHere, NotPermitted)):
        approve_plan(by=make_actor(other_clinic, *DOCTOR), plan=plan)


def test_approved_plan_changed(clinic: Clinic, actor: ActorMaker) -> None:
    """An approved plan is changed without taking its approval back.

    Refused.
    """
    by = actor(*DOCTOR)
    plan = approved_plan(by)

    with pytest.raises(Refused):
        change_plan(by=by, plan=plan, points=stored_points(plan)[:5], drawing=drawing_of(plan))


def test_midnight_in_the_clinic(clinic: Clinic, actor: ActorMaker) -> None:
    """The day is changed by a clock in another zone: just before midnight it is tomorrow elsewhere.

    Days are the clinic's own: the day follows the zone of the one who acts, not the server's.
    """
    by = actor(*DOCTOR)

    with clock.travel(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)):  # in London it is 00:30
        assert clock.today(by.zone) == date(2026, 7, 1)
    with clock.travel(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):
        assert clock.today(by.zone) == date(2026, 12, 31)

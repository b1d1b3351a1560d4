"""A clinic's own schemes: saved from a plan, versioned, shared or private, retired; never published."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.models import Event
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.plan.actions import change_plan, draft_plan
from masseter.journey.plan.checking import check
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import OwnSchemeVersion, Plan
from masseter.journey.plan.own import (
    newest_version,
    own_scheme_of,
    own_schemes,
    plans_with,
    points_of_version,
    schemes_in_use,
)
from masseter.journey.plan.own_actions import (
    change_own_scheme,
    rename_own_scheme,
    retire_own_scheme,
    save_own_scheme,
)
from tests.conftest import ActorMaker, make_actor
from tests.factories import make_ready_case
from tests.journey.given import DOCTOR, drawing_of, healthy, make_plan, migraine_case

CONDITION = "chronic_migraine"


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def colleague(clinic: Clinic) -> Actor:
    """An injector who is no prescriber."""
    return make_actor(clinic, Role.INJECTOR, email="colleague@north.example")


@pytest.fixture
def plan(by: Actor) -> Plan:
    return make_plan(by, migraine_case(by))


def fewer(by: Actor, plan: Plan) -> Plan:
    """The plan without its first point."""
    return change_plan(by=by, plan=plan, points=stored_points(plan)[1:], drawing=drawing_of(plan))


def test_scheme_that_cannot_be_saved_is_refused_at_its_field(by: Actor, plan: Plan) -> None:
    save_own_scheme(by=by, plan=plan, name="Ours", is_shared=True)
    for name in ("", "  ", "x" * 101, " Ours "):
        with pytest.raises(Refused) as refused:
            save_own_scheme(by=by, plan=plan, name=name, is_shared=True)
        assert refused.value.field == "name"

    empty = change_plan(by=by, plan=plan, points=(), drawing=drawing_of(plan))
    with pytest.raises(Refused, match="no injection point"):
        save_own_scheme(by=by, plan=empty, name="Empty", is_shared=True)


def test_plan_from_an_own_scheme_is_checked_as_any_other_and_says_where_it_is_from(
    by: Actor, plan: Plan
) -> None:
    scheme = save_own_scheme(by=by, plan=plan, name="Ours", is_shared=True)
    own = newest_version(scheme)

    made = draft_plan(by=by, case=migraine_case(by), protocol="", own=own)

    assert stored_points(made) == stored_points(plan)
    assert (made.own_version, made.protocol, made.product) == (own, plan.protocol, plan.product)
    today = clock.today(by.zone)
    codes = [{each.code for each in check(by, one, today=today).findings} for one in (made, plan)]
    assert codes[0] == codes[1]
    assert plans_with(by, scheme) == [made]


def test_another_product_empties_every_dose(by: Actor, plan: Plan) -> None:
    own = newest_version(save_own_scheme(by=by, plan=plan, name="Ours", is_shared=True))

    made = draft_plan(by=by, case=migraine_case(by), protocol="", product="xeomin", own=own)

    assert made.product == "xeomin"
    assert {point.units for point in stored_points(made)} == {None}
    assert len(stored_points(made)) == len(stored_points(plan))


def test_change_makes_a_new_version_and_old_plans_keep_theirs(by: Actor, plan: Plan) -> None:
    scheme = save_own_scheme(by=by, plan=plan, name="Ours", is_shared=True)
    first = newest_version(scheme)
    old = draft_plan(by=by, case=migraine_case(by), protocol="", own=first)

    second = change_own_scheme(by=by, scheme=scheme, plan=fewer(by, plan))

    old.refresh_from_db()
    assert (first.number, second.number, old.own_version_id) == (1, 2, first.pk)
    assert len(points_of_version(second)) == len(points_of_version(first)) - 1
    with pytest.raises(Refused, match="Choose again"):
        draft_plan(by=by, case=migraine_case(by), protocol="", own=first)
    with pytest.raises(DatabaseError), transaction.atomic():
        OwnSchemeVersion.objects.filter(pk=first.pk).update(points=[])


def test_scheme_of_another_condition_is_neither_used_nor_mixed(by: Actor, plan: Plan) -> None:
    scheme = save_own_scheme(by=by, plan=plan, name="Ours", is_shared=True)
    jaw = make_ready_case(by, condition="tmd", diagnosis="myalgia", **healthy(), jaw_pain=True)

    with pytest.raises(Refused, match="another condition"):
        draft_plan(by=by, case=jaw, protocol="", own=newest_version(scheme))
    other = draft_plan(by=by, case=jaw, protocol="tmd_low_botox")
    with pytest.raises(Refused) as refused:
        change_own_scheme(by=by, scheme=scheme, plan=other)
    assert refused.value.field == "scheme"


def test_private_scheme_is_nobody_elses(by: Actor, colleague: Actor, plan: Plan) -> None:
    scheme = save_own_scheme(by=by, plan=plan, name="Mine", is_shared=False)

    assert own_schemes(colleague) == schemes_in_use(colleague, CONDITION) == []
    with pytest.raises(NotHere):
        own_scheme_of(colleague, scheme.pk)
    with pytest.raises(NotHere):
        retire_own_scheme(by=colleague, scheme=scheme, reason="Not mine.")
    with pytest.raises(NotHere):
        draft_plan(by=colleague, case=migraine_case(by), protocol="", own=newest_version(scheme))


def test_shared_scheme_is_used_by_all_and_changed_by_its_owner_or_a_prescriber(
    by: Actor, colleague: Actor, plan: Plan
) -> None:
    ours = save_own_scheme(by=colleague, plan=plan, name="Hers", is_shared=True)
    mine = save_own_scheme(by=by, plan=plan, name="Mine", is_shared=True)

    assert draft_plan(by=colleague, case=migraine_case(by), protocol="", own=newest_version(mine))
    with pytest.raises(NotPermitted):
        rename_own_scheme(by=colleague, scheme=mine, name="Taken", is_shared=False)
    renamed = rename_own_scheme(by=by, scheme=ours, name="Hers and ours", is_shared=True)
    assert (renamed.name, renamed.owner_name) == ("Hers and ours", colleague.name)


def test_retired_scheme_is_offered_no_more_and_stays(by: Actor, plan: Plan) -> None:
    scheme = save_own_scheme(by=by, plan=plan, name="Ours", is_shared=True)
    own = newest_version(scheme)
    used = draft_plan(by=by, case=migraine_case(by), protocol="", own=own)
    with pytest.raises(Refused) as refused:
        retire_own_scheme(by=by, scheme=scheme, reason=" ")
    assert refused.value.field == "reason"

    retire_own_scheme(by=by, scheme=scheme, reason="Too strong at the brow.")

    assert schemes_in_use(by, CONDITION) == []
    assert [one.pk for one in own_schemes(by)] == [scheme.pk]
    assert plans_with(by, scheme) == [used]
    with pytest.raises(Refused, match="retired"):
        draft_plan(by=by, case=migraine_case(by), protocol="", own=OwnSchemeVersion.objects.get(pk=own.pk))
    with pytest.raises(Refused, match="retired"):
        change_own_scheme(by=by, scheme=scheme, plan=plan)
    save_own_scheme(by=by, plan=plan, name="Ours", is_shared=True)
    assert Event.objects.filter(what="own_scheme.retired").count() == 1

"""When a treatment was given: a correction moves it neither into the future nor before its approval."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Role
from masseter.journey.inject.actions import amend_treatment
from masseter.journey.plan.queries import plan_of
from masseter.journey.stock.models import Vial
from tests.conftest import ActorMaker
from tests.journey.given import make_treatment, session_for


@pytest.mark.parametrize("moved", [timedelta(days=3650), timedelta(minutes=5), timedelta(days=-3650)])
def test_correction_to_an_impossible_time_is_refused(actor: ActorMaker, moved: timedelta) -> None:
    by = actor(Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER)
    treatment = make_treatment(by)
    vials = list(Vial.objects.filter(pk__in=treatment.vial_uses.values("vial_id")))
    session = session_for(by, plan_of(by, treatment.plan_id), vials)
    session = replace(session, started_at=session.started_at + moved, ended_at=session.ended_at + moved)

    with pytest.raises(Refused):
        amend_treatment(by=by, treatment=treatment, session=session, reason="The clock was wrong.")

"""A warning sign that was worked up and is reported again stops again, until it is worked up again."""

from __future__ import annotations

from datetime import timedelta

from masseter.core.findings import Finding
from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.actions import answer_intake, open_case
from masseter.journey.consult.models import Case
from masseter.journey.consult.verdicts import candidacy_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from tests.conftest import ActorMaker
from tests.factories import actor_of_patient, make_portal_patient, observe, read

SIGN, CLEARANCE = "red-flag-sudden-headache", "cleared_headache"


def sign(by: Actor, case: Case) -> Finding:
    findings = candidacy_of(by, case, today=clock.today(by.zone)).findings
    return next(each for each in findings if each.code == SIGN)


def worked_up(by: Actor) -> Case:
    case = open_case(by=by, patient=make_portal_patient(by), condition="chronic_migraine")
    observe(by, case, cleared_headache=True, flag_sudden_headache=True)
    return case


def test_sign_and_clearance_of_one_form_belong_together(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(Role.INJECTOR)

    assert sign(by, worked_up(by)).severity == "caution"


def test_sign_reported_again_stops_until_it_is_worked_up_again(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(Role.INJECTOR)
    case = worked_up(by)
    with clock.travel(clock.now() + timedelta(days=90)):
        patient, today = actor_of_patient(case.patient), clock.today(by.zone)
        told = read({"flag_sudden_headache": True}, today=today, reported_by="patient")
        answer_intake(by=patient, patient=case.patient, case=case, facts=told)

        assert (sign(by, case).severity, sign(by, case).leads_to) == ("stop", "refer_urgently")
        assert CLEARANCE in candidacy_of(by, case, today=today).approvals

        observe(by, case, cleared_headache=True)

        assert sign(by, case).severity == "caution"


def test_another_headache_is_not_settled_by_the_first(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(Role.INJECTOR)
    case = worked_up(by)

    observe(by, case, flag_changing_headache=True)

    findings = candidacy_of(by, case, today=clock.today(by.zone)).findings
    assert [each.code for each in findings if each.is_stop and not each.is_open] == [
        "red-flag-changing-headache"
    ]

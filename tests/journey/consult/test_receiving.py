"""The self-check of a request in the patient's record."""

from __future__ import annotations

import pytest

from masseter.core.facts import fact
from masseter.journey.accounts.models import Clinic
from masseter.journey.accounts.queries import visitor
from masseter.journey.audit.models import Event
from masseter.journey.consult.actions import open_case, receive_self_check, record_observations
from masseter.journey.consult.models import Observation
from masseter.journey.consult.queries import facts_of, standings_of
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.people.models import Patient
from masseter.journey.screen.actions import SentCheck, accept_referral, ask_for_appointment
from masseter.journey.screen.models import Referral
from tests.conftest import ActorMaker
from tests.factories import make_patient

CHECK = SentCheck(
    condition="tmd",
    outcome="worth_consultation",
    answers={
        "flag_heart": "yes",
        "flag_crisis": "no",
        "flag_numb_chin": None,
        "jaw_pain": "yes",
        "pain_months": 14,
        "is_adult": "yes",
        "gone": "x",
    },
    red_flags_open=("flag_growth", "flag_numb_chin"),
)


def accepted(clinic: Clinic, actor: ActorMaker, patient: Patient | None = None) -> Referral:
    desk = actor(Role.FRONT_DESK)
    asked = ask_for_appointment(by=visitor(clinic), name="Nora Quist", phone="0123 456", check=CHECK)
    return accept_referral(by=desk, referral=asked, patient=patient or make_patient(desk))


def values(patient: Patient) -> dict[str, object]:
    return dict(Observation.objects.filter(patient=patient).values_list("code", "value"))


def test_request_that_nobody_accepted_writes_nothing(clinic: Clinic, actor: ActorMaker) -> None:
    asked = ask_for_appointment(by=visitor(clinic), name="Nora Quist", phone="0123 456", check=CHECK)

    with pytest.raises(Refused, match="Accept the request first"):
        receive_self_check(by=actor(Role.FRONT_DESK), referral=asked)


def test_visitor_writes_into_no_record(clinic: Clinic, actor: ActorMaker) -> None:
    with pytest.raises(NotPermitted):
        receive_self_check(by=visitor(clinic), referral=accepted(clinic, actor))


def test_warning_signs_are_there_at_once_as_the_patients_own_word(clinic: Clinic, actor: ActorMaker) -> None:
    referral = accepted(clinic, actor)

    rows = receive_self_check(by=actor(Role.FRONT_DESK), referral=referral)

    assert {row.code: row.value for row in rows} == {
        "flag_heart": True,
        "flag_crisis": False,
        "flag_growth": None,
        "flag_numb_chin": None,
    }
    assert {(row.reported_by, row.confirmed, row.case) for row in rows} == {("patient", False, None)}
    assert all(row.note.startswith("Self-check on the public pages, sent on") for row in rows)


def test_answers_about_the_condition_come_with_its_case_and_no_other(
    clinic: Clinic, actor: ActorMaker
) -> None:
    referral = accepted(clinic, actor)
    assert referral.patient is not None
    receive_self_check(by=actor(Role.FRONT_DESK), referral=referral)

    other = open_case(by=actor(Role.INJECTOR), patient=referral.patient, condition="trigeminal_neuralgia")
    own = open_case(by=actor(Role.INJECTOR), patient=referral.patient, condition="tmd")

    assert "pain_months" not in standings_of(referral.patient, other)
    waits = standings_of(referral.patient, own)["pain_months"].waits
    assert waits is not None
    assert waits.value == 14
    assert Observation.objects.filter(patient=referral.patient, code="flag_heart").count() == 1


def test_confirmed_no_against_a_ticked_sign_is_not_known_until_settled(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(Role.INJECTOR)
    patient = make_patient(actor(Role.MANAGER))
    case = open_case(by=by, patient=patient, condition="tmd")
    record_observations(
        by=by,
        patient=patient,
        case=case,
        facts={"flag_heart": fact("flag_heart", False, reported_by="clinician")},
    )

    receive_self_check(by=actor(Role.FRONT_DESK), referral=accepted(clinic, actor, patient))

    assert standings_of(patient, case)["flag_heart"].differs
    assert facts_of(case, today=clock.today(by.zone))["flag_heart"].value is None


def test_answer_that_nothing_can_read_is_named_in_the_trail(clinic: Clinic, actor: ActorMaker) -> None:
    referral = accepted(clinic, actor)

    receive_self_check(by=actor(Role.FRONT_DESK), referral=referral)

    event = Event.objects.get(what="self_check.received")
    assert "gone" in str(event.data["unread"])
    assert "gone" not in values(referral.patient)  # type: ignore[arg-type]  # accepted, so it has one

"""Requests for an appointment, as actions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail

from masseter.journey.accounts.models import Clinic
from masseter.journey.accounts.queries import visitor
from masseter.journey.audit.models import Event
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.messaging.models import Message
from masseter.journey.screen.actions import (
    SentCheck,
    accept_referral,
    ask_for_appointment,
    decline_referral,
)
from masseter.journey.screen.models import Referral
from masseter.journey.screen.queries import answered_referrals, new_referrals, referral_of, referrals_of
from tests.conftest import ActorMaker
from tests.factories import make_patient


def ask(clinic: Clinic, **more: object) -> Referral:
    return ask_for_appointment(by=visitor(clinic), name=" Nora Quist ", **{"phone": "0123 456", **more})  # type: ignore[arg-type]  # as a form gives it


def test_request_without_a_way_to_answer_is_refused(clinic: Clinic) -> None:
    with pytest.raises(Refused, match="so that we can answer") as refusal:
        ask(clinic, phone="")

    assert refusal.value.field == "email"


def test_request_of_somebody_not_born_yet_is_refused(clinic: Clinic) -> None:
    tomorrow = clock.today(clinic.zone) + timedelta(days=1)

    with pytest.raises(Refused, match="future"):
        ask(clinic, birth_date=tomorrow)


def test_visitor_answers_no_request(clinic: Clinic) -> None:
    referral = ask(clinic)

    with pytest.raises(NotPermitted):
        decline_referral(by=visitor(clinic), referral=referral, reason="no")


def test_request_is_answered_once(clinic: Clinic, actor: ActorMaker) -> None:
    desk = actor(Role.FRONT_DESK)
    referral = ask(clinic)
    decline_referral(by=desk, referral=referral, reason="Sent to a dentist.")

    with pytest.raises(Refused, match="has already answered"):
        accept_referral(by=desk, referral=referral, patient=make_patient(desk))


def test_request_of_another_clinic_is_not_there(
    clinic: Clinic, other_clinic: Clinic, actor: ActorMaker
) -> None:
    referral = ask(clinic)

    with pytest.raises(NotHere):
        referral_of(actor(Role.FRONT_DESK, of=other_clinic), referral.pk)


def test_requests_wait_oldest_first(clinic: Clinic, actor: ActorMaker) -> None:
    desk = actor(Role.FRONT_DESK)
    first, second, third = ask(clinic), ask(clinic), ask(clinic)

    decline_referral(by=desk, referral=second, reason="Sent to a dentist.")

    assert new_referrals(desk) == [first, third]
    assert answered_referrals(desk) == [second]


def test_warning_signs_wait_first_then_open_ones_then_the_oldest(clinic: Clinic, actor: ActorMaker) -> None:
    quiet = ask(clinic)
    open_sign = ask(
        clinic,
        check=SentCheck(condition="tmd", outcome="worth_consultation", red_flags_open=("flag_growth",)),
    )
    urgent = ask(clinic, check=SentCheck(condition="tmd", outcome="get_help_now"))

    assert new_referrals(actor(Role.FRONT_DESK)) == [urgent, open_sign, quiet]


def test_front_desk_does_not_read_the_requests_of_a_chart(clinic: Clinic, actor: ActorMaker) -> None:
    desk = actor(Role.FRONT_DESK)

    with pytest.raises(NotPermitted):
        referrals_of(desk, make_patient(desk))


def test_accepted_request_knows_its_patient_and_its_trail(clinic: Clinic, actor: ActorMaker) -> None:
    desk = actor(Role.FRONT_DESK)
    patient = make_patient(desk)

    referral = accept_referral(by=desk, referral=ask(clinic, birth_date=date(1980, 5, 17)), patient=patient)

    assert (referral.name, referral.state, referral.patient) == ("Nora Quist", "accepted", patient)
    assert Event.objects.filter(what="referral.accepted", patient_id=patient.pk).count() == 1


def test_letter_is_written_with_the_request_and_goes_out_after_it(clinic: Clinic) -> None:
    referral = ask(clinic, email="nora@example.org")

    message = Message.objects.get()
    assert (message.kind, message.about, message.address) == ("request", str(referral.pk), "nora@example.org")
    assert mail.outbox == []

"""Asking for an appointment: refusals, the bait, the limit, and what arrives."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.sealed import seal
from masseter.journey.messaging.handing import hand_over_due
from masseter.journey.messaging.providers.mail import MailProvider
from masseter.journey.screen.models import Referral
from masseter.portal.screen.carrying import Carried, carry
from masseter.portal.screen.limits import MOST_AN_HOUR

ADDRESS = "/appointment/"
WHO = {"name": "Nora Quist", "email": "nora@example.org", "condition": "tmd"}
CHECK = Carried(
    condition="tmd",
    outcome="worth_consultation",
    knowledge_version="v1",
    red_flags_open=["flag_growth"],
    answers={"pain_months": 14},
)


@pytest.fixture(autouse=True)
def _fresh_limits(db: None) -> None:
    cache.clear()


def test_nothing_typed_names_every_missing_thing(clinic: Clinic) -> None:
    answer = Client().post(ADDRESS, {})

    assert answer.status_code == 422
    assert "name" in answer.context["form"].errors
    assert not Referral.objects.exists()


def test_request_that_nobody_could_answer_is_refused(clinic: Clinic) -> None:
    answer = Client().post(ADDRESS, {"name": "Nora Quist"})

    assert answer.status_code == 422
    assert "so that we can answer" in answer.context["form"].errors["email"][0]


@pytest.mark.parametrize("birth_date", ["2999-01-01", "31/02/1980", "yesterday"])
def test_impossible_birth_date_is_refused(clinic: Clinic, birth_date: str) -> None:
    answer = Client().post(ADDRESS, {**WHO, "birth_date": birth_date})

    assert answer.status_code == 422
    assert "birth_date" in answer.context["form"].errors


def test_condition_that_does_not_exist_is_refused(clinic: Clinic) -> None:
    assert Client().post(ADDRESS, {**WHO, "condition": "plague"}).status_code == 422


def test_machine_that_fills_the_bait_leaves_no_request(clinic: Clinic) -> None:
    answer = Client().post(ADDRESS, {**WHO, "website": "https://spam.example"})

    assert answer.headers["Location"] == "/appointment/asked/"
    assert not Referral.objects.exists()


def test_flood_from_one_address_is_stopped(clinic: Clinic) -> None:
    client = Client()
    for _ in range(MOST_AN_HOUR):
        assert client.post(ADDRESS, WHO).status_code == 302

    answer = client.post(ADDRESS, WHO)

    assert answer.status_code == 422
    assert "Wait an hour, or call us" in answer.text
    assert Referral.objects.count() == MOST_AN_HOUR
    assert Client(REMOTE_ADDR="192.0.2.7").post(ADDRESS, WHO).status_code == 302


def test_changed_answers_are_not_taken(clinic: Clinic) -> None:
    sealed = carry(CHECK)

    answer = Client().post(ADDRESS, {**WHO, "send_answers": "on", "sealed": sealed[:-4] + "AAA="})

    assert answer.status_code == 422
    assert not Referral.objects.exists()


def test_answers_stay_behind_unless_ticked(clinic: Clinic) -> None:
    Client().post(ADDRESS, {**WHO, "sealed": carry(CHECK)})

    referral = Referral.objects.get()
    assert (referral.answers, referral.outcome, referral.red_flags_open) == ({}, "", [])


def test_ticked_answers_arrive_with_the_request(clinic: Clinic) -> None:
    Client().post(ADDRESS, {**WHO, "send_answers": "on", "sealed": carry(CHECK)})

    referral = Referral.objects.get()
    assert referral.clinic_id == clinic.pk
    assert referral.answers == {"pain_months": 14}
    assert referral.outcome == "worth_consultation"
    assert referral.red_flags_open == ["flag_growth"]


def test_answers_stay_those_of_the_condition_that_was_checked(clinic: Clinic) -> None:
    Client().post(ADDRESS, {**WHO, "condition": "bruxism", "send_answers": "on", "sealed": carry(CHECK)})

    referral = Referral.objects.get()
    assert (referral.condition, referral.checked_condition) == ("bruxism", "tmd")


def test_seal_of_an_older_version_is_no_longer_here(clinic: Clinic) -> None:
    older = seal(json.dumps({"condition": "tmd", "outcome": "", "answers": {}}), "self-check")

    answer = Client().post(ADDRESS, {**WHO, "send_answers": "on", "sealed": older})

    assert answer.status_code == 422
    assert "no longer here" in answer.text


def test_form_opened_from_the_self_check_knows_the_condition(clinic: Clinic) -> None:
    answer = Client().post(ADDRESS, {"begin": "1", "sealed": carry(CHECK)})

    assert answer.status_code == 200
    assert answer.context["form"]["condition"].value() == "tmd"
    assert answer.context["has_answers"]


def test_second_click_makes_no_second_request(clinic: Clinic) -> None:
    form = {**WHO, "form_key": str(uuid4())}
    client = Client()

    first, second = client.post(ADDRESS, form), client.post(ADDRESS, form)

    assert first.headers["Location"] == second.headers["Location"]
    assert Referral.objects.count() == 1


@pytest.mark.django_db
def test_acknowledgement_says_nothing_about_health(clinic: Clinic) -> None:
    Client().post(ADDRESS, {**WHO, "message": "my jaw", "send_answers": "on", "sealed": carry(CHECK)})
    hand_over_due(clinic, {"email": MailProvider()}, lambda by, message: "")

    (letter,) = mail.outbox
    assert letter.to == ["nora@example.org"]
    assert not any(word in letter.body.lower() for word in ("jaw pain", "nora", "tmd", "my jaw"))


def test_times_that_suit_reach_the_clinic_in_its_own_language(clinic: Clinic) -> None:
    client = Client(headers={"accept-language": "de"})

    client.post(ADDRESS, {**WHO, "days": ["1", "3"], "parts": ["evening"], "preferred_times": "Im Juni"})

    assert Referral.objects.get().preferred_times == "Tuesday, Thursday; from 17:00. Im Juni"

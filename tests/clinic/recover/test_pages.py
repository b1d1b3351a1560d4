"""The pages of the days after a treatment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.inject.models import Treatment
from masseter.journey.recover.models import AdverseEvent, SymptomCheck
from tests.clinic.pages import queries_of, send, words
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR
from tests.journey.treated import treated

SignIn = Callable[..., Client]


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def client(signed_in: SignIn) -> Client:
    return signed_in(*DOCTOR)


@pytest.fixture
def treatment(by: Actor) -> Treatment:
    return treated(by, days_ago=3)


def test_symptoms_of_another_clinics_treatment_are_as_if_not_there(
    treatment: Treatment, signed_in: SignIn, other_clinic: Clinic
) -> None:
    stranger = signed_in(Role.INJECTOR, of=other_clinic)

    assert stranger.get(reverse("symptoms", args=[treatment.pk])).status_code == 404


def test_symptoms_sent_empty_ask_for_a_call(client: Client, treatment: Treatment) -> None:
    url = reverse("symptoms", args=[treatment.pk])

    sent = send(client, url, {})

    check = SymptomCheck.objects.get()
    assert sent.status_code == 302
    assert check.grade == "call"
    assert check.unanswered


def test_symptoms_all_no_by_one_box_are_expected(client: Client, treatment: Treatment) -> None:
    send(client, reverse("symptoms", args=[treatment.pk]), {"rest_is_no": "on"})

    check = SymptomCheck.objects.get()
    assert check.grade == "expected"
    assert "Expected at this time" in words(client.get(reverse("symptom_check", args=[check.pk])))


def test_symptom_check_is_answered_with_a_note(client: Client, treatment: Treatment) -> None:
    send(
        client,
        reverse("symptoms", args=[treatment.pk]),
        {"rest_is_no": "on", "breathing_trouble": "yes"},
    )
    url = reverse("symptom_check", args=[SymptomCheck.objects.get().pk])

    empty = send(client, url, {"reason": ""})
    done = send(client, url, {"reason": "Ambulance called."})

    assert empty.status_code == 422
    assert done.status_code == 302
    assert "Ambulance called." in words(client.get(url))


def test_adverse_event_with_bad_dates_comes_back_with_a_sentence(
    client: Client, by: Actor, treatment: Treatment
) -> None:
    url = reverse("adverse_add", args=[treatment.pk])
    day = clock.today(by.zone) + timedelta(days=1)

    sent = send(
        client,
        url,
        {"effect": "bruise", "started_on": str(day), "severity": "mild", "outcome": "ongoing"},
    )

    assert sent.status_code == 422
    assert "This date lies in the future." in words(sent)
    assert str(day) in sent.content.decode()


def test_adverse_event_added_and_ended(client: Client, by: Actor, treatment: Treatment) -> None:
    today = str(clock.today(by.zone))
    valid = {"effect": "bruise", "started_on": today, "severity": "mild", "outcome": "ongoing"}
    send(client, reverse("adverse_add", args=[treatment.pk]), valid)
    url = reverse("adverse", args=[AdverseEvent.objects.get().pk])

    stale = client.get(url)
    send(client, url, {**valid, "outcome": "resolved", "resolved_on": today})
    late = send(client, url, {**valid, "severity": "severe"}, page=stale)  # type: ignore[arg-type]  # the test client's answer

    event = AdverseEvent.objects.get()
    assert (event.outcome, event.severity) == ("resolved", "mild")
    assert late.status_code == 422
    assert "changed by someone else" in words(late)


def test_adverse_event_says_where_it_is_reported_and_which_lot_was_given(
    client: Client, by: Actor, treatment: Treatment
) -> None:
    today = str(clock.today(by.zone))
    valid = {"effect": "bruise", "started_on": today, "severity": "mild", "outcome": "ongoing"}
    send(client, reverse("adverse_add", args=[treatment.pk]), valid)
    lot = treatment.vial_uses.first().vial.lot  # type: ignore[union-attr]  # a treatment has its vials

    page = words(client.get(reverse("adverse", args=[AdverseEvent.objects.get().pk])))

    assert "Yellow Card" in page
    assert f"Botox; lot {lot.number}, expiry" in page


def test_recover_pages_stay_within_the_queries(client: Client, treatment: Treatment) -> None:
    pages = [reverse("symptoms", args=[treatment.pk]), reverse("adverse_list", args=[treatment.case_id])]

    assert all(queries_of(client, url) <= 25 for url in pages)

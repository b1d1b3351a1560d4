"""A thought of self-harm in a questionnaire: the patient is told at once what to do, saved or not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.people.models import Patient
from masseter.journey.results.models import Score
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker, sign_in
from tests.factories import make_case
from tests.journey.given import DOCTOR

CRISIS = "You deserve help right now"
REST = ("interest", "low", "sleep", "tired", "appetite", "failure", "focus", "slow")


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


def fill(by: Actor, patient: Patient, **answers: str) -> tuple[Client, Any]:  # Any: the test client's answer
    client, case = Client(), make_case(by, patient)
    assert patient.user is not None
    sign_in(client, patient.user)
    url = reverse("my_score_add", args=[case.pk, "phq9"])
    return client, send(client, url, {**answers, "day": clock.today(by.zone).isoformat()})


def test_answer_that_is_not_saved_for_want_of_others_still_shows_the_way_to_help(
    by: Actor, patient: Patient
) -> None:
    _, page = fill(by, patient, harm="1")

    assert page.status_code == 422
    assert CRISIS in words(page)
    assert not Score.objects.exists()


def test_saved_answer_leads_to_the_page_of_what_to_do_now(by: Actor, patient: Patient) -> None:
    client, page = fill(by, patient, harm="1", **dict.fromkeys(REST, "0"))

    shown = words(client.get(page.headers["Location"]))  # type: ignore[arg-type]  # the test client's answer
    assert "Please read this now" in shown
    assert CRISIS in shown


def test_no_thought_of_it_leads_back_to_the_questionnaires(by: Actor, patient: Patient) -> None:
    _, page = fill(by, patient, harm="0", **dict.fromkeys(REST, "0"))

    assert page.headers["Location"] == reverse("my_scores")


def test_questionnaire_on_request_is_not_among_those_of_every_patient(by: Actor, patient: Patient) -> None:
    client, _ = fill(by, patient)

    listed = words(client.get(reverse("my_scores")))  # type: ignore[arg-type]  # the test client's answer
    assert "four questions" in listed
    assert "nine questions" not in listed

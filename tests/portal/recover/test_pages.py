"""The patient's pages of the days after a treatment."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.people.models import Patient
from masseter.journey.recover.models import AdverseEvent, SymptomCheck
from tests.clinic.pages import queries_of, send, words
from tests.conftest import ActorMaker, sign_in
from tests.factories import make_portal_patient
from tests.journey.given import DOCTOR
from tests.journey.treated import treated


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def patient(by: Actor) -> Patient:
    return make_portal_patient(by)


@pytest.fixture
def client(patient: Patient) -> Client:
    found = Client()
    assert patient.user is not None
    sign_in(found, patient.user)
    return found


def test_pages_before_any_treatment(client: Client) -> None:
    assert "No treatment yet" in words(client.get(reverse("my_aftercare")))  # type: ignore[arg-type]  # the test client's answer
    assert client.get(reverse("my_symptoms")).status_code == 404


def test_check_of_another_patient_is_as_if_not_there(client: Client, by: Actor, patient: Patient) -> None:
    other = treated(by, days_ago=3)
    staff_side = SymptomCheck.objects.create(
        clinic_id=by.clinic_id,
        treatment=other,
        case=other.case,
        patient=other.patient,
        day=3,
        grade="call",
        knowledge_version="x",
        reported_by="staff",
        by_name="Somebody",
    )

    assert client.get(reverse("my_symptom_check", args=[staff_side.pk])).status_code == 404


@pytest.mark.parametrize(
    ("answers", "grade", "sentence"),
    [
        ({"rest_is_no": "on"}, "expected", "This is expected"),
        ({}, "call", "020 7946 0100"),
        ({"rest_is_no": "on", "breathing_trouble": "yes"}, "emergency", "Call 999"),
    ],
)
def test_symptoms_end_in_one_of_three_answers(
    client: Client, by: Actor, patient: Patient, answers: dict[str, str], grade: str, sentence: str
) -> None:
    treated(by, days_ago=3, patient=patient)

    send(client, reverse("my_symptoms"), answers)

    check = SymptomCheck.objects.get()
    page = words(client.get(reverse("my_symptom_check", args=[check.pk])))  # type: ignore[arg-type]  # the test client's answer
    assert check.grade == grade
    assert check.reported_by == "patient"
    assert sentence in page


def test_aftercare_of_the_day_and_an_unwanted_effect(client: Client, by: Actor, patient: Patient) -> None:
    treated(by, days_ago=3, patient=patient)

    page = words(client.get(reverse("my_aftercare")))  # type: ignore[arg-type]  # the test client's answer
    send(
        client,
        reverse("my_adverse"),
        {
            "words": "A blue spot.",
            "started_on": str(clock.today(by.zone)),
            "severity": "mild",
            "outcome": "ongoing",
        },
    )

    assert "Day 3 after your treatment" in page
    assert AdverseEvent.objects.get().reported_by == "patient"
    assert queries_of(client, reverse("my_aftercare")) <= 25

"""The patient draws at home where it hurts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from masseter.journey.calendar.actions import book_appointment
from masseter.journey.consult.models import PainDrawing
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker, sign_in
from tests.factories import make_case, make_portal_patient
from tests.journey.given import DOCTOR
from tests.journey.treated import treated


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


def client_of(patient: object) -> Client:
    found = Client()
    sign_in(found, patient.user)  # type: ignore[attr-defined]  # a patient with a portal
    return found


def test_patient_without_a_case_is_told_to_call(by: Actor) -> None:
    client = client_of(make_portal_patient(by))

    page = send(client, "/my/pain/", {"area": "temporalis:left", "strength": "4"})

    assert page.status_code == 422
    assert "opened no case" in words(page)


def test_drawing_by_name_is_kept_and_shown_again(by: Actor) -> None:
    patient = make_portal_patient(by)
    case = make_case(by, patient)
    client = client_of(patient)
    assert ": before your visit." in words(client.get("/my/"))  # type: ignore[arg-type]  # the test client's answer

    answer = send(client, "/my/pain/", {"area": "temporalis:left", "strength": "4", "width": "large"})

    drawing = PainDrawing.objects.get()
    assert (drawing.case_id, drawing.reported_by) == (case.pk, "patient")
    shown = words(client.get(answer["Location"]))  # type: ignore[arg-type]  # the test client's answer
    assert "Chewing muscle at the temple, left" in shown
    assert "strength 4 of 10" in shown
    assert ": before your visit." not in words(client.get("/my/"))  # type: ignore[arg-type]  # the test client's answer


def test_review_that_is_booked_asks_for_a_new_drawing(by: Actor) -> None:
    patient = make_portal_patient(by)
    given = treated(by, days_ago=80, patient=patient)
    client = client_of(patient)
    assert ": before your review." not in words(client.get("/my/"))  # type: ignore[arg-type]  # the test client's answer

    starts = clock.now() + timedelta(days=3)
    book_appointment(by=by, patient=patient, kind="review", starts_at=starts, minutes=20)

    assert ": before your review." in words(client.get("/my/"))  # type: ignore[arg-type]  # the test client's answer
    send(client, f"/my/pain/?case={given.case_id}", {"area": "temporalis:left", "strength": "4"})
    assert ": before your review." not in words(client.get("/my/"))  # type: ignore[arg-type]  # the test client's answer

"""The patient's first page and the list of who looked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from masseter.journey.calendar.actions import book_appointment
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Role
from masseter.journey.people.models import Patient
from tests.clinic.pages import queries_of, words
from tests.conftest import ActorMaker
from tests.factories import make_case, make_portal_patient

SignedIn = Callable[..., Client]


@pytest.fixture
def patient(actor: ActorMaker) -> Patient:
    return make_portal_patient(actor(Role.MANAGER))


@pytest.fixture
def own(patient: Patient) -> Client:
    client = Client()
    assert patient.user is not None
    client.force_login(patient.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_staff_have_no_patients_page(signed_in: SignedIn) -> None:
    assert signed_in(Role.INJECTOR).get("/my/").status_code == 403


def test_first_page_of_somebody_new_is_kind(own: Client) -> None:
    assert "Nothing waits for you today" in own.get("/my/").text


def test_questions_before_the_visit_wait(own: Client, patient: Patient, actor: ActorMaker) -> None:
    case = make_case(actor(Role.INJECTOR), patient)

    page = own.get("/my/")

    assert f"/my/intake/?case={case.pk}" in page.text
    assert "Today’s diary" in page.text


def test_next_appointment_is_shown_in_the_clinics_time(
    own: Client, patient: Patient, actor: ActorMaker
) -> None:
    starts = (clock.now() + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
    book_appointment(
        by=actor(Role.MANAGER), patient=patient, kind="consultation", starts_at=starts, minutes=30
    )

    assert "consultation" in words(own.get("/my/"))  # type: ignore[arg-type]  # the test client's answer


def test_first_page_asks_the_database_little(own: Client, patient: Patient, actor: ActorMaker) -> None:
    for condition in ("tmd", "bruxism"):
        make_case(actor(Role.INJECTOR), patient, condition)

    assert queries_of(own, "/my/") <= 25


def test_patient_sees_who_looked(own: Client, patient: Patient, signed_in: SignedIn) -> None:
    signed_in(Role.INJECTOR).get(f"/clinic/patients/{patient.pk}/")

    text = words(own.get("/my/access/"))  # type: ignore[arg-type]  # the test client's answer

    assert "Injector" in text
    assert "Looked at" in text

"""A patient with a sign-in, a case of theirs, and their browser; each file says who `by` is."""

from __future__ import annotations

import pytest
from django.test import Client

from masseter.journey.consult.models import Case
from masseter.journey.ground.actor import Actor
from masseter.journey.people.models import Patient
from tests.conftest import sign_in
from tests.factories import make_case, make_portal_patient


@pytest.fixture
def patient(by: Actor) -> Patient:
    return make_portal_patient(by)


@pytest.fixture
def case(by: Actor, patient: Patient) -> Case:
    return make_case(by, patient)


@pytest.fixture
def own(patient: Patient) -> Client:
    client = Client()
    assert patient.user is not None
    sign_in(client, patient.user)
    return client

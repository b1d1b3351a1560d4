"""The passport from the patient's page to the next clinic's chart: the code is read as a camera reads it."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO

import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.passport.seal import unsealed
from masseter.journey.consult.queries import elsewhere_of
from masseter.journey.follow_up.passport import issue_passport
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.people.models import Patient
from masseter.ui.paper.passport import passport_paper
from tests.clinic.pages import queries_of, send, words
from tests.clinic.stock.test_vial_label import grey_picture
from tests.conftest import ActorMaker, sign_in
from tests.factories import make_patient, make_portal_patient
from tests.journey.given import DOCTOR
from tests.journey.treated import treated

URL, DPI = "/my/passport/", 200


@pytest.fixture
def patient(actor: ActorMaker) -> Patient:
    return make_portal_patient(actor(*DOCTOR))


@pytest.fixture
def client(patient: Patient) -> Client:
    found = Client()
    assert patient.user is not None
    sign_in(found, patient.user)
    return found


def test_before_the_first_treatment_there_is_none(client: Client) -> None:
    assert "No treatment yet" in words(client.get(URL))  # type: ignore[arg-type]  # the test client's answer
    assert client.get(f"{URL}pdf/").headers["Location"] == URL


def test_passport_says_what_was_given_on_one_page(
    client: Client, patient: Patient, actor: ActorMaker
) -> None:
    treatment = treated(actor(*DOCTOR), patient=patient)

    page = words(client.get(URL))  # type: ignore[arg-type]  # the test client's answer
    (paper,) = PdfReader(BytesIO(client.get(f"{URL}pdf/").content)).pages

    told = (treatment.vial_uses.first().vial.lot.number, "not before", "Botox")
    for text in (page, " ".join(paper.extract_text().split())):
        assert [each for each in told if each not in text] == []
    assert "The muscle between the brows" in page
    assert "Procerus" in paper.extract_text()
    assert queries_of(client, URL) <= 25


def test_code_on_paper_is_read_and_counts_at_the_next_clinic(
    patient: Patient,
    clinic: Clinic,
    other_clinic: Clinic,
    actor: ActorMaker,
    signed_in: Callable[..., Client],
) -> None:
    by = actor(*DOCTOR)
    treatment = treated(by, patient=patient)
    issued = issue_passport(by, patient)
    assert issued is not None
    data, pictures = passport_paper(issued, patient, clinic)
    picture = grey_picture("passport", json.dumps({**data, "pictures": pictures}, default=str), DPI)
    (code,) = zxingcpp.read_barcodes(picture)
    assert unsealed(code.text).passport == issued.passport

    with clinic_scope(other_clinic.pk):
        there = actor(*DOCTOR, of=other_clinic)
        same = make_patient(there, given_names=patient.given_names, family_name=patient.family_name)
        doctor = signed_in(*DOCTOR, of=other_clinic)
        url = reverse("passport_take", args=[same.pk])
        changed = code.text[:300] + ("A" if code.text[300] != "A" else "B") + code.text[301:]
        refused = send(doctor, url, {"passport": changed})
        taken = send(doctor, url, {"passport": f"]Q1{code.text}"})
        (row,) = elsewhere_of(same)

    assert changed in refused.content.decode()
    assert "Ask for a new one" in words(refused)
    assert taken.status_code == 302
    assert row.units == sum(use.given_units for use in treatment.vial_uses.all())
    shown = words(doctor.get(reverse("elsewhere", args=[same.pk])))  # type: ignore[arg-type]  # likewise
    assert unsealed(code.text).fingerprint in shown

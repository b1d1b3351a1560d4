"""The pages of consent and of treatments elsewhere, and a case that is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.consult.actions import open_case
from masseter.journey.consult.models import (
    Case,
    Consent,
    ElsewhereTreatment,
)
from masseter.journey.consult.queries import valid_consent
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker
from tests.factories import (
    make_case,
    make_consent,
)

SignIn = Callable[..., Client]


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(Role.INJECTOR)


@pytest.fixture
def client(signed_in: SignIn) -> Client:
    return signed_in(Role.INJECTOR)


@pytest.fixture
def case(by: Actor) -> Case:
    return make_case(by)


def at(name: str, case: Case, *more: object) -> str:
    return reverse(name, args=[case.pk, *more])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"has_read": "on"}, "Enter the name of the person who signs"),
        ({"signer_name": "Ada Sample"}, "Tick the box"),
        ({"has_read": "on", "signer_name": "Ada", "signature": "<svg onload=alert(1)>"}, "could not be read"),
        ({"has_read": "on", "signer_name": "Ada", "text_version": "0" * 16}, "has changed since"),
    ],
)
def test_a_consent_that_is_not_whole_is_refused(
    client: Client, case: Case, data: dict[str, str], sentence: str
) -> None:
    response = send(client, at("consent_take", case), data)

    assert response.status_code == 422
    assert sentence in words(response)
    assert not Consent.objects.exists()


def test_a_consent_is_read_signed_shown_and_withdrawn(client: Client, case: Case) -> None:
    data = {"has_read": "on", "signer_name": "Ada Sample", "signature": "M10 10L20 20L30 15"}

    signed = send(client, at("consent_take", case), data)
    shown = client.get(signed.headers["Location"])
    consent = Consent.objects.get()
    without = send(client, reverse("consent_withdraw", args=[consent.pk]), {"reason": " "})
    withdrawn = send(client, reverse("consent_withdraw", args=[consent.pk]), {"reason": "Changed her mind."})

    assert "Off-label use" in words(shown)
    assert "Drawn signature" in shown.content.decode()
    assert without.status_code == 422
    assert withdrawn.status_code == 302
    assert valid_consent(case) is None
    assert "Changed her mind." in words(client.get(reverse("consent", args=[consent.pk])))


def test_the_consent_as_paper_holds_the_signed_text(by: Actor, client: Client, case: Case) -> None:
    consent = make_consent(by, case)

    response = client.get(reverse("consent_pdf", args=[consent.pk]))

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "This field is required"),
        ({"given_on": "2999-01-01"}, "lies in the future"),
        ({"given_on": "1960-01-01"}, "before the date of birth"),
        ({"given_on": "2026-02-01", "units": "50"}, "Units mean nothing without the product"),
        ({"given_on": "2026-02-01", "product": "botulox"}, "not one of the available choices"),
        ({"given_on": "2026-02-01", "product": "botox", "units": "1e9"}, "Enter a number"),
        ({"given_on": "2026-02-01", "product": "botox", "units": "99999999"}, "Enter units"),
    ],
)
def test_an_impossible_treatment_elsewhere_is_refused(
    client: Client, case: Case, data: dict[str, str], sentence: str
) -> None:
    response = send(client, reverse("elsewhere", args=[case.patient_id]), data)

    assert response.status_code == 422
    assert sentence in words(response)
    assert not ElsewhereTreatment.objects.exists()


def test_a_treatment_elsewhere_is_listed_and_taken_back(by: Actor, client: Client, case: Case) -> None:
    day = clock.today(by.zone) - timedelta(days=50)
    url = reverse("elsewhere", args=[case.patient_id])

    send(client, url, {"given_on": day.isoformat(), "product": "", "units": ""})
    listed = words(client.get(url))
    row = ElsewhereTreatment.objects.get()
    back = reverse("elsewhere_withdraw", args=[case.patient_id, row.pk])
    taken = send(client, back, {"reason": "Another person."})

    assert "product not known" in listed
    assert taken.status_code == 302
    assert "None on record" in words(client.get(url))


def test_a_closed_case_is_read_only(by: Actor, client: Client, case: Case) -> None:
    send(client, at("case_close", case), {"reason": "Moved away."})

    refused = send(client, at("decision", case), {"decided": "wait"})

    assert refused.status_code == 422
    assert "This case is closed" in words(refused)
    assert client.get(at("case", case)).status_code == 200
    assert open_case(by=by, patient=case.patient, condition="tmd").pk != case.pk

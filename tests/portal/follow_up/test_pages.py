"""The patient's page of what comes next: what was decided, the earliest day, the treatments so far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.consult.actions import add_elsewhere_treatment
from masseter.journey.follow_up.actions import hold_review
from masseter.journey.follow_up.models import Review
from masseter.journey.follow_up.queries import at_review
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.people.models import Patient
from tests.clinic.pages import queries_of, words
from tests.conftest import ActorMaker, sign_in
from tests.factories import make_case, make_portal_patient
from tests.journey.given import DOCTOR
from tests.journey.treated import jaw_treated, treated

URL = "/my/follow-up/"


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def client(patient: Patient) -> Client:
    found = Client()
    assert patient.user is not None
    sign_in(found, patient.user)
    return found


@pytest.fixture
def treatment(by: Actor, patient: Patient) -> Treatment:
    return treated(by, patient=patient)


def say(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def page(client: Client) -> str:
    return words(client.get(URL))  # type: ignore[arg-type]  # the test client's answer


def earliest(by: Actor, treatment: Treatment) -> date:
    due = at_review(by, treatment.case, today=clock.today(by.zone)).due
    assert due is not None
    return due.earliest


def review(by: Actor, treatment: Treatment, **other: object) -> Review:
    said: dict[str, object] = {
        "effect": "Half of the headaches are gone.",
        "asked": "none",
        "wish": "yes",
        "decision": "repeat",
        "reason": "The open questions were talked through.",
        "next_due_on": earliest(by, treatment),
    }
    return hold_review(by=by, case=treatment.case, **{**said, **other})  # type: ignore[arg-type]  # values as named


def test_follow_up_is_the_patients_own(signed_in: Callable[..., Client], treatment: Treatment) -> None:
    assert signed_in(*DOCTOR).get(URL).status_code == 403
    assert Client().get(URL).status_code == 302


def test_another_patient_sees_nothing_of_it(by: Actor, treatment: Treatment) -> None:
    other, client = make_portal_patient(by, "bea@patients.example"), Client()
    assert other.user is not None
    sign_in(client, other.user)

    assert "Nothing is decided yet" in page(client)


def test_follow_up_before_any_treatment_is_kind(client: Client, by: Actor, patient: Patient) -> None:
    make_case(by, patient)

    assert "Nothing is decided yet" in page(client)


def test_treated_and_not_reviewed_says_when_the_review_will_be(client: Client, treatment: Treatment) -> None:
    text = page(client)

    assert "Your next review: between" in text
    assert "Decided on" not in text


def test_next_day_is_the_earliest_with_its_reason(client: Client, by: Actor, treatment: Treatment) -> None:
    review(by, treatment)

    text = page(client)

    assert f"Not before {say(earliest(by, treatment))}" in text
    assert "The same treatment again" in text
    assert "have to lie between two treatments, wherever they are given" in text


def test_next_day_moves_with_a_treatment_elsewhere(
    client: Client, by: Actor, treatment: Treatment, patient: Patient
) -> None:
    agreed = review(by, treatment).next_due_on
    yesterday = clock.today(by.zone) - timedelta(days=1)
    add_elsewhere_treatment(by=by, patient=patient, given_on=yesterday, where="Beauty salon")

    text = page(client)

    assert agreed is not None
    assert earliest(by, treatment) > agreed
    assert f"Not before {say(earliest(by, treatment))}" in text
    assert f"Your last treatment with botulinum toxin was on {say(yesterday)}" in text
    assert "Beauty salon" in text


def test_decision_against_the_advice_keeps_the_clinicians_note_out(
    client: Client, by: Actor, treatment: Treatment
) -> None:
    review(by, treatment, decision="stop", reason="Internal words.", next_due_on=None)

    text = page(client)

    assert "No more treatments of this kind" in text
    assert "Internal words." not in text
    assert "Not before" not in text
    assert "No further treatment is planned." in text


def test_what_was_decided_stands_whole_in_the_language_of_the_reader(
    client: Client, by: Actor, treatment: Treatment
) -> None:
    review(by, treatment)

    found = client.get(URL, headers={"Accept-Language": "de"}).text

    assert "Noch einmal dieselbe Behandlung" in found
    assert "steht auf Englisch" not in found


def test_treatments_can_be_shown_elsewhere(client: Client, treatment: Treatment) -> None:
    text = page(client)

    lot = treatment.vial_uses.get().vial.lot.number
    assert lot in text
    assert "BOTOX" in text.upper()
    assert "Units of one product are not units of another" in text


def test_home_and_menu_lead_to_it(client: Client, treatment: Treatment) -> None:
    assert client.get(reverse("my_home")).content.decode().count(f'href="{URL}"') >= 2


def test_follow_up_asks_the_database_little(client: Client, by: Actor, treatment: Treatment) -> None:
    review(by, treatment)

    assert queries_of(client, URL) <= 25


def test_sections_of_two_conditions_have_names_of_their_own(
    client: Client, by: Actor, patient: Patient, treatment: Treatment
) -> None:
    jaw_treated(by, patient)

    text = page(client)

    assert "The next treatment : migraine on many days" in text
    assert "The next treatment : jaw muscle and joint pain" in text

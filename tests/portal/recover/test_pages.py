"""The patient's pages of the days after a treatment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.people.models import Patient
from masseter.journey.recover.actions import add_adverse_event
from masseter.journey.recover.models import AdverseEvent, SymptomCheck
from tests.clinic.pages import queries_of, send, words
from tests.conftest import ActorMaker, sign_in
from tests.factories import make_portal_patient
from tests.journey.given import DOCTOR
from tests.journey.treated import jaw_treated, treated


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


def effect(by: Actor, **told: str) -> dict[str, str]:
    """An unwanted effect as the patient fills it in."""
    today = str(clock.today(by.zone))
    return {
        "words": "A blue spot.",
        "started_on": today,
        "severity": "mild",
        "outcome": "ongoing",
        **told,
    }


def test_side_that_a_patient_tells_is_kept_and_one_left_open_is_not_known(
    client: Client, by: Actor, patient: Patient
) -> None:
    treated(by, days_ago=3, patient=patient)

    send(client, reverse("my_adverse"), effect(by, effect="bruise", words="", side="left"))
    send(client, reverse("my_adverse"), effect(by))
    wrong = send(client, reverse("my_adverse"), effect(by, side="starboard"))

    assert list(AdverseEvent.objects.order_by("id").values_list("side", flat=True)) == ["left", "unknown"]
    assert wrong.status_code == 422
    told = client.get(reverse("my_adverse_told", args=[AdverseEvent.objects.earliest("id").pk]))
    assert "You told us: Bruise, left," in words(told)  # type: ignore[arg-type]  # the test client's answer


def two_treatments(by: Actor, patient: Patient) -> tuple[Treatment, Treatment]:
    """The migraine twenty days ago, the jaw three days ago."""
    return treated(by, days_ago=20, patient=patient), jaw_treated(by, patient, days_ago=3)


def test_aftercare_of_the_day(client: Client, by: Actor, patient: Patient) -> None:
    treated(by, days_ago=3, patient=patient)

    page = words(client.get(reverse("my_aftercare")))  # type: ignore[arg-type]  # the test client's answer

    assert "Day 3 after your treatment" in page
    assert queries_of(client, reverse("my_aftercare")) <= 25


@pytest.mark.parametrize(
    ("told", "number", "title"),
    [
        ({"is_serious": "on"}, "999", "Call us now"),
        ({"severity": "severe"}, "020 7946 0100", "Call us now"),
        ({}, "020 7946 0100", "Thank you"),
    ],
)
def test_unwanted_effect_told_ends_on_whom_to_call(
    client: Client, by: Actor, patient: Patient, told: dict[str, str], number: str, title: str
) -> None:
    treated(by, days_ago=3, patient=patient)

    sent = send(client, reverse("my_adverse"), effect(by, **told))

    event = AdverseEvent.objects.get()
    assert sent["Location"] == reverse("my_adverse_told", args=[event.pk])
    page = words(client.get(sent["Location"]))  # type: ignore[arg-type]  # the test client's answer
    assert title in page
    assert number in page
    assert event.reported_by == "patient"


def test_unwanted_effect_of_another_patient_is_as_if_not_there(
    client: Client, by: Actor, patient: Patient
) -> None:
    other = treated(by, days_ago=3)
    event = add_adverse_event(
        by=by, treatment=other, started_on=clock.today(by.zone), severity="mild", words="A blue spot."
    )

    assert client.get(reverse("my_adverse_told", args=[event.pk])).status_code == 404


def test_two_treatments_both_have_their_advice_and_the_check_asks_which(
    client: Client, by: Actor, patient: Patient
) -> None:
    migraine, jaw = two_treatments(by, patient)

    care = words(client.get(reverse("my_aftercare")))  # type: ignore[arg-type]  # the test client's answer
    left_out = send(client, reverse("my_symptoms"), {"rest_is_no": "on"})

    assert "Splint and exercises" in care
    assert "Headache medicine" in care
    assert left_out.status_code == 422
    assert str(jaw.pk) in left_out.content.decode()
    assert str(migraine.pk) in left_out.content.decode()


@pytest.mark.parametrize(("chosen", "grade"), [("migraine", "expected"), ("jaw", "call"), ("", "call")])
def test_symptoms_after_two_treatments_are_judged_by_the_one_chosen_or_by_the_gravest(
    client: Client, by: Actor, patient: Patient, chosen: str, grade: str
) -> None:
    """A stiff neck belongs to the migraine treatment; nobody knows it of the jaw."""
    migraine, jaw = two_treatments(by, patient)
    treatment = {"migraine": str(migraine.pk), "jaw": str(jaw.pk)}.get(chosen, "unsure")

    send(
        client,
        reverse("my_symptoms"),
        {"treatment": treatment, "neck_pain_or_stiffness": "yes", "rest_is_no": "on"},
    )

    check = SymptomCheck.objects.get()
    assert check.grade == grade
    assert check.treatment == (migraine if chosen == "migraine" else jaw)


def test_unwanted_effect_after_two_treatments_goes_to_the_last_one_before_it_where_unsure(
    client: Client, by: Actor, patient: Patient
) -> None:
    migraine, _ = two_treatments(by, patient)
    began = str(clock.today(by.zone) - timedelta(days=10))

    send(client, reverse("my_adverse"), effect(by, treatment="unsure", started_on=began))

    assert AdverseEvent.objects.get().treatment == migraine

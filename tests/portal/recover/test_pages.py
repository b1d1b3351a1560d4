"""The patient's pages of the days after a treatment."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.messaging.models import Kind, Message
from masseter.journey.people.models import Patient
from masseter.journey.recover.actions import add_adverse_event
from masseter.journey.recover.models import AdverseEvent, SymptomCheck
from masseter.knowledge.load import load
from masseter.ui.languages.told import told
from tests.clinic.pages import queries_of, send, words
from tests.conftest import ActorMaker, sign_in
from tests.journey.given import DOCTOR
from tests.journey.treated import jaw_treated, treated

NO_TO_ALL = {f"none_{number}": "on" for number in range(5)}


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def client(patient: Patient) -> Client:
    found = Client()
    assert patient.user is not None
    sign_in(found, patient.user)
    return found


def test_pages_before_any_treatment(client: Client) -> None:
    assert "No treatment yet" in words(client.get(reverse("my_aftercare")))  # type: ignore[arg-type]  # the test client's answer
    symptoms = words(client.get(reverse("my_symptoms")))  # type: ignore[arg-type]  # the test client's answer
    assert "999" in symptoms
    assert "Were you treated somewhere else" in symptoms
    assert "020 7946 0100" in symptoms
    assert client.post(reverse("my_symptoms"), {}).status_code == 404


def test_advice_of_the_day_stands_in_the_language_of_the_reader(
    client: Client, by: Actor, patient: Patient
) -> None:
    treated(by, days_ago=3, patient=patient)
    page = words(client.get(reverse("my_aftercare"), headers={"Accept-Language": "es"}))  # type: ignore[arg-type]  # the test client's answer

    advice = [one for one in load().aftercare if not one.conditions]
    assert len(advice) > 5
    assert [one.text for one in advice if one.text in page] == []
    with translation.override("es"):
        assert any(told(one.text) in page for one in advice)


def test_numbers_of_other_places_stay_with_their_place_from_right_to_left(
    client: Client, by: Actor, patient: Patient
) -> None:
    treated(by, days_ago=3, patient=patient)
    send(client, reverse("my_symptoms"), {**NO_TO_ALL, "breathing_trouble": "yes"})
    check = SymptomCheck.objects.get()

    page = client.get(reverse("my_symptom_check", args=[check.pk]), headers={"Accept-Language": "ar"}).text

    told = re.findall(r'<bdi>([^<]+)</bdi>: <a class="m-number" dir="ltr" href="tel:(\d+)">\2</a>', page)
    assert sorted(told) == [("الاتحاد الأوروبي", "112"), ("الولايات المتحدة", "911")]


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
        (NO_TO_ALL, "expected", "You said no to all that needs a call"),
        ({}, "call", "NHS 111"),
        ({"rest_is_no": "on"}, "call", "Left open"),
        (dict.fromkeys(list(NO_TO_ALL)[1:], "on"), "call", "Left open"),
        ({**NO_TO_ALL, "breathing_trouble": "yes"}, "emergency", "Call 999"),
        ({**NO_TO_ALL, "new_swallowing_trouble": "yes"}, "emergency", "Call 999"),
        ({**NO_TO_ALL, "voice_change": "yes", "dry_mouth": "yes"}, "emergency", "Call 999"),
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


def test_guide_names_the_days_ahead_with_their_dates_and_where_today_stands(
    client: Client, by: Actor, patient: Patient
) -> None:
    given = clock.today(by.zone) - timedelta(days=3)
    treated(by, days_ago=3, patient=patient)

    page = words(client.get(reverse("my_aftercare")))  # type: ignore[arg-type]  # the test client's answer

    band = next(one for one in load().response_bands.values() if one.condition == "chronic_migraine")
    begins = given + timedelta(days=int(band.onset_days.low))
    assert "Today Nothing yet" in page
    assert f"It may begin to work Days {band.onset_days.low} to" in page
    assert f"{begins.day} {begins:%B}" in page
    assert "Not before this day, and only if you still need it" in page


@pytest.mark.parametrize(
    ("told", "number", "title"),
    [
        ({"is_serious": "on"}, "999", "Get help now"),
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


@pytest.mark.parametrize(
    ("named", "over", "title", "sentence"),
    [
        ("dysphagia", False, "Get help now", "999"),
        ("distant_spread", False, "Get help now", "999"),
        ("infection", False, "Thank you", "Call us today"),
        ("bruise", False, "Thank you", "Your clinic has it"),
        ("dysphagia", True, "Thank you", "Your clinic has it"),
        ("", False, "Thank you", "Nobody has read it yet"),
    ],
)
def test_effect_that_can_be_dangerous_is_never_called_received_only(
    client: Client, by: Actor, patient: Patient, named: str, over: bool, title: str, sentence: str
) -> None:
    treated(by, days_ago=3, patient=patient)
    today = str(clock.today(by.zone))
    told = effect(by, effect=named, **({"outcome": "resolved", "resolved_on": today} if over else {}))

    page = words(client.get(send(client, reverse("my_adverse"), told)["Location"]))  # type: ignore[arg-type]  # the test client's answer

    assert title in page
    assert sentence in page


@pytest.mark.parametrize(("answers", "is_told"), [({"collapse": "yes"}, True), (NO_TO_ALL, False)])
def test_clinic_is_told_of_a_call_or_an_emergency_and_of_nothing_less(
    client: Client, by: Actor, patient: Patient, answers: dict[str, str], is_told: bool
) -> None:
    treated(by, days_ago=3, patient=patient)

    send(client, reverse("my_symptoms"), answers)

    assert Message.objects.filter(kind=Kind.ALARM).exists() is is_told


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
    left_out = send(client, reverse("my_symptoms"), NO_TO_ALL)

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
        {"treatment": treatment, "neck_pain_or_stiffness": "yes", **NO_TO_ALL},
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

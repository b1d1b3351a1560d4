"""The intake at home."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.calendar.actions import book_appointment
from masseter.journey.consult.models import Case, Observation
from masseter.journey.consult.queries import standings_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.people.models import Patient
from tests.clinic.pages import queries_of, send, words
from tests.conftest import ActorMaker
from tests.factories import make_case, make_patient, observe


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(Role.INJECTOR)


@pytest.fixture
def client(patient: Patient) -> Client:
    assert patient.user is not None
    client = Client()
    client.force_login(patient.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


URL = "my_intake"


def test_staff_have_no_intake_of_their_own(signed_in: object, case: Case) -> None:
    staff = signed_in(Role.INJECTOR)  # type: ignore[operator]  # a fixture that makes clients

    assert staff.get(reverse(URL)).status_code == 403


def test_the_case_of_somebody_else_is_as_if_it_did_not_exist(by: Actor, client: Client) -> None:
    other = make_case(by, make_patient(by))

    assert client.get(f"{reverse(URL)}?case={other.pk}").status_code == 404
    assert client.get(f"{reverse(URL)}?case=x").status_code == 404


def test_the_clinics_pages_are_closed_to_patients(client: Client, case: Case, clinic: Clinic) -> None:
    assert client.get(reverse("case", args=[case.pk])).status_code == 403
    assert client.get(reverse("patient", args=[case.patient_id])).status_code == 403


def test_an_impossible_answer_is_refused_kindly(client: Client, case: Case) -> None:
    response = send(client, reverse(URL), {"pain_months": "-3", "medicines": "Ramipril 5 mg"})

    assert response.status_code == 422
    assert "Enter a number from 0" in words(response)
    assert "Ramipril 5 mg" in response.content.decode()


def test_answers_wait_for_a_clinician(client: Client, patient: Patient, case: Case) -> None:
    response = send(client, reverse(URL), {"jaw_pain": "yes", "allergies": ["none"]})

    rows = Observation.objects.all()
    assert response.status_code == 302
    assert {(row.code, row.reported_by, row.confirmed) for row in rows} == {
        ("jaw_pain", "patient", False),
        ("allergies", "patient", False),
    }
    assert standings_of(patient, case)["jaw_pain"].waits is not None


def test_a_warning_sign_says_at_once_what_to_do(client: Client, clinic: Clinic, case: Case) -> None:
    response = send(client, reverse(URL), {"flag_heart": "yes"})
    page = words(client.get(response.headers["Location"]))

    assert "Get help now" in page
    assert clinic.emergency_number in page


def test_without_a_warning_sign_nothing_reassures_about_the_rest(client: Client, case: Case) -> None:
    response = send(client, reverse(URL), {"flag_heart": "no"})
    page = words(client.get(response.headers["Location"]))

    assert "Your answers are saved" in page
    assert "Get help now" not in page


def test_the_form_holds_what_was_answered_before(by: Actor, client: Client, case: Case) -> None:
    observe(by, case, pain_months=14)

    page = client.get(f"{reverse(URL)}?step=all").content.decode()

    assert 'value="14"' in page


def test_the_intake_opens_without_a_case_and_asks_what_holds_for_everybody(client: Client) -> None:
    page = words(client.get(reverse(URL)))

    assert "Allergies" in page
    assert queries_of(client, reverse(URL)) <= 25


def steps_on(client: Client) -> list[tuple[str, str]]:
    """Each step with its address, as the page lists them."""
    shown = client.get(reverse(URL)).context["steps"]
    return [(step.name, url) for step, url, _ in shown]


def test_a_step_is_saved_and_another_device_goes_on_from_there(
    client: Client, patient: Patient, case: Case
) -> None:
    (first, address), (second, following), *_ = steps_on(client)
    types = client.get(address).context["step"].types
    answers = {one.code: "no" for one in types if one.kind == "boolean"}

    sent = send(client, address, answers)
    phone = Client()
    assert patient.user is not None
    phone.force_login(patient.user, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert sent.headers["Location"] == following
    assert {row.code for row in Observation.objects.all()} == set(answers)
    opened = phone.get(reverse(URL)).context["step"]
    assert opened.name == (second if len(answers) == len(types) else first)


def test_every_question_stands_in_one_step_and_no_step_is_long(client: Client, case: Case) -> None:
    shown = client.get(f"{reverse(URL)}?step=all").context

    asked = [type_.code for step, _, _ in shown["steps"] for type_ in step.types]
    assert sorted(asked) == sorted(type_.code for type_ in shown["form"].types)
    assert max(len(step.types) for step, _, _ in shown["steps"]) <= 6


def test_a_warning_sign_in_a_step_stops_before_the_next_one(client: Client, case: Case) -> None:
    steps = client.get(reverse(URL)).context["steps"]
    address = next(url for step, url, _ in steps if "flag_heart" in {type_.code for type_ in step.types})

    response = send(client, address, {"flag_heart": "yes"})

    assert "Get help now" in words(client.get(response.headers["Location"]))


def test_a_step_that_does_not_exist_is_not_there(client: Client, case: Case) -> None:
    assert client.get(f"{reverse(URL)}?step=99").status_code == 404
    assert client.get(f"{reverse(URL)}?step=x").status_code == 404


def test_needs_told_at_home_stand_in_the_record_and_with_the_appointment(
    by: Actor, client: Client, patient: Patient, signed_in: object
) -> None:
    starts_at = clock.now() + timedelta(minutes=30)
    book_appointment(
        by=by,
        patient=patient,
        kind="consultation",
        starts_at=starts_at,
        minutes=30,
        outside_hours=True,
    )

    send(
        client,
        reverse("my_needs"),
        {"interpreter": "yes", "helps": ["Step-free access"], "words": "<b>Polish</b>"},
    )

    patient.refresh_from_db()
    assert (patient.needs_interpreter, patient.access_needs) == (True, "Step-free access; <b>Polish</b>")
    again = client.get(reverse("my_needs")).context["form"].initial
    assert (again["helps"], again["words"]) == (["Step-free access"], "<b>Polish</b>")
    staff = signed_in(Role.FRONT_DESK)  # type: ignore[operator]  # a fixture that makes clients
    on = starts_at.astimezone(ZoneInfo(by.zone)).date()
    day = staff.get(reverse("calendar"), {"day": str(on)}).content.decode()
    assert "interpreter" in day
    assert "Step-free access; &lt;b&gt;Polish" in day


def test_what_an_answer_rules_out_is_not_counted_as_open(by: Actor, client: Client, case: Case) -> None:
    before = {step.name: step.still_open for step, _, _ in client.get(reverse(URL)).context["steps"]}

    observe(by, case, had_toxin_before=False)
    after = {step.name: step.still_open for step, _, _ in client.get(reverse(URL)).context["steps"]}

    assert before["Earlier botulinum toxin"] > 1
    assert after["Earlier botulinum toxin"] == 0

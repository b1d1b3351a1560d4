"""The pages about patients, with every kind of bad input."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.models import Event
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.people.models import Patient
from tests.clinic.pages import queries_of, send, words
from tests.conftest import ActorMaker
from tests.factories import make_case, make_patient, make_portal_patient, observe

SignIn = Callable[..., Client]
VALID = {
    "given_names": "Ada",
    "family_name": "Sample",
    "birth_date": "17.5.1980",
    "sex": "female",
    "phone": "",
    "email": "",
    "language": "en",
    "access_needs": "",
    "weight_kg": "61,5",
}


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(Role.INJECTOR, Role.MANAGER)


@pytest.fixture
def client(signed_in: SignIn) -> Client:
    return signed_in(Role.INJECTOR, Role.MANAGER)


def test_a_visitor_is_led_to_the_sign_in(clinic: Clinic) -> None:
    response = Client().get(reverse("people"))

    assert response.status_code == 302
    assert "/account/login/" in response.headers["Location"]


def test_a_record_of_another_clinic_is_as_if_it_did_not_exist(
    by: Actor, signed_in: SignIn, other_clinic: Clinic
) -> None:
    patient = make_patient(by)
    stranger = signed_in(Role.INJECTOR, of=other_clinic)

    there = stranger.get(reverse("patient", args=[patient.pk]))
    nowhere = stranger.get(reverse("patient", args=[999999]))

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert patient.family_name.upper() not in words(there)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"given_names": "", "family_name": ""}, "This field is required."),
        ({"birth_date": ""}, "Enter the date of birth, or tick"),
        ({"birth_date": "31.2.1980"}, "Enter a date, such as"),
        ({"birth_date": "1066-10-14"}, "Check the year"),
        ({"birth_date": "1980-05-17", "birth_date_unknown": "on"}, "Either enter the date of birth"),
        ({"email": "not an address"}, "valid email"),
        ({"weight_kg": "61,500,000"}, "Enter a number"),
        ({"weight_kg": "99999"}, "Enter a number from"),
        ({"weight_kg": "-5"}, "Enter a number from"),
        ({"family_name": "x" * 101}, "at most 100 characters"),
        ({"sex": "dragon"}, "not one of the available choices"),
    ],
)
def test_bad_input_says_what_is_wrong_and_keeps_what_was_typed(
    client: Client, changes: dict[str, str], sentence: str
) -> None:
    response = send(client, reverse("patient_add"), {**VALID, "phone": "020 7946 0991", **changes})

    assert response.status_code == 422
    assert sentence in words(response)
    assert "<title>Error:" in response.content.decode()
    assert "020 7946 0991" in response.content.decode()
    assert not Patient.objects.exists()


def test_birth_after_today_is_refused(client: Client, by: Actor) -> None:
    tomorrow = clock.today(by.zone) + timedelta(days=1)

    response = send(client, reverse("patient_add"), {**VALID, "birth_date": tomorrow.isoformat()})

    assert response.status_code == 422
    assert "lies in the future" in words(response)


def test_a_patient_is_added_once_however_often_the_form_is_sent(client: Client) -> None:
    url = reverse("patient_add")
    page = client.get(url)

    first, second = send(client, url, VALID, page), send(client, url, VALID, page)

    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert Patient.objects.count() == 1


def test_somebody_alike_is_shown_before_going_on(client: Client, by: Actor) -> None:
    known = make_patient(by, family_name="Sample", given_names="Ada")
    url = reverse("patient_add")

    held = send(client, url, VALID)
    added = send(client, url, {**VALID, "is_another_person": "on"}, held)

    assert held.status_code == 422
    assert known.number in words(held)
    assert "This is another person" in words(held)
    assert added.status_code == 302


def test_two_tabs_on_one_record_lose_nothing(client: Client, by: Actor) -> None:
    patient = make_patient(by, family_name="Sample")
    url = reverse("patient_change", args=[patient.pk])
    first, second = client.get(url), client.get(url)

    send(client, url, {**VALID, "phone": "111"}, first)
    late = send(client, url, {**VALID, "phone": "222"}, second)

    assert late.status_code == 422
    assert "changed by someone else" in words(late)
    assert 'value="222"' in late.content.decode()
    assert Patient.objects.get(pk=patient.pk).phone == "111"


def test_what_was_typed_comes_back_after_the_session_ended(by: Actor, signed_in: SignIn) -> None:
    client = signed_in(Role.INJECTOR, Role.MANAGER)
    url = reverse("patient_add")
    page = client.get(url)
    client.cookies["sessionid"] = "ended"

    sent = send(client, url, {**VALID, "family_name": "Typed-Before"}, page)
    held = dict(client.session.items())
    again = signed_in(Role.INJECTOR, Role.MANAGER)
    session = again.session
    session.update({key: value for key, value in held.items() if not key.startswith("_auth")})
    session.save()
    back = again.get(url)

    assert sent.status_code == 302
    assert 'value="Typed-Before"' in back.content.decode()
    assert "Everything is back" in words(back)


def test_the_front_desk_sees_no_clinical_part(by: Actor, signed_in: SignIn) -> None:
    case = make_case(by)
    observe(by, case, allergies=("human_albumin",))

    page = words(signed_in(Role.FRONT_DESK).get(reverse("patient", args=[case.patient.pk])))

    assert "Human albumin" not in page
    assert "Temporomandibular" not in page
    assert "open to clinicians only" in page


def test_a_contradicted_allergy_stays_in_sight(client: Client, by: Actor) -> None:
    case = make_case(by)
    observe(by, case, allergies=("human_albumin", "latex"))

    page = words(client.get(reverse("patient", args=[case.patient.pk])))

    assert "Human albumin, Latex" in page


def test_every_opening_is_logged_and_shown(client: Client, by: Actor) -> None:
    patient = make_patient(by)

    client.get(reverse("patient", args=[patient.pk]))
    page = words(client.get(reverse("patient_looks", args=[patient.pk])))

    opened = Event.objects.filter(what="chart.opened", patient_id=patient.pk)
    assert [event.data["page"] for event in opened] == ["Overview", "Who looked"]
    assert "Looked at: Overview" in page


def test_merging_shows_both_and_asks_for_a_reason(client: Client, by: Actor) -> None:
    keep, other = make_patient(by, family_name="Kept"), make_patient(by, family_name="Other")
    url = f"{reverse('patient_merge', args=[keep.pk])}?with={other.pk}"

    shown = client.get(url)
    refused = send(client, url, {"reason": ""}, shown)
    merged = send(client, url, {"reason": "Same phone."}, shown)

    assert "KEPT" in words(shown)
    assert "OTHER" in words(shown)
    assert refused.status_code == 422
    assert merged.status_code == 302
    assert client.get(reverse("patient", args=[other.pk])).status_code == 200


@pytest.mark.parametrize("chosen", ["x", "-1", "999999", "1e3"])
def test_merging_with_nobody_is_not_there(client: Client, by: Actor, chosen: str) -> None:
    keep = make_patient(by)

    response = client.get(f"{reverse('patient_merge', args=[keep.pk])}?with={chosen}")

    assert response.status_code == 404


def test_the_portal_is_opened_by_a_form(client: Client, by: Actor) -> None:
    patient = make_patient(by, email="ada@patients.example")

    response = send(client, reverse("patient_portal", args=[patient.pk]), {})

    assert response.status_code == 302
    assert Patient.objects.get(pk=patient.pk).user is not None


def test_a_search_finds_and_says_when_it_does_not(client: Client, by: Actor) -> None:
    make_patient(by, family_name="Findable")

    assert "FINDABLE" in words(client.get(reverse("people"), {"q": "findab"}))
    assert "Nobody found" in words(client.get(reverse("people"), {"q": "nobody-like-this"}))
    assert client.get(reverse("people"), {"q": "\x00<script>" + "x" * 5000}).status_code == 200


def test_a_patients_page_asks_the_database_little(client: Client, by: Actor) -> None:
    patient = make_patient(by)
    make_case(by, patient, "tmd")
    make_case(by, patient, "bruxism")

    assert queries_of(client, reverse("patient", args=[patient.pk])) <= 25


def test_the_portal_is_closed_by_a_form_with_a_reason(client: Client, by: Actor) -> None:
    patient = make_portal_patient(by)
    address = reverse("patient_portal_close", args=[patient.pk])
    assert address in client.get(reverse("patient", args=[patient.pk])).text

    refused = send(client, address, {"reason": " "})
    send(client, address, {"reason": "The patient asked for it."})

    patient.refresh_from_db()
    assert refused.status_code == 422
    assert patient.user is None
    assert "The portal is not open" in client.get(address).text


@pytest.mark.parametrize(
    ("ticked", "expected"), [({"portal_follows": "on"}, "new@patients.example"), ({}, "")]
)
def test_a_changed_address_asks_what_becomes_of_the_sign_in(
    client: Client, by: Actor, ticked: dict[str, str], expected: str
) -> None:
    patient = make_portal_patient(by)
    address = reverse("patient_change", args=[patient.pk])
    page = client.get(address)
    assert page.context["form"]["portal_follows"].value() is True

    send(client, address, {**VALID, "email": "new@patients.example", **ticked})

    patient = Patient.objects.select_related("user").get(pk=patient.pk)
    assert (patient.user.email if patient.user else "") == expected


def test_a_patient_without_the_portal_is_not_asked_about_it(client: Client, by: Actor) -> None:
    page = client.get(reverse("patient_change", args=[make_patient(by).pk]))

    assert "portal_follows" not in page.context["form"].fields

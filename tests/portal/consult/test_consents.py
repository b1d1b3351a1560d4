"""A patient reads the own consents and withdraws one without giving a reason."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.audit.models import Event
from masseter.journey.consult.models import Consent
from masseter.journey.consult.queries import valid_consent
from masseter.journey.consult.verdicts import consent_text_of
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Role
from masseter.journey.inject.models import Treatment
from masseter.journey.people.models import Patient
from tests.clinic.pages import queries_of, send, words
from tests.conftest import ActorMaker, sign_in
from tests.factories import make_case, make_consent, make_patient, make_ready_case
from tests.journey.given import DOCTOR, MIGRAINE, approved_plan, healthy, make_treatment


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def consent(by: Actor, patient: Patient) -> Consent:
    return make_consent(by, make_case(by, patient))


@pytest.fixture
def client(patient: Patient) -> Client:
    found = Client()
    assert patient.user is not None
    sign_in(found, patient.user)
    return found


def page_of(client: Client, consent: Consent) -> str:
    return words(client.get(reverse("my_consent", args=[consent.pk])))  # type: ignore[arg-type]  # the test client's answer


def test_consent_of_another_patient_is_as_if_not_there(client: Client, by: Actor) -> None:
    other = make_consent(by, make_case(by, make_patient(by)))
    url = reverse("my_consent", args=[other.pk])

    assert client.get(url).status_code == 404
    assert client.post(url, {}).status_code == 404
    other.refresh_from_db()
    assert not other.is_withdrawn


def test_withdrawing_twice_is_told_and_keeps_the_first(client: Client, consent: Consent) -> None:
    url = reverse("my_consent", args=[consent.pk])
    first, second = client.get(url), client.get(url)
    send(client, url, {"reason": "First"}, first)

    answer = send(client, url, {"reason": "Second"}, second)

    assert answer.status_code == 422
    consent.refresh_from_db()
    assert consent.withdrawn_reason == "First"


def test_too_long_a_reason_is_refused_and_stays(client: Client, consent: Consent) -> None:
    answer = send(client, reverse("my_consent", args=[consent.pk]), {"reason": "x" * 1001})

    assert answer.status_code == 422
    assert "x" * 1001 in answer.content.decode()
    consent.refresh_from_db()
    assert not consent.is_withdrawn


def test_page_of_somebody_without_a_consent_is_kind(client: Client) -> None:
    assert "No consent yet" in client.get(reverse("my_consents")).text


def test_consent_is_withdrawn_without_a_reason_and_the_trail_tells(
    client: Client, consent: Consent, by: Actor
) -> None:
    url = reverse("my_consent", args=[consent.pk])

    answer = send(client, url, {"reason": ""})

    assert answer.status_code == 302
    assert answer["Location"] == url
    consent.refresh_from_db()
    assert consent.withdrawn_reason == "No reason was given."
    assert valid_consent(consent.case) is None
    event = Event.objects.get(what="consent.withdrawn")
    assert (event.roles, event.patient_id, event.why) == (
        "patient",
        consent.patient_id,
        "No reason was given.",
    )
    shown = page_of(client, consent)
    assert "Withdrawn" in shown
    assert "Withdraw my consent" not in shown


def test_text_is_shown_as_it_was_signed_with_what_follows(client: Client, consent: Consent) -> None:
    shown = page_of(client, consent)

    for section in consent.body:
        assert section["title"] in shown
    for said in (
        "A treatment that is planned is not given",
        "It cannot be undone here",
        "no bad consequence",
    ):
        assert said in shown


def test_home_leads_to_the_consents_and_the_list_to_each(client: Client, consent: Consent) -> None:
    assert reverse("my_consents") in client.get(reverse("my_home")).text
    assert reverse("my_consent", args=[consent.pk]) in client.get(reverse("my_consents")).text


def test_nothing_is_given_on_a_consent_that_the_patient_withdrew(
    client: Client, patient: Patient, by: Actor
) -> None:
    known = {**healthy(), **MIGRAINE}
    case = make_ready_case(
        by, condition="chronic_migraine", diagnosis="chronic_migraine", patient=patient, **known
    )
    plan, consent = approved_plan(by, case), valid_consent(case)
    assert consent is not None

    send(client, reverse("my_consent", args=[consent.pk]), {"reason": ""})

    with pytest.raises(Refused, match=r"[Cc]onsent"):
        make_treatment(by, plan)
    assert not Treatment.objects.exists()


def test_pages_ask_few_questions(client: Client, consent: Consent) -> None:
    assert queries_of(client, reverse("my_consents")) <= 25
    assert queries_of(client, reverse("my_consent", args=[consent.pk])) <= 25


def test_consent_is_read_at_home_and_the_questions_wait_beside_the_signature(
    client: Client, by: Actor, patient: Patient, signed_in: object
) -> None:
    case = make_case(by, patient)
    url = reverse("my_consent_text", args=[case.pk])

    page = words(client.get(url))
    send(client, url, {"words": "Will I <b>drool</b>?"})

    text = consent_text_of(by, case)
    assert all(section.title in page for section in text.sections)
    assert "You sign nothing here" in page
    assert not Consent.objects.filter(case=case).exists()
    assert "Will I" in client.get(url).content.decode()
    staff = signed_in(Role.INJECTOR)  # type: ignore[operator]  # a fixture that makes clients
    seen = staff.get(reverse("consent_take", args=[case.pk])).content.decode()
    assert "Asked at home" in seen
    assert "Will I &lt;b&gt;drool" in seen


def test_consent_text_of_somebody_else_is_as_if_not_there(client: Client, by: Actor) -> None:
    other = make_case(by, make_patient(by))

    assert client.get(reverse("my_consent_text", args=[other.pk])).status_code == 404

"""The home page of each role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from masseter.core.recover.grade import symptom_questions
from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.models import Event
from masseter.journey.audit.verify import verify_newest
from masseter.journey.consult.actions import decide_together
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import OUTSIDE, Role
from masseter.journey.recover.actions import add_adverse_event, check_symptoms
from masseter.knowledge.load import load
from tests.clinic.pages import queries_of, send, words
from tests.conftest import ActorMaker
from tests.factories import actor_of_patient, make_case, make_portal_patient, read
from tests.journey.given import DOCTOR, make_lot, make_plan, migraine_case
from tests.journey.treated import treated

SignIn = Callable[..., Client]
STAFF = [role for role in Role if role not in OUTSIDE]


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


def home(client: Client) -> str:
    return words(client.get(reverse("clinic_home")))  # type: ignore[arg-type]  # the test client's answer


@pytest.mark.parametrize("role", STAFF)
def test_home_of_an_empty_clinic_opens_for_every_role(signed_in: SignIn, clinic: Clinic, role: Role) -> None:
    page = home(signed_in(role))

    assert "Nothing waits for you" in page or "Open cases by condition and step" in page


def test_home_of_an_injector_shows_checks_drafts_and_reviews(signed_in: SignIn, by: Actor) -> None:
    treatment = treated(by)
    asked = symptom_questions(knowledge=load(), condition=load().conditions["chronic_migraine"])
    no = {type_.code: False for type_ in asked if type_.kind == "boolean"}
    facts = read({**no, "breathing_trouble": True}, today=clock.today(by.zone))
    check = check_symptoms(by=by, treatment=treatment, facts=facts)
    plan = make_plan(by, migraine_case(by))
    client = signed_in(Role.INJECTOR)

    page = client.get(reverse("clinic_home"))

    html = page.content.decode()
    assert reverse("symptom_check", args=[check.pk]) in html
    assert reverse("review_add", args=[treatment.case_id]) in html
    assert reverse("plan", args=[plan.pk]) in html
    assert queries_of(client, reverse("clinic_home")) <= 25


def test_home_shows_what_a_patient_reported_until_it_is_marked_as_seen(signed_in: SignIn, by: Actor) -> None:
    patient = make_portal_patient(by)
    treatment = treated(by, days_ago=3, patient=patient)
    event = add_adverse_event(
        by=actor_of_patient(patient),
        treatment=treatment,
        started_on=clock.today(by.zone),
        severity="mild",
        words="A blue spot.",
    )
    client, url = signed_in(Role.INJECTOR), reverse("adverse", args=[event.pk])
    told = {"words": event.words, "started_on": str(event.started_on), "severity": "mild"}
    assert "Unwanted effects to look at" in home(client)

    sent = send(client, url, {**told, "outcome": "ongoing", "seen": "1"})

    event.refresh_from_db()
    assert sent.status_code == 302
    assert event.seen_at is not None
    assert "Unwanted effects to look at" not in home(client)
    assert "Looked at by" in words(client.get(url))  # type: ignore[arg-type]  # the test client's answer


def test_home_lists_consultations_to_finish_and_cases_to_plan(signed_in: SignIn, by: Actor) -> None:
    begun, ready = make_case(by), migraine_case(by)
    refused = make_case(by)
    decide_together(by=by, case=refused, decided="no")
    planned = make_plan(by, migraine_case(by)).case
    client = signed_in(Role.INJECTOR)

    html = client.get(reverse("clinic_home")).content.decode()

    assert "diagnosis, decision, consent still open" in html
    assert html.count("diagnosis and consent are there") == 1
    assert f'href="{reverse("case", args=[begun.pk])}"' in html
    assert reverse("plan_new", args=[ready.pk]) in html
    assert f'href="{reverse("case", args=[refused.pk])}"' not in html
    assert reverse("plan_new", args=[planned.pk]) not in html
    assert queries_of(client, reverse("clinic_home")) <= 25


def test_home_of_a_manager_names_stock_that_expires_and_no_clinical_thing(
    signed_in: SignIn, by: Actor
) -> None:
    treated(by)
    make_lot(by, number="SOON1", expires_on=clock.today(by.zone) + timedelta(days=10))
    client = signed_in(Role.MANAGER)

    page = home(client)

    assert "lot SOON1" in page
    assert "Reviews due" not in page
    assert "under 5" in page
    assert queries_of(client, reverse("clinic_home")) <= 25


def test_home_of_a_researcher_has_no_name(signed_in: SignIn, by: Actor) -> None:
    treatment = treated(by)

    page = home(signed_in(Role.RESEARCHER))

    assert treatment.patient.family_name.upper() not in page
    assert "Open cases by condition and step" in page


def test_home_of_an_administrator_names_people_without_a_second_factor(
    signed_in: SignIn, actor: ActorMaker
) -> None:
    actor(Role.INJECTOR)

    page = home(signed_in(Role.ADMINISTRATOR))

    assert "no second factor yet" in page


def test_newest_events_are_found_whole_and_a_wrong_digest_is_named(by: Actor, clinic: Clinic) -> None:
    migraine_case(by)
    assert verify_newest(clinic.pk, 500) == []

    event = Event.objects.filter(clinic_id=clinic.pk).order_by("-number")[0]
    event.pk, event.number, event.digest = None, event.number + 2, "0" * 64
    event.save(force_insert=True)

    assert "missing" in verify_newest(clinic.pk, 500)[0].sentence

"""The patient's first page and the list of who looked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from masseter.journey.calendar.actions import book_appointment
from masseter.journey.consult.models import Case
from masseter.journey.follow_up.actions import hold_review
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.people.models import Patient
from masseter.journey.recover.actions import add_adverse_event
from tests.clinic.pages import queries_of, words
from tests.conftest import ActorMaker
from tests.factories import make_case, make_portal_patient
from tests.journey.given import DOCTOR
from tests.journey.treated import jaw_treated, treated

SignedIn = Callable[..., Client]


@pytest.fixture
def patient(actor: ActorMaker) -> Patient:
    return make_portal_patient(actor(Role.MANAGER))


@pytest.fixture
def own(patient: Patient) -> Client:
    client = Client()
    assert patient.user is not None
    client.force_login(patient.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_staff_have_no_patients_page(signed_in: SignedIn) -> None:
    assert signed_in(Role.INJECTOR).get("/my/").status_code == 403


def test_first_page_of_somebody_new_is_kind(own: Client) -> None:
    assert "Begin your diary" in own.get("/my/").text


def test_questions_before_the_visit_wait(own: Client, patient: Patient, actor: ActorMaker) -> None:
    case = make_case(actor(Role.INJECTOR), patient)

    page = own.get("/my/")

    assert f"/my/intake/?case={case.pk}" in page.text
    assert "Today’s diary" in page.text


def text_of(own: Client) -> str:
    return words(own.get("/my/"))  # type: ignore[arg-type]  # the test client's answer


def decide(by: Actor, case: Case, decision: str, **other: object) -> None:
    """A review that ends in this decision."""
    hold_review(
        by=by,
        case=case,
        effect="Half of the headaches are gone.",
        asked="none",
        wish="yes",
        decision=decision,
        reason="As the test asks.",
        **other,  # type: ignore[arg-type]  # a day
    )


def test_first_page_names_the_earliest_day_of_the_next_treatment(
    own: Client, patient: Patient, actor: ActorMaker
) -> None:
    treated(actor(*DOCTOR), patient=patient)

    assert "Next treatment not before" in text_of(own)


@pytest.mark.parametrize(
    ("decision", "says"),
    [("stop", "No more treatments of this kind"), ("refer", "A visit to another specialist")],
)
def test_first_page_says_what_the_review_decided_and_no_day_of_a_treatment(
    own: Client, patient: Patient, actor: ActorMaker, decision: str, says: str
) -> None:
    by = actor(*DOCTOR)
    decide(by, treated(by, patient=patient).case, decision)

    text = text_of(own)

    assert says in text
    assert "Next treatment" not in text


def test_first_page_names_the_day_to_look_again_after_a_pause(
    own: Client, patient: Patient, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    case, day = treated(by, patient=patient).case, clock.today(by.zone) + timedelta(days=200)
    decide(by, case, "pause", next_due_on=day)

    assert f"We look again together from {day.day} {day:%B %Y}" in text_of(own)


def test_first_page_after_a_serious_effect_names_no_day_for_any_condition(
    own: Client, patient: Patient, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    migraine = treated(by, patient=patient)
    jaw_treated(by, patient, days_ago=10)
    add_adverse_event(
        by=by,
        treatment=migraine,
        started_on=clock.today(by.zone),
        severity="severe",
        effect="dysphagia",
        is_serious=True,
    )

    text = text_of(own)

    assert text.count("Before any further treatment we talk about it with you") == 2
    assert "Next treatment" not in text
    assert queries_of(own, "/my/") <= 25


def test_each_diary_of_today_leads_to_its_own_case(own: Client, patient: Patient, actor: ActorMaker) -> None:
    by = actor(Role.INJECTOR)
    cases = [make_case(by, patient, condition) for condition in ("tmd", "bruxism")]

    page = own.get("/my/").text

    assert all(f"/my/diary/?case={case.pk}" in page for case in cases)


def test_next_appointment_is_shown_in_the_clinics_time(
    own: Client, patient: Patient, actor: ActorMaker
) -> None:
    starts = (clock.now() + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
    book_appointment(
        by=actor(Role.MANAGER), patient=patient, kind="consultation", starts_at=starts, minutes=30
    )

    assert "Consultation" in words(own.get("/my/"))  # type: ignore[arg-type]  # the test client's answer


def test_first_page_asks_the_database_little(own: Client, patient: Patient, actor: ActorMaker) -> None:
    for condition in ("tmd", "bruxism"):
        make_case(actor(Role.INJECTOR), patient, condition)

    assert queries_of(own, "/my/") <= 25


def test_patient_sees_who_looked(own: Client, patient: Patient, signed_in: SignedIn) -> None:
    signed_in(Role.INJECTOR).get(f"/clinic/patients/{patient.pk}/")

    text = words(own.get("/my/access/"))  # type: ignore[arg-type]  # the test client's answer

    assert "Injector" in text
    assert "Looked at" in text

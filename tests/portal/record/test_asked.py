"""Asking for correction or deletion, and why somebody looked; the clinic answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.test import Client

from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.actions import log_opening
from masseter.journey.audit.models import Event
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Role
from masseter.journey.people.models import Patient
from masseter.journey.record.actions import ask_about_record, set_retention
from masseter.journey.record.models import Asked, Statement
from masseter.journey.record.retention import kept_until, last_day, years_after
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker
from tests.factories import actor_of_patient, make_portal_patient
from tests.journey.given import DOCTOR
from tests.journey.treated import treated

SignedIn = Callable[..., Client]


@pytest.fixture
def patient(actor: ActorMaker) -> Patient:
    return make_portal_patient(actor(Role.MANAGER))


def ask(own: Client, **told: str) -> Asked:
    own.post("/my/record/ask/", {"kind": "correction", "about": "Medicines", "words": "No aspirin.", **told})
    return Asked.objects.latest("id")


def test_correction_is_refused_with_a_reason_and_the_patients_words_stay(
    own: Client, patient: Patient, signed_in: SignedIn
) -> None:
    asked = ask(own)
    staff = signed_in(Role.PRESCRIBER)
    url = f"/clinic/records/asked/{asked.pk}/"

    bare = send(staff, url, {"decision": "refuse", "answer": ""})
    send(
        staff, url, {"decision": "refuse", "answer": "The letter of 2 May names it.", "adds_statement": "on"}
    )

    assert bare.status_code == 422
    page = words(own.get(f"/my/record/asked/{asked.pk}/"))
    assert "The letter of 2 May names it." in page
    assert "Refused" in page
    assert Statement.objects.get().words == "No aspirin."
    assert "No aspirin." in words(own.get("/my/record/asked/"))


def test_what_was_answered_never_changes(own: Client, signed_in: SignedIn) -> None:
    asked = ask(own)
    url = f"/clinic/records/asked/{asked.pk}/"
    send(signed_in(Role.MANAGER), url, {"decision": "accept", "answer": "Done."})

    again = send(signed_in(Role.PRESCRIBER), url, {"decision": "refuse", "answer": "No."})

    asked.refresh_from_db()
    assert (asked.state, asked.answer, again.status_code) == ("accepted", "Done.", 422)
    with pytest.raises(DatabaseError), transaction.atomic():
        Asked.objects.filter(pk=asked.pk).update(answer="Otherwise.")
    own.post(f"/my/record/asked/{asked.pk}/", {})
    asked.refresh_from_db()
    assert asked.state == "accepted"


def test_deletion_says_what_has_to_be_kept_and_deletes_contact_data(
    own: Client, patient: Patient, signed_in: SignedIn, django_capture_on_commit_callbacks: object
) -> None:
    asked = ask(own, kind="deletion", words="Please forget me.")

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a context
        send(
            signed_in(Role.MANAGER),
            f"/clinic/records/asked/{asked.pk}/",
            {"decision": "accept", "answer": "As far as we may.", "deletes_contact": "on"},
        )

    patient.refresh_from_db()
    asked.refresh_from_db()
    assert (patient.email, patient.phone, patient.address, patient.user) == ("", "", "", None)
    assert "treatments with their lots" in asked.kept
    assert mail.outbox[-1].to == ["ada@patients.example"]
    assert "forget" not in mail.outbox[-1].body
    assert own.get("/my/").status_code != 200


def test_rule_names_its_law_and_counts_from_the_last_visit(
    patient: Patient, actor: ActorMaker, own: Client, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    treated(by, patient=patient)
    assert "a period of caution and no law" in words(own.get("/my/record/ask/?kind=deletion"))

    send(
        signed_in(Role.ADMINISTRATOR),
        "/clinic/records/retention/",
        {"years": "11", "law": "Retention Act, section 3"},
    )

    page = words(own.get("/my/record/ask/?kind=deletion"))
    assert "Records are kept for 11 years after your last visit: Retention Act, section 3." in page
    assert kept_until(by, patient) == years_after(last_day(by, patient), 11)
    assert last_day(by, patient) == clock.today(by.zone)


def test_29_february_counts_to_the_later_day() -> None:
    assert years_after(date(2024, 2, 29), 11) == date(2035, 3, 1)
    assert years_after(date(2024, 2, 29), 12) == date(2036, 2, 29)


def test_rule_without_a_law_is_refused(signed_in: SignedIn) -> None:
    answer = send(signed_in(Role.ADMINISTRATOR), "/clinic/records/retention/", {"years": "5", "law": " "})

    assert answer.status_code == 422


def test_line_of_the_list_is_asked_about(
    own: Client, patient: Patient, actor: ActorMaker, signed_in: SignedIn
) -> None:
    log_opening(by=actor(Role.INJECTOR), record=patient, page="Chart")
    number = Event.objects.latest("number").number
    url = f"/my/record/ask/?look={number}"
    assert f"?look={number}" in own.get("/my/access/").text
    assert "Looked at: Chart" in words(own.get(url))

    own.post(url, {"words": "I was not at the clinic."})

    asked = Asked.objects.get()
    assert (asked.kind, asked.look) == ("look", number)
    assert "Looked at: Chart" in words(signed_in(Role.MANAGER).get(f"/clinic/records/asked/{asked.pk}/"))


def test_look_at_another_record_is_not_there(own: Client, actor: ActorMaker, patient: Patient) -> None:
    other = make_portal_patient(actor(Role.MANAGER), "other@patients.example")
    log_opening(by=actor(Role.INJECTOR), record=other, page="Chart")
    number = Event.objects.latest("number").number

    assert own.get(f"/my/record/ask/?look={number}").status_code == 404
    assert own.get("/my/record/ask/?look=99999999999999999999").status_code == 404
    with pytest.raises(NotHere):
        ask_about_record(
            by=actor_of_patient(patient), patient=patient, kind="look", words="Why?", look=number
        )


def test_looks_are_found_by_name_kind_and_day(own: Client, patient: Patient, actor: ActorMaker) -> None:
    log_opening(by=actor(Role.INJECTOR), record=patient, page="Chart of mine")

    assert "Chart of mine" in own.get("/my/access/?kind=look&who=injector").text
    assert "Chart of mine" not in own.get("/my/access/?kind=wrote").text
    assert "Chart of mine" not in own.get("/my/access/?who=nobody").text
    assert "Chart of mine" not in own.get("/my/access/?until=2020-01-01").text
    assert own.get("/my/access/?since=9999-99-99&until=9999-12-31&who=%00").status_code == 200


def test_front_desk_answers_nothing(signed_in: SignedIn, own: Client, actor: ActorMaker) -> None:
    asked = ask(own)

    assert signed_in(Role.FRONT_DESK).get(f"/clinic/records/asked/{asked.pk}/").status_code == 403
    set_retention(by=actor(Role.ADMINISTRATOR), years=10, law="A law")


@pytest.mark.parametrize(("place", "law"), [("EU", "GDPR"), ("UK", "UK GDPR"), ("US", "")])
def test_time_to_answer_is_the_law_of_the_place_with_its_source(
    clinic: Clinic, signed_in: SignedIn, place: str, law: str
) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(jurisdiction=place)

    page = words(signed_in(Role.MANAGER).get("/clinic/records/asked/"))

    if law:
        assert f" {law}, article 12(3):" in page
        assert page.count("within a month") == 1
        assert "dataprotection.ie" in page
    else:
        assert "month" not in page

"""Contact data that patients put right themselves."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.test import Client

from masseter.journey.accounts.models import Clinic, User
from masseter.journey.audit.models import Event
from masseter.journey.ground.rights import Role
from masseter.journey.people.models import Patient
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker, sign_in
from tests.factories import make_portal_patient

NEW = "new@patients.example"
LAST_TRY = 5


@pytest.fixture
def patient(actor: ActorMaker) -> Patient:
    return make_portal_patient(actor(Role.MANAGER))


def contact(**other: str) -> dict[str, str]:
    return {"address": "1 New Street\nLeeds", "phone": "0113 496 0000", "language": "de", **other}


def code_in(text: str) -> str:
    found = re.search(r"\b\d{8}\b", text)
    assert found, text
    return found[0]


def ask(own: Client, email: str, run: object) -> str:
    """The newest message after asking for an address."""
    with run(execute=True):  # type: ignore[operator]  # what happens after the commit
        own.post("/my/contact/email/", {"email": email})
    return str(mail.outbox[-1].body)


def test_corrected_data_count_at_once_and_the_clinic_sees_what_changed(
    own: Client, patient: Patient, signed_in: object
) -> None:
    send(own, "/my/contact/", contact())

    patient.refresh_from_db()
    assert (patient.address, patient.language) == ("1 New Street\nLeeds", "de")
    page = words(signed_in(Role.MANAGER).get("/clinic/records/asked/"))  # type: ignore[operator]  # a client
    assert "Telephone: nothing → 0113 496 0000" in page


def test_new_address_counts_once_its_code_was_typed(
    own: Client, patient: Patient, django_capture_on_commit_callbacks: object
) -> None:
    code = code_in(ask(own, NEW, django_capture_on_commit_callbacks))
    patient.refresh_from_db()
    assert patient.user is not None
    assert patient.user.email == "ada@patients.example"

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # a context
        own.post("/my/contact/email/code/", {"code": code})

    patient.refresh_from_db()
    assert (patient.email, User.objects.get(pk=patient.user_id).email) == (NEW, NEW)
    assert [one.to for one in mail.outbox] == [[NEW], ["ada@patients.example"]]
    assert own.get("/my/").status_code == 200


def test_address_of_somebody_else_looks_the_same_and_is_told_to_its_owner_alone(
    own: Client, patient: Patient, actor: ActorMaker, django_capture_on_commit_callbacks: object
) -> None:
    actor(Role.INJECTOR)
    taken = User.objects.exclude(pk=patient.user_id).latest("pk").email
    free = own.post("/my/contact/email/", {"email": NEW})
    seen = words(own.get("/my/contact/email/code/"))

    message = ask(own, taken, django_capture_on_commit_callbacks)
    page = words(own.get("/my/contact/email/code/"))
    own.post("/my/contact/email/code/", {"code": "00000000"})

    assert free.headers["Location"] == "/my/contact/email/code/"
    assert page.replace(taken, NEW).split("This is a demo")[0] == seen.split("This is a demo")[0]
    assert not re.search(r"\d{8}", message)
    patient.refresh_from_db()
    assert patient.email == "ada@patients.example"


def test_wrong_codes_are_counted_and_end_the_right_one(
    own: Client, patient: Patient, django_capture_on_commit_callbacks: object
) -> None:
    code = code_in(ask(own, NEW, django_capture_on_commit_callbacks))
    wrong = "1" * 8 if code != "1" * 8 else "2" * 8

    for _ in range(LAST_TRY):
        own.post("/my/contact/email/code/", {"code": wrong})
    own.post("/my/contact/email/code/", {"code": code})

    patient.refresh_from_db()
    assert patient.email == "ada@patients.example"
    assert Event.objects.filter(what="email.code_wrong").count() == LAST_TRY + 1


def test_code_of_one_patient_is_none_of_another(
    own: Client, actor: ActorMaker, clinic: Clinic, django_capture_on_commit_callbacks: object
) -> None:
    code = code_in(ask(own, NEW, django_capture_on_commit_callbacks))
    other = make_portal_patient(actor(Role.MANAGER), "other@patients.example")
    assert other.user is not None
    theirs = Client()
    sign_in(theirs, other.user)
    session = theirs.session
    session["new_email"] = own.session["new_email"]
    session.save()

    theirs.post("/my/contact/email/code/", {"code": code})

    other.refresh_from_db()
    assert other.email == "other@patients.example"

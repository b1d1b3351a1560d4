"""A patient's sign-in: opened, closed, and moved with the address."""

from __future__ import annotations

import pytest
from django.test import Client

from masseter.journey.accounts.actions import end_portal_access
from masseter.journey.accounts.models import Clinic, Membership, User
from masseter.journey.accounts.queries import is_patient_somewhere
from masseter.journey.audit.models import Event
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.people.actions import change_patient, close_portal, merge_patients, open_portal
from masseter.journey.people.models import Patient
from tests.conftest import ActorMaker, make_actor
from tests.factories import make_patient, make_portal_patient
from tests.journey.people.test_actions import changed

OLD, NEW = "ada@patients.example", "ada.new@patients.example"


@pytest.fixture
def manager(actor: ActorMaker) -> Actor:
    return actor(Role.MANAGER, Role.INJECTOR)


@pytest.fixture
def patient(manager: Actor) -> Patient:
    return make_portal_patient(manager, OLD)


def session_of(patient: Patient) -> Client:
    """A browser in which the patient is signed in."""
    assert patient.user is not None
    client = Client()
    client.force_login(patient.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/my/").status_code == 200
    return client


def is_signed_out(client: Client) -> bool:
    answer = client.get("/my/")
    return answer.status_code == 302 and answer.headers["Location"].startswith("/account/login/")


def test_closing_without_the_right_is_refused(patient: Patient, actor: ActorMaker) -> None:
    with pytest.raises(NotPermitted):
        close_portal(by=actor(Role.ADMINISTRATOR), patient=patient, reason="As the test asks.")


def test_closing_without_a_reason_is_refused(manager: Actor, patient: Patient) -> None:
    with pytest.raises(Refused) as refusal:
        close_portal(by=manager, patient=patient, reason="  ")

    assert refusal.value.field == "reason"
    assert patient.user_id is not None


def test_closing_what_is_not_open_is_refused(manager: Actor) -> None:
    with pytest.raises(Refused, match="not open"):
        close_portal(by=manager, patient=make_patient(manager), reason="As the test asks.")


def test_sign_in_of_staff_or_of_another_clinic_is_not_ended_as_a_patients(
    manager: Actor, other_clinic: Clinic
) -> None:
    with clinic_scope(other_clinic.pk):
        theirs = make_portal_patient(make_actor(other_clinic, Role.MANAGER), "eve@patients.example").user
    own = User.objects.get(pk=manager.user_id)

    for user in (own, theirs):
        assert user is not None
        with pytest.raises(NotHere):
            end_portal_access(by=manager, user=user)


def test_closing_ends_the_sign_in_and_every_session(manager: Actor, patient: Patient) -> None:
    browsers = [session_of(patient), session_of(patient)]
    user = patient.user
    assert user is not None

    close_portal(by=manager, patient=patient, reason="The patient asked for it.")

    patient.refresh_from_db()
    assert patient.user is None
    assert Membership.objects.get(user=user).ended_at is not None
    assert not is_patient_somewhere(user)
    assert all(is_signed_out(browser) for browser in browsers)
    event = Event.objects.get(what="portal.closed")
    assert (event.patient_id, event.why) == (patient.pk, "The patient asked for it.")


def test_portal_that_was_closed_is_opened_again(manager: Actor, patient: Patient) -> None:
    close_portal(by=manager, patient=patient, reason="By mistake.")

    open_portal(by=manager, patient=patient)

    assert patient.user is not None
    assert patient.user.email == OLD
    assert session_of(patient)


def test_changing_anything_else_leaves_the_sign_in(manager: Actor, patient: Patient) -> None:
    browser = session_of(patient)

    change_patient(by=manager, patient=patient, **changed(patient, phone="020 7946 0999", email=OLD.upper()))

    assert not is_signed_out(browser)


def test_changed_address_ends_the_old_sign_in_and_opens_the_new(manager: Actor, patient: Patient) -> None:
    browser, before = session_of(patient), patient.user
    assert before is not None

    change_patient(by=manager, patient=patient, **changed(patient, email=NEW))

    patient.refresh_from_db()
    assert patient.user is not None
    assert patient.user.email == NEW
    assert is_signed_out(browser)
    assert not is_patient_somewhere(before)
    assert [one.what for one in Event.objects.filter(patient_id=patient.pk).order_by("number")][-2:] == [
        "portal.closed",
        "portal.opened",
    ]


@pytest.mark.parametrize(("email", "follows"), [(NEW, False), ("", True)])
def test_changed_address_may_close_the_portal(
    manager: Actor, patient: Patient, email: str, follows: bool
) -> None:
    browser = session_of(patient)

    change_patient(by=manager, patient=patient, portal_follows=follows, **changed(patient, email=email))

    patient.refresh_from_db()
    assert patient.user is None
    assert is_signed_out(browser)


def test_changed_address_of_somebody_else_is_refused_whole(manager: Actor, patient: Patient) -> None:
    make_portal_patient(manager, NEW)

    with pytest.raises(Refused) as refusal:
        change_patient(by=manager, patient=patient, **changed(patient, email=NEW))

    assert refusal.value.field == "email"
    stored = Patient.objects.select_related("user").get(pk=patient.pk)
    assert stored.email == OLD
    assert stored.user is not None
    assert stored.user.email == OLD


def test_merging_two_patients_who_sign_in_ends_the_sessions_of_one(manager: Actor, patient: Patient) -> None:
    duplicate = make_portal_patient(manager, NEW)
    kept, ended = session_of(patient), session_of(duplicate)

    merge_patients(by=manager, keep=patient, duplicate=duplicate, reason="Same person.")

    assert is_signed_out(ended)
    assert not is_signed_out(kept)

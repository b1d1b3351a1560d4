"""What happens to an account stands in the trail of the person's clinics."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client
from typer.testing import CliRunner

from masseter.cli.clinic import app
from masseter.journey.accounts.actions import reset_second_factor
from masseter.journey.accounts.demo import code_now
from masseter.journey.accounts.models import Clinic, Membership, User
from masseter.journey.audit.models import Event
from masseter.journey.audit.verify import verify_clinic
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from tests.conftest import ActorMaker, make_actor, sign_in
from tests.factories import make_portal_patient

PASSWORD, SECRET = "a long enough phrase", "MFRGGZDFMZTWQ2LK"
SignedIn = Callable[..., Client]
Captured = Callable[..., AbstractContextManager[list[Any]]]
pytestmark = pytest.mark.urls("tests.ui.test_pages")


@pytest.fixture(autouse=True)
def no_counters(db: None) -> None:
    cache.clear()


@pytest.fixture
def staff(clinic: Clinic) -> User:
    """A manager with a password and a second factor."""
    user = User.objects.get(pk=make_actor(clinic, Role.MANAGER, email="mo@north.example").user_id)
    user.set_password(PASSWORD)
    user.save()
    totp.TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def told(*what: str) -> list[Event]:
    return list(Event.objects.filter(what__in=what).order_by("number"))


def with_password(user: User, password: str = PASSWORD) -> Client:
    client = Client(REMOTE_ADDR="192.0.2.7")
    client.post("/account/login/", {"login": user.email, "password": password})
    return client


def signed_in(user: User) -> Client:
    """With both factors, and the password typed just now."""
    client = with_password(user)
    client.post("/account/2fa/authenticate/", {"code": code_now(SECRET)})
    assert "_auth_user_id" in client.session
    client.post("/account/2fa/reauthenticate/", {"code": code_now(SECRET)})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client


def test_sign_in_is_told_with_what_and_from_where(staff: User) -> None:
    signed_in(staff)

    (event,) = told("sign_in.done")
    assert (event.user_id, event.address) == (staff.pk, "192.0.2.7")
    assert event.data["with"] == ["password", "totp"]


def test_password_alone_is_no_sign_in(staff: User) -> None:
    with_password(staff)

    assert told("sign_in.done") == []


def test_wrong_password_is_told_as_nobodys_deed(staff: User) -> None:
    with_password(staff, "wrong phrase 123")

    (event,) = told("sign_in.failed")
    assert (event.subject_id, event.user_id, event.roles) == (staff.pk, None, "visitor")
    assert event.data == {"with": "password"}


def test_address_that_nobody_has_leaves_no_event(staff: User) -> None:
    Client().post("/account/login/", {"login": "nobody@north.example", "password": PASSWORD})

    assert told("sign_in.failed", "sign_in.locked") == []


def test_lock_is_told_once(staff: User) -> None:
    for _ in range(8):
        with_password(staff, "wrong phrase 123")

    assert len(told("sign_in.locked")) == 1


def test_wrong_code_of_the_second_factor_is_told_and_its_lock(staff: User) -> None:
    client = with_password(staff)

    for _ in range(5):
        client.post("/account/2fa/authenticate/", {"code": "000000"})

    failed = told("sign_in.failed")
    assert {event.data["with"] for event in failed} == {"second factor"}
    assert len(told("sign_in.locked")) == 1


def test_failure_is_told_in_every_clinic_of_the_person(
    staff: User, other_clinic: Clinic, django_capture_on_commit_callbacks: Captured
) -> None:
    with clinic_scope(other_clinic.pk):
        Membership.objects.create(clinic=other_clinic, user=staff, role=Role.INJECTOR)

    with django_capture_on_commit_callbacks(execute=True):  # the anchors are written after the commit
        with_password(staff, "wrong phrase 123")

    assert len(told("sign_in.failed")) == 1
    with clinic_scope(other_clinic.pk):
        assert len(told("sign_in.failed")) == 1
        assert verify_clinic(other_clinic.pk)[1] == []


def test_patients_sign_in_and_wrong_code_stand_in_their_record(clinic: Clinic, actor: ActorMaker) -> None:
    patient = make_portal_patient(actor(Role.MANAGER), "ada@patients.example")
    client = Client()
    client.post("/account/code/", {"email": "ada@patients.example"})
    code = re.search(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", str(mail.outbox[-1].body), re.M)
    assert code

    client.post("/account/code/confirm/", {"code": "WRONG-1"})
    client.post("/account/code/confirm/", {"code": code[1]})

    events = told("sign_in.failed", "sign_in.done")
    assert [event.what for event in events] == ["sign_in.failed", "sign_in.done"]
    assert {event.patient_id for event in events} == {patient.pk}


def test_changed_and_forgotten_password_are_told(staff: User) -> None:
    client = signed_in(staff)
    new = "another long phrase"
    client.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    Client().post("/account/password/reset/", {"email": staff.email})
    link = re.search(r"http://[^/]+(/account/password/reset/\S+/)", str(mail.outbox[-1].body))
    assert link
    stranger = Client()
    stranger.post(stranger.get(link[1]).headers["Location"], {"password1": PASSWORD, "password2": PASSWORD})

    assert [event.what for event in told("password.changed", "password.reset")] == [
        "password.changed",
        "password.reset",
    ]


def test_factor_added_and_removed_are_told(clinic: Clinic, staff: User) -> None:
    Authenticator.objects.all().delete()
    client = with_password(staff)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret

    client.post("/account/2fa/totp/activate/", {"code": code_now(secret)})
    client.post("/account/2fa/totp/deactivate/")

    assert [event.what for event in told("second_factor.added", "second_factor.removed")] == [
        "second_factor.added",
        "second_factor.removed",
    ]


@pytest.mark.parametrize("page", ["", "download/"])
def test_recovery_codes_that_were_seen_are_told(staff: User, page: str) -> None:
    answer = signed_in(staff).get(f"/account/2fa/recovery-codes/{page}")

    assert answer.status_code == 200
    (event,) = told("recovery_codes.seen")
    assert event.user_id == staff.pk


def test_recovery_codes_made_anew_are_told(staff: User) -> None:
    signed_in(staff).post("/account/2fa/recovery-codes/generate/")

    assert len(told("recovery_codes.made")) == 1


# --- a lost second factor --------------------------------------------------------------------------
def test_factor_is_not_reset_without_a_reason_or_for_a_stranger(
    staff: User, actor: ActorMaker, other_clinic: Clinic
) -> None:
    by = actor(Role.ADMINISTRATOR)
    stranger = User.objects.get(pk=make_actor(other_clinic, Role.INJECTOR).user_id)

    with pytest.raises(Refused):
        reset_second_factor(by=by, user=staff, reason=" ")
    with pytest.raises(NotHere):
        reset_second_factor(by=by, user=stranger, reason="As the test asks.")

    assert Authenticator.objects.filter(user=staff, type="totp").exists()


def test_reset_takes_all_factors_and_ends_all_sessions(staff: User, actor: ActorMaker) -> None:
    open_one = signed_in(staff)
    by = actor(Role.ADMINISTRATOR)
    bystander = Client()
    sign_in(bystander, User.objects.get(pk=by.user_id))

    reset_second_factor(by=by, user=staff, reason="Came in person.")

    assert not Authenticator.objects.filter(user=staff).exists()
    assert "_auth_user_id" not in open_one.session
    assert "_auth_user_id" in bystander.session
    (event,) = told("second_factor.reset")
    assert (event.subject_id, event.why) == (staff.pk, "Came in person.")


def test_command_resets_a_factor_with_its_reason(staff: User, clinic: Clinic) -> None:
    done = CliRunner().invoke(app, ["reset-factor", "north", staff.email, "--reason", "Came in person."])

    assert done.exit_code == 0, done.output
    (event,) = told("second_factor.reset")
    assert (event.user_name, event.why) == ("Command line", "Came in person.")


@pytest.mark.parametrize(
    ("slug", "email", "sentence"),
    [
        ("nowhere", "mo@north.example", "no clinic 'nowhere'"),
        ("north", "nobody@north.example", "Nobody signs in with"),
    ],
)
def test_command_says_what_is_not_there(staff: User, slug: str, email: str, sentence: str) -> None:
    done = CliRunner().invoke(app, ["reset-factor", slug, email, "--reason", "As the test asks."])

    assert done.exit_code == 2
    assert sentence in done.output

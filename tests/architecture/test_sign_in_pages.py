"""The sign-in library's pages: what a visitor, a patient and staff get there, asked for and sent."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client

from masseter.journey.accounts.models import Clinic, User
from masseter.journey.ground.rights import Role
from tests.addresses import of_the_library
from tests.conftest import ActorMaker, make_actor, sign_in
from tests.factories import make_portal_patient

# Pages that somebody who is not signed in may see; all others lead to one of these.
ENTRANCES = {
    "account_login",
    "account_request_login_code",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
}
# Pages that change how a person signs in: they ask for the second factor again first.
CHANGES = {
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_generate_recovery_codes",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
}
OF_ONE_KEY = ("mfa_remove_webauthn", "mfa_edit_webauthn")
ENDS = "account_logout"
ANSWERS = {200, 302, 403, 404, 405}
SignedIn = Callable[..., Client]


def addresses(pk: int = 10**8) -> Iterator[tuple[str, str]]:
    """Name and address of each page but the one that signs out; the link of a letter that nobody got."""
    for one in of_the_library():
        if one.name != ENDS:
            route = one.route.replace("<int:pk>", str(pk)).removesuffix("$")
            yield one.name, "/" + re.sub(r"\^?password/reset/key/.*", "password/reset/key/1-no-such/", route)


def both(client: Client, url: str) -> tuple[HttpResponse, HttpResponse]:
    return client.get(url), client.post(url, {})  # type: ignore[return-value]  # the test client's answers


def test_visitor_sees_the_entrances_and_nothing_behind_them(clinic: Clinic) -> None:
    client = Client()

    for name, url in addresses():
        for answer in both(client, url):
            if name in ENTRANCES:
                assert answer.status_code in {200, 405}, (name, answer.status_code)
            else:
                assert answer.status_code in {302, 404}, (name, answer.status_code)
                where = answer.headers.get("Location", "/account/")
                assert where.startswith(("/account/", "/start/")), (name, where)


def test_person_with_a_factor_changes_it_only_after_showing_it_again(
    clinic: Clinic, signed_in: SignedIn
) -> None:
    client = signed_in(Role.MANAGER)

    for name, url in addresses():
        for answer in both(client, url):
            assert answer.status_code in ANSWERS, (name, answer.status_code)
            if name in CHANGES:
                assert answer.headers.get("Location", "").startswith("/account/2fa/reauthenticate/"), name


def test_patient_is_answered_and_reaches_no_second_factor_of_anybody(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    signed_in(Role.MANAGER)
    theirs = Authenticator.objects.latest("pk")
    patient = make_portal_patient(actor(Role.FRONT_DESK))
    client = Client()
    assert patient.user is not None
    sign_in(client, patient.user)

    for name, url in addresses(theirs.pk):
        for answer in both(client, url):
            assert answer.status_code in ANSWERS, (name, answer.status_code)
            if name in OF_ONE_KEY:
                assert answer.status_code in {302, 404}, (name, answer.status_code)
    assert Authenticator.objects.filter(pk=theirs.pk, user=theirs.user).exists()


@pytest.mark.parametrize("name", OF_ONE_KEY)
def test_somebody_elses_passkey_is_not_there(clinic: Clinic, signed_in: SignedIn, name: str) -> None:
    other = User.objects.get(pk=make_actor(clinic, Role.INJECTOR).user_id)
    theirs = Authenticator.objects.create(
        user=other, type=Authenticator.Type.WEBAUTHN, data={"name": "Their key"}
    )
    client = signed_in(Role.MANAGER)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time(), "reauthenticated": True}
    ]
    session.save()
    url = dict(addresses(theirs.pk))[name]

    answers = both(client, url)

    assert [answer.status_code for answer in answers] == [404, 404]
    theirs.refresh_from_db()
    assert theirs.data["name"] == "Their key"

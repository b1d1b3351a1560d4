"""Nobody gets in by half: every way round the second factor, the lock and the clinic's wall."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings

from masseter.journey.accounts.actions import add_staff, end_membership
from masseter.journey.accounts.demo import code_now
from masseter.journey.accounts.models import Clinic, Membership, User
from masseter.journey.accounts.queries import actor_for
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from tests.conftest import ActorMaker, make_actor
from tests.factories import make_portal_patient

PASSWORD = "a long enough phrase"
SECRET = "MFRGGZDFMZTWQ2LK"
CLINIC_PAGE = "/clinic/stock/"
SignedIn = Callable[..., Client]
pytestmark = pytest.mark.urls("tests.ui.test_pages")


@pytest.fixture(autouse=True)
def no_counters(db: None) -> None:
    cache.clear()


@pytest.fixture
def staff(clinic: Clinic) -> User:
    """A manager with a password and no second factor yet."""
    by = make_actor(clinic, Role.MANAGER, email="mo@north.example")
    user = User.objects.get(pk=by.user_id)
    user.set_password(PASSWORD)
    user.save()
    return user


def enrolled(user: User) -> User:
    totp.TOTP.activate(user, SECRET)
    return user


def with_password(user: User, client: Client | None = None, next_: str = "") -> Client:
    client = client or Client()
    address = f"/account/login/?next={next_}" if next_ else "/account/login/"
    client.post(address, {"login": user.email, "password": PASSWORD, "next": next_})
    return client


def gets_in(client: Client) -> bool:
    return client.get(CLINIC_PAGE).status_code == 200


# --- staff: password and second factor -------------------------------------------------------------
def test_password_and_code_let_staff_in(staff: User) -> None:
    client = with_password(enrolled(staff))

    client.post("/account/2fa/authenticate/", {"code": code_now(SECRET)})

    assert client.session["_auth_user_id"] == str(staff.pk)
    assert client.get(CLINIC_PAGE, follow=False).status_code != 302


def test_password_alone_opens_nothing(staff: User) -> None:
    client = with_password(enrolled(staff))

    answer = client.get(CLINIC_PAGE)

    assert answer.status_code == 302
    assert "_auth_user_id" not in client.session
    for page in ("", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/", "webauthn/add/"):
        assert client.get(f"/account/2fa/{page}").status_code == 302, page


def test_staff_without_second_factor_are_sent_to_set_it_up(staff: User) -> None:
    client = with_password(staff)

    for page in (CLINIC_PAGE, "/start/", "/", "/my/"):
        assert client.get(page).headers["Location"] == "/account/2fa/totp/activate/", page


def test_setting_up_the_second_factor_counts_as_using_it(staff: User) -> None:
    client = with_password(staff)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret

    client.post("/account/2fa/totp/activate/", {"code": code_now(secret)})

    assert Authenticator.objects.filter(user=staff, type="totp").exists()
    assert "/account/" not in client.get("/start/").headers["Location"]


def test_session_begun_before_the_second_factor_was_set_up_does_not_pass_with_it(staff: User) -> None:
    """Somebody with the password alone waits until the rightful person has set up their factor."""
    thief = with_password(staff)
    enrolled(staff)

    answer = thief.get(CLINIC_PAGE)

    assert answer.status_code == 302
    assert "_auth_user_id" not in thief.session


ACCOUNT_PAGES = (
    "2fa/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "2fa/recovery-codes/download/",
    "2fa/totp/activate/",
    "2fa/totp/deactivate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "2fa/reauthenticate/",
    "reauthenticate/",
    "password/",
    "login/",
)


@pytest.mark.parametrize("page", ACCOUNT_PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_session_without_the_factor_gets_nothing_of_the_account(staff: User, page: str, method: str) -> None:
    """Who has the password alone reads no recovery code, takes no factor away and adds none."""
    thief = with_password(staff)
    thief.post("/account/reauthenticate/", {"password": PASSWORD})
    factor = enrolled(staff)
    before = list(Authenticator.objects.values_list("type", "data"))

    answer = getattr(thief, method)(f"/account/{page}", {"code": "000000", "password": PASSWORD})

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/")
    assert "_auth_user_id" not in thief.session
    assert list(Authenticator.objects.values_list("type", "data")) == before
    assert Authenticator.objects.filter(user=factor, type="totp").exists()


def test_session_without_the_factor_still_signs_out(staff: User) -> None:
    client = with_password(staff)
    enrolled(staff)

    assert client.get("/account/logout/").status_code == 200
    client.post("/account/logout/")

    assert "_auth_user_id" not in client.session


def test_taking_the_only_factor_away_sends_back_to_set_up(signed_in: SignedIn) -> None:
    client = signed_in(Role.MANAGER)
    Authenticator.objects.all().delete()

    assert client.get(CLINIC_PAGE).headers["Location"] == "/account/2fa/totp/activate/"


def test_new_password_does_not_sign_in(staff: User) -> None:
    enrolled(staff)
    client = Client()
    client.post("/account/password/reset/", {"email": staff.email})
    link = re.search(r"http://[^/]+(/account/password/reset/\S+/)", mail.outbox[-1].body)
    assert link
    address = client.get(link[1]).headers["Location"]

    client.post(address, {"password1": "another long phrase", "password2": "another long phrase"})

    staff.refresh_from_db()
    assert staff.check_password("another long phrase")
    assert "_auth_user_id" not in client.session


def test_five_wrong_passwords_lock_the_right_one_out(staff: User) -> None:
    client = Client()
    for _ in range(6):
        client.post("/account/login/", {"login": staff.email, "password": "wrong phrase 123"})

    answer = client.post("/account/login/", {"login": staff.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session
    assert answer.status_code in (200, 429)


def test_wrong_codes_are_counted_too(staff: User) -> None:
    client = with_password(enrolled(staff))
    for _ in range(8):
        client.post("/account/2fa/authenticate/", {"code": "000000"})

    client.post("/account/2fa/authenticate/", {"code": code_now(SECRET)})

    assert "_auth_user_id" not in client.session


def test_session_gets_a_new_key_at_sign_in(staff: User) -> None:
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    before = client.session.session_key

    with_password(staff, client)

    assert client.session.session_key != before


# --- a code by e-mail is for patients --------------------------------------------------------------
def code_mailed(email: str) -> bool:
    mail.outbox.clear()
    Client().post("/account/code/", {"email": email})
    return any(
        email in letter.to and re.search(r"^\s*[A-Z0-9]{4}-[A-Z0-9]{4}\s*$", letter.body, re.M)
        for letter in mail.outbox
    )


def test_patient_gets_a_code(clinic: Clinic, actor: ActorMaker) -> None:
    make_portal_patient(actor(Role.MANAGER), "ada@patients.example")

    assert code_mailed("ada@patients.example")


def test_staff_get_no_code(staff: User) -> None:
    assert not code_mailed(staff.email)


def test_patient_who_works_elsewhere_gets_no_code(
    clinic: Clinic, other_clinic: Clinic, actor: ActorMaker
) -> None:
    """Signed in by a mail alone they would only have to switch the clinic."""
    patient = make_portal_patient(actor(Role.MANAGER), "ada@patients.example")
    with clinic_scope(other_clinic.pk):
        Membership.objects.create(clinic=other_clinic, user=patient.user, role=Role.INJECTOR)

    assert not code_mailed("ada@patients.example")


def test_patients_session_does_not_pass_for_staff(clinic: Clinic, actor: ActorMaker) -> None:
    patient = make_portal_patient(actor(Role.MANAGER), "ada@patients.example")
    assert patient.user is not None
    client = Client()
    client.force_login(patient.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    Membership.objects.create(clinic=clinic, user=patient.user, role=Role.MANAGER)
    enrolled(patient.user)

    assert not gets_in(client)
    assert "_auth_user_id" not in client.session


def test_address_of_a_patient_is_not_taken_for_staff(
    clinic: Clinic, other_clinic: Clinic, actor: ActorMaker
) -> None:
    make_portal_patient(actor(Role.MANAGER), "ada@patients.example")
    here, there = actor(Role.ADMINISTRATOR), make_actor(other_clinic, Role.ADMINISTRATOR)

    for by in (here, there):
        with clinic_scope(by.clinic_id), pytest.raises(Refused):
            add_staff(by=by, email="Ada@patients.example", name="Ada", roles=frozenset({Role.INJECTOR}))


def test_patient_sets_no_password(clinic: Clinic, actor: ActorMaker) -> None:
    """Patients sign in by a code; a password of their own would be a second, weaker door."""
    patient = make_portal_patient(actor(Role.MANAGER), "ada@patients.example")

    Client().post("/account/password/reset/", {"email": "ada@patients.example"})

    assert not any("/password/reset/" in letter.body for letter in mail.outbox if patient.email in letter.to)


# --- every page of signing in ----------------------------------------------------------------------
PAGES = [
    "login/",
    "logout/",
    "code/",
    "code/confirm/",
    "reauthenticate/",
    "inactive/",
    "password/",
    "password/reset/",
    "password/reset/sent/",
    "password/reset/x-y/",
    "password/reset/done/",
    "signup/",
    "email/",
    "2fa/",
    "2fa/authenticate/",
    "2fa/reauthenticate/",
    "2fa/totp/activate/",
    "2fa/totp/deactivate/",
    "2fa/recovery-codes/",
    "2fa/recovery-codes/generate/",
    "2fa/recovery-codes/download/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "2fa/webauthn/reauthenticate/",
]


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_signing_in_breaks_for_anybody(
    clinic: Clinic, actor: ActorMaker, staff: User, signed_in: SignedIn, page: str
) -> None:
    patient = make_portal_patient(actor(Role.MANAGER), "ada@patients.example")
    assert patient.user is not None
    as_patient = Client()
    as_patient.force_login(patient.user, backend="allauth.account.auth_backends.AuthenticationBackend")

    for client in (Client(), as_patient, with_password(staff), signed_in(Role.MANAGER)):
        assert client.get(f"/account/{page}").status_code < 500
        assert client.post(f"/account/{page}", {}).status_code < 500


@pytest.mark.parametrize("page", ["signup/", "2fa/webauthn/signup/", "signup/passkey/", "password/set/"])
def test_nobody_signs_up_alone(clinic: Clinic, page: str) -> None:
    before = User.objects.count()

    Client().post(
        f"/account/{page}", {"email": "new@example.com", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert User.objects.count() == before


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "///evil.example",
        "javascript:alert(1)",
    ],
)
def test_sign_in_leads_to_no_other_site(staff: User, address: str) -> None:
    client = with_password(enrolled(staff), next_=address)

    answer = client.post("/account/2fa/authenticate/", {"code": code_now(SECRET)})

    assert answer.headers["Location"] == "/start/"


# --- clinics and roles -----------------------------------------------------------------------------
def test_clinic_that_is_not_ones_own_is_not_entered(
    clinic: Clinic, other_clinic: Clinic, signed_in: SignedIn
) -> None:
    client = signed_in(Role.MANAGER)

    client.post("/start/clinic/", {"clinic": str(other_clinic.pk)})

    user = User.objects.get(pk=client.session["_auth_user_id"])
    found = actor_for(user, clinic_id=other_clinic.pk)
    assert found is not None
    assert found.clinic_id == clinic.pk


@pytest.mark.parametrize("typed", ["", "-1", "1e3", "²", "٣", "9" * 40, "1; DROP TABLE accounts_clinic"])
def test_clinic_chosen_by_nonsense_breaks_nothing(signed_in: SignedIn, typed: str) -> None:
    client = signed_in(Role.MANAGER)

    client.post("/start/clinic/", {"clinic": typed})

    assert client.get("/start/").status_code == 302


def test_role_that_ended_ends_the_session_with_it(
    clinic: Clinic, signed_in: SignedIn, actor: ActorMaker
) -> None:
    client = signed_in(Role.MANAGER)
    membership = Membership.objects.get(user_id=client.session["_auth_user_id"])

    end_membership(by=actor(Role.ADMINISTRATOR), membership=membership)

    assert client.get(CLINIC_PAGE).status_code == 403
    assert client.get("/start/").status_code == 403


def test_account_that_was_closed_ends_the_session(signed_in: SignedIn) -> None:
    client = signed_in(Role.MANAGER)
    User.objects.filter(pk=client.session["_auth_user_id"]).update(is_active=False)

    assert client.get(CLINIC_PAGE).status_code == 302


@override_settings(ALLOWED_HOSTS=["localhost", "testserver"])
def test_letter_carries_no_address_that_the_sender_made_up(staff: User) -> None:
    client = Client(headers={"Host": "evil.example"})

    answer = client.post("/account/password/reset/", {"email": staff.email})

    assert answer.status_code == 400
    assert not mail.outbox

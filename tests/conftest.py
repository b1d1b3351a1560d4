"""What all tests share: a real PostgreSQL, a clinic, people with roles."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["MASSETER_ENVIRONMENT"] = "test"
os.environ.setdefault("MASSETER_DATA", str(Path(__file__).resolve().parent.parent / ".masseter" / "test"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masseter.config.settings")
# The browser's driver keeps an event loop in this thread; Django takes it for a sign of async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import django

django.setup()

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, sync_playwright
from pytest_django import DjangoDbBlocker

import tests.patience  # noqa: F401  # sets how hypothesis runs
from masseter.journey.accounts.models import Clinic, Membership, User
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from tests.browser import ARGUMENTS, chromium
from tests.database import copy_database

ActorMaker = Callable[..., Actor]


def process_name(request: pytest.FixtureRequest) -> str:
    """The name of this test process: `main`, or xdist's `gw0`, `gw1` …"""
    return str(getattr(request.config, "workerinput", {}).get("workerid", "main"))


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Each process works on its own copy of the template, as the application's role."""
    settings.AUDIT_ANCHORS = tmp_path_factory.mktemp("anchors")
    settings.PHOTOGRAPHS = tmp_path_factory.mktemp("photographs")
    name = f"masseter_unit_{process_name(request)}"
    with django_db_blocker.unblock():
        copy_database(name)
        connections["default"].close()
        connections["default"].settings_dict["NAME"] = name


@pytest.fixture
def own_photographs_alone(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks over every clinic see this test's clinic alone: stories leave others behind in the database."""
    monkeypatch.setattr("masseter.journey.results.photographs.checking.clinic_ids", lambda: [clinic.pk])


def make_clinic(slug: str, jurisdiction: str = "UK") -> Clinic:
    """A clinic without any patient."""
    return Clinic.objects.create(
        slug=slug,
        name=f"{slug.title()} Face and Jaw Clinic",
        jurisdiction=jurisdiction,
        zone="Europe/London",
        phone="020 7946 0100",
        emergency_number="999",
        address="1 Jaw Lane\nLondon",
    )


def make_actor(clinic: Clinic, *roles: Role, email: str = "") -> Actor:
    """A member of staff with these roles, who can sign in."""
    from masseter.journey.accounts.queries import actor_for

    address = email or f"{'-'.join(roles)}@{clinic.slug}.example"
    user = User.objects.filter(email=address).first()
    if user is None:
        name = " and ".join(role.replace("_", " ").title() for role in roles)
        user = User.objects.create_user(address, name=name)
        with clinic_scope(clinic.pk, user.pk):
            for role in roles:
                Membership.objects.create(clinic=clinic, user=user, role=role)
    found = actor_for(user, clinic_id=clinic.pk)
    assert found is not None
    return found


@pytest.fixture
def clinic(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clinic]:
    """A UK clinic, with the database bound to it; the public pages speak for it, whoever else is there."""
    found = make_clinic("north")
    monkeypatch.setattr(settings, "PUBLIC_CLINIC", found.slug)
    with clinic_scope(found.pk):
        yield found


@pytest.fixture
def other_clinic(clinic: Clinic) -> Clinic:
    """A second clinic, whose rows the first may never see."""
    return make_clinic("south", "US")


@pytest.fixture
def actor(clinic: Clinic) -> ActorMaker:
    """Makes actors of the clinic: `actor(Role.INJECTOR, Role.PRESCRIBER)`."""

    def make(*roles: Role, of: Clinic = clinic) -> Actor:
        return make_actor(of, *roles)

    return make


def sign_in(client: Client, user: User) -> None:
    """Sign in as with a second factor, keeping what the session held."""
    kept = {key: value for key, value in client.session.items() if not key.startswith("_auth")}
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session.update(kept)
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


@pytest.fixture
def signed_in(clinic: Clinic) -> Callable[..., Client]:
    """Makes a browser-less client signed in with these roles, second factor included."""

    def make(*roles: Role, of: Clinic = clinic) -> Client:
        from allauth.mfa.models import Authenticator

        by = make_actor(of, *roles)
        user = User.objects.get(pk=by.user_id)
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
        client = Client()
        sign_in(client, user)
        return client

    return make


@pytest.fixture
def committed(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, request: pytest.FixtureRequest
) -> Iterator[Clinic]:
    """A clinic of this test alone with real commits, for threads, anchors and what happens after commit."""
    with django_db_blocker.unblock():
        yield make_clinic(f"c{abs(hash(request.node.nodeid)) % 10**10}")
        connections["default"].close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process: its driver can't be started twice."""
    path = chromium()
    assert path, "no Chromium: make test installs it"
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield found
        found.close()

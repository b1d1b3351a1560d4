"""Stories: a real browser on a real server and database."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from aiosmtpd.controller import Controller
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import DjangoDbBlocker

from masseter.journey.accounts.models import User
from masseter.journey.ground.rights import Role
from tests.conftest import make_actor, make_clinic
from tests.stories.letters import Letterbox
from tests.stories.script import Person, Script, Stage
from tests.stories.site import Site, free_port, start_site

__all__ = ["Person"]
PASSWORD = "a-long-pass-phrase-of-the-tests"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser; one server a process, so stories stay together."""
    for item in items:
        if "stories" in item.path.parts:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """A server for the clinic `stories`."""
    with django_db_blocker.unblock():
        clinic = make_clinic("stories")
        running = start_site(clinic, tmp_path_factory.mktemp("site"))
    yield running
    running.stop()


@pytest.fixture
def committing(site: Site, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the test itself write to the database that the server reads."""
    with django_db_blocker.unblock():
        yield
        connections["default"].close()


@pytest.fixture
def person(site: Site, committing: None) -> Callable[..., Person]:
    """Makes a member of staff of the clinic with password and second factor."""

    def make(*roles: Role, name: str = "") -> Person:
        from allauth.mfa.models import Authenticator

        address = f"{'-'.join(roles)}@stories.example"
        by = make_actor(site.clinic, *roles, email=address)
        assert by.user_id is not None
        user = User.objects.get(pk=by.user_id)
        user.set_password(PASSWORD)
        user.name = name or user.name
        user.save()
        found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
        if found is None:
            totp.TOTP.activate(user, totp.generate_totp_secret())
            found = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
        secret = get_adapter().decrypt(found.data["secret"])
        return Person(user_id=user.pk, email=address, name=user.name, secret=secret)

    return make


@pytest.fixture
def window(site: Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser of its own; `window(person)` is signed in already."""
    opened: list[BrowserContext] = []

    def open_page(who: Person | None = None, width: int = 1280, **options: object) -> Page:
        context = browser.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 900},
            locale="en-GB",
            reduced_motion="reduce",
            **options,  # type: ignore[arg-type]  # Playwright's own options
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        if who is not None:
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(who), "url": site.url}
            context.add_cookies([cookie])  # type: ignore[list-item]  # a plain dictionary is enough
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def letterbox() -> Iterator[tuple[Letterbox, int]]:
    box, port = Letterbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture(scope="session")
def posting_site(
    site: Site,
    letterbox: tuple[Letterbox, int],
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Site]:
    """A second server over the same clinic that sends real mail."""
    with django_db_blocker.unblock():
        url = f"smtp://127.0.0.1:{letterbox[1]}"
        running = start_site(site.clinic, tmp_path_factory.mktemp("posting"), MASSETER_EMAIL_URL=url)
    yield running
    running.stop()


@pytest.fixture
def page(posting_site: Site, browser: Browser, committing: None) -> Iterator[Page]:
    """A window of somebody who is not signed in."""
    cache.clear()
    context = browser.new_context(base_url=posting_site.url, locale="en-GB")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def box(letterbox: tuple[Letterbox, int]) -> Letterbox:
    return letterbox[0]


@pytest.fixture
def stage(
    site: Site, person: Callable[..., Person], window: Callable[..., Page]
) -> Iterator[Callable[[Script], Stage]]:
    """Sets the stage for a script; afterwards the clock is the real one again."""

    def make(script: Script) -> Stage:
        # The limit of requests counts by address, and all stories come from this machine.
        cache.clear()
        return Stage(script=script, site=site, person=person, window=window)

    yield make
    site.at(None)


def session_of(who: Person) -> str:
    """The key of a fresh session, as signing in makes it."""
    user = User.objects.get(pk=who.user_id)
    store = SessionStore()
    store["_auth_user_id"] = str(user.pk)
    store["_auth_user_backend"] = BACKEND
    store["_auth_user_hash"] = user.get_session_auth_hash()
    if who.secret:
        store["account_authentication_methods"] = [{"method": "mfa", "at": 0, "type": "totp"}]
        store["account_authentication_methods_user"] = str(user.pk)
    store.create()
    return str(store.session_key)

"""Nobody but the person chooses a password: an administrator who chose it could act as them elsewhere."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from typer.testing import CliRunner

from masseter.cli.clinic import app
from masseter.journey.accounts.actions import add_staff
from masseter.journey.accounts.models import Clinic, User
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from tests.conftest import ActorMaker, make_actor

CHOSEN = "a long enough phrase"
INJECTOR = frozenset({Role.INJECTOR})
pytestmark = pytest.mark.urls("tests.ui.test_pages")


@pytest.fixture(autouse=True)
def no_counters(db: None) -> None:
    cache.clear()


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(Role.ADMINISTRATOR)


def add(by: Actor, callbacks: Any, email: str = "sam@north.example", name: str = "Sam Vane") -> User:
    """Add somebody, and let out what goes out after the commit."""
    with callbacks(execute=True):
        return add_staff(by=by, email=email, name=name, roles=INJECTOR)


def link_in(letter: mail.EmailMessage) -> str:
    found = re.search(r"^https?://[^/]+(/account/password/reset/[^/]+-[^/]+/)$", str(letter.body), re.M)
    assert found, letter.body
    return found[1]


def test_nobody_can_give_a_password_to_somebody_else() -> None:
    assert "password" not in inspect.signature(add_staff).parameters


def test_new_person_chooses_the_password_by_the_link(
    by: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    user = add(by, django_capture_on_commit_callbacks)
    assert not user.has_usable_password()
    (letter,) = mail.outbox
    assert letter.to == ["sam@north.example"]
    link = link_in(letter)

    client = Client()
    address = client.get(link).headers["Location"]
    client.post(address, {"password1": CHOSEN, "password2": CHOSEN})
    client.post("/account/login/", {"login": user.email, "password": CHOSEN})

    assert client.get("/start/").headers["Location"] == "/account/2fa/totp/activate/"
    assert "no longer works" in Client().get(link).text


def test_link_does_not_take_a_weak_password(by: Actor, django_capture_on_commit_callbacks: Any) -> None:
    user = add(by, django_capture_on_commit_callbacks)
    client = Client()
    address = client.get(link_in(mail.outbox[0])).headers["Location"]

    client.post(address, {"password1": "short", "password2": "short"})

    user.refresh_from_db()
    assert not user.has_usable_password()


def test_person_known_elsewhere_keeps_everything_and_gets_no_letter(
    by: Actor, other_clinic: Clinic, django_capture_on_commit_callbacks: Any
) -> None:
    known = User.objects.get(pk=make_actor(other_clinic, Role.INJECTOR, email="sam@south.example").user_id)
    known.set_password(CHOSEN)
    known.save()

    found = add(by, django_capture_on_commit_callbacks, "Sam@South.example", "Another Name")

    assert found.pk == known.pk
    assert found.check_password(CHOSEN)
    assert found.name == known.name
    assert mail.outbox == []


def test_person_who_lost_the_letter_is_added_again_for_another(
    by: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    for _ in range(2):
        add(by, django_capture_on_commit_callbacks)

    assert len(mail.outbox) == 2
    assert Client().get(link_in(mail.outbox[1])).status_code == 302


def test_mail_that_does_not_go_out_undoes_nothing(
    by: Actor, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("masseter.journey.accounts.letters.send_mail", broken)

    add(by, django_capture_on_commit_callbacks)

    assert User.objects.filter(email="sam@north.example").exists()


def test_command_adds_staff_and_shows_the_link_only_when_asked(clinic: Clinic) -> None:
    words = ["add-staff", "north", "sam@north.example", "Sam Vane", "--role", "injector"]

    quiet = CliRunner().invoke(app, words)
    shown = CliRunner().invoke(app, [*words, "--show-link"])

    assert (quiet.exit_code, shown.exit_code) == (0, 0), shown.output
    assert "on its way to sam@north.example" in " ".join(quiet.output.split())
    assert "/account/password/reset/" not in quiet.output
    link = re.search(r"^https?://[^/]+(/account/password/reset/[^/]+-[^/]+/)$", shown.output, re.M)
    assert link
    assert Client().get(link[1]).status_code == 302


def test_command_says_of_a_known_person_that_nothing_was_sent(by: Actor, clinic: Clinic) -> None:
    user = User.objects.get(pk=by.user_id)
    user.set_password(CHOSEN)
    user.save()

    done = CliRunner().invoke(
        app, ["add-staff", "north", user.email, "X", "--role", "injector", "--show-link"]
    )

    assert "signs in already" in " ".join(done.output.split())
    assert "/account/password/reset/" not in done.output

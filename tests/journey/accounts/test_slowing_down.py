"""Repeated failures slow down and lock, and the counters of that are not pushed out."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from masseter.journey.accounts.models import Clinic, User
from masseter.journey.ground.rights import Role
from tests.conftest import make_actor

PASSWORD = "a long enough phrase"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.urls("tests.ui.test_pages")


@pytest.fixture
def staff(clinic: Clinic) -> User:
    cache.clear()
    user = User.objects.get(pk=make_actor(clinic, Role.MANAGER, email="mo@north.example").user_id)
    user.set_password(PASSWORD)
    user.save()
    return user


def try_in(user: User, password: str) -> str:
    """What trying to sign in comes to: in, wrong, wait."""
    client = Client()
    answer = client.post("/account/login/", {"login": user.email, "password": password})
    if "_auth_user_id" in client.session:
        return "in"
    return "wait" if "Too many tries" in answer.text else "wrong"


def test_wait_grows_with_every_failure(staff: User) -> None:
    """Two tries are free; then ten seconds, a minute, five minutes from the first."""
    with time_machine.travel(START, tick=False) as clock:
        came: list[tuple[int, str]] = []
        for seconds in (0, 1, 2, 9, 11, 12, 59, 61, 100, 290):
            clock.move_to(START + timedelta(seconds=seconds))
            came.append((seconds, try_in(staff, "wrong phrase 123")))

    assert came == [
        (0, "wrong"),
        (1, "wrong"),
        (2, "wait"),
        (9, "wait"),
        (11, "wrong"),
        (12, "wait"),
        (59, "wait"),
        (61, "wrong"),
        (100, "wrong"),
        (290, "wait"),
    ]


def test_right_password_waits_too_and_then_gets_in(staff: User) -> None:
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(3):
            try_in(staff, "wrong phrase 123")
        at_once = try_in(staff, PASSWORD)
        clock.shift(timedelta(seconds=11))
        later = try_in(staff, PASSWORD)

    assert (at_once, later) == ("wait", "in")


def test_lock_outlives_hundreds_of_other_counters(staff: User) -> None:
    """Somebody who makes counters by the hundred must not push out the one that locks an address."""
    with time_machine.travel(START, tick=False) as clock:
        for seconds in (0, 1, 12, 62, 120):
            clock.move_to(START + timedelta(seconds=seconds))
            try_in(staff, "wrong phrase 123")
        clock.shift(timedelta(seconds=70))
        for number in range(700):
            cache.set(f"zz:another:counter:{number}", [1], 300)

        assert try_in(staff, PASSWORD) == "wait"


def test_too_many_tries_say_what_to_do(clinic: Clinic) -> None:
    cache.clear()
    client = Client()

    with time_machine.travel(START, tick=False):
        answers = [client.get("/account/login/") for _ in range(1)]
        answers += [client.post("/account/login/", {}) for _ in range(61)]

    page = answers[-1]
    assert page.status_code == 429
    assert "Too many tries at once" in page.text
    assert "Wait five minutes" in page.text
    assert clinic.phone in page.text
    assert re.search(r"<h1>.*</h1>", page.text)

"""Forms that were typed when the session ended: several at once, never a stranger's, and nothing unsaid."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import User
from masseter.journey.ground.rights import Role
from masseter.ui.held import KEY, LARGEST, MOST
from tests.clinic.pages import hidden_fields, words
from tests.conftest import ActorMaker, sign_in
from tests.factories import make_patient
from tests.journey.given import DOCTOR, make_plan, migraine_case

SignedIn = Callable[..., Client]


def sent_signed_out(client: Client, url: str, **typed: str) -> str:
    """Open a form, sign out as a session that ends, and send it; answers the page that came."""
    opened = hidden_fields(client.get(url))
    user = User.objects.get(pk=client.session["_auth_user_id"])
    session = client.session
    for name in ("_auth_user_id", "_auth_user_backend", "_auth_user_hash"):
        del session[name]
    session.save()
    answer = client.post(url, {**opened, **typed}, follow=True)
    page = words(answer)  # type: ignore[arg-type]  # the test client's answer
    sign_in(client, user)
    return page


def test_form_too_long_to_keep_is_said_at_once(signed_in: SignedIn) -> None:
    client = signed_in(Role.FRONT_DESK)

    page = sent_signed_out(client, reverse("patient_add"), family_name="x" * LARGEST)

    assert "too long to be kept while you sign in" in page
    assert KEY not in client.session


def test_more_forms_than_are_kept_are_said_and_push_none_out(signed_in: SignedIn) -> None:
    client, url = signed_in(Role.FRONT_DESK), reverse("patient_add")
    for number in range(MOST):
        page = sent_signed_out(client, f"{url}?n={number}", family_name=f"Typed{number}")
        assert "could not be kept" not in page

    page = sent_signed_out(client, url, family_name="One too many")

    assert "this one could not be kept" in page
    for number in range(MOST):
        assert f"Typed{number}" in client.get(f"{url}?n={number}").content.decode()


def test_form_sent_again_takes_its_own_place(signed_in: SignedIn) -> None:
    client, url = signed_in(Role.FRONT_DESK), reverse("patient_add")
    opened = hidden_fields(client.get(url))
    user = User.objects.get(pk=client.session["_auth_user_id"])
    client.logout()
    for name in ("First", "Second"):
        client.post(url, {**opened, "family_name": name})
    sign_in(client, user)

    first, second = (client.get(url).content.decode() for _ in range(2))

    assert "Second" in first
    assert "First" not in first + second


def test_two_tabs_at_the_end_of_a_session_both_come_back(signed_in: SignedIn, actor: ActorMaker) -> None:
    client = signed_in(Role.FRONT_DESK)
    change = reverse("patient_change", args=[make_patient(actor(Role.FRONT_DESK)).pk])
    add = reverse("patient_add")

    sent_signed_out(client, add, family_name="Of the first tab")
    sent_signed_out(client, change, family_name="Of the second tab")

    assert "Of the first tab" in client.get(add).content.decode()
    assert "Of the second tab" in client.get(change).content.decode()
    assert "Of the" not in client.get(add).content.decode() + client.get(change).content.decode()


def test_old_form_is_not_given_back(signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client, url = signed_in(Role.FRONT_DESK), reverse("patient_add")
    sent_signed_out(client, url, family_name="Long ago")
    assert KEY in client.session
    monkeypatch.setattr("masseter.ui.held.KEPT_SECONDS", -1)

    assert "Long ago" not in client.get(url).content.decode()


def test_live_check_takes_no_forms_place(signed_in: SignedIn, actor: ActorMaker) -> None:
    """It is sent by the page itself, and by a tab that nobody looks at."""
    by = actor(*DOCTOR)
    plan = make_plan(by, migraine_case(by))
    client, url = signed_in(*DOCTOR), reverse("plan", args=[plan.pk])
    opened = hidden_fields(client.get(url))
    client.logout()

    client.post(reverse("plan_check", args=[plan.pk]), {**opened, "note": "Typed"})

    assert KEY not in client.session
    strict = Client(enforce_csrf_checks=True)
    strict.post(reverse("plan_check", args=[plan.pk]), {**opened, "note": "Typed"})
    assert KEY not in strict.session

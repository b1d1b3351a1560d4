"""The demo clinic, whose passwords and codes everybody knows."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from masseter.cli.demo import play
from masseter.cli.serve import demo
from masseter.cli.service import NotReady
from masseter.journey.accounts.demo import DEMO_STAFF, PASSWORD
from masseter.journey.accounts.models import Clinic, User


def test_demo_is_refused_in_production(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.IS_PRODUCTION = True
    asked: list[str] = []
    for name in ("is_loaded", "load"):
        monkeypatch.setattr(play, name, lambda name=name: asked.append(name))

    with pytest.raises(NotReady, match="not loaded in production"):
        demo()

    assert asked == []


def test_demo_is_loaded_elsewhere(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.IS_PRODUCTION = False
    asked: list[str] = []
    monkeypatch.setattr(play, "is_loaded", lambda: False)
    monkeypatch.setattr(play, "load", lambda: asked.append("load"))
    monkeypatch.setattr(play, "print_sign_ins", lambda console: asked.append("print"))

    demo()

    assert asked == ["load", "print"]


def test_people_of_the_demo_sign_in_as_shown_and_get_no_letter(
    clinic: Clinic, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        company = play._company(clinic)

    people = User.objects.filter(email__in=[person.email for person in DEMO_STAFF])
    assert company.injector.clinic_id == clinic.pk
    assert len(people) == len(DEMO_STAFF)
    assert all(person.check_password(PASSWORD) for person in people)
    assert Authenticator.objects.filter(user__in=people, type="totp").count() == len(DEMO_STAFF)
    assert mail.outbox == []

"""A thought of self-harm in a questionnaire that staff fill in: the page does not let it go unseen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker
from tests.factories import make_case
from tests.journey.given import DOCTOR

SignIn = Callable[..., Client]
REST = ("interest", "low", "sleep", "tired", "appetite", "failure", "focus", "slow")


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


def test_sign_is_shown_before_and_after_the_score_is_saved(signed_in: SignIn, by: Actor) -> None:
    client, case = signed_in(*DOCTOR), make_case(by)
    url, day = reverse("score_add", args=[case.pk, "phq9"]), clock.today(by.zone).isoformat()

    looked = send(client, url, {"harm": "1", "day": day, "look": "1"})
    saved = send(client, url, {"harm": "1", **dict.fromkeys(REST, "0"), "day": day})

    assert "Suicidal thoughts or severe distress" in words(looked)
    after = client.get(saved.headers["Location"])
    assert "Do not let this person go unseen" in words(after)  # type: ignore[arg-type]  # the test client's answer

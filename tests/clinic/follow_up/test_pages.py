"""The pages of the follow-up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.follow_up.models import Recall, Review
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.inject.models import Treatment
from tests.clinic.pages import hidden_fields, queries_of, send, words
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR
from tests.journey.treated import treated

SignIn = Callable[..., Client]
SAID = {
    "effect": "Half of the headaches are gone.",
    "asked": "none",
    "wish": "yes",
    "reason": "The open questions were talked through.",
}


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def client(signed_in: SignIn) -> Client:
    return signed_in(*DOCTOR)


@pytest.fixture
def treatment(by: Actor) -> Treatment:
    return treated(by)


def test_review_sent_empty_names_every_open_field(client: Client, treatment: Treatment) -> None:
    sent = send(client, reverse("review_add", args=[treatment.case_id]), {})

    assert sent.status_code == 422
    assert sent.content.decode().count("This field is required") >= 4
    assert Review.objects.count() == 0


def test_review_shows_the_recommendation_for_what_was_typed(client: Client, treatment: Treatment) -> None:
    url = reverse("review_add", args=[treatment.case_id])
    before = words(client.get(url))  # type: ignore[arg-type]  # the test client's answer

    shown = client.post(url, {**hidden_fields(client.get(url)), **SAID, "look": "1"})  # type: ignore[arg-type]  # the test client's answer

    text = words(shown)  # type: ignore[arg-type]  # the test client's answer
    assert "Ask first" in before
    assert "Repeat the treatment" in text
    assert SAID["effect"] in text
    assert Review.objects.count() == 0


def test_review_inside_the_interval_is_refused_with_the_earliest_day(
    client: Client, treatment: Treatment
) -> None:
    url = reverse("review_add", args=[treatment.case_id])

    sent = send(client, url, {**SAID, "decision": "repeat", "next_due_on": "2100-01-01"})
    early = send(client, url, {**SAID, "decision": "repeat", "next_due_on": "2000-01-01"})

    assert sent.status_code == 302
    assert early.status_code == 422
    assert "This day lies in the past." in words(early)


def test_review_is_kept_and_opens_a_recall(client: Client, treatment: Treatment) -> None:
    url = reverse("review_add", args=[treatment.case_id])

    send(client, url, {**SAID, "decision": "repeat", "next_due_on": "2100-01-01"})

    review, recall = Review.objects.get(), Recall.objects.get()
    page = words(client.get(reverse("review", args=[review.pk])))  # type: ignore[arg-type]  # the test client's answer
    assert "Plan the next cycle" in page
    assert str(recall.patient) in words(client.get(reverse("recalls")))  # type: ignore[arg-type]  # the test client's answer


def test_recall_dropped_needs_a_reason(client: Client, treatment: Treatment) -> None:
    send(
        client,
        reverse("review_add", args=[treatment.case_id]),
        {**SAID, "decision": "repeat", "next_due_on": "2100-01-01"},
    )
    url = reverse("recall", args=[Recall.objects.get().pk])

    empty = send(client, url, {"state": "dropped", "note": ""})
    send(client, url, {"state": "dropped", "note": "Moved away."})

    assert empty.status_code == 422
    assert Recall.objects.get().state == "dropped"
    assert "Moved away." in words(client.get(reverse("recalls") + "?show=closed"))  # type: ignore[arg-type]  # the test client's answer


def test_front_desk_sees_recalls_and_no_review(signed_in: SignIn, treatment: Treatment) -> None:
    desk = signed_in(Role.FRONT_DESK)

    assert desk.get(reverse("recalls")).status_code == 200
    assert desk.get(reverse("review_add", args=[treatment.case_id])).status_code == 403


def test_follow_up_pages_stay_within_the_queries(client: Client, treatment: Treatment) -> None:
    assert queries_of(client, reverse("review_add", args=[treatment.case_id])) <= 25
    assert queries_of(client, reverse("recalls")) <= 25

"""The recall list by wear-off: whose effect is likely to be gone first stands first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.follow_up.actions import hold_review
from masseter.journey.follow_up.due_days import due_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.results.wear_off_actions import tell_wear_off
from tests.clinic.pages import queries_of
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR
from tests.journey.treated import treated

SignIn = Callable[..., Client]


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


def recalled(by: Actor, *, days_ago: int, later: int, decision: str = "repeat") -> Treatment:
    """Treated so many days ago, to be called so many days after the earliest day."""
    treatment = treated(by, days_ago=days_ago)
    due = due_of(by, treatment.case, treatment)
    assert due is not None
    hold_review(
        by=by,
        case=treatment.case,
        effect="Better.",
        asked="none",
        wish="yes",
        decision=decision,
        reason="Talked through.",
        next_due_on=max(due.earliest, clock.today(by.zone)) + timedelta(days=later),
    )
    return treatment


def names(client: Client, query: str = "") -> list[str]:
    return [row.name for row in client.get(reverse("recalls") + query).context["rows"]]


def test_whose_effect_is_gone_first_stands_first_and_due_days_can_be_had(
    signed_in: SignIn, by: Actor
) -> None:
    early = recalled(by, days_ago=80, later=60)
    late = recalled(by, days_ago=40, later=0)
    client = signed_in(*DOCTOR)

    assert names(client) == [str(early.patient), str(late.patient)]
    assert names(client, "?by=due") == [str(late.patient), str(early.patient)]


def test_look_after_a_pause_keeps_its_own_day(signed_in: SignIn, by: Actor) -> None:
    recalled(by, days_ago=80, later=5, decision="pause")

    (row,) = signed_in(*DOCTOR).get(reverse("recalls")).context["rows"]

    assert row.is_look
    assert not row.wear_off


@pytest.mark.parametrize(("ago", "more"), [(20, ""), (56, " or earlier")])
def test_day_that_the_patient_told_stands_as_told(signed_in: SignIn, by: Actor, ago: int, more: str) -> None:
    treatment = recalled(by, days_ago=80, later=5)
    told = clock.today(by.zone) - timedelta(days=ago)
    tell_wear_off(by=by, case=treatment.case, answer="worn_off", worn_off_on=told)

    (row,) = signed_in(*DOCTOR).get(reverse("recalls")).context["rows"]

    assert row.wear_off.replace("\u00a0", " ") == f"since {told.day} {told:%b %Y}{more}, by own word"
    assert not row.is_population
    assert not row.is_uncertain


def test_list_asks_no_more_for_many(signed_in: SignIn, by: Actor) -> None:
    client = signed_in(*DOCTOR)
    recalled(by, days_ago=80, later=0)
    few = queries_of(client, reverse("recalls"))

    recalled(by, days_ago=70, later=0)
    recalled(by, days_ago=60, later=0)

    assert queries_of(client, reverse("recalls")) == few

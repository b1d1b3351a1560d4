"""Planned against given: one part of the record says what was done otherwise, and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.inject.models import Treatment
from tests.clinic.cycles.cases import WHY, given_otherwise
from tests.clinic.pages import words
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, make_treatment, migraine_case

SignIn = Callable[..., Client]


@pytest.fixture
def treatment(clinic: Clinic, actor: ActorMaker) -> Treatment:
    by = actor(*DOCTOR)
    return given_otherwise(by, migraine_case(by))


def expected(treatment: Treatment) -> list[str]:
    less, moved = treatment.points.all()[:2]
    return [
        "28 of 31 planned points given as planned",
        f"2.5 less: 5 units planned, 2.5 units given. Reason: {WHY}",
        f"Moved by 4 mm. Reason: {WHY}",
        "Not given: 5 units planned. Reason: A bruise there.",
        less.label,
        moved.label,
    ]


@pytest.mark.parametrize("page", ["treatment", "plan"])
def test_departures_are_told_on_record_and_plan(treatment: Treatment, signed_in: SignIn, page: str) -> None:
    pk = treatment.pk if page == "treatment" else treatment.plan_id

    told = words(signed_in(*DOCTOR).get(reverse(page, args=[pk])))

    for line in expected(treatment):
        assert line in told, line


@pytest.mark.parametrize("page", ["treatment", "plan"])
def test_plan_is_hollow_and_what_was_given_filled(treatment: Treatment, signed_in: SignIn, page: str) -> None:
    pk = treatment.pk if page == "treatment" else treatment.plan_id

    html = signed_in(*DOCTOR).get(reverse(page, args=[pk])).content.decode()

    assert html.count('class="fm-point fm-planned"') == 31
    assert html.count('class="fm-point fm-given"') == 30
    assert 'data-fm-state="planned"' in html
    assert 'data-fm-state="given"' in html
    assert "planned: ring, with units" in html


def test_treatment_as_planned_says_so(clinic: Clinic, actor: ActorMaker, signed_in: SignIn) -> None:
    treatment = make_treatment(actor(*DOCTOR))

    told = words(signed_in(*DOCTOR).get(reverse("treatment", args=[treatment.pk])))

    assert "31 of 31 planned points given as planned. Nothing was done otherwise." in told

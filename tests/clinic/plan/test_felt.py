"""The next plan opens with what the patient felt: told, put aside, never followed by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from masseter.core.plan.places import Area
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import given_points
from masseter.journey.plan.actions import draft_plan
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from masseter.journey.recover.felt_actions import mark_felt, take_back_mark
from masseter.journey.recover.models import FeltMark, PutAside
from tests.clinic.inject.test_flow import fields
from tests.clinic.pages import words
from tests.conftest import ActorMaker
from tests.factories import actor_of_patient, make_portal_patient
from tests.journey.given import DOCTOR
from tests.journey.treated import treated

SignIn = Callable[..., Client]
HEAD = "What the patient felt last time"


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def given(by: Actor) -> Treatment:
    return treated(by, days_ago=100, patient=make_portal_patient(by))


@pytest.fixture
def mark(given: Treatment) -> FeltMark:
    by = actor_of_patient(given.patient)
    return mark_felt(by=by, treatment=given, kind="more", area=Area(site="procerus", side="midline"))


@pytest.fixture
def plan(by: Actor, given: Treatment, mark: FeltMark) -> Plan:
    protocol, points = given.plan.protocol, given_points(given)
    return draft_plan(by=by, case=given.case, protocol=protocol, product=given.product, points=points)


def test_suggestion_names_the_nearest_point_and_what_was_given_and_changes_no_dose(
    signed_in: SignIn, plan: Plan, given: Treatment
) -> None:
    page = signed_in(*DOCTOR).get(reverse("plan", args=[plan.pk]))

    told, html = words(page), page.content.decode()  # type: ignore[arg-type]  # the test client's answer
    near = next(point for point in given_points(given) if point.site == "procerus")
    assert f"{HEAD} Marked by the patient" in told
    assert "More here: Procerus" in told
    assert f"Nearest point: {near.id}, Procerus" in told
    assert f"given there: {near.units} " in told
    assert f'href="#dose-{near.id}"' in html
    assert f'id="dose-{near.id}"' in html
    assert 'data-felt="more"' in html
    assert [point.units for point in stored_points(plan)] == [point.units for point in given_points(given)]


def test_mark_put_aside_is_gone_from_this_plan_and_stays_on_the_record(
    signed_in: SignIn, plan: Plan, mark: FeltMark, given: Treatment
) -> None:
    browser, url = signed_in(*DOCTOR), reverse("plan", args=[plan.pk])
    sent = fields(browser.get(url).content.decode())

    browser.post(url, {**sent, "do": f"aside:{mark.pk}", "point-0-units": "4"})

    assert PutAside.objects.get().mark_id == mark.pk
    assert HEAD not in words(browser.get(url))  # type: ignore[arg-type]  # the test client's answer
    assert str(stored_points(Plan.objects.get(pk=plan.pk))[0].units) == "4"
    record = browser.get(reverse("treatment", args=[given.pk]))
    assert "More here: Procerus" in words(record)  # type: ignore[arg-type]  # the test client's answer
    assert 'data-felt="more"' in record.content.decode()
    beside = browser.get(reverse("compare", args=[given.case_id])).content.decode()
    assert 'data-felt="more"' in beside
    assert "felt: would like more here" in beside


def test_mark_that_is_not_there_is_not_put_aside(signed_in: SignIn, plan: Plan) -> None:
    browser, url = signed_in(*DOCTOR), reverse("plan", args=[plan.pk])
    sent = fields(browser.get(url).content.decode())

    for wish in ("aside:", "aside:x", "aside:999999", f"aside:{'9' * 30}"):
        assert browser.post(url, {**sent, "do": wish}).status_code in (404, 422), wish

    assert not PutAside.objects.exists()


def test_point_that_is_not_in_the_plan_has_no_link(signed_in: SignIn, by: Actor, plan: Plan) -> None:
    from masseter.journey.plan.actions import change_plan
    from tests.journey.given import drawing_of

    left = [replace(point) for point in stored_points(plan) if point.site != "procerus"]
    change_plan(by=by, plan=plan, points=left, drawing=drawing_of(plan))

    told = words(signed_in(*DOCTOR).get(reverse("plan", args=[plan.pk])))  # type: ignore[arg-type]  # the test client's answer

    assert "This point is not in the plan." in told


def test_mark_taken_back_is_suggested_no_more_and_told_as_such(
    signed_in: SignIn, plan: Plan, mark: FeltMark, given: Treatment
) -> None:
    take_back_mark(by=actor_of_patient(given.patient), mark=mark)
    browser = signed_in(*DOCTOR)

    assert HEAD not in words(browser.get(reverse("plan", args=[plan.pk])))  # type: ignore[arg-type]  # the test client's answer
    record = browser.get(reverse("treatment", args=[given.pk]))
    assert "taken back" in words(record)  # type: ignore[arg-type]  # the test client's answer
    assert 'data-felt="more"' not in record.content.decode()
    first = browser.get(reverse("plan", args=[given.plan_id]))
    assert HEAD not in words(first)  # type: ignore[arg-type]  # the test client's answer

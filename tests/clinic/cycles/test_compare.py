"""Two treatments, or the plan and a treatment, side by side: what differs, by muscle and by point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.plan.actions import change_plan, choose_product
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from tests.clinic.cycles.cases import as_rows
from tests.clinic.pages import queries_of, words
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, approved_plan, drawing_of, make_plan, make_treatment

SignIn = Callable[..., Client]


@pytest.fixture
def by(clinic: Clinic, actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def treatment(by: Actor) -> Treatment:
    return make_treatment(by, approved_plan(by))


@pytest.fixture
def draft(by: Actor, treatment: Treatment) -> Plan:
    """The plan for the second cycle, with one point more, one moved, one gone."""
    plan = make_plan(by, treatment.case)
    first, second, _, *rest = stored_points(plan)
    points = (replace(first, units=Decimal(8)), replace(second, y=second.y + 20), *rest)
    return change_plan(
        by=by, plan=plan, points=points, drawing=drawing_of(plan), off_label_reason="", reasons={}
    )


def page_of(treatment: Treatment, **asked: str) -> str:
    query = "&".join(f"{name}={code}" for name, code in asked.items())
    return f"{reverse('compare', args=[treatment.case_id])}?{query}"


def test_code_that_is_no_choice_is_not_there(treatment: Treatment, draft: Plan, signed_in: SignIn) -> None:
    browser = signed_in(*DOCTOR)

    for code in ("t999999", "x1", f"p{draft.pk}0", "t"):
        assert browser.get(page_of(treatment, before=code)).status_code == 404, code


def test_one_treatment_alone_says_what_is_missing(treatment: Treatment, signed_in: SignIn) -> None:
    told = words(signed_in(*DOCTOR).get(page_of(treatment)))

    assert "Nothing to compare yet" in told


def test_plan_stands_beside_the_last_treatment_with_what_differs(
    treatment: Treatment, draft: Plan, signed_in: SignIn
) -> None:
    page = signed_in(*DOCTOR).get(page_of(treatment))

    told, html = words(page), page.content.decode()
    assert "28 the same, 1 moved, 1 more, 1 dropped" in told
    assert "In all 155, then 153" in told
    assert "moved by 10 mm" in told
    assert html.count('class="y-pair"') == 4
    assert html.count('class="fm-point fm-given"') == 31
    assert html.count('class="fm-point fm-planned"') == 30
    assert page.content.decode().count(f'value="t{treatment.pk}" selected') == 1


def test_older_and_newer_can_be_chosen_either_way(
    treatment: Treatment, draft: Plan, signed_in: SignIn
) -> None:
    browser = signed_in(*DOCTOR)

    told = words(browser.get(page_of(treatment, before=f"p{draft.pk}", after=f"t{treatment.pk}")))

    assert "The newer of the two stands first" in told
    assert "1 less" in told
    assert "1 new" in told


def test_units_of_two_products_stand_beside_each_other_without_a_difference(
    by: Actor, treatment: Treatment, draft: Plan, signed_in: SignIn
) -> None:
    choose_product(by=by, plan=draft, product="dysport")

    page = signed_in(*DOCTOR).get(page_of(treatment))

    told = words(page)
    assert "Botox then, Dysport now" in told
    assert "no difference is shown" in told
    for word in (" more", " less", "In all"):
        assert word not in told.partition("Side by side")[2].replace("more than", ""), word


def test_page_asks_no_more_of_the_database_for_many_cycles(
    treatment: Treatment, draft: Plan, signed_in: SignIn
) -> None:
    browser = signed_in(*DOCTOR)
    one = queries_of(browser, page_of(treatment))

    for cycle in range(2, 8):
        as_rows(treatment, days_ago=cycle * 90, cycle=cycle)

    assert queries_of(browser, page_of(treatment)) == one
    assert one <= 25

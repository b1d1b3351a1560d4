"""The last treatment under today's plan: drawn as ghosts, and told point by point as the plan is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from masseter.clinic.plan.against import OTHER_MAP, against
from masseter.core.plan.compare import MappedPoints
from masseter.core.plan.types import PlannedPoint
from masseter.journey.accounts.models import Clinic
from masseter.journey.inject.models import Treatment
from masseter.journey.plan.actions import choose_product, draft_plan
from masseter.journey.plan.models import Plan
from tests.clinic.inject.test_flow import fields
from tests.clinic.pages import words
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, approved_plan, make_treatment

SignIn = Callable[..., Client]


@pytest.fixture
def second(clinic: Clinic, actor: ActorMaker, signed_in: SignIn) -> tuple[Client, Plan, Treatment]:
    """A browser, and the draft of a second cycle."""
    by = actor(*DOCTOR)
    treatment = make_treatment(by, approved_plan(by))
    plan = draft_plan(by=by, case=treatment.case, protocol="migraine_label_155_botox")
    return signed_in(*DOCTOR), plan, treatment


def test_first_plan_is_held_against_nothing(clinic: Clinic, actor: ActorMaker, signed_in: SignIn) -> None:
    plan = approved_plan(actor(*DOCTOR))

    page = signed_in(*DOCTOR).get(reverse("plan", args=[plan.pk]))

    assert "fm-ghost" not in page.content.decode()
    assert "Against " not in words(page)


def test_last_treatment_lies_under_the_draft_and_can_be_hidden(
    second: tuple[Client, Plan, Treatment],
) -> None:
    browser, plan, treatment = second

    page = browser.get(reverse("plan", args=[plan.pk]))

    html = page.content.decode()
    assert html.count('class="fm-point fm-ghost') == treatment.points.count()
    assert 'data-fm-state="ghost"' in html
    assert f"Against {treatment.given_at:%-d %B %Y}" in words(page)
    assert "31 the same. In all 155 then, 155" in words(page)
    assert "Every point and dose is as it was given then" in words(page)


def test_live_check_tells_what_the_typed_plan_changes(second: tuple[Client, Plan, Treatment]) -> None:
    browser, plan, _ = second
    sent = fields(browser.get(reverse("plan", args=[plan.pk])).content.decode())
    x = float(str(sent["point-1-x"]))
    typed = {"point-0-units": "7.5", "point-1-x": str(x + 8), "point-2-remove": "1"}

    told = words(browser.post(reverse("plan_check", args=[plan.pk]), {**sent, **typed}))

    assert "28 the same, 1 moved, 1 more, 1 dropped. In all 155 then, 152.5" in told
    assert "2.5 more : 5 then, 7.5 now" in told
    assert "Moved by 4 mm : 5 then, 5 now" in told
    assert "Dropped : had 5 units" in told


def test_plan_with_another_product_is_shown_beside_and_never_subtracted(
    second: tuple[Client, Plan, Treatment], actor: ActorMaker
) -> None:
    browser, plan, _ = second
    choose_product(by=actor(*DOCTOR), plan=plan, product="dysport")

    told = words(browser.get(reverse("plan", args=[plan.pk])))

    assert "Botox then, Dysport now" in told
    assert "no difference is shown" in told
    assert "In all 155 then" not in told


def test_plan_that_was_given_is_not_held_against_itself(
    second: tuple[Client, Plan, Treatment],
) -> None:
    browser, _, treatment = second

    page = browser.get(reverse("plan", args=[treatment.plan_id]))

    assert "fm-ghost" not in page.content.decode()
    assert "Against " not in words(page)


def test_view_that_was_redrawn_is_not_measured() -> None:
    """Edition 4 draws the mouth, which edition 3 did not have; the other views stayed as they were."""
    here = PlannedPoint(
        id="MASS-L-1", site="masseter", side="left", number="1", view="left", x=Decimal(9), y=Decimal(9)
    )
    inside = replace(here, view="mouth")

    def notes(one: PlannedPoint, version: str) -> list[str]:
        then = MappedPoints(points=(one,), product="botox", map_version=version)
        return against(then, MappedPoints(points=(one,), product="botox", map_version="4")).notes

    assert notes(here, "3") == notes(here, "4") == notes(inside, "4") == []
    assert notes(inside, "3") == [OTHER_MAP]

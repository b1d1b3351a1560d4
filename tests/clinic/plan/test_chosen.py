"""The buttons of the list as a plain form: ticked points get a dose, a depth, a place, an image, or go."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from masseter.core.plan.types import PlannedPoint
from masseter.journey.accounts.models import Clinic
from masseter.journey.plan.actions import draft_plan
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from tests.clinic.inject.test_flow import fields
from tests.clinic.pages import words
from tests.conftest import ActorMaker
from tests.factories import make_ready_case
from tests.journey.given import DOCTOR, healthy, make_lot

LEFT, RIGHT = ("MASS-L-1", "MASS-L-2"), ("MASS-R-1",)


@dataclass
class Draft:
    """A draft on its page, and the hand that ticks and presses."""

    plan: Plan
    browser: Client

    @property
    def url(self) -> str:
        return reverse("plan", args=[self.plan.pk])

    def points(self) -> dict[str, PlannedPoint]:
        return {point.id: point for point in stored_points(Plan.objects.get(pk=self.plan.pk))}

    def press(self, do: str, *ticked: str, **typed: str) -> HttpResponse:
        sent = fields(self.browser.get(self.url).content.decode())
        numbers = {name.split("-")[1] for name, value in sent.items() if value in ticked}
        ticks = {f"point-{number}-pick": "1" for number in numbers}
        return self.browser.post(self.url, {**sent, **ticks, "do": do, **typed}, follow=True)


@pytest.fixture
def draft(clinic: Clinic, actor: ActorMaker, signed_in: Callable[..., Client]) -> Draft:
    by = actor(*DOCTOR)
    make_lot(by)
    case = make_ready_case(by, condition="bruxism", diagnosis="sleep_bruxism", **healthy())
    plan = draft_plan(by=by, case=case, protocol="bruxism_low_botox")
    return Draft(plan=plan, browser=signed_in(*DOCTOR))


def test_nothing_is_done_without_a_tick_or_with_what_cannot_be(draft: Draft) -> None:
    before = draft.points()

    assert "Tick the points first." in words(draft.press("pick_remove"))
    assert "units" in words(draft.press("pick_units", *LEFT, pick_value="many"))
    assert "Choose a depth of the list." in words(draft.press("pick_depth", *LEFT, pick_depth_to="abyssal"))
    assert "how far" in words(draft.press("pick_up", *LEFT, pick_mm="90"))
    assert draft.points() == before


def test_ticked_points_are_changed_and_no_other(draft: Draft) -> None:
    before = draft.points()

    page = draft.press("pick_units", *LEFT, pick_value="7")
    draft.press("pick_depth", *LEFT, pick_depth_to="deep")
    draft.press("pick_down", *LEFT, *RIGHT, pick_mm="5")
    draft.press("pick_in", *LEFT, *RIGHT, pick_mm="1")

    after = draft.points()
    assert [after[name].units for name in LEFT] == [7, 7]
    assert {after[name].depth for name in LEFT} == {"Deep: down to the layer at the bone."}
    assert after["MASS-R-1"].units == before["MASS-R-1"].units
    assert after["MASS-R-1"].depth == before["MASS-R-1"].depth
    assert after["MASS-L-1"].y - before["MASS-L-1"].y == after["MASS-R-1"].y - before["MASS-R-1"].y == 10
    assert before["MASS-L-1"].x - after["MASS-L-1"].x == after["MASS-R-1"].x - before["MASS-R-1"].x == 2
    assert {name: point for name, point in after.items() if name not in (*LEFT, *RIGHT)} == {
        name: point for name, point in before.items() if name not in (*LEFT, *RIGHT)
    }
    html = page.content.decode()
    assert "The doses of the chosen points are changed." in words(page)
    assert html.count('-pick" value="1" aria-label') == len(before) + 1, "and the pattern of a new row"
    ticked = re.findall(r'-pick" value="1" aria-label="Choose ([\w-]+)" autocomplete="off" checked', html)
    assert sorted(ticked) == [*LEFT], "what was ticked stays ticked"


def test_chosen_depth_is_shown_stays_and_goes_back_to_the_schemes(draft: Draft) -> None:
    usual = draft.points()["MASS-L-1"].depth

    page = draft.press("pick_depth", *LEFT, pick_depth_to="superficial")
    draft.press("save")
    assert draft.points()["MASS-L-1"].depth == "Superficial: into the layer just under the skin."
    assert "MASS-L-1 goes superficial, as chosen" in words(page)

    draft.press("pick_depth", *LEFT, pick_depth_to="")
    assert draft.points()["MASS-L-1"].depth == usual


def test_points_are_mirrored_put_back_and_removed(draft: Draft) -> None:
    home = draft.points()["MASS-L-1"]
    draft.press("pick_up", "MASS-L-1", pick_mm="5")
    draft.press("pick_units", "MASS-L-1", pick_value="2.5")
    draft.press("pick_mirror", "MASS-L-1")

    left, right = draft.points()["MASS-L-1"], draft.points()["MASS-R-1"]
    assert (right.units, right.y, right.view) == (Decimal("2.5"), left.y, "right")

    draft.press("pick_standard", "MASS-L-1")
    assert draft.points()["MASS-L-1"].y == home.y != draft.points()["MASS-R-1"].y

    draft.press("pick_remove", *LEFT)
    assert not {*LEFT} & {*draft.points()}


def test_check_says_units_beside_range_and_limit_and_what_is_drawn(draft: Draft) -> None:
    sent = fields(draft.browser.get(draft.url).content.decode())
    name = next(name.replace("-id", "-units") for name, value in sent.items() if value == "MASS-L-1")

    answer = draft.browser.post(reverse("plan_check", args=[draft.plan.pk]), {**sent, name: "99"})

    said, html = words(answer), answer.content.decode()
    assert "≠ sides differ" in said
    assert "above scheme" in said
    assert "product’s limit" in said
    assert '"MASS-L-1": {"ml": "' in html
    assert '"severity": "caution"' in html

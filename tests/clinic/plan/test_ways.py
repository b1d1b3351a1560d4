"""Route and depth of a scheme stay with its points, from the proposal through the form to the page."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.plan.actions import draft_plan
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from tests.clinic.inject.test_flow import fields
from tests.clinic.pages import words
from tests.conftest import ActorMaker
from tests.factories import make_ready_case
from tests.journey.given import DOCTOR, healthy, make_lot


def test_points_under_the_skin_stay_there_when_the_draft_is_saved(
    clinic: Clinic, actor: ActorMaker, signed_in: Callable[..., Client]
) -> None:
    by = actor(*DOCTOR)
    make_lot(by)
    known = {**healthy(), "divisions_left": ("v2",)}
    case = make_ready_case(by, condition="trigeminal_neuralgia", diagnosis="trigeminal_neuralgia", **known)
    plan = draft_plan(by=by, case=case, protocol="tn_subcutaneous_forty_botox", affected_side="left")
    browser, url = signed_in(*DOCTOR), reverse("plan", args=[plan.pk])

    page = browser.get(url)
    sent = fields(page.content.decode())
    browser.post(url, {**sent, "do": "add", "add_site": "skin_v2", "add_side": "left"})

    points = stored_points(Plan.objects.get(pk=plan.pk))
    assert "Subcutaneous. Under the skin and no deeper" in words(page)
    assert len(points) > 8
    assert {point.route for point in points} == {"subcutaneous"}

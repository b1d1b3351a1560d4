"""What of the standard scheme is left out, and why, stands on the page of the plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from masseter.clinic.plan.left_out import LeftOutLine, left_out_lines
from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.plan.models import Plan
from tests.clinic.pages import queries_of, words
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, make_plan, migraine_case

SUMMARY = "Left out of the standard scheme"


def kept(*rows: tuple[str, str, str, list[str]]) -> Plan:
    """A plan, not saved, that left this out."""
    named = ("site", "side", "reason", "points")
    return Plan(left_out=[dict(zip(named, row, strict=True)) for row in rows])


def test_point_that_was_added_since_is_left_out_no_more() -> None:
    plan = kept(("temporalis", "left", "Optional.", ["TEMP-L-5"]))

    assert left_out_lines(plan, {"TEMP-L-5"}) == []


def test_both_sides_with_one_reason_stand_in_one_line() -> None:
    plan = kept(
        ("temporalis", "left", "Optional.", ["TEMP-L-5"]),
        ("temporalis", "right", "Optional.", ["TEMP-R-5"]),
        ("procerus", "midline", "Optional.", ["PROC-M-1"]),
    )

    assert left_out_lines(plan, set()) == [
        LeftOutLine(name="Temporalis, left and right", points="TEMP-L-5, TEMP-R-5", reason="Optional."),
        LeftOutLine(name="Procerus", points="PROC-M-1", reason="Optional."),
    ]


@pytest.mark.parametrize("state", [Plan.State.DRAFT, Plan.State.WITHDRAWN])
def test_plan_page_says_what_is_left_out_and_why(
    clinic: Clinic, actor: ActorMaker, signed_in: Callable[..., Client], state: Plan.State
) -> None:
    by = actor(*DOCTOR)
    plan = make_plan(by, migraine_case(by), "migraine_follow_pain_botox")
    if state == Plan.State.WITHDRAWN:
        plan.state, plan.withdrawn_at = state, clock.now()
        plan.withdrawn_by_name, plan.withdrawn_reason = "Dr One", "Another day."
        plan.save()
    browser = signed_in(*DOCTOR)

    text = words(browser.get(reverse("plan", args=[plan.pk])))

    assert f"{SUMMARY} (3)" in text
    assert "Only where it hurts" in text
    assert queries_of(browser, reverse("plan", args=[plan.pk])) <= 25


def test_plan_that_leaves_nothing_out_says_nothing(
    clinic: Clinic, actor: ActorMaker, signed_in: Callable[..., Client]
) -> None:
    by = actor(*DOCTOR)
    plan = make_plan(by, migraine_case(by))

    assert SUMMARY not in words(signed_in(*DOCTOR).get(reverse("plan", args=[plan.pk])))

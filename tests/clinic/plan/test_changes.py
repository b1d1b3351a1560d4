"""What of the standard scheme is left out, and why, stands on the page of the plan."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from masseter.clinic.plan.changes import LeftOutLine, LoweredLine, left_out_lines, lowered_lines
from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from tests.clinic.inject.test_flow import fields
from tests.clinic.pages import queries_of, words
from tests.clinic.plan.test_words import point
from tests.conftest import ActorMaker
from tests.factories import make_ready_case
from tests.journey.given import DOCTOR, healthy, make_plan, migraine_case

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


def lowered(now: str, **units: str | None) -> list[LoweredLine]:
    """The lines of a plan that was drafted with two masseter points lowered from 10, as its doses are now."""
    plan = Plan(
        product="botox",
        lowered=[
            {
                "site": "masseter",
                "side": side,
                "points": [f"MASS-{side[0].upper()}-1"],
                "was": "10",
                "now": now,
                "reasons": [
                    {"code": "small-masseter", "sentence": "Small.", "sources": ["L1"], "sure": "design"}
                ],
            }
            for side in ("left", "right")
        ],
    )
    points = [
        replace(point(side="left" if name == "left" else "right"), id=f"MASS-{name[0].upper()}-1", units=dose)
        for name, text in units.items()
        for dose in [None if text is None else Decimal(text)]
    ]
    return lowered_lines(plan, points)


def test_dose_that_was_raised_again_or_emptied_is_no_longer_called_lowered() -> None:
    assert lowered("5", left="10", right=None) == []


def test_both_sides_that_are_lowered_alike_stand_in_one_line_with_their_reason() -> None:
    (line,) = lowered("5", left="5", right="4")

    assert (line.name, line.dose) == ("Masseter, left and right", "10 → 5 units Botox a point")
    assert [(why.sentence, why.sure, len(why.sources)) for why in line.reasons] == [("Small.", "design", 1)]


def test_plan_for_a_small_muscle_shows_why_it_is_lower(
    clinic: Clinic, actor: ActorMaker, signed_in: Callable[..., Client]
) -> None:
    by = actor(*DOCTOR)
    known = {**healthy(), "small_muscles": ("masseter",)}
    case = make_ready_case(by, condition="tmd", diagnosis="myalgia", **known)
    plan = make_plan(by, case, "tmd_low_botox")
    browser, url = signed_in(*DOCTOR), reverse("plan", args=[plan.pk])

    page = browser.get(url)
    text = words(page)

    assert "Lowered for this patient (1)" in text
    assert "10 → 5 units Botox a point." in text
    assert "Small masseter" in text
    assert "(our choice)" in text
    assert {p.units for p in stored_points(plan) if p.site == "masseter"} == {Decimal(5)}
    assert queries_of(browser, url) <= 25


def test_plan_names_what_is_not_known_and_could_lower_it(
    clinic: Clinic, actor: ActorMaker, signed_in: Callable[..., Client]
) -> None:
    by = actor(*DOCTOR)
    plan = make_plan(by, migraine_case(by, neck_weakness=None))

    text = words(signed_in(*DOCTOR).get(reverse("plan", args=[plan.pk])))

    assert "Not known, and could lower the proposal" in text
    assert "Low brow or drooping lid" in text


def test_one_side_can_be_chosen_for_a_scheme_of_two(
    clinic: Clinic, actor: ActorMaker, signed_in: Callable[..., Client]
) -> None:
    by = actor(*DOCTOR)
    case = make_ready_case(by, condition="bruxism", diagnosis="sleep_bruxism", **healthy())
    browser, url = signed_in(*DOCTOR), reverse("plan_new", args=[case.pk])

    text = words(browser.get(url))
    sent = {"protocol": "bruxism_low_botox", "affected_side": "right", "one_sided": "on"}
    browser.post(url, sent)

    assert "This side alone, also where the scheme treats both sides" in text
    assert {p.side for p in stored_points(Plan.objects.get(case=case))} == {"right"}


def test_optional_muscle_that_hurts_is_added_to_a_draft_with_its_share_of_the_pool(
    clinic: Clinic, actor: ActorMaker, signed_in: Callable[..., Client]
) -> None:
    by = actor(*DOCTOR)
    case = migraine_case(by, pain_sites_left=("trapezius",), pain_sites_right=("trapezius",))
    plan = make_plan(by, case, "migraine_follow_pain_botox")
    browser, url = signed_in(*DOCTOR), reverse("plan", args=[plan.pk])
    html = browser.get(url).content.decode()

    buttons = re.findall(r'value="(include:[^"]*)"', html)
    browser.post(url, {**fields(html), "do": buttons[0]})

    assert buttons == ["include:trapezius:left,right"]
    points = {p.id: p.units for p in stored_points(Plan.objects.get(pk=plan.pk))}
    added = {name for name in points if name.startswith("TRAP") and name[-1] in "4567"}
    assert added == {"TRAP-L-4", "TRAP-L-5", "TRAP-R-4", "TRAP-R-5"}
    assert {points[name] for name in added} == {Decimal(5)}
    assert "Trapezius, upper part, left and right" not in words(browser.get(url)).partition("Left out")[2]


@pytest.mark.parametrize("wish", ["include:biceps:left", "include:", "include:procerus:left"])
def test_wish_for_points_that_the_scheme_has_not_adds_nothing(
    clinic: Clinic, actor: ActorMaker, signed_in: Callable[..., Client], wish: str
) -> None:
    by = actor(*DOCTOR)
    plan = make_plan(by, migraine_case(by))
    browser, url = signed_in(*DOCTOR), reverse("plan", args=[plan.pk])

    browser.post(url, {**fields(browser.get(url).content.decode()), "do": wish})

    assert len(stored_points(Plan.objects.get(pk=plan.pk))) == 31

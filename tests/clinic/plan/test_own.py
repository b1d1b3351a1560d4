"""The pages of own schemes: saving, choosing in a new plan, the list, versions, renaming, retiring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from masseter.clinic.plan.own import scheme_words
from masseter.clinic.plan.placed import point_words
from masseter.journey.ground.actor import Actor
from masseter.journey.plan.actions import change_plan
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import OwnScheme, Plan
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, drawing_of, make_plan, migraine_case

SignIn = Callable[..., Client]


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def plan(by: Actor) -> Plan:
    return make_plan(by, migraine_case(by))


@pytest.fixture
def browser(signed_in: SignIn) -> Client:
    return signed_in(*DOCTOR)


def told(browser: Client, name: str, *args: object) -> str:
    return words(browser.get(reverse(name, args=args)))  # type: ignore[arg-type]  # the test client's answer


def test_scheme_without_a_name_is_refused_at_its_field(browser: Client, plan: Plan) -> None:
    page = send(browser, reverse("own_scheme_save", args=[plan.pk]), {"is_shared": "on"})

    assert page.status_code == 422
    assert "Give it a name" in words(page)
    assert not OwnScheme.objects.exists()


def test_scheme_is_saved_offered_and_marked_as_ones_own_everywhere(
    browser: Client, by: Actor, plan: Plan
) -> None:
    save = reverse("own_scheme_save", args=[plan.pk])
    send(browser, save, {"name": "Migraine as we do it", "is_shared": "on"})
    scheme = OwnScheme.objects.get()
    case = migraine_case(by)

    offered = told(browser, "plan_new", case.pk)
    assert "Your own schemes" in offered
    assert "Migraine as we do it Botox, 155 units in 31 points Your own, version 1" in offered
    send(browser, reverse("plan_new", args=[case.pk]), {"protocol": f"own:{scheme.pk}"})

    made = Plan.objects.get(case=case)
    assert stored_points(made) == stored_points(plan)
    assert "our own scheme, version 1" in told(browser, "plan", made.pk)
    assert "the clinic’s own, not published" in scheme_words(made)
    assert "our own scheme" not in told(browser, "plan", plan.pk)
    shown = told(browser, "own_scheme", scheme.pk)
    assert "Not published" in shown
    assert f"{made.patient}, cycle 1 : version 1" in shown


def test_next_version_is_saved_and_the_first_is_still_shown(browser: Client, plan: Plan) -> None:
    save = reverse("own_scheme_save", args=[plan.pk])
    send(browser, save, {"name": "Ours"})
    scheme = OwnScheme.objects.get()

    send(browser, save, {"scheme": str(scheme.pk)})

    assert "Our own, version 2" in told(browser, "own_scheme", scheme.pk)
    assert "An earlier version" in told(browser, "own_version", scheme.pk, 1)
    assert browser.get(reverse("own_version", args=[scheme.pk, 3])).status_code == 404


def test_point_of_a_scheme_that_was_moved_is_not_told_as_the_standard_one(
    browser: Client, by: Actor, plan: Plan
) -> None:
    first, *others = stored_points(plan)
    points = [replace(first, y=first.y - 12), *others]
    change_plan(by=by, plan=plan, points=points, drawing=drawing_of(plan))
    send(browser, reverse("own_scheme_save", args=[plan.pk]), {"name": "Ours"})
    scheme = OwnScheme.objects.get()

    page = browser.get(reverse("own_scheme", args=[scheme.pk]))

    assert point_words(points[0]).endswith("; moved")
    assert [line.words for line in page.context["lines"]] == [point_words(each) for each in points]


def test_scheme_is_renamed_shared_and_retired(browser: Client, by: Actor, plan: Plan) -> None:
    send(browser, reverse("own_scheme_save", args=[plan.pk]), {"name": "Ours"})
    scheme = OwnScheme.objects.get()
    assert "only you see it" in told(browser, "own_schemes")

    send(browser, reverse("own_scheme_change", args=[scheme.pk]), {"name": "Ours, newer", "is_shared": "on"})
    send(browser, reverse("own_scheme_retire", args=[scheme.pk]), {"reason": "Replaced."})

    listed = told(browser, "own_schemes")
    assert "Ours, newer retired" in listed
    assert "Replaced." in told(browser, "own_scheme", scheme.pk)
    assert "Ours, newer" not in told(browser, "plan_new", migraine_case(by).pk)

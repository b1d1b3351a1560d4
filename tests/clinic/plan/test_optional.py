"""Muscles that are treated only where they hurt are offered once the examination says that they do."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from tests.clinic.pages import queries_of, words
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, make_lot, migraine_case

SignIn = Callable[..., Client]


def test_without_recorded_pain_the_page_says_what_has_to_be_examined(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    case = migraine_case(actor(*DOCTOR))

    page = signed_in(*DOCTOR).get(reverse("plan_new", args=[case.pk]))

    assert 'name="include_optional"' not in page.content.decode()
    assert "records pain there: Occipitalis; Temporalis; Trapezius, upper part." in words(page)


def test_painful_muscle_can_be_chosen_and_gets_its_points(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    by = actor(*DOCTOR)
    make_lot(by)
    case = migraine_case(by, pain_sites_right=("trapezius",), pain_sites_left=("trapezius", "temporalis"))
    browser, url = signed_in(*DOCTOR), reverse("plan_new", args=[case.pk])

    text = words(browser.get(url))
    browser.post(url, {"protocol": "migraine_follow_pain_botox", "include_optional": ["trapezius"]})

    assert "Trapezius, upper part (hurts left and right)" in text
    assert "Temporalis (hurts left)" in text
    assert "records pain there: Occipitalis." in text
    names = {point.id for point in stored_points(Plan.objects.get(case=case))}
    assert {"TRAP-L-4", "TRAP-L-5", "TRAP-R-4", "TRAP-R-5"} <= names
    assert not {"TRAP-L-6", "TEMP-L-5"} & names


def test_examination_of_migraine_asks_where_it_hurts(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    case = migraine_case(actor(*DOCTOR))
    browser, url = signed_in(*DOCTOR), reverse("examination", args=[case.pk])

    page = browser.get(url)

    assert "Where the pain is worst, left" in words(page)
    assert 'name="pain_sites_right"' in page.content.decode()
    assert queries_of(browser, url) <= 25

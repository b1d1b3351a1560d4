"""All treatments on one map, and one after the other: one product at a time, however many there are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from tests.clinic.cycles.cases import as_rows
from tests.clinic.pages import queries_of, words
from tests.conftest import ActorMaker
from tests.factories import make_case
from tests.journey.given import DOCTOR, approved_plan, make_treatment

SignIn = Callable[..., Client]


@pytest.fixture
def by(clinic: Clinic, actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def treatment(by: Actor) -> Treatment:
    return make_treatment(by, approved_plan(by))


def test_case_without_treatment_says_so(by: Actor, signed_in: SignIn) -> None:
    case, browser = make_case(by), signed_in(*DOCTOR)

    for page in ("heat", "cycles", "compare"):
        assert browser.get(reverse(page, args=[case.pk])).status_code == 200, page
    assert "No treatment yet" in words(browser.get(reverse("heat", args=[case.pk])))


def test_map_sums_one_product_and_never_two(treatment: Treatment, signed_in: SignIn) -> None:
    as_rows(treatment, days_ago=100, cycle=2)
    as_rows(treatment, days_ago=200, cycle=3, product="dysport")
    browser, url = signed_in(*DOCTOR), reverse("heat", args=[treatment.case_id])

    told = words(browser.get(url))
    other = words(browser.get(f"{url}?product=dysport"))

    assert "310 units Botox in 2 treatments" in told
    assert "Dysport, 1 treatment" in told
    assert "Temporalis 40 40 80 2" in told
    assert "155 units Dysport in 1 treatment" in other
    assert "465" not in told
    assert browser.get(f"{url}?product=xeomin").status_code == 404


def test_cycles_stand_one_a_page_without_a_script(treatment: Treatment, signed_in: SignIn) -> None:
    older = as_rows(treatment, days_ago=100, cycle=2, share="2")
    browser, url = signed_in(*DOCTOR), reverse("cycles", args=[treatment.case_id])

    page = browser.get(f"{url}?cycle={older.pk}")

    told, html = words(page), page.content.decode()
    assert "310 units Botox in 31 points" in told
    assert f'href="?cycle={treatment.pk}"' in html
    assert html.count('class="fm-point fm-given"') == 31
    assert browser.get(f"{url}?cycle=999999").status_code == 404
    film = json.loads(re.search(r'id="cycles-data"[^>]*>(.*?)</script>', html)[1])  # type: ignore[index]
    assert [frame["cycle"] for frame in film["frames"]] == [older.pk, treatment.pk]
    assert len(film["frames"][0]["points"]) == 31
    assert film["frames"][0]["points"][0][5] == "10"


@pytest.mark.parametrize("page", ["heat", "cycles"])
def test_page_asks_no_more_of_the_database_for_many_cycles(
    treatment: Treatment, signed_in: SignIn, page: str
) -> None:
    browser, url = signed_in(*DOCTOR), reverse(page, args=[treatment.case_id])
    one = queries_of(browser, url)

    for cycle in range(2, 7):
        as_rows(treatment, days_ago=cycle * 90, cycle=cycle)

    assert queries_of(browser, url) == one
    assert one <= 25

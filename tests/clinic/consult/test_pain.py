"""Pain drawings at the visit, their offer to the examination, and the layer of the plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.consult.actions import draw_pain
from masseter.journey.consult.models import Case, Observation, PainDrawing
from masseter.journey.consult.pain import strokes_of
from masseter.journey.ground.actor import Actor
from tests.clinic.inject.test_flow import fields
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker
from tests.factories import make_case, spot
from tests.journey.given import DOCTOR, make_plan, migraine_case

SignIn = Callable[..., Client]
PEN = {"strength": "7", "width": "small", "qualities": ["pressing", "burning"]}


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def case(by: Actor) -> Case:
    return migraine_case(by)


@pytest.fixture
def browser(signed_in: SignIn) -> Client:
    return signed_in(*DOCTOR)


def row(number: int, **changes: str) -> dict[str, str]:
    values = {"view": "left", "line": "200,300 210,310", "radius": "18", "strength": "4", "qualities": "dull"}
    return {f"stroke-{number}-{name}": value for name, value in {**values, **changes}.items()}


WRONG: list[tuple[dict[str, str], str]] = [
    ({}, "Draw where it hurts, or choose a place"),
    ({"strokes-total": "1", **row(0, line="a,b")}, "cannot be read"),
    ({"strokes-total": "1", **row(0, line="9999,9")}, "outside the drawing"),
    ({"strokes-total": "1", **row(0, view="below")}, "cannot be read"),
    ({"strokes-total": "1", **row(0, radius="19")}, "cannot be read"),
    ({"strokes-total": "1", **row(0, strength="11")}, "from 0 to 10"),
    ({"strokes-total": "1", **row(0, qualities="purple")}, "from the list"),
    ({"strokes-total": "x", **row(0)}, "Draw where it hurts"),
    ({"area": "elbow:left"}, "Select a valid choice"),
    ({"do": "add"}, "Choose a place of the list"),
]


def test_drawing_that_cannot_be_says_why_and_keeps_the_words(browser: Client, case: Case) -> None:
    url = reverse("pain_draw", args=[case.pk])
    for typed, said in WRONG:
        page = send(browser, url, {"words": "Kept as typed", **typed})

        assert page.status_code == 422, typed
        assert said in words(page), typed
        assert "Kept as typed" in page.content.decode()
    assert not PainDrawing.objects.exists()


def test_places_are_added_by_name_and_taken_away_without_a_script(browser: Client, case: Case) -> None:
    url = reverse("pain_draw", args=[case.pk])
    first = send(browser, url, {**PEN, "area": "temporalis:right", "do": "add"})
    again = {**PEN, "strength": "3", "area": "masseter:left", "do": "add"}
    second = browser.post(url, {**fields(first.content.decode()), **again})
    typed = fields(second.content.decode())

    assert "Chewing muscle at the temple, right" in words(first)
    assert (typed["strokes-total"], typed["stroke-1-strength"]) == ("2", "3")
    answer = browser.post(
        url, {**typed, "stroke-0-remove": "1", "do": "", "area": "trapezius:left", "strength": "9"}
    )

    assert answer.status_code == 302
    kept = [one.stroke for one in strokes_of(PainDrawing.objects.get())]
    assert [(one.strength, one.qualities) for one in kept] == [
        (3, ("pressing", "burning")),
        (9, ("burning",)),
    ]
    shown = browser.get(answer["Location"])
    assert "strength 3 of 10; pressing, burning" in words(shown)
    assert 'class="fm-pain"' in shown.content.decode()


def test_strokes_drawn_after_many_were_undone_are_all_kept(browser: Client, case: Case) -> None:
    """An undone stroke keeps its number: what was drawn last stands under a high one."""
    sent = {"strokes-total": "101", **row(0, strength="2"), **row(100, strength="9")}

    assert send(browser, reverse("pain_draw", args=[case.pk]), sent).status_code == 302

    kept = strokes_of(PainDrawing.objects.get())
    assert [one.stroke.strength for one in kept] == [2, 9]


def test_drawing_is_offered_to_the_examination_and_followed_only_once_it_is_saved(
    browser: Client, by: Actor, case: Case
) -> None:
    drawing = draw_pain(by=by, case=case, strokes=[spot("temporalis", "right"), spot("masseter", "right")])
    url = reverse("examination", args=[case.pk])

    page = browser.get(f"{url}?pain={drawing.pk}")

    ticked = page.context["form"]
    assert ticked["pain_sites_right"].value() == ["temporalis"]
    assert "Ticked from the pain drawing" in words(page)
    assert not Observation.objects.filter(code="pain_sites_right").exists()
    send(browser, url, {"pain_sites_right": ["temporalis"]}, page)
    assert Observation.objects.get(code="pain_sites_right").confirmed


def test_drawing_of_another_case_is_not_taken_in(browser: Client, by: Actor, case: Case) -> None:
    other = draw_pain(by=by, case=make_case(by), strokes=[spot("temporalis", "right")])
    url = reverse("examination", args=[case.pk])

    assert [browser.get(f"{url}?pain={which}").status_code for which in (other.pk, "x", 10**9)] == [404] * 3


def test_condition_whose_examination_does_not_ask_it_is_offered_nothing(browser: Client, by: Actor) -> None:
    drawing = draw_pain(by=by, case=make_case(by), strokes=[spot("temporalis", "right")])

    page = browser.get(reverse("pain", args=[drawing.pk]))

    assert "Under the pain" in words(page)
    assert "Take into the examination" not in words(page)


def test_plan_shows_the_newest_drawing_as_a_layer(browser: Client, by: Actor, case: Case) -> None:
    plan = make_plan(by, case)
    url = reverse("plan", args=[plan.pk])
    assert 'class="fm-pain"' not in browser.get(url).content.decode()
    draw_pain(by=by, case=case, strokes=[spot("masseter", "left")])
    draw_pain(by=by, case=case, strokes=[spot("occipitalis", "left")])

    page = browser.get(url)

    assert "Under the pain: Occipitalis, left" in words(page)
    assert "Masseter, left" not in words(page).partition("The drawing")[0].partition("Where it hurts")[2]
    assert "data-fm-pain" in page.content.decode()

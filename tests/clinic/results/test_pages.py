"""The pages of results: empty, filled, wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.audit.models import Event
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.results.actions import write_diary
from masseter.journey.results.models import DiaryEntry, Score
from masseter.knowledge.load import load
from tests.clinic.pages import queries_of, send, words
from tests.conftest import ActorMaker
from tests.days import days_back
from tests.factories import make_case
from tests.journey.given import DOCTOR
from tests.journey.treated import score, treated

SignIn = Callable[..., Client]
CASES = [(one.code, code) for one in load().conditions.values() for code in one.instruments]


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def client(signed_in: SignIn) -> Client:
    return signed_in(*DOCTOR)


def test_results_without_a_score_say_what_to_do(client: Client, by: Actor) -> None:
    case = make_case(by)

    page = client.get(reverse("results", args=[case.pk]))

    assert "Enter the baseline before the first treatment" in words(page)  # type: ignore[arg-type]  # the test client's answer


def test_results_of_an_unknown_measure_are_not_there(client: Client, by: Actor) -> None:
    case = make_case(by)

    assert client.get(reverse("results", args=[case.pk]) + "?measure=hfs30").status_code == 404
    assert client.get(reverse("score_add", args=[case.pk, "hfs30"])).status_code == 404


def test_results_show_course_band_and_response(client: Client, by: Actor) -> None:
    treatment = treated(by)

    page = client.get(reverse("results", args=[treatment.case_id]))

    text = words(page)  # type: ignore[arg-type]  # the test client's answer
    assert "20 before the treatment, 10 at best on day 30 (50 % better)" in text
    assert "not a forecast for this patient" in text
    assert "<svg" in page.content.decode()
    assert queries_of(client, reverse("results", args=[treatment.case_id])) <= 25


@pytest.mark.parametrize(("condition", "instrument"), CASES)
def test_every_instrument_can_be_opened_and_refuses_nothing(
    client: Client, by: Actor, condition: str, instrument: str
) -> None:
    case = make_case(by, condition=condition)
    url = reverse("score_add", args=[case.pk, instrument])

    sent = send(client, url, {"day": str(clock.today(by.zone))})

    assert sent.status_code == 422
    assert "Answer the open questions." in words(sent)


def test_score_out_of_range_keeps_what_was_typed(client: Client, by: Actor) -> None:
    case = make_case(by)
    url = reverse("score_add", args=[case.pk, "mouth_opening"])

    sent = send(client, url, {"day": str(clock.today(by.zone)), "opening": "400"})

    assert sent.status_code == 422
    assert "Enter a number from 0 to 100." in words(sent)
    assert 'value="400"' in sent.content.decode()


def test_score_sent_twice_is_kept_once(client: Client, by: Actor) -> None:
    case = make_case(by)
    url = reverse("score_add", args=[case.pk, "mouth_opening"])
    page = client.get(url)
    data = {"day": str(clock.today(by.zone)), "opening": "38"}

    for _ in range(2):
        send(client, url, data, page=page)  # type: ignore[arg-type]  # the test client's answer

    assert Score.objects.count() == 1


def test_score_is_taken_back_with_a_reason(client: Client, by: Actor) -> None:
    case = make_case(by)
    send(
        client,
        reverse("score_add", args=[case.pk, "mouth_opening"]),
        {"day": str(clock.today(by.zone)), "opening": "38", "is_baseline": "on"},
    )
    row = Score.objects.get()

    send(client, reverse("score_withdraw", args=[row.pk]), {"reason": "Typed for another patient."})

    row.refresh_from_db()
    assert row.withdrawn_at is not None
    assert row.is_baseline


def test_diary_of_a_day_to_come_is_refused_and_today_is_kept(client: Client, by: Actor) -> None:
    case = make_case(by)
    url = reverse("diary_add", args=[case.pk])
    today = clock.today(by.zone)

    asked = client.get(f"{url}?day={today + timedelta(days=1)}")
    wrong = client.post(f"{url}?day={today + timedelta(days=1)}", {"pain": "4"})
    send(client, url, {"pain": "4", "medicine": "no"})

    assert "This day is in the future." in words(asked)
    assert "Save the day" not in words(asked)
    assert wrong.status_code == 404
    assert DiaryEntry.objects.get().values == {"pain": 4, "medicine": False}


@pytest.mark.parametrize("day", ["", "2026-02-30", "soon", "\u0663"])
def test_diary_of_no_day_asks_for_one(client: Client, by: Actor, day: str) -> None:
    page = client.get(reverse("diary_add", args=[make_case(by).pk]), {"day": day})

    assert page.status_code == 200
    assert "<title>Error: " in page.content.decode()
    assert "Save the day" not in words(page)


def test_diary_of_another_day_is_seen_before_it_is_changed(client: Client, by: Actor) -> None:
    case, today = make_case(by), clock.today(by.zone)
    earlier = today - timedelta(days=3)
    write_diary(by=by, case=case, day=earlier, values={"pain": 8}, note="Woke at four.")
    url = f"{reverse('diary_add', args=[case.pk])}?day={earlier}"

    shown = client.get(url)
    answer = send(client, url, {"pain": "5", "note": ""}, shown)

    assert "Woke at four." in words(shown)
    assert f"Written by {by.name}" in words(shown)
    assert answer.status_code == 302
    assert {entry.day: entry.values for entry in DiaryEntry.objects.all()} == {earlier: {"pain": 5}}
    event = Event.objects.get(what="diary.changed")
    assert event.data["before"] == {"values": {"pain": 8}, "note": "Woke at four."}
    assert event.data["after"] == {"values": {"pain": 5}, "note": ""}


@pytest.mark.parametrize("is_there", [True, False], ids=["an entry", "an empty day"])
def test_two_tabs_on_one_day_of_the_diary_the_second_is_told(
    client: Client, by: Actor, is_there: bool
) -> None:
    case, today = make_case(by), clock.today(by.zone)
    if is_there:
        write_diary(by=by, case=case, day=today, values={"pain": 2})
    url = reverse("diary_add", args=[case.pk])
    first, second = client.get(url), client.get(url)

    send(client, url, {"pain": "7", "note": "First"}, first)
    told = send(client, url, {"pain": "1", "note": "Second"}, second)

    assert told.status_code == 422
    assert "was changed by someone else" in words(told)
    assert "Second" in told.content.decode()
    assert DiaryEntry.objects.get().note == "First"


def test_total_so_far_is_shown_and_nothing_is_saved(client: Client, by: Actor) -> None:
    case = make_case(by)
    url = reverse("score_add", args=[case.pk, "jfls8"])
    codes = [item.code for item in load().instruments["jfls8"].items]

    few = send(client, url, {"day": "2026-01-01", codes[0]: "4", "look": "1"})
    whole = send(client, url, {"day": "2026-01-01", **dict.fromkeys(codes, "4"), "look": "1"})

    assert "No total yet." in words(few)
    assert "The total is 4" in words(whole)
    assert Score.objects.count() == 0


def test_results_shade_weeks_without_diary_entries(client: Client, by: Actor) -> None:
    treatment = treated(by)
    url = reverse("results", args=[treatment.case_id])
    before = words(client.get(url))  # type: ignore[arg-type]  # the test client's answer
    for back in (7, 6, 0):
        with clock.travel(days_back(40 + back)):
            write_diary(
                by=by, case=treatment.case, day=clock.today(by.zone), values={"headache": True}, note=""
            )

    after = words(client.get(url))  # type: ignore[arg-type]  # the test client's answer

    assert "No entries" not in before
    last = clock.today(by.zone)
    assert f"No entries until {last.day} {last:%B %Y}" in after


def test_worsening_is_called_worse(client: Client, by: Actor) -> None:
    treatment = treated(by, days_ago=20)
    score(by, treatment.case, 24)

    page = words(client.get(reverse("results", args=[treatment.case_id])))  # type: ignore[arg-type]  # the test client's answer

    assert "20 % worse" in page
    assert "-20" not in page
    assert "% better" not in page


def test_baseline_after_the_treatment_comes_back_with_a_sentence(client: Client, by: Actor) -> None:
    treatment = treated(by, days_ago=20)
    url = reverse("score_add", args=[treatment.case_id, "headache_days"])

    sent = send(client, url, {"day": str(clock.today(by.zone)), "days": "12", "is_baseline": "on"})

    assert sent.status_code == 422
    assert "a baseline is taken before it" in words(sent)


def test_results_of_a_measure_of_change_miss_no_baseline(client: Client, by: Actor) -> None:
    treatment = treated(by)
    url = f"{reverse('results', args=[treatment.case_id])}?measure=pgic"

    page = words(client.get(url))  # type: ignore[arg-type]  # the test client's answer

    assert "asks for the change itself" in page
    assert "a score before the treatment is missing" not in page

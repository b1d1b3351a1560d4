"""The patient's diary, questionnaires and results."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.people.models import Patient
from masseter.journey.results.actions import add_score, write_diary
from masseter.journey.results.models import DiaryEntry, Score
from tests.clinic.pages import queries_of, send, words
from tests.conftest import ActorMaker, sign_in
from tests.days import days_back
from tests.factories import actor_of_patient, make_case
from tests.journey.given import DOCTOR
from tests.journey.treated import treated


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def client(patient: Patient) -> Client:
    found = Client()
    assert patient.user is not None
    sign_in(found, patient.user)
    return found


def test_pages_without_a_case_say_so(client: Client) -> None:
    assert "No diary yet" in words(client.get(reverse("my_diary")))  # type: ignore[arg-type]  # the test client's answer
    assert "No questionnaires yet" in words(client.get(reverse("my_scores")))  # type: ignore[arg-type]  # the test client's answer
    assert "No results yet" in words(client.get(reverse("my_results")))  # type: ignore[arg-type]  # the test client's answer


def test_diary_of_another_patients_case_is_as_if_not_there(client: Client, by: Actor) -> None:
    other = make_case(by)

    assert client.get(f"{reverse('my_diary')}?case={other.pk}").status_code == 404
    assert client.get(reverse("my_score_add", args=[other.pk, "nrs_pain"])).status_code == 404


def test_diary_in_one_field_and_again_the_same_day(client: Client, by: Actor, patient: Patient) -> None:
    make_case(by, patient)

    send(client, reverse("my_diary"), {"pain": "7"})
    send(client, reverse("my_diary"), {"pain": "3", "medicine": "yes"})

    entry = DiaryEntry.objects.get()
    assert entry.day == clock.today(by.zone)
    assert entry.values == {"pain": 3, "medicine": True}


def test_diary_opened_before_midnight_is_of_the_day_that_the_page_shows(
    client: Client, by: Actor, patient: Patient
) -> None:
    make_case(by, patient)
    today = clock.today(by.zone)
    opened = client.get(reverse("my_diary"))
    action = re.search(r'action="([?][^"]+)"', opened.content.decode())
    assert action

    with clock.travel(clock.now() + timedelta(days=1)):
        send(client, reverse("my_diary") + unescape(action.group(1)), {"pain": "7"}, opened)

    assert DiaryEntry.objects.get().day == today


def test_diary_of_nothing_or_too_long_ago_is_refused(client: Client, by: Actor, patient: Patient) -> None:
    make_case(by, patient)
    long_ago = clock.today(by.zone) - timedelta(days=20)

    empty = send(client, reverse("my_diary"), {})
    old = send(client, f"{reverse('my_diary')}?day={long_ago}", {"pain": "3"})

    assert empty.status_code == 422
    assert old.status_code == 422
    assert "more than 7 days ago" in words(old)
    assert DiaryEntry.objects.count() == 0


def test_score_by_the_patient_is_never_a_baseline_by_wish(
    client: Client, by: Actor, patient: Patient
) -> None:
    case = make_case(by, patient)
    url = reverse("my_score_add", args=[case.pk, "nrs_pain"])

    send(client, url, {"day": str(clock.today(by.zone)), "pain": "6", "is_baseline": "on"})

    row = Score.objects.get()
    assert (int(row.value), row.entered_by, row.is_baseline) == (6, "patient", False)


def test_results_in_plain_words_with_the_band_called_no_forecast(
    client: Client, by: Actor, patient: Patient
) -> None:
    treated(by, patient=patient)

    page = words(client.get(reverse("my_results")))  # type: ignore[arg-type]  # the test client's answer

    assert "At best: 10 days per 28 days, on day 30, 50 % better." in page
    assert "not your forecast" in page
    assert all(queries_of(client, reverse(name)) <= 25 for name in ("my_results", "my_scores", "my_diary"))


@pytest.mark.parametrize(
    ("pressed", "kept"),
    [
        ("none", {"headache": False, "migraine": False}),
        ("headache", {"headache": True, "migraine": False}),
        ("migraine", {"headache": True, "migraine": True}),
    ],
)
def test_one_press_says_headache_and_migraine_of_the_day(
    client: Client, by: Actor, patient: Patient, pressed: str, kept: dict[str, bool]
) -> None:
    make_case(by, patient, "chronic_migraine")

    send(client, reverse("my_diary"), {"quick": pressed, "medicine": "no"})

    page = client.get(reverse("my_diary")).content.decode()
    assert DiaryEntry.objects.get().values == {**kept, "medicine": False}
    assert page.count("(written)") == 1
    assert "Once a week" not in page


def test_weekly_diary_is_kept_as_chosen_and_waits_again_after_a_week(
    client: Client, by: Actor, patient: Patient
) -> None:
    case = make_case(by, patient)
    with clock.travel(days_back(6)):
        write_diary(
            by=actor_of_patient(patient),
            case=case,
            day=clock.today(by.zone),
            values={"pain": 5},
            covers_days=7,
        )
    before = words(client.get(reverse("my_home")))  # type: ignore[arg-type]  # the test client's answer
    page = words(client.get(reverse("my_diary")))  # type: ignore[arg-type]  # the test client's answer
    send(client, f"{reverse('my_diary')}?every=week", {"every": "week", "pain": "3"})

    newest = DiaryEntry.objects.latest("day")
    assert "diary: " not in before
    assert "This week’s diary" not in before
    assert "How was your week?" in page
    assert (newest.day, newest.covers_days, newest.values) == (clock.today(by.zone), 7, {"pain": 3})
    with clock.travel(clock.now() + timedelta(days=7)):
        assert "This week’s diary" in words(client.get(reverse("my_home")))  # type: ignore[arg-type]  # the test client's answer


def test_results_without_a_published_course_say_so(client: Client, by: Actor, patient: Patient) -> None:
    case = make_case(by, patient, "chronic_facial_pain")
    add_score(
        by=by,
        case=case,
        instrument="nrs_pain",
        day=clock.today(by.zone),
        answers={"pain": Decimal(7)},
    )

    page = words(client.get(reverse("my_results")))  # type: ignore[arg-type]  # the test client's answer

    assert "nobody has published how it goes over time" in page

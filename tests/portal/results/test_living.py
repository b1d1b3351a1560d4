"""Living with it: what the diary asks, 'has it worn off?', goals of one's own. Refusals first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.people.models import Patient
from masseter.journey.results.actions import write_diary
from masseter.journey.results.diary_actions import choose_symptoms
from masseter.journey.results.goal_actions import set_goal
from masseter.journey.results.models import DiaryEntry, Goal, WearOffTold
from masseter.journey.results.wear_off_actions import tell_wear_off
from tests.clinic.pages import queries_of, send, words
from tests.conftest import ActorMaker, sign_in
from tests.factories import actor_of_patient, make_case
from tests.journey.given import DOCTOR
from tests.journey.treated import treated

SignIn = Callable[..., Client]


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def client(patient: Patient) -> Client:
    found = Client()
    assert patient.user is not None
    sign_in(found, patient.user)
    return found


@pytest.fixture
def staff(signed_in: SignIn) -> Client:
    return signed_in(*DOCTOR)


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        ([], "Pain has to stay"),
        (["headache"], "Pain has to stay"),
        (["pain", "migraine"], "together with headache"),
        (["pain", "spasm", "clenching", "headache"], "at most 3"),
        (["pain", "mood"], "from the list"),
        (["pain", "medicine"], "from the list"),
    ],
)
def test_choice_that_cannot_be_is_refused(by: Actor, chosen: list[str], why: str) -> None:
    with pytest.raises(Refused, match=why):
        choose_symptoms(by=by, case=make_case(by), symptoms=chosen)


def test_chosen_symptoms_are_asked_and_what_was_written_before_stays(
    client: Client, by: Actor, patient: Patient
) -> None:
    case = make_case(by, patient, "bruxism")
    send(client, reverse("my_diary"), {"pain": "4", "clenching": "yes"})

    send(client, reverse("my_diary_choice"), {"symptoms": ["pain", "headache"]})
    page = client.get(reverse("my_diary"))
    send(client, reverse("my_diary"), {"pain": "2", "headache": "no"})

    assert "Did you have a headache?" in words(page)  # type: ignore[arg-type]  # the test client's answer
    assert "clenching" not in words(page)  # type: ignore[arg-type]  # the test client's answer
    assert DiaryEntry.objects.get(case=case).values == {"pain": 2, "headache": False, "clenching": True}


def test_day_filled_in_later_says_so_to_both_sides(
    client: Client, staff: Client, by: Actor, patient: Patient
) -> None:
    case = make_case(by, patient)
    day = clock.today(by.zone) - timedelta(days=3)
    write_diary(by=actor_of_patient(patient), case=case, day=day, values={"pain": 3})

    assert "filled in 3 days later" in words(client.get(reverse("my_diary")))  # type: ignore[arg-type]  # the test client's answer
    assert "3 days later" in words(staff.get(reverse("diary_add", args=[case.pk])))  # type: ignore[arg-type]  # the test client's answer


def test_home_asks_for_the_diary_on_its_days_alone(client: Client, by: Actor, patient: Patient) -> None:
    today = clock.today(by.zone)
    case = make_case(by, patient)
    me = actor_of_patient(patient)

    def asks() -> bool:
        return "Today’s diary" in words(client.get(reverse("my_home")))  # type: ignore[arg-type]  # the test client's answer

    write_diary(by=me, case=case, day=today - timedelta(days=1), values={"pain": 3})
    assert asks()
    write_diary(by=me, case=case, day=today, values={"pain": 3})
    assert not asks()
    assert "Every day until the treatment" in words(client.get(reverse("my_diary")))  # type: ignore[arg-type]  # the test client's answer


def test_wear_off_before_a_treatment_or_on_a_day_that_cannot_be_is_refused(
    by: Actor, patient: Patient
) -> None:
    today = clock.today(by.zone)
    with pytest.raises(Refused, match="no treatment yet"):
        tell_wear_off(by=by, case=make_case(by), answer="still")
    case = treated(by, days_ago=70, patient=patient).case
    for answer, since, why in (
        ("gone", None, "Choose one"),
        ("worn_off", None, "about when"),
        ("worn_off", today + timedelta(days=1), "still to come"),
        ("worn_off", today - timedelta(days=70), "before your last treatment"),
    ):
        with pytest.raises(Refused, match=why):
            tell_wear_off(by=by, case=case, answer=answer, worn_off_on=since)
    assert not WearOffTold.objects.exists()


def test_wear_off_is_asked_in_its_weeks_and_answered_once(
    client: Client, by: Actor, patient: Patient
) -> None:
    today = clock.today(by.zone)
    treated(by, days_ago=70, patient=patient)
    assert "Does it still work?" in words(client.get(reverse("my_diary")))  # type: ignore[arg-type]  # the test client's answer
    assert "Does it still work?" in words(client.get(reverse("my_home")))  # type: ignore[arg-type]  # the test client's answer

    without = send(client, reverse("my_wear_off"), {"answer": "worn_off"})
    send(client, reverse("my_wear_off"), {"answer": "worn_off", "since": "14"})

    assert (without.status_code, "Say since about when." in words(without)) == (422, True)
    told = WearOffTold.objects.get()
    assert (told.treated_on, told.day, told.worn_off_on) == (
        today - timedelta(days=70),
        today,
        today - timedelta(days=14),
    )
    assert "Does it still work?" not in words(client.get(reverse("my_diary")))  # type: ignore[arg-type]  # the test client's answer


def test_clinic_enters_the_answer_at_the_review_and_sees_it(
    staff: Client, by: Actor, patient: Patient
) -> None:
    case = treated(by, days_ago=70, patient=patient).case

    assert (
        reverse("wear_off_add", args=[case.pk])
        in staff.get(reverse("review_add", args=[case.pk])).content.decode()
    )
    send(staff, reverse("wear_off_add", args=[case.pk]), {"answer": "still"})

    shown = words(staff.get(reverse("results", args=[case.pk])))  # type: ignore[arg-type]  # the test client's answer
    assert "It still works" in shown
    assert WearOffTold.objects.get().entered_by == "staff"


def test_goals_are_few_are_looked_at_and_are_the_persons_own(
    client: Client, by: Actor, patient: Patient
) -> None:
    case = make_case(by, patient)
    other = set_goal(by=by, case=make_case(by), words="Another person's goal")
    for words_of_goal in ("Eat an apple", "Sleep through", "Sing <b>again</b> \u202e🎶"):
        send(client, reverse("my_goals"), {"words": words_of_goal})

    with pytest.raises(Refused, match="3 goals already"):
        set_goal(by=actor_of_patient(patient), case=case, words="One more")
    for nonsense in ("", "   ", "x" * 201):
        with pytest.raises(Refused):
            set_goal(by=by, case=make_case(by), words=nonsense)
    mine = Goal.objects.filter(case=case).first()
    assert mine is not None
    send(client, reverse("my_goal", args=[mine.pk]), {"standing": "reached"})

    mine.refresh_from_db()
    assert mine.standing == "reached"
    page = client.get(reverse("my_goals"))
    assert "Sing &lt;b&gt;again&lt;/b&gt;" in page.content.decode()
    assert client.get(reverse("my_goal", args=[other.pk])).status_code == 404
    set_goal(by=actor_of_patient(patient), case=case, words="One more")


def test_pages_ask_the_database_little(client: Client, by: Actor, patient: Patient) -> None:
    treated(by, days_ago=70, patient=patient)
    for name in ("my_diary", "my_diary_choice", "my_wear_off", "my_goals"):
        assert queries_of(client, reverse(name)) <= 25, name


def test_own_results_tell_good_days_and_medicine_before_and_now_and_the_goals(
    client: Client, by: Actor, patient: Patient
) -> None:
    today = clock.today(by.zone)
    case = treated(by, days_ago=60, patient=patient).case
    for days, told in ((70, True), (65, True), (2, False), (1, True), (0, False)):
        day = today - timedelta(days=days)
        values = {"headache": told, "migraine": False, "medicine": told}
        write_diary(by=by, case=case, day=day, values=values)
    set_goal(by=by, case=case, words="Read a book to its end")

    shown = words(client.get(reverse("my_results")))  # type: ignore[arg-type]  # the test client's answer

    assert "Good days 0 of 2 written 2 of 3 written" in " ".join(shown.split())
    assert "Days with medicine 2 of 2 written 1 of 3 written" in " ".join(shown.split())
    assert "A good day here is a day with no headache." in shown
    assert "Read a book to its end" in shown
    assert queries_of(client, reverse("my_results")) <= 25

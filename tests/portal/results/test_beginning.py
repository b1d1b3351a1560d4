"""A patient begins the diary before any visit; it counts once the clinic takes the case on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.consult.actions import begin_diary, close_case
from masseter.journey.consult.models import Case
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Role
from masseter.journey.people.models import Patient
from masseter.journey.results.actions import write_diary
from masseter.journey.results.before import before_treatment
from masseter.journey.results.models import DiaryEntry
from masseter.journey.results.queries import course_of, main_instrument
from tests.clinic.pages import queries_of, send, words
from tests.conftest import ActorMaker
from tests.days import days_back
from tests.factories import actor_of_patient, make_case

URL = "/my/diary/begin/"
CONDITION = "chronic_migraine"


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(Role.INJECTOR)


def write(by: Actor, case: Case, days: int) -> None:
    """An entry on each of the last days, up to today."""
    today = clock.today(by.zone)
    for back in range(days):
        with clock.travel(days_back(back)):
            day = today - timedelta(days=back)
            write_diary(by=by, case=case, day=day, values={"headache": True, "migraine": True})


def test_diary_is_begun_at_home_and_seen_at_the_consultation(
    own: Client, patient: Patient, signed_in: Callable[..., Client]
) -> None:
    assert URL in own.get(reverse("my_home")).content.decode()
    assert URL in own.get(reverse("my_diary")).content.decode()

    answer = send(own, URL, {"condition": CONDITION})
    case = Case.objects.get(patient=patient)
    send(own, answer["Location"], {"headache": "yes", "migraine": "no"})

    assert DiaryEntry.objects.get(case=case).entered_by == "patient"
    assert case.begun_by_patient
    assert "1 of 28 days" in words(own.get(reverse("my_diary")))
    seen = words(signed_in(Role.INJECTOR).get(reverse("case", args=[case.pk])))
    assert "1 of 28 days, begun by the patient" in seen


def test_days_before_the_first_visit_count_for_the_baseline(by: Actor, patient: Patient) -> None:
    own = actor_of_patient(patient)
    with clock.travel(days_back(27)):
        case = begin_diary(by=own, patient=patient, condition=CONDITION)

    write(own, case, 28)

    today = clock.today(by.zone)
    before = before_treatment(case, today=today)
    assert before is not None
    assert (before.days, before.span, before.is_whole) == (28, 28, True)
    score = course_of(case, main_instrument(case), today=today).baseline
    assert score is not None
    assert score.total == 28


def test_diary_that_is_open_is_answered_as_it_is(by: Actor, patient: Patient) -> None:
    case = make_case(by, patient, CONDITION)

    assert begin_diary(by=actor_of_patient(patient), patient=patient, condition=CONDITION) == case
    assert not case.begun_by_patient


def test_third_diary_and_an_unknown_condition_are_refused(by: Actor, patient: Patient) -> None:
    own = actor_of_patient(patient)
    first = begin_diary(by=own, patient=patient, condition="tmd")
    begin_diary(by=own, patient=patient, condition="bruxism")

    for condition in (CONDITION, "no_such", ""):
        with pytest.raises(Refused) as refusal:
            begin_diary(by=own, patient=patient, condition=condition)
        assert refusal.value.field == "condition"
    close_case(by=by, case=first, reason="Something else.")

    assert begin_diary(by=own, patient=patient, condition=CONDITION).condition == CONDITION


def test_nothing_chosen_is_told_at_its_field(own: Client) -> None:
    answer = send(own, URL, {"condition": ""})

    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_page_asks_few_questions(own: Client) -> None:
    assert queries_of(own, URL) <= 25

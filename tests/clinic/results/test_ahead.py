"""What is likely to come, on the pages of the clinic and of the patient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.consult.models import Case
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.people.models import Patient
from masseter.journey.results import forecasts
from masseter.journey.results.actions import write_diary
from masseter.journey.results.wear_off_actions import tell_wear_off
from masseter.knowledge.load import load
from tests.clinic.pages import queries_of, words
from tests.conftest import ActorMaker, sign_in
from tests.days import days_back
from tests.factories import make_case, make_portal_patient, observe
from tests.journey.given import (
    DOCTOR,
    MIGRAINE,
    approved_plan,
    healthy,
    make_lot,
    make_treatment,
    vials_of,
)
from tests.journey.treated import jaw_treated, score, treated
from tests.knowledge.test_curves import FIT

SignIn = Callable[..., Client]


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def client(signed_in: SignIn) -> Client:
    return signed_in(*DOCTOR)


def page_of(client: Client, case: Case, name: str = "results") -> str:
    return words(client.get(reverse(name, args=[case.pk])))  # type: ignore[arg-type]  # the test client's answer


def test_results_tell_when_it_wears_off_and_never_an_earlier_treatment(client: Client, by: Actor) -> None:
    case = treated(by).case

    text = page_of(client, case)

    assert "Likely to wear off between" in text
    assert "the earliest next date is" in text
    assert "population estimate" in text
    assert "never an earlier treatment" in text
    assert queries_of(client, reverse("results", args=[case.pk])) <= 25


def test_answer_that_it_has_worn_off_makes_the_date_ones_own(client: Client, by: Actor) -> None:
    case = treated(by).case
    given = forecasts._doses([case], by.zone)[case.pk][-1].day

    tell_wear_off(by=by, case=case, answer="worn_off", worn_off_on=given + timedelta(days=30))

    text = page_of(client, case)
    assert "Worn off since about" in text
    assert "by the patient’s own word" in text
    assert "ikely to wear off" not in text
    assert "Plan the review now." in text
    assert "population estimate" not in text


def test_answer_that_it_still_works_or_never_helped_is_not_gainsaid(client: Client, by: Actor) -> None:
    case = treated(by).case

    with clock.travel(days_back(1)):
        tell_wear_off(by=by, case=case, answer="still")
    still = page_of(client, case)
    tell_wear_off(by=by, case=case, answer="never")
    never = page_of(client, case)

    assert "ikely to wear off between" in still
    assert "days in which it is likely to wear off have begun" not in still
    assert "By the patient’s own word it never helped; the earliest next date" in never
    assert "Plan the review now." in never
    assert not any(
        each in never for each in ("ikely to wear off between", "makes sense", "population estimate")
    )


def test_days_without_entries_are_shaded_and_told(client: Client, by: Actor) -> None:
    case = treated(by).case
    for ago in (55, 54, 20):
        with clock.travel(days_back(ago)):
            write_diary(by=by, case=case, day=clock.today(by.zone), values={"headache": True})

    assert "No entries until day 39" in page_of(client, case)


def test_measure_without_a_curve_says_why_nothing_is_forecast(client: Client, by: Actor) -> None:
    case = treated(by).case

    text = words(client.get(reverse("results", args=[case.pk]) + "?measure=hit6"))  # type: ignore[arg-type]  # the test client's answer

    assert "nobody has published how this measure goes over time" in text


def test_without_a_baseline_there_is_too_little_to_say(client: Client, by: Actor) -> None:
    case = jaw_treated(by, make_portal_patient(by), days_ago=30).case

    text = page_of(client, case)
    assert "Too little data to say" in text
    assert "The earliest next date is" in text


def test_best_score_before_the_treatment_leaves_nothing_to_say(client: Client, by: Actor) -> None:
    patient = make_portal_patient(by)
    case = treated(by, patient=patient, before=0).case

    assert "already the best that this measure can tell" in page_of(client, case)
    text = _portal(patient)
    assert "already the best that there is" in text
    assert "The earliest day for another treatment is" in text


def test_before_the_first_treatment_nothing_is_said_of_days_to_come(client: Client, by: Actor) -> None:
    assert "What is likely to come" not in page_of(client, make_case(by))


def test_page_does_not_wait_for_the_compiler(
    client: Client, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = treated(by).case
    monkeypatch.setattr(forecasts.KERNELS, "are_ready", lambda: False)

    assert "The forecast is being prepared." in page_of(client, case)


def test_treatment_that_does_worse_than_forecast_raises_the_question(client: Client, by: Actor) -> None:
    case = _lost(by)

    for name in ("results", "review_add"):
        text = page_of(client, case, name)
        assert "Secondary non-response?" in text
        for cause in ("Dose", "Site", "Product", "Diary", "Antibodies"):
            assert cause in text
        assert "27 of 5,876 people" in text


def test_patient_sees_the_days_and_not_the_question(by: Actor) -> None:
    patient = make_portal_patient(by)
    treated(by, patient=patient)

    text = _portal(patient)

    assert "Likely to wear off between" in text
    assert "The earliest day for another treatment is" in text
    assert "likely, not certain" in text
    assert "non-response" not in text


def test_patient_s_own_word_stands_on_their_page(by: Actor) -> None:
    patient = make_portal_patient(by)
    case = treated(by, patient=patient).case

    tell_wear_off(by=by, case=case, answer="still")
    still = _portal(patient)
    tell_wear_off(by=by, case=case, answer="never")
    never = _portal(patient)

    assert "Likely to wear off between" in still
    assert "You told us that it never helped." in never
    assert not any(each in never for each in ("ikely to wear off between", "likely, not certain", "worn off"))


def test_curve_that_is_not_calibrated_is_shown_to_the_clinic_alone(
    client: Client, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = make_portal_patient(by)
    case = treated(by, patient=patient).case
    known = load()
    curve = known.curves["migraine_headache_days"]
    fitted = replace(curve, kind="fitted", fit=replace(FIT, is_calibrated=False))
    monkeypatch.setattr(forecasts, "load", lambda: replace(known, curves={fitted.key: fitted}))

    assert "Likely to wear off between" in page_of(client, case)
    assert "Likely to wear off between" not in _portal(patient)


def _portal(patient: Patient) -> str:
    client = Client()
    assert patient.user is not None
    sign_in(client, patient.user)
    assert queries_of(client, reverse("my_results")) <= 25
    return words(client.get(reverse("my_results")))  # type: ignore[arg-type]  # the test client's answer


def _lost(by: Actor) -> Case:
    """A migraine that responded to the first treatment and got worse after the second."""
    case = treated(by, days_ago=200).case
    with clock.travel(days_back(100)):
        observe(by, case, **healthy(), **MIGRAINE)
        make_treatment(by, approved_plan(by, case), vials_of(make_lot(by, number="SECOND"))[:1])
    for ago in (65, 40):
        with clock.travel(days_back(ago)):
            score(by, case, 28)
    return case

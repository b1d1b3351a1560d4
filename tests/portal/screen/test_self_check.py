"""The self-check: what it answers, and that nothing of it stays anywhere."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils.translation import gettext, override

from masseter.core.screen.self_check import questions_for
from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.models import Event, Submission
from masseter.journey.screen.models import Referral
from masseter.knowledge.load import load
from masseter.knowledge.model import ObservationType
from masseter.knowledge.translations import LANGUAGES
from masseter.portal.screen.carrying import arrive
from tests.reading import lines_of, words_of

ADDRESS = "/self-check/tmd/"
WORTH_IT = {
    "is_adult": "yes",
    "jaw_pain": "yes",
    "jaw_pain_with_use": "yes",
    "pain_months": "14",
    "pain_average": "6",
    "tmd_tried": ["splint"],
}


def no_warning_sign() -> dict[str, str]:
    """'No' to every warning sign of the condition."""
    questions = questions_for(load().conditions["tmd"], load())
    return {one.code: "no" for one in questions if one.code.startswith("flag_")}


def test_unknown_condition_is_not_there(clinic: Clinic) -> None:
    assert Client().get("/self-check/plague/").status_code == 404


@pytest.mark.parametrize("typed", ["-1", "1,000,000", "½", "soon"])
def test_impossible_number_is_refused_at_its_field_and_kept(clinic: Clinic, typed: str) -> None:
    answer = Client().post(ADDRESS, {**no_warning_sign(), **WORTH_IT, "pain_months": typed})

    assert answer.status_code == 422
    assert "<title>Error:" in answer.text
    assert answer.context["form"].errors.keys() == {"pain_months"}
    assert f'value="{typed}"' in answer.text


def test_warning_sign_shows_the_emergency_number_before_all_else(clinic: Clinic) -> None:
    answer = Client().post(ADDRESS, {**no_warning_sign(), **WORTH_IT, "flag_heart": "yes"})

    assert "Get help now" in answer.text
    assert answer.text.index('m-number-big"><a dir="ltr" href="tel:999"') < answer.text.index("Get help now")


@pytest.mark.parametrize("left", ["", "unknown"])
def test_open_warning_sign_is_named_and_nothing_reassures(clinic: Clinic, left: str) -> None:
    answer = Client().post(ADDRESS, {**no_warning_sign(), **WORTH_IT, "flag_growth": left})

    question = load().observations["flag_growth"].question
    assert answer.context["answered"].flags_open == (question,)
    assert "a warning sign to find out about" in answer.text
    assert "m-verdict is-good" not in answer.text


def test_nothing_answered_asks_instead_of_judging(clinic: Clinic) -> None:
    answer = Client().post(ADDRESS, {})

    assert answer.status_code == 200
    assert len(answer.context["answered"].flags_open) == len(no_warning_sign())
    assert "m-verdict is-good" not in answer.text


@pytest.mark.parametrize("code", sorted(load().conditions))
def test_warning_signs_alone_make_nothing_worth_a_consultation(clinic: Clinic, code: str) -> None:
    questions = questions_for(load().conditions[code], load())
    flags = {one.code: "no" for one in questions if one.code.startswith("flag_")}

    answer = Client().post(f"/self-check/{code}/", {**flags, "is_adult": "yes"})

    shown = answer.context["answered"]
    assert shown.title == "Something else first: the questions that are open"
    assert shown.unanswered
    assert "m-verdict is-good" not in answer.text


def test_short_pain_is_told_what_comes_first(clinic: Clinic) -> None:
    answer = Client().post(ADDRESS, {**no_warning_sign(), **WORTH_IT, "pain_months": "1"})

    assert "Something else first" in answer.text
    assert load().conditions["tmd"].not_worth.text in answer.text


def test_lasting_pain_is_worth_a_consultation(clinic: Clinic) -> None:
    answer = Client().post(ADDRESS, {**no_warning_sign(), **WORTH_IT})

    assert answer.status_code == 200
    assert answer.context["answered"].code == "worth_consultation"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "answers", [{}, {**WORTH_IT}, {**WORTH_IT, "jaw_pain": "no"}, {**WORTH_IT, "jaw_pain": "unknown"}]
)
def test_answer_stands_whole_in_the_language_of_the_reader(
    clinic: Clinic, language: str, answers: dict[str, str]
) -> None:
    client = Client(headers={"Accept-Language": language})

    answer = client.post(ADDRESS, {**no_warning_sign(), **answers})

    with override(language):
        assert gettext("Some of this page is not translated yet and stands in English.") not in answer.text
        about = answer.context["answered"].about_complaint
    in_english = Client().post(ADDRESS, {**no_warning_sign(), **answers}).context["answered"].about_complaint
    assert about in answer.text
    assert about != in_english


def test_self_check_leaves_nothing_behind(clinic: Clinic) -> None:
    client = Client()
    client.get(ADDRESS)

    answer = client.post(ADDRESS, {**no_warning_sign(), **WORTH_IT})

    assert set(client.cookies) <= {"csrftoken"}
    assert not Session.objects.exists()
    assert not Submission.objects.exists()
    assert not Referral.objects.exists()
    assert not Event.objects.exists()
    assert answer.headers["Cache-Control"] == "no-store"


def test_answers_travel_sealed_in_the_page(clinic: Clinic) -> None:
    answer = Client().post(ADDRESS, {**no_warning_sign(), **WORTH_IT})

    carried = arrive(answer.context["sealed"])
    assert carried is not None
    assert carried.outcome == "worth_consultation"
    assert carried.red_flags_open == []
    assert carried.answers["pain_months"] == 14
    assert "tmd_tried" not in answer.context["sealed"]


@pytest.mark.parametrize("left", ["", "unknown"])
def test_open_warning_sign_travels_with_the_answers(clinic: Clinic, left: str) -> None:
    answer = Client().post(ADDRESS, {**no_warning_sign(), **WORTH_IT, "flag_growth": left})

    carried = arrive(answer.context["sealed"])
    assert carried is not None
    assert carried.red_flags_open == ["flag_growth"]


def test_one_tick_says_no_to_the_warning_signs_left_open_and_to_nothing_else(clinic: Clinic) -> None:
    answer = Client().post(ADDRESS, {"flag_heart": "unknown", "rest_is_no": "on"})

    carried = arrive(answer.context["sealed"])
    assert carried is not None
    assert carried.red_flags_open == ["flag_heart"]
    assert carried.answers["flag_growth"] == "no"
    assert "jaw_pain" not in carried.answers


def test_one_tick_takes_back_no_warning_sign(clinic: Clinic) -> None:
    answer = Client().post(ADDRESS, {"flag_heart": "yes", "rest_is_no": "on"})

    assert answer.context["answered"].code == "get_help_now"


TWO_MINUTES = 120
WORDS_A_MINUTE = 238
THINK, POINT, CLICK, TO_KEYS_AND_BACK, KEY = 1.35, 1.1, 0.2, 0.8, 0.28


def seconds_to_answer(kind: str) -> float:
    """To decide and give one answer; of several boxes three are ticked, a number has two figures."""
    one = THINK + POINT + CLICK
    more = {"choices": 2 * (POINT + CLICK), "number": TO_KEYS_AND_BACK + 2 * KEY}
    return one + more.get(kind, 0)


def kind_of(type_: ObservationType) -> str:
    is_scale = type_.low == 0 and type_.high == 10
    return "number" if type_.kind == "integer" and not is_scale else type_.kind


@pytest.mark.parametrize("code", sorted(load().conditions))
def test_every_condition_can_be_checked_in_two_minutes(clinic: Clinic, code: str) -> None:
    """All that stands on the page is read, then every question is answered; warning signs by one tick.

    Reading: 238 words a minute, adults reading English non-fiction silently (Brysbaert 2019, Journal of
    Memory and Language 109:104047). Answering: the keystroke-level model's 1.35 s to decide, 1.1 s to
    point, 0.2 s to click, 0.4 s between mouse and keys, 0.28 s a key for an average typist (Card, Moran
    and Newell 1980, Communications of the ACM 23(7):396-410). 'Yes', 'No', 'Don't know' are read once,
    the figures of a scale not one by one. Not counted: looking something up, such as the days of a month.
    """
    answer = Client().get(f"/self-check/{code}/")

    lines = [line for line in lines_of(answer.text) if not line.isdigit()]
    choices = [line for line in lines if line in ("Yes", "No", "Don’t know")]
    read = words_of(" ".join([line for line in lines if line not in choices] + sorted(set(choices))))
    form = answer.context["form"]
    asked = [one for one in form.types if one.code not in form.flags]
    tick_and_button = 2 * seconds_to_answer("boolean")
    answering = sum(seconds_to_answer(kind_of(one)) for one in asked) + tick_and_button
    assert len(read) * 60 / WORDS_A_MINUTE + answering <= TWO_MINUTES


def test_answer_can_be_brought_along_on_paper_with_what_was_answered_and_what_to_ask(clinic: Clinic) -> None:
    sent = Client().post(
        "/self-check/tmd/", {"rest_is_no": "on", "tmd_tried": ["splint"], "pain_months": "7"}
    )

    told = dict(sent.context["answers_told"])
    types = load().observations
    assert told[types["pain_months"].question] == "7 months"
    assert told[types["tmd_tried"].question] == next(
        choice.plain or choice.label for choice in types["tmd_tried"].choices if choice.code == "splint"
    )
    assert types["jaw_pain"].question not in told
    assert all(question in sent.text for question in load().conditions["tmd"].story.ask)
    assert "data-print" in sent.text

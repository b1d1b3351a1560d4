"""Texts of the knowledge, days and numbers in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from masseter.journey.accounts.models import Clinic
from masseter.knowledge.load import load
from masseter.ui.forms import NumberField
from masseter.ui.languages.days import day_time_words, day_words, month_day_words, weekday_words
from masseter.ui.languages.lists import listed, listed_apart
from masseter.ui.languages.told import begin_page, fell_back, is_unreviewed, told

RULE = load().symptom_rules[0].plain
LANGUAGES = ("en-gb", "de", "fr", "es", "ar")
Number = st.decimals(min_value=0, max_value=999, places=2, allow_nan=False)


def test_a_text_without_a_translation_stays_english_and_is_owned_up_to() -> None:
    with translation.override("de"):
        begin_page()
        assert told(RULE) != RULE
        assert not fell_back()

        assert told("Nobody translated this.") == "Nobody translated this."
        assert fell_back()


def test_english_readers_get_the_text_itself() -> None:
    with translation.override("en-gb"):
        begin_page()
        assert told(RULE) == RULE
        assert told("Nobody translated this.") == "Nobody translated this."
        assert not fell_back()
        assert not is_unreviewed()


@pytest.mark.parametrize(
    ("language", "whole", "short"),
    [
        ("en-gb", "3 March 2026", "3 March"),
        ("de", "3. März 2026", "3. März"),
        ("fr", "3 mars 2026", "3 mars"),
        ("es", "3 de marzo de 2026", "3 de marzo"),
        ("ar", "3 مارس، 2026", "3 مارس"),
    ],
)
def test_days_stand_as_the_language_writes_them(language: str, whole: str, short: str) -> None:
    with translation.override(language):
        assert (day_words(date(2026, 3, 3)), month_day_words(date(2026, 3, 3))) == (whole, short)


def test_commas_of_a_list_are_those_of_the_language() -> None:
    with translation.override("ar"):
        assert listed(["الخد", "الصدغ"]) == "الخد، الصدغ"
        assert listed_apart(["الخد، اليمين", "الصدغ"]) == "الخد، اليمين؛ الصدغ"
        assert weekday_words(date(2026, 11, 29)) == "الأحد، 29 نوفمبر"
    with translation.override("es"):
        assert listed(["mejilla", "sien"]) == "mejilla, sien"


def test_weekday_and_time_come_with_the_day() -> None:
    with translation.override("de"):
        assert weekday_words(date(2026, 3, 3)) == "Dienstag, 3. März"
        assert day_time_words(datetime(2026, 3, 3, 14, 5, tzinfo=UTC)) == "3. März 2026, 14:05"


@given(number=Number, mark=st.sampled_from([".", ","]), language=st.sampled_from(LANGUAGES))
def test_a_number_is_read_alike_with_point_or_comma_in_every_language(
    number: object, mark: str, language: str
) -> None:
    with translation.override(language):
        read = NumberField().clean(f"{number:f}".replace(".", mark))

    assert read == number


@given(number=st.integers(1, 9), thousands=st.integers(100, 999), mark=st.sampled_from([".", ","]))
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_could_be_a_thousand_is_refused_in_every_language(
    language: str, number: int, thousands: int, mark: str
) -> None:
    with translation.override(language), pytest.raises(forms.ValidationError):
        NumberField().clean(f"{number}{mark}{thousands}")


def test_a_page_in_another_language_says_that_nobody_has_checked_it(clinic: Clinic) -> None:
    page: Callable[[str], str] = lambda language: (  # noqa: E731
        Client(headers={"Accept-Language": language}).get("/self-check/").text
    )

    assert "hat noch keine Fachperson geprüft" in page("de")
    assert "has not been checked by a professional" not in page("en-GB")

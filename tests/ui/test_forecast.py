"""A forecast in words: days that are likely, a change and never an effect, and no promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils.translation import override

from masseter.core.answers import Answer
from masseter.core.follow_up.ahead import plan_ahead
from masseter.core.follow_up.due import next_due
from masseter.core.results.forecast import Chance, Days, Forecast, Span
from masseter.core.results.response import Response
from masseter.ui.charts.ahead import overlay_chart
from masseter.ui.forecast import ForecastWords, forecast_words, plain_forecast, span_words
from tests.core.builders import D
from tests.ui.charts.test_ahead import FORECAST, GIVEN, SHOWN

DUE = next_due(given_on=GIVEN, interval_days=84)
NOTHING = Response(
    instrument="nrs_pain",
    baseline=D(7),
    changes=(),
    best=None,
    latest=None,
    responder=Answer.UNKNOWN,
    thresholds_met=(),
    words="",
)


def told(forecast: Forecast, *, today: int = 30) -> ForecastWords:
    day = GIVEN + timedelta(days=today)
    return forecast_words(
        forecast,
        plan=plan_ahead(forecast.wear_off, DUE, today=day),
        earliest=DUE.earliest,
        response=NOTHING,
        unit="points",
        today=day,
    )


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2027, 3, 2), date(2027, 3, 20), "2 and 20 March 2027"),
        (date(2027, 2, 28), date(2027, 3, 20), "28 February and 20 March 2027"),
        (date(2026, 12, 20), date(2027, 1, 3), "20 December 2026 and 3 January 2027"),
    ],
)
def test_days_say_once_what_they_share(first: date, last: date, words: str) -> None:
    assert span_words(first, last, "and") == words


def test_lead_names_the_wear_off_and_the_earliest_next_date() -> None:
    assert told(FORECAST).lead == (
        "Likely to wear off between 30 April and 9 June 2026; the earliest next date is 24 May 2026."
    )


def test_wear_off_that_lies_behind_is_told_as_past_and_the_review_as_due() -> None:
    words = told(FORECAST, today=90)

    assert words.lead.startswith("Has probably worn off by now")
    assert any("plan the review now" in line for line in words.lines)


def test_nobody_is_told_that_it_has_worn_off_by_what_others_do() -> None:
    others = replace(FORECAST, is_population=True)

    clinic = told(others, today=90)
    patient = plain_forecast(others, earliest=None, today=GIVEN + timedelta(days=90))

    for words in (clinic, patient):
        assert words.lead.startswith("In most people with this condition it has worn off by now")


def test_review_is_planned_before_the_wear_off() -> None:
    assert "Plan the review by 29 April 2026, before the wear-off becomes likely." in told(FORECAST).lines


def test_early_wear_off_never_brings_an_earlier_treatment() -> None:
    early = replace(
        FORECAST,
        wear_off=Days(
            first=GIVEN + timedelta(days=40),
            middle=GIVEN + timedelta(days=64),
            last=GIVEN + timedelta(days=80),
        ),
    )

    lines = " ".join(told(early).lines)

    assert "20 days before the earliest next date" in lines
    assert "never an earlier treatment" in lines
    assert "makes sense from" not in lines


def test_after_the_interval_the_date_is_past_and_the_review_decides() -> None:
    words = told(FORECAST, today=90)
    patient = plain_forecast(FORECAST, earliest=DUE.earliest, today=GIVEN + timedelta(days=90))

    lines = " ".join(words.lines)
    assert words.lead.endswith("the earliest next date was 24 May 2026.")
    assert "before the earliest next date" not in lines
    assert "The interval is over" in lines
    assert patient.lines[0] == (
        "The time that has to lie between treatments has been over since 24 May 2026; the clinic decides "
        "with you whether another one makes sense."
    )


def test_where_nothing_wears_off_no_day_is_told() -> None:
    flat = replace(
        FORECAST,
        wears_off=Span(low=D("-1.5"), middle=D(0), high=D("0.1")),
        shows_wear_off=False,
        is_population=True,
        next_narrows_days=3,
    )
    clinic = told(flat)
    patient = plain_forecast(flat, earliest=DUE.earliest, today=GIVEN + timedelta(days=30))

    for words in (clinic, patient):
        said = " ".join([words.lead, *words.lines])
        assert words.lead.startswith("So far no part of the change looks like one that wears off, so no day")
        assert not words.is_population
        assert "24 May 2026" in said
        for day in ("30 April", "9 June", "31 March", "makes sense", "narrow", "more exact"):
            assert day not in said


def test_own_word_that_it_has_worn_off_stands_above_curve_and_scores() -> None:
    day = GIVEN + timedelta(days=40)
    over = replace(FORECAST, wear_off=Days(first=day, middle=day, last=day), worn_off_on=day)

    clinic = told(over, today=50)
    patient = plain_forecast(over, earliest=DUE.earliest, today=GIVEN + timedelta(days=50))

    assert clinic.lead.startswith(
        "Worn off since about 10 April 2026, by the patient’s own word; the earliest"
    )
    assert patient.lead == "Worn off since about 10 April 2026, as you told us."
    assert "Plan the review now." in clinic.lines
    assert any("never an earlier treatment" in line for line in clinic.lines)
    for words in (clinic, patient):
        said = " ".join([words.lead, *words.lines]).lower()
        assert not any(each in said for each in ("likely to wear off", "narrow", "not certain"))


def test_day_that_is_nobodys_yet_is_called_uncertain_and_not_other_peoples() -> None:
    shown = replace(FORECAST, is_uncertain=True)

    for words in (told(shown), plain_forecast(shown, earliest=None, today=GIVEN)):
        assert words.is_uncertain
        assert not words.is_population
        assert not any("your own pattern" in line for line in words.lines)


def test_own_word_that_it_still_works_is_told_where_the_scores_say_otherwise() -> None:
    shown = replace(FORECAST, still_on=GIVEN + timedelta(days=40))

    clinic, patient = told(shown), plain_forecast(shown, earliest=None, today=GIVEN)

    assert any("said on 10 April 2026 that it still works" in line for line in clinic.lines)
    assert any("told us on 10 April 2026 that it still works" in line for line in patient.lines)


def test_own_word_that_it_never_helped_leaves_the_review_alone() -> None:
    never = replace(FORECAST, shows_wear_off=False, never_helped=True)

    clinic = told(never, today=90)
    patient = plain_forecast(never, earliest=DUE.earliest, today=GIVEN + timedelta(days=90))

    assert clinic.lead.startswith("By the patient’s own word it never helped")
    assert patient.lead == "You told us that it never helped."
    assert "Plan the review now." in clinic.lines
    for words in (clinic, patient):
        said = " ".join([words.lead, *words.lines])
        for each in (
            "30 April",
            "9 June",
            "31 March",
            "treatment makes sense",
            "pattern",
            "narrow",
            "more exact",
        ):
            assert each not in said


def test_longest_answer_is_told_as_a_latest_day() -> None:
    day = GIVEN + timedelta(days=40)
    over = replace(FORECAST, wear_off=Days(first=day, middle=day, last=day), worn_off_on=day)

    for later, words in ((42, "10 April 2026"), (56, "10 April 2026 or earlier")):
        shown = replace(over, worn_off_told_on=day + timedelta(days=later))
        plain = plain_forecast(shown, earliest=None, today=GIVEN + timedelta(days=100))
        assert told(shown, today=100).lead.startswith(f"Worn off since about {words}, by")
        assert plain.lead == f"Worn off since about {words}, as you told us."
        assert f"Worn off, by own word: {words}." in overlay_chart(replace(SHOWN, forecast=shown)).description


def test_curve_that_is_not_the_clinics_own_is_said_in_the_open() -> None:
    plain = plain_forecast(FORECAST, earliest=None, today=GIVEN)

    assert any("none was fitted to the clinic's own data" in line for line in told(FORECAST).lines)
    assert any("not from patients of this clinic" in line for line in plain.lines)


def test_part_that_may_be_nothing_is_said() -> None:
    words = told(replace(FORECAST, wears_off=Span(low=D("-0.5"), middle=D(1), high=D(3))))

    assert any("There may be nothing that wears off." in line for line in words.lines)
    assert any("−0.5" in line for line in words.lines)


def test_chances_are_of_100_and_never_sure() -> None:
    sure = replace(FORECAST, chances=(Chance(fall=D(30), percent=100), Chance(fall=D(50), percent=41)))

    lines = " ".join(told(sure).lines)

    assert "30 % or more: more than 99 of 100; 50 % or more: 41 of 100" in lines


def test_chances_are_told_only_while_the_best_is_still_to_come() -> None:
    open_ = replace(FORECAST, chances=(Chance(fall=D(30), percent=60),))

    assert any("Chance" in line for line in told(open_, today=30).lines)
    assert not any("Chance" in line for line in told(open_, today=31).lines)


@pytest.mark.parametrize(
    ("narrows", "words"),
    [(0, "hardly narrow the span of 40 days"), (6, "narrow the span of 40 days by 6 days")],
)
def test_one_entry_more_is_told_for_what_it_is_worth(narrows: int, words: str) -> None:
    assert any(words in line for line in told(replace(FORECAST, next_narrows_days=narrows)).lines)


def test_neither_clinic_nor_patient_is_told_of_an_effect_of_the_toxin() -> None:
    plain = plain_forecast(FORECAST, earliest=None, today=GIVEN)

    for words in (told(FORECAST), plain):
        said = " ".join([words.lead, *words.lines]).lower()
        assert "toxin" not in said
        assert "effect" not in said
        assert "cannot show" in words.basis


@pytest.mark.parametrize(
    ("language", "effect"), [("de", "wirkung"), ("fr", "effet"), ("es", "efecto"), ("ar", "مفعول")]
)
def test_no_language_makes_an_effect_of_the_change(language: str, effect: str) -> None:
    with override(language):
        over = GIVEN + timedelta(days=60)
        for today in (30, 90):
            for shown in (
                FORECAST,
                replace(FORECAST, is_population=True),
                replace(FORECAST, is_uncertain=True, still_on=over),
                replace(FORECAST, worn_off_on=over, worn_off_told_on=GIVEN + timedelta(days=116)),
                replace(FORECAST, shows_wear_off=False),
                replace(FORECAST, shows_wear_off=False, never_helped=True),
            ):
                plain = plain_forecast(shown, earliest=None, today=GIVEN + timedelta(days=today))
                chart = overlay_chart(replace(SHOWN, forecast=shown))
                names = [*(key.words for key in chart.legend), *(row[2] for row in chart.rows)]
                said = " ".join([plain.lead, *plain.lines, chart.description, chart.drawing, *names])
                assert effect not in said.lower()


@pytest.mark.parametrize(
    ("language", "change"), [("de", "Besserung"), ("fr", "mélioration"), ("es", "mejoría"), ("ar", "التحسّن")]
)
def test_every_language_says_that_it_is_the_improvement_that_wears_off(language: str, change: str) -> None:
    over = GIVEN + timedelta(days=60)
    with override(language):
        for shown in (FORECAST, replace(FORECAST, is_population=True), replace(FORECAST, worn_off_on=over)):
            for today in (30, 90):
                plain = plain_forecast(shown, earliest=None, today=GIVEN + timedelta(days=today))
                assert change in plain.lead
            assert change.lower() in overlay_chart(replace(SHOWN, forecast=shown)).description.lower()


def test_patient_is_told_that_these_days_are_not_certain() -> None:
    plain = plain_forecast(replace(FORECAST, is_population=True), earliest=DUE.earliest, today=GIVEN)

    assert "The earliest day for another treatment is 24 May 2026." in plain.lines
    assert any("not yet your own pattern" in line for line in plain.lines)
    assert any("likely, not certain" in line for line in plain.lines)

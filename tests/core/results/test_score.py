from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from masseter.core.results.score import InvalidAnswer, band_of, round_to_step, score, score_of_total
from masseter.knowledge.model import Band, Choice
from tests.core.builders import D, instrument, item

CHOICES = (Choice(code="never", label="Never"), Choice(code="often", label="Often"))
THREE = (item("now"), item("worst"), item("average"))
PAIN = instrument()
TOTAL = instrument(total_only=True, low=D(36), high=D(78), method="sum")


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"now": D(11)}, "now"),
        ({"now": D(-1)}, "now"),
        ({"now": D("NaN")}, "now"),
        ({"now": D("Infinity")}, "now"),
        ({"now": D("2.5")}, "now"),
        ({"now": True}, "now"),
        ({"now": 2.0}, "now"),
        ({"now": "2"}, "now"),
        ({"then": D(1)}, "then"),
    ],
)
def test_score_refuses_an_answer_that_cannot_be(answers: dict[str, Any], code: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        score(PAIN, answers)

    assert refusal.value.code == code
    assert refusal.value.sentence.endswith(".")


def test_score_refuses_a_total_off_the_scale_of_a_licensed_questionnaire() -> None:
    with pytest.raises(InvalidAnswer, match="from 36 to 78"):
        score(TOTAL, {"total": D(12)})
    with pytest.raises(InvalidAnswer, match="steps of 1"):
        score(TOTAL, {"total": D("40.5")})


def test_score_refuses_the_items_of_a_licensed_questionnaire() -> None:
    with pytest.raises(InvalidAnswer, match="does not belong"):
        score(TOTAL, {"q1": D(6)})


def test_score_of_nothing_has_no_total_and_says_why() -> None:
    result = score(PAIN, {})

    assert result.total is None
    assert result.missing == ("now",)
    assert result.reason == "No answer may be missing for a score; 1 missing."


@pytest.mark.parametrize("answer", [None, ""])
def test_score_with_too_many_missing_has_no_total(answer: str | None) -> None:
    scale = instrument(*THREE, method="mean", max_missing=1)

    result = score(scale, {"now": 4, "worst": answer})

    assert result.total is None
    assert result.reason == "No more than 1 may be missing for a score; 2 missing."


def test_score_with_all_missing_has_no_total_even_where_all_may_be() -> None:
    assert score(instrument(*THREE, method="sum", max_missing=3), {}).total is None


def test_score_of_one_number() -> None:
    result = score(PAIN, {"now": D(7)})

    assert (result.total, result.instrument, result.is_prorated, result.reason) == (
        D(7),
        "pain_score",
        False,
        "",
    )


def test_score_of_a_total() -> None:
    assert score(TOTAL, {"total": 63}).total == D(63)


def test_score_of_a_diary_instrument_may_be_entered() -> None:
    days = instrument(item("days", high=28), high=D(28), source_of_score="diary_days_per_28")

    assert score(days, {"days": D(20)}).total == D(20)


@pytest.mark.parametrize(
    ("method", "step", "total"),
    [("sum", "1", "19"), ("mean", "0.1", "6.3"), ("mean", "0.01", "6.33"), ("mean_times_ten", "0.1", "63.3")],
)
def test_score_by_method_rounds_once_at_the_end(method: str, step: str, total: str) -> None:
    scale = instrument(*THREE, method=method, step=D(step), high=D(100))

    assert score(scale, {"now": 4, "worst": 9, "average": 6}).total == D(total)


@pytest.mark.parametrize(("method", "total"), [("sum", "15"), ("mean", "5")])
def test_score_prorates_only_as_many_as_may_be_missing(method: str, total: str) -> None:
    scale = instrument(*THREE, method=method, max_missing=1, high=D(30))

    result = score(scale, {"now": 4, "worst": 6})

    assert (result.total, result.is_prorated, result.missing) == (D(total), True, ("average",))


def test_score_of_choices_counts_weights_or_places() -> None:
    weighted = item("w", choices=CHOICES, weights=(D(6), D(11)))
    placed = item("p", low=1, choices=CHOICES)
    scale = instrument(weighted, placed, method="weighted_sum", high=D(100))

    assert score(scale, {"w": "often", "p": "often"}).total == D(13)
    with pytest.raises(InvalidAnswer, match="Choose one"):
        score(scale, {"w": "always"})


def test_score_of_total_refuses_what_is_off_the_scale() -> None:
    with pytest.raises(InvalidAnswer):
        score_of_total(PAIN, D(11))


def test_score_of_total_keeps_the_number_as_it_is() -> None:
    assert score_of_total(PAIN, D("6.25")).total == D("6.25")


BANDED = instrument(
    bands=(
        Band(low=D(1), high=D(3), label="mild"),
        Band(low=D(4), high=D(6), label="moderate"),
        Band(low=D(7), high=D(9), label="severe"),
    )
)


@pytest.mark.parametrize(
    ("total", "label"),
    [("0", ""), ("1", "mild"), ("3.5", "mild"), ("4", "moderate"), ("9", "severe"), ("10", "")],
)
def test_band_of_takes_the_last_band_that_is_reached(total: str, label: str) -> None:
    assert band_of(BANDED, D(total)) == label


def test_band_of_an_instrument_without_bands_is_empty() -> None:
    assert band_of(PAIN, D(3)) == ""


@pytest.mark.parametrize(
    ("exact", "step", "rounded"),
    [("5/2", "1", "3"), ("9/4", "0.1", "2.3"), ("-5/2", "1", "-2"), ("1/3", "0.01", "0.33"), ("7", "1", "7")],
)
def test_round_to_step_goes_half_up(exact: str, step: str, rounded: str) -> None:
    assert round_to_step(Fraction(exact), D(step)) == D(rounded)

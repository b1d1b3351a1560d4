from __future__ import annotations

import pytest

from masseter.core.answers import Answer
from masseter.core.results.response import DayScore, InvalidScoreDay, Response, respond
from masseter.core.results.score import InvalidAnswer
from masseter.knowledge.model import Band, Instrument, Threshold
from tests.core.builders import EVIDENCE, D, condition, instrument

WIDE = instrument(high=D(100))


def response(baseline: str | None, *scores: tuple[int, str], scale: Instrument = WIDE) -> Response:
    return respond(
        instrument=scale,
        baseline=None if baseline is None else D(baseline),
        scores=[DayScore(day=day, total=D(total)) for day, total in scores],
        condition=condition(),
    )


@pytest.mark.parametrize(("baseline", "total"), [("82", "101"), ("82", "-1"), ("101", "5"), ("NaN", "5")])
def test_response_refuses_totals_off_the_scale(baseline: str, total: str) -> None:
    with pytest.raises(InvalidAnswer):
        response(baseline, (7, total))


def test_response_refuses_a_score_before_the_treatment_and_two_of_one_day() -> None:
    with pytest.raises(InvalidScoreDay, match="before its treatment"):
        response("82", (-1, "50"))
    with pytest.raises(InvalidScoreDay, match="one day"):
        response("82", (7, "50"), (7, "40"))


def test_response_of_an_instrument_that_asks_for_the_change_lacks_no_baseline() -> None:
    asks = instrument(measures_change=True, bands=(Band(low=D(1), high=D(2), label="much improved"),))

    before, after = response(None, scale=asks), response("7", (30, "2"), scale=asks)

    assert "before the treatment is missing" not in before.words + after.words
    assert "there is no score before the treatment" in before.words
    assert after.words.endswith("2 (much improved) on day 30.")
    assert after.responder is Answer.UNKNOWN


@pytest.mark.parametrize(
    ("baseline", "scores", "lacking"),
    [(None, [(7, "50")], "before the treatment"), ("82", [], "after the treatment")],
)
def test_response_without_baseline_or_score_is_unknown(
    baseline: str | None, scores: list[tuple[int, str]], lacking: str
) -> None:
    result = response(baseline, *scores)

    assert result.responder is Answer.UNKNOWN
    assert (result.best, result.latest, result.changes) == (None, None, ())
    assert lacking in result.words


def test_response_to_a_baseline_of_zero_has_no_percent() -> None:
    result = response("0", (7, "3"))

    assert result.best is not None
    assert result.best.percent is None
    assert result.responder is Answer.UNKNOWN
    assert result.words == "Pain: 0 before the treatment, 3 at best on day 7."


def test_response_of_a_published_case_of_neuralgia() -> None:
    result = response("82", (90, "45"), (7, "54"), (30, "25"), (60, "25"))

    assert result.best is not None
    assert result.latest is not None
    assert (result.best.day, result.best.points, result.best.percent) == (30, D(57), D("69.5"))
    assert (result.latest.day, result.latest.percent) == (90, D("45.1"))
    assert result.responder is Answer.MET
    assert [change.day for change in result.changes] == [7, 30, 60, 90]
    assert result.words == (
        "Pain: 82 before the treatment, 25 at best on day 30 (69.5 % better); 45 on day 90."
    )


def test_response_is_judged_on_the_exact_percent_not_on_the_rounded_one() -> None:
    short_of_it = instrument(high=D(10000))

    assert response("10000", (7, "7001"), scale=short_of_it).responder is Answer.NOT_MET
    assert response("10000", (7, "7000"), scale=short_of_it).responder is Answer.MET


def test_response_that_is_worse_is_negative_and_said_so() -> None:
    result = response("50", (28, "60"))

    assert result.best is not None
    assert (result.best.points, result.best.percent) == (D(-10), D(-20))
    assert result.words.endswith("60 at best on day 28 (20 % worse).")
    assert result.responder is Answer.NOT_MET


def test_response_without_change_is_unchanged() -> None:
    assert "unchanged" in response("50", (28, "50")).words


def test_response_where_higher_is_better_is_a_rise() -> None:
    opening = instrument(high=D(100), higher_is_worse=False)

    result = response("30", (28, "45"), scale=opening)

    assert result.best is not None
    assert (result.best.points, result.best.percent) == (D(15), D(50))


def test_response_lists_the_thresholds_that_are_reached() -> None:
    limits = (
        *(Threshold(kind="points", value=D(size), meaning=f"{size}", evidence=EVIDENCE) for size in (5, 6)),
        *(
            Threshold(kind="percent", value=D(size), meaning=f"{size} %", evidence=EVIDENCE)
            for size in (50, 51)
        ),
    )
    scale = instrument(thresholds=limits)

    assert [limit.meaning for limit in response("10", (7, "5"), scale=scale).thresholds_met] == [
        "5",
        "50 %",
    ]
    assert response("0", (7, "0"), scale=scale).thresholds_met == ()

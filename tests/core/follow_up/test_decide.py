from __future__ import annotations

from datetime import timedelta

import pytest

from masseter.core.follow_up.decide import DecisionRefused, check_decision, check_due, needs_reason
from masseter.core.follow_up.due import Due, next_due
from masseter.core.follow_up.recommend import Recommendation
from masseter.knowledge.model import Recommends
from tests.core.builders import TODAY


def advice(so_far: Recommends | None) -> Recommendation:
    return Recommendation(recommends=so_far or "discuss", so_far=so_far, reasons=(), questions=())


def due() -> Due:
    return next_due(given_on=TODAY, interval_days=84)


@pytest.mark.parametrize("decision", ["", "something"])
def test_decision_that_is_none_is_refused(decision: str) -> None:
    with pytest.raises(DecisionRefused) as refusal:
        check_decision(advice("repeat"), decision, "Because.")

    assert refusal.value.field == "decision"


def test_decision_against_the_advice_without_a_reason_is_refused() -> None:
    with pytest.raises(DecisionRefused) as refusal:
        check_decision(advice("stop"), "repeat", " ")

    assert refusal.value.field == "reason"


def test_decision_against_the_advice_with_a_reason_stands() -> None:
    assert check_decision(advice("stop"), "repeat", "The scale misses what matters.") == "repeat"


@pytest.mark.parametrize("so_far", ["repeat", None])
def test_decision_as_advised_or_where_nothing_is_advised_needs_no_reason(so_far: Recommends | None) -> None:
    assert not needs_reason(advice(so_far), "repeat")
    assert check_decision(advice(so_far), "repeat", "") == "repeat"


@pytest.mark.parametrize("so_far", ["repeat", "adjust", None])
@pytest.mark.parametrize("decision", ["repeat", "adjust"])
def test_going_on_while_a_graver_question_is_open_needs_a_reason(
    so_far: Recommends | None, decision: Recommends
) -> None:
    """Also where the decision is what the known facts recommend so far: they are not all the facts."""
    open_one = Recommendation(
        recommends="ask", so_far=so_far, reasons=(), questions=("serious_adverse_event",)
    )

    with pytest.raises(DecisionRefused) as refusal:
        check_decision(open_one, decision, "")

    assert refusal.value.field == "reason"
    assert check_decision(open_one, decision, "Seen by telephone.") == decision


@pytest.mark.parametrize("decision", ["pause", "stop", "refer"])
def test_ending_or_pausing_while_a_question_is_open_needs_no_reason_of_its_own(decision: Recommends) -> None:
    open_one = Recommendation(recommends="ask", so_far=None, reasons=(), questions=("pain",))

    assert check_decision(open_one, decision, "") == decision


@pytest.mark.parametrize("decision", ["repeat", "adjust", "pause"])
def test_day_is_needed_where_it_goes_on_or_pauses(decision: Recommends) -> None:
    with pytest.raises(DecisionRefused) as refusal:
        check_due(decision, None, due(), TODAY)

    assert refusal.value.field == "next_due_on"


@pytest.mark.parametrize("decision", ["stop", "refer"])
def test_day_is_refused_where_it_ends(decision: Recommends) -> None:
    with pytest.raises(DecisionRefused, match="Leave this day empty"):
        check_due(decision, TODAY + timedelta(days=100), due(), TODAY)

    assert check_due(decision, None, due(), TODAY) is None


def test_day_in_the_past_or_inside_the_interval_is_refused() -> None:
    with pytest.raises(DecisionRefused, match="in the past"):
        check_due("repeat", TODAY - timedelta(days=1), None, TODAY)
    with pytest.raises(DecisionRefused, match="inside the interval"):
        check_due("repeat", TODAY + timedelta(days=83), due(), TODAY)


def test_day_on_the_first_day_outside_the_interval_stands() -> None:
    earliest = TODAY + timedelta(days=84)

    assert check_due("repeat", earliest, due(), TODAY) == earliest
    assert check_due("pause", earliest, due(), TODAY) == earliest

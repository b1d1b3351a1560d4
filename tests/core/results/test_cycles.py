from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from masseter.core.answers import Answer
from masseter.core.facts import NOT_APPLICABLE, NoLessThan, ObservationValue
from masseter.core.results.cycles import Cycle, derive_cycle_facts, judge_cycle, months_under
from masseter.core.results.response import DayScore
from tests.core.builders import TODAY, D, condition, instrument


def cycle(*scores: tuple[int, int], baseline: int | None = 10, is_closed: bool = True) -> Cycle:
    return Cycle(
        baseline=None if baseline is None else D(baseline),
        scores=tuple(DayScore(day=day, total=D(total)) for day, total in scores),
        is_closed=is_closed,
    )


GOOD = cycle((28, 4), (84, 9))
POOR = cycle((28, 9), (84, 10))
UNSCORED = cycle()
EARLY = cycle((7, 9), is_closed=False)
RUNNING = cycle((7, 4), is_closed=False)


def derived(*cycles: Cycle, **more: Any) -> dict[str, Any]:
    facts = derive_cycle_facts(
        condition=condition(), instrument=instrument(), cycles=cycles, today=TODAY, **more
    )
    return {code: observation.value for code, observation in facts.items()}


def test_cycle_facts_of_nothing_are_nothing() -> None:
    assert derived() == {}


def test_cycle_facts_of_a_cycle_without_scores_are_unknown_not_zero() -> None:
    assert derived(UNSCORED) == {}


def test_cycle_facts_without_baseline_are_unknown() -> None:
    assert derived(cycle((28, 4), baseline=None)) == {}


def test_judge_cycle_does_not_call_a_cycle_a_failure_before_its_review_day() -> None:
    judged = judge_cycle(condition=condition(), instrument=instrument(), cycle=EARLY)

    assert judged.responded is Answer.UNKNOWN


def test_cycle_of_a_scheme_that_works_late_is_judged_late() -> None:
    late = replace(cycle((40, 9), is_closed=False), review_from=Decimal(56))
    usual = replace(late, review_from=None)

    judged = [
        judge_cycle(condition=condition(), instrument=instrument(), cycle=each).responded
        for each in (usual, late)
    ]

    assert judged == [Answer.NOT_MET, Answer.UNKNOWN]
    assert "cycles_reviewed" in derived(usual)
    assert "cycles_reviewed" not in derived(late)


def test_judge_cycle_sees_a_response_as_soon_as_it_is_there() -> None:
    judged = judge_cycle(condition=condition(), instrument=instrument(), cycle=RUNNING)

    assert judged.responded is Answer.MET


def test_cycle_facts_give_best_and_latest_fall_of_the_last_cycle() -> None:
    facts = derived(POOR, GOOD)

    assert (facts["fall_percent"], facts["last_fall_percent"]) == (D(60), D(10))


@pytest.mark.parametrize(
    ("cycles", "run"),
    [
        ([GOOD], 0),
        ([POOR], 1),
        ([GOOD, POOR, POOR], 2),
        ([POOR, GOOD, POOR], 1),
        ([POOR, POOR, EARLY], 2),
        ([POOR, POOR, RUNNING], 0),
        ([POOR, UNSCORED, POOR], NoLessThan(number=1)),
        ([POOR, UNSCORED], None),
        ([EARLY], None),
        ([cycle((28, 9), is_closed=False)], 1),
        ([cycle((27, 9), is_closed=False)], None),
    ],
)
def test_cycles_without_response_counts_back_from_the_last_one_judged(
    cycles: list[Cycle], run: ObservationValue
) -> None:
    assert derived(*cycles).get("cycles_without_response") == run


@pytest.mark.parametrize(
    ("cycles", "lost"),
    [
        ([GOOD, POOR, POOR], True),
        ([GOOD, POOR, GOOD], False),
        ([GOOD, POOR], False),
        ([POOR, POOR, POOR], False),
        ([UNSCORED, POOR, POOR], None),
        ([GOOD, UNSCORED, POOR], None),
        ([GOOD, UNSCORED, POOR, POOR], True),
    ],
)
def test_lost_response_needs_a_response_before_two_failures(cycles: list[Cycle], lost: bool | None) -> None:
    assert derived(*cycles).get("lost_response") is lost


def test_pain_free_cycles_are_free_at_their_last_score() -> None:
    free = cycle((28, 2), (84, 0))
    back = cycle((28, 0), (84, 3))

    assert derived(back, free, free)["pain_free_cycles"] == 2
    assert derived(free, back)["pain_free_cycles"] == 0


def test_pain_free_cycles_where_higher_is_better() -> None:
    scale = instrument(higher_is_worse=False)
    full = Cycle(baseline=D(5), scores=(DayScore(day=84, total=D(10)),), is_closed=True)

    facts = derive_cycle_facts(condition=condition(), instrument=scale, cycles=[full], today=TODAY)

    assert facts["pain_free_cycles"].value == 1


@pytest.mark.parametrize(
    ("scores", "lasted"),
    [
        ([(14, 4), (28, 2), (56, 6), (70, 7)], 70),
        ([(14, 7), (28, 2), (56, 6), (84, 7)], 84),
        ([(28, 2), (70, 6)], NoLessThan(number=70)),
        ([(28, 10), (70, 10)], NOT_APPLICABLE),
    ],
)
def test_effect_lasted_until_less_than_half_of_the_best_is_left(
    scores: list[tuple[int, int]], lasted: ObservationValue
) -> None:
    assert derived(cycle(*scores)).get("effect_lasted_days") == lasted


@pytest.mark.parametrize(
    ("monthly", "run"),
    [
        ([], None),
        ([D(16), D("14.9"), D(14)], 2),
        ([D(14), D(15)], 0),
        ([D(14), None, D(14)], NoLessThan(number=1)),
        ([D(14), None], None),
    ],
)
def test_months_under_counts_back_and_no_month_without_entries(
    monthly: list[Decimal | None], run: ObservationValue
) -> None:
    assert months_under("months_under_15_headache_days", monthly) == run


def test_cycle_facts_carry_months_events_and_wish() -> None:
    facts = derived(
        monthly_headache_days=[D(12), D(9)],
        had_adverse_event=True,
        serious_adverse_event=False,
        wants_more="unsure",
    )

    assert facts == {
        "months_under_15_headache_days": 2,
        "months_under_10_headache_days": 1,
        "had_adverse_event": True,
        "serious_adverse_event": False,
        "wants_more": "unsure",
    }


def test_review_of_a_cycle_is_its_first_score_from_the_first_review_day_on() -> None:
    facts = derived(POOR, cycle((7, 2), (28, 8), (84, 3)))

    assert (facts["cycles_reviewed"], facts["review_fall_percent"]) == (2, D(20))


def test_no_fall_is_rounded_up_to_a_limit() -> None:
    facts = derive_cycle_facts(
        condition=condition(),
        instrument=instrument(),
        cycles=[Cycle(baseline=D(10), scores=(DayScore(day=28, total=D("7.004")),))],
        today=TODAY,
    )

    falls = ("review_fall_percent", "fall_percent", "last_fall_percent")
    assert {facts[code].value for code in falls} == {D("29.9")}
    assert facts["cycles_without_response"].value == 1


def test_running_cycle_without_review_is_not_counted_even_when_it_responded_early() -> None:
    facts = derived(POOR, RUNNING)

    assert (facts["cycles_reviewed"], facts["review_fall_percent"]) == (1, D(10))


@pytest.mark.parametrize("cycles", [[EARLY], [POOR, UNSCORED]])
def test_review_that_is_missing_is_unknown(cycles: list[Cycle]) -> None:
    assert "cycles_reviewed" not in derived(*cycles)

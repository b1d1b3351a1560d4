from __future__ import annotations

from datetime import date, timedelta

import pytest

from masseter.core.facts import (
    NOT_APPLICABLE,
    Observation,
    age_in_years,
    as_recorded,
    derive_facts,
    known_history,
    latest_facts,
    mark_stale,
    only_fresh,
)
from masseter.knowledge.model import ObservationType
from tests.core.builders import facts, observation_type, value

TODAY = date(2026, 11, 23)


def test_derive_facts_leaves_out_what_is_not_known() -> None:
    assert derive_facts(today=TODAY) == {}


def test_derive_facts_refuses_to_give_an_age_before_birth() -> None:
    derived = derive_facts(today=TODAY, birth_date=TODAY + timedelta(days=1))

    assert "age_years" not in derived


def test_derive_facts_tells_no_toxin_ever_from_an_unknown_history() -> None:
    derived = derive_facts(today=TODAY, toxin_dates=())

    assert derived["days_since_last_toxin"].value is NOT_APPLICABLE


def test_derive_facts_counts_the_newest_toxin_and_no_future_one() -> None:
    derived = derive_facts(
        today=TODAY,
        birth_date=date(1980, 11, 24),
        toxin_dates=[date(2026, 8, 31), date(2026, 1, 1), date(2026, 12, 1)],
        treatment_dates=[date(2026, 1, 1), TODAY],
    )

    values = {code: observation.value for code, observation in derived.items()}
    assert values == {
        "age_years": 45,
        "days_since_last_toxin": 84,
        "had_toxin_before": True,
        "days_since_treatment": 0,
        "cycles_given": 2,
    }


@pytest.mark.parametrize(
    ("birth", "today", "age"),
    [
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(2000, 11, 23), date(2018, 11, 23), 18),
        (date(2000, 11, 24), date(2018, 11, 23), 17),
        (TODAY, TODAY, 0),
    ],
)
def test_age_in_years_changes_on_the_birthday(birth: date, today: date, age: int) -> None:
    assert age_in_years(birth, today) == age


def test_latest_facts_takes_the_newest_answer_even_when_it_is_not_known() -> None:
    old = Observation(code="pregnant", value=False, observed_on=date(2026, 1, 1))
    new = Observation(code="pregnant", value=None, observed_on=date(2026, 6, 1))
    undated = Observation(code="pregnant", value=True)

    assert latest_facts([new, old, undated])["pregnant"] is new


def test_latest_facts_takes_the_later_of_one_day() -> None:
    first = Observation(code="pain", value=4, observed_on=TODAY)
    second = Observation(code="pain", value=5, observed_on=TODAY)

    assert latest_facts([first, second])["pain"] is second


PERIOD = {"asthma": observation_type("asthma", valid_days=value(30, unit="days"))}


def answered(days_ago: int, value: bool | None = False) -> Observation:
    return Observation(code="asthma", value=value, observed_on=TODAY - timedelta(days=days_ago))


@pytest.mark.parametrize(("days_ago", "is_stale"), [(0, False), (30, False), (31, True)])
def test_mark_stale_lets_an_answer_hold_to_the_last_day_of_its_period(days_ago: int, is_stale: bool) -> None:
    marked = mark_stale({"asthma": answered(days_ago)}, PERIOD, TODAY)

    assert marked["asthma"].is_stale is is_stale


@pytest.mark.parametrize(
    ("known", "types"),
    [
        ({"asthma": answered(400)}, {"asthma": observation_type("asthma")}),
        ({"asthma": answered(400)}, {}),
        ({"asthma": Observation(code="asthma", value=False)}, PERIOD),
        ({"asthma": answered(400, None)}, PERIOD),
    ],
)
def test_mark_stale_leaves_what_has_no_period_no_day_or_no_answer(
    known: dict[str, Observation], types: dict[str, ObservationType]
) -> None:
    assert not mark_stale(known, types, TODAY)["asthma"].is_stale


def test_only_fresh_takes_what_is_too_old_as_not_known() -> None:
    known = mark_stale({"asthma": answered(31), "other": answered(31)}, PERIOD, TODAY)

    fresh = only_fresh(known)

    assert (fresh["asthma"].value, fresh["other"].value) == (None, False)


def test_as_recorded_takes_an_answer_as_it_was_told_however_old() -> None:
    known = mark_stale({"asthma": answered(31)}, PERIOD, TODAY)

    told = as_recorded(known)

    assert (told["asthma"].value, told["asthma"].is_stale) == (False, False)


def toxin(before: bool | None = None, last: date | None = None) -> dict[str, Observation]:
    """What a person said of toxin before."""
    return facts(had_toxin_before=before, last_toxin_on=last)


@pytest.mark.parametrize(
    ("listed", "told", "known"),
    [
        ([], facts(), None),
        ([], toxin(before=None), None),
        ([], toxin(before=True), None),
        ([], toxin(before=False), []),
        ([TODAY], toxin(before=False), [TODAY]),
        ([], toxin(before=True, last=TODAY), [TODAY]),
        ([TODAY], toxin(last=TODAY), [TODAY]),
        ([date(2026, 1, 1)], toxin(last=TODAY), [date(2026, 1, 1), TODAY]),
    ],
)
def test_known_history_holds_each_day_once_and_is_not_known_without_an_answer(
    listed: list[date], told: dict[str, Observation], known: list[date] | None
) -> None:
    assert known_history(listed, told) == known

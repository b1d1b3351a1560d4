from __future__ import annotations

from datetime import date, timedelta

import pytest

from masseter.core.facts import NOT_APPLICABLE, Observation, age_in_years, derive_facts, latest_facts

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

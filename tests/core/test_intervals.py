from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from masseter.core.intervals import days_window_ends, longest_interval, months_window_ends
from tests.core.builders import condition, value


@pytest.mark.parametrize(
    ("given", "months", "ends"),
    [
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2026, 11, 23), 3, date(2027, 2, 23)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 9, 30), 3, date(2026, 12, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
    ],
)
def test_months_window_ends_on_a_day_that_the_month_has(given: date, months: int, ends: date) -> None:
    assert months_window_ends(given, months) == ends


def test_days_window_ends_counts_every_day_of_a_leap_february() -> None:
    assert days_window_ends(date(2023, 12, 10), 84) == date(2024, 3, 3)
    assert days_window_ends(date(2024, 12, 10), 84) == date(2025, 3, 4)


def test_longest_interval_takes_the_longest_rounds_up_and_names_what_asks() -> None:
    product: Any = SimpleNamespace(brand="Alfa", min_interval_days=value("84.5"))
    protocol: Any = SimpleNamespace(name="Scheme", interval_days=value("90"))
    jaw = condition(interval_days=value(112))

    def asked(**given: Any) -> tuple[int, str]:
        found = longest_interval(**given)
        return found.days, found.asked_by

    assert asked(condition=condition(), product=product) == (85, "Alfa")
    assert asked(condition=condition(), product=product, protocol=protocol) == (90, "Scheme")
    assert asked(condition=jaw, product=product, protocol=protocol) == (112, jaw.name)
    assert asked(condition=jaw) == (112, jaw.name)

"""The score under the cycles: where each cycle lies, and what the picture says in words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from masseter.ui.charts.strip import MOST_NUMBERS, Point, Strip, strip

START = date(2027, 1, 1)


def shown(cycles: int, scores: int = 0) -> Strip:
    days = tuple(START + timedelta(days=90 * number) for number in range(cycles))
    return strip(
        title="Pain",
        low=Decimal(0),
        high=Decimal(10),
        scores=tuple(Point(day=START + timedelta(days=7 * n), value=Decimal(n % 9)) for n in range(scores)),
        treatments=days,
        until=days[-1] + timedelta(days=40),
        lower_is_better=True,
    )


def test_one_cycle_on_its_first_day_can_be_drawn() -> None:
    today = strip(
        title="Pain",
        low=Decimal(0),
        high=Decimal(0),
        scores=(),
        treatments=(START,),
        until=START,
        lower_is_better=False,
    )

    assert len(today.spans) == 1
    assert today.spans[0].width > 0
    assert "higher is better" in str(today.svg(0))


def test_cycles_lie_one_after_the_other_and_the_shown_one_is_shaded() -> None:
    told = shown(3, scores=20)

    assert [round(one.x + one.width) for one in told.spans[:2]] == [round(one.x) for one in told.spans[1:]]
    assert f'data-strip-shade x="{told.spans[1].x:.1f}"' in str(told.svg(1))
    assert 'aria-label="Pain. 20 scores over 3 cycles, lower is better."' in str(told.svg(1))


def test_hundred_cycles_do_not_print_hundred_numbers() -> None:
    told = shown(100)

    assert len(told.spans) == 100
    assert str(told.svg(99)).count('text-anchor="middle"') <= MOST_NUMBERS + 1

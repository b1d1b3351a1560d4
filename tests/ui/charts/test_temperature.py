"""The picture of temperatures: the extremes are never lost, and colour is not the only sign."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from masseter.ui.charts.temperature import MOST_POINTS, DayRow, Degree, temperature_chart, thinned

START = datetime(2026, 11, 1)


def degrees(count: int) -> tuple[Degree, ...]:
    return tuple(Degree(at=START + timedelta(minutes=place), celsius=Decimal(5)) for place in range(count))


def test_long_log_keeps_its_coldest_and_its_warmest() -> None:
    long = list(degrees(20_000))
    long[7_777] = Degree(at=long[7_777].at, celsius=Decimal(30))
    long[7_779] = Degree(at=long[7_779].at, celsius=Decimal(-20))

    drawn = thinned(long)

    assert len(drawn) <= MOST_POINTS
    assert {Decimal(30), Decimal(-20)} <= {each.celsius for each in drawn}
    assert [each.at for each in drawn] == sorted(each.at for each in drawn)


def test_chart_says_in_words_what_it_shows() -> None:
    log = (*degrees(3), Degree(at=START + timedelta(hours=1), celsius=Decimal(12)))
    day = DayRow(
        day="1 November 2026", readings=4, lowest=Decimal(5), highest=Decimal(12), outside="1 reading"
    )

    chart = temperature_chart(
        title="Temperature in Fridge 1", degrees=log, low=Decimal(2), high=Decimal(8), days=(day,)
    )

    assert chart.description == "4 readings from 5 to 12 °C; allowed 2 to 8 °C; 1 outside."
    assert chart.rows == (("1 November 2026", "4", "5", "12", "1 reading"),)
    assert "Outside, with a triangle" in [key.words for key in chart.legend]


def test_chart_without_a_range_marks_nothing() -> None:
    chart = temperature_chart(title="Freezer", degrees=degrees(2), low=None, high=None, days=())

    assert chart.description == "2 readings from 5 to 5 °C; allowed no range known; none outside."
    assert len(chart.legend) == 2

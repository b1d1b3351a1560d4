"""The picture of a cycle over the earlier ones: drawn, described, and told once more as a table."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from masseter.core.results.forecast import DayBand, Days, Forecast, Span
from masseter.knowledge.load import load
from masseter.ui.charts.ahead import overlay_chart
from masseter.ui.charts.ahead_words import Lap, Overlay

GIVEN = date(2026, 3, 1)
D = Decimal


def band(day: int, middle: str) -> DayBand:
    at = D(middle)
    return DayBand(
        day=day, middle=at, half=(at - 1, at + 1), most=(at - 2, at + 2), nearly_all=(at - 3, at + 3)
    )


FORECAST = Forecast(
    curve=load().curves["tmd_pain"],
    given_on=GIVEN,
    cycle=2,
    scores_used=5,
    bands=(band(30, "3"), band(112, "5")),
    onset_on=GIVEN + timedelta(days=5),
    best_on=GIVEN + timedelta(days=30),
    wear_off=Days(
        first=GIVEN + timedelta(days=60), middle=GIVEN + timedelta(days=80), last=GIVEN + timedelta(days=100)
    ),
    is_population=False,
    wears_off=Span(low=D(1), middle=D(2), high=D(3)),
    shows_wear_off=True,
    chances=(),
    against=(),
    next_narrows_days=None,
)
SHOWN = Overlay(
    title="Pain <b>",
    measure="Pain 0–10 (points)",
    low=D(0),
    high=D(10),
    higher_is_worse=True,
    given_on=GIVEN,
    laps=(Lap(number=1, scores=((14, D(5)), (84, D(4)))), Lap(number=2, scores=((14, D(4)), (29, D(3))))),
    baseline=D(7),
    today=30,
    gaps=((10, 20),),
    forecast=FORECAST,
    earliest=GIVEN + timedelta(days=84),
)


def test_picture_says_in_words_when_it_wears_off_and_when_the_next_may_be() -> None:
    words = overlay_chart(SHOWN).description

    assert "Likely to wear off between 30 April 2026 and 9 June 2026." in words
    assert "Earliest next date: 24 May 2026." in words
    assert "On day 112 a score of 5 is expected, eight of ten between 3 and 7." in words


def test_table_holds_every_score_band_gap_and_day() -> None:
    rows = overlay_chart(SHOWN).rows

    assert ("14", "5", "Cycle 1") in rows
    assert ("10", "", "No entries until day 20") in rows
    assert ("84", "", "Earliest next date, 24 May 2026") in rows
    assert (
        "112",
        "5",
        "Forecast for 21 June 2026: of 100, 50 from 4 to 6, 80 from 3 to 7, 95 from 2 to 8",
    ) in rows


def test_where_nothing_wears_off_its_days_are_not_drawn() -> None:
    flat = replace(FORECAST, wears_off=Span(low=D(-1), middle=D(0), high=D(1)), shows_wear_off=False)

    chart = overlay_chart(replace(SHOWN, forecast=flat))

    assert "wear off" not in chart.description
    assert "likely to wear off" not in chart.drawing
    assert "wear-off" not in [key.mark for key in chart.legend]
    assert not any("Wear-off" in row[2] for row in chart.rows)
    assert "half" in [key.mark for key in chart.legend]


def test_day_that_the_person_told_is_drawn_as_told() -> None:
    day = GIVEN + timedelta(days=40)
    over = replace(FORECAST, wear_off=Days(first=day, middle=day, last=day), worn_off_on=day)

    chart = overlay_chart(replace(SHOWN, forecast=over))

    assert "Worn off, by own word: 10 April 2026." in chart.description
    assert ("40", "", "Worn off, by own word, 10 April 2026") in chart.rows
    assert not any("one in ten" in row[2] for row in chart.rows)
    assert "likely to wear off" not in chart.drawing


def test_earliest_date_far_out_is_told_and_not_drawn_beside_the_picture() -> None:
    chart = overlay_chart(replace(SHOWN, earliest=GIVEN + timedelta(days=400)))

    assert ("400", "", "Earliest next date, 5 April 2027") in chart.rows
    assert "treatment" not in [key.mark for key in chart.legend]
    assert max(float(x) for x in re.findall(r'x[12]?="([\d.]+)"', chart.drawing)) <= 640


def test_many_cycles_from_one_place_are_named_as_a_run_inside_the_picture() -> None:
    laps = tuple(Lap(number=number, scores=((7, D(4)), (84, D(5)))) for number in range(1, 41))

    drawing = overlay_chart(replace(SHOWN, laps=laps)).drawing

    (x, words) = re.findall(r'<text x="([\d.]+)"[^>]*>(3\d–\d+)<', drawing)[0]
    assert words == "33–39"
    assert float(x) > 58
    assert 'text-anchor="end"' not in next(
        tag for tag in re.findall("<text[^>]*>", drawing) if f'x="{x}"' in tag
    )


def test_bands_are_told_apart_without_colour() -> None:
    drawing = overlay_chart(SHOWN).drawing
    edges = re.findall(r'<polyline[^>]*stroke-width="1"[^>]*>', drawing)

    dashes = {found[0] if (found := re.findall('dasharray="([^"]*)"', edge)) else "" for edge in edges}

    assert len(edges) == 6
    assert len(dashes) == 3


def test_onset_and_best_stand_on_the_axis() -> None:
    drawing = overlay_chart(SHOWN).drawing

    assert "half there" in drawing
    assert ">best</text>" in drawing


def test_cycles_that_begin_at_one_place_share_a_number() -> None:
    same = tuple(Lap(number=number, scores=((14, D(5)), (28, D(4)))) for number in (1, 2, 3))

    assert ">1, 2</text>" in overlay_chart(replace(SHOWN, laps=same)).drawing


def test_title_cannot_bring_its_own_markup() -> None:
    assert "<b>" not in overlay_chart(SHOWN).drawing


def test_cycles_without_a_forecast_are_drawn_all_the_same() -> None:
    chart = overlay_chart(replace(SHOWN, forecast=None, earliest=None, laps=(Lap(number=1, scores=()),)))

    assert "<polygon" not in chart.drawing
    assert [key.mark for key in chart.legend] == ["before", "gap"]


def test_score_after_the_end_of_the_picture_is_left_to_the_table() -> None:
    late = (Lap(number=1, scores=((14, D(5)), (300, D(9)))),)

    chart = overlay_chart(replace(SHOWN, laps=late, forecast=None, earliest=None, gaps=()))

    assert chart.drawing.count("<circle") == 1
    assert ("300", "9", "Cycle 1") in chart.rows

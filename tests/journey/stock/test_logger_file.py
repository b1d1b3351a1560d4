"""Files of temperature loggers as they come: read whole, or refused by line."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from masseter.journey.ground.refusals import Refused
from masseter.journey.stock.logger_file import read_log
from masseter.journey.stock.logger_time import DayOrder

LONDON = "Europe/London"
NINE = datetime(2026, 11, 13, 9, 0, tzinfo=UTC)
HEAD = "Time,Temperature °C\n"


def told(text: str, *, zone: str = LONDON, order: DayOrder = "auto") -> list[tuple[datetime, Decimal]]:
    return [(each.at, each.celsius) for each in read_log(text, zone=zone, order=order).readings]


@pytest.mark.parametrize(
    "text",
    [
        "Fridge 1,Time,Celsius(°C),High Alarm,Low Alarm,Serial\n1,13/11/2026 09:00:00,4.5,8.0,2.0,0123\n",
        '"Plot Title: Fridge"\n"#","Date Time, GMT+00:00","Temp, °C (LGR: 9)"\n1,11/13/26 09:00:00 AM,4.5\n',
        "Datum/Uhrzeit;Kühlschrank 1 [°C]\n13.11.2026 09:00:00;4,5\n",
        "Device: Tag 7\nStarted: 2026-11-01\n\nDate,Time,Reading\n2026-11-13,09:00,4.5\n",
        "Timestamp\tTemperature\n2026-11-13T09:00:00Z\t4.50\n",
        "Timestamp;Temperatur\n2026-11-13T10:00:00+01:00;4,5 °C\n",
        "Fecha;Temperatura;Humedad\n13.11.2026 09:00;4,5;50\n",
        "Date Time, Temp (°F)\n11/13/2026 9:00 AM,40.1\n",
        "\ufeffTime,Temperature °C\r\n2026-11-13 09:00:00.000,4.5\r\n\r\n",
    ],
)
def test_each_loggers_way_of_writing_is_read(text: str) -> None:
    assert told(text) == [(NINE, Decimal("4.50"))]


@pytest.mark.parametrize(
    ("text", "words", "field"),
    [
        ("", "No line names a column", "file"),
        ("a,b\n1,2\n", "No line names a column", "file"),
        (HEAD, "no reading in the file", "file"),
        (f"{HEAD}2026-11-13 09:00,{'4' * 140_000}\n", "Line 2 is too long to be read", "file"),
        (f"{'4' * 140_000}\n{HEAD}", "Line 1 is too long to be read", "file"),
        (f"{HEAD}2026-11-13 09:00,ERR\n", "Line 2: “ERR” is no temperature", "file"),
        (f"{HEAD}2026-11-13 09:00,NaN\n", "Line 2: “NaN” is no temperature", "file"),
        (f"{HEAD}2026-11-13 09:00\n", "Line 2: “” is no temperature", "file"),
        (f"{HEAD}2026-11-13 09:00,4\n2026-11-13 09:10,999\n", "Line 3: 999 cannot be", "file"),
        (f"{HEAD}yesterday,4\n", "Line 2: “yesterday” is no day and time", "file"),
        (f"{HEAD}2026-02-30 09:00,4\n", "Line 2: “2026-02-30 09:00” is no day and time", "file"),
        (f"{HEAD}2026-11-13 13:00 PM,4\n", "is no day and time", "file"),
        (f"{HEAD}2026-03-29 01:30,4\n", "the clocks went forward", "file"),
        (f"{HEAD}2026-11-13 09:00,4\n2026-11-13 09:00,5\n", "Line 3: another temperature", "file"),
        (f"{HEAD}03/04/2026 09:00,4\n", "read in two ways", "order"),
        (HEAD + "x,4\n" * 12, "And 2 more", "file"),
        (HEAD + "\n" * 200_001, "more than 200,000 lines", "file"),
    ],
)
def test_file_that_cannot_be_read_names_its_lines_and_gives_nothing(
    text: str, words: str, field: str
) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        read_log(text, zone=LONDON)

    assert refusal.value.field == field


def test_order_of_day_and_month_is_found_out_or_chosen() -> None:
    april, march = datetime(2026, 4, 3, 8, tzinfo=UTC), datetime(2026, 3, 4, 9, tzinfo=UTC)

    assert told(f"{HEAD}03/04/2026 09:00,4\n13/04/2026 09:00,4\n")[0][0] == april
    assert told(f"{HEAD}03/04/2026 09:00,4\n03/14/2026 09:00,4\n")[0][0] == march
    assert told(f"{HEAD}03/04/2026 09:00,4\n", order="day_first")[0][0] == april
    assert told(f"{HEAD}03/04/2026 09:00,4\n", order="month_first")[0][0] == march
    assert told(f"{HEAD}04/04/2026 09:00,4\n")[0][0] == datetime(2026, 4, 4, 8, tzinfo=UTC)


def test_hour_that_the_clock_shows_twice_goes_on_from_the_line_before() -> None:
    degrees = {"00:30": (3,), "01:00": (4, 6), "01:30": (5, 7), "02:00": (8,)}
    order = ("00:30", "01:00", "01:30", "01:00", "01:30", "02:00")
    told_of = {clock: iter(values) for clock, values in degrees.items()}
    lines = [f"2026-10-25 {clock},{next(told_of[clock])}" for clock in order]

    forwards = told(HEAD + "\n".join(lines))
    backwards = told(HEAD + "\n".join(reversed(lines)))

    assert [int(celsius) for _, celsius in forwards] == [3, 4, 5, 6, 7, 8]
    assert [at.hour * 60 + at.minute for at, _ in forwards] == [1410, 0, 30, 60, 90, 120]
    assert backwards == forwards


def test_zone_of_the_heading_wins_over_the_chosen_one() -> None:
    text = "Date Time GMT-05:00,Temp\n2026-11-13 04:00,4.5\n"

    assert told(text, zone="Asia/Tokyo") == [(NINE, Decimal("4.50"))]
    assert told(f"{HEAD}2026-11-13 18:00,4.5\n", zone="Asia/Tokyo") == [(NINE, Decimal("4.50"))]
    assert told("Date Time UTC,Temp\n2026-11-13 09:00,4.5\n", zone="Asia/Tokyo") == [(NINE, Decimal("4.50"))]


def test_line_that_is_there_twice_counts_once() -> None:
    read = read_log(f"{HEAD}2026-11-13 09:00,4\n2026-11-13 09:00,4.0\n2026-11-13 09:10,4\n", zone=LONDON)

    assert (len(read.readings), read.repeated) == (2, 1)

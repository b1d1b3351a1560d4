"""Course charts: what is drawn, what is said, and what stands in the table."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from django.utils import translation

from masseter.ui.charts.course import Course, Score, course_chart
from masseter.ui.charts.draw import THEME
from masseter.ui.charts.simple import Bar, bars_chart, spark


def course(*scores: tuple[date, str], **more: object) -> Course:
    given = {"higher_is_worse": True, "injections": (date(2026, 1, 2),), **more}
    return Course(
        title="Pain <i>",
        measure="Pain, 0 to 10",
        low=Decimal(0),
        high=Decimal(10),
        scores=tuple(Score(day=day, value=Decimal(value)) for day, value in scores),
        **given,  # type: ignore[arg-type]  # a test's own mix
    )


TWO = ((date(2026, 1, 1), "7"), (date(2026, 2, 1), "3.5"))


def test_course_without_any_score_says_so() -> None:
    chart = course_chart(course())

    assert "No score yet." in chart.description


def test_course_without_anything_is_still_a_picture() -> None:
    chart = course_chart(course(injections=()))

    assert chart.svg.startswith("<svg")
    assert chart.rows == ()


def test_picture_is_one_image_with_escaped_words() -> None:
    svg = course_chart(course(*TWO)).svg

    assert svg.count('role="') == 1
    assert "Pain &lt;i&gt;</title>" in svg
    assert "<script" not in svg


def test_direction_of_better_is_written() -> None:
    assert "lower is better" in course_chart(course(*TWO)).svg
    assert "higher is better" in course_chart(course(*TWO, higher_is_worse=False)).svg


def test_what_is_written_in_an_arabic_chart_keeps_its_own_order() -> None:
    """A drawing runs from left to right: without a sign '1 December 26' reads as '1 26 December'."""
    with translation.override("ar"):
        arabic = course_chart(course(*TWO)).svg

    written = re.findall(r"<text[^>]*>([^<]+)</text>", arabic)
    assert any("يناير" in words for words in written)
    assert [words for words in written if (words[0], words[-1]) != ("\u2068", "\u2069")] == []
    assert "\u2068" not in course_chart(course(*TWO)).svg


def test_scores_and_treatments_are_drawn_and_in_the_table() -> None:
    chart = course_chart(course(*TWO))

    assert "Treatment 1" in chart.svg
    assert ">3.5<" in chart.svg
    assert chart.rows == (
        ("1 January 2026", "7", ""),
        ("2 January 2026", "", "Treatment 1"),
        ("1 February 2026", "3.5", ""),
    )


def test_more_scores_make_a_longer_line() -> None:
    assert len(course_chart(course(*TWO)).svg) > len(course_chart(course()).svg)


def test_colours_follow_the_theme_on_screen_and_are_plain_on_paper() -> None:
    chart = course_chart(course(*TWO))

    assert "var(--chart-main, " in chart.svg
    assert "var(" not in chart.plain_svg
    assert not any(stand_in in chart.plain_svg for stand_in in THEME)


def test_bars_print_their_values() -> None:
    chart = bars_chart(title="Units", measure="Units", bars=(Bar(label="Masseter", value=Decimal("22.5")),))

    assert ">22.5<" in chart.svg
    assert chart.rows == (("Masseter", "22.5"),)


def test_bars_and_spark_cope_with_nothing() -> None:
    assert bars_chart(title="Units", measure="Units", bars=()).svg.startswith("<svg")
    assert spark(title="Pain", values=()).description == "no value yet"


def test_treatments_are_numbered_from_the_first_one_shown() -> None:
    days = tuple(date(2026, 1, 2) + timedelta(days=84 * number) for number in range(8))
    chart = course_chart(course(*TWO, injections=days, first_number=93))

    events = [event for _, _, event in chart.rows]

    assert "Treatment 93" in events
    assert "Treatment 100" in events
    assert "Treatment 1" not in events
    assert ">100<" in chart.svg


def test_hundred_treatments_carry_some_numbers_only_and_all_stand_in_the_table() -> None:
    days = tuple(date(2000, 1, 2) + timedelta(days=84 * number) for number in range(100))
    chart = course_chart(course(*TWO, injections=days))

    written = [number for number in range(1, 101) if f">{number}</text>" in chart.svg]

    assert len([event for _, _, event in chart.rows if event.startswith("Treatment")]) == 100
    assert 100 in written
    assert 99 not in written

"""Scores over time with the treatments as vertical marks and the published course as a band."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import altair as alt
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from masseter.ui.charts.draw import BAND, GAP, INK, MAIN, PAPER, SECOND, Chart, Key, compose, draw
from masseter.ui.languages.days import day_words
from masseter.ui.languages.numbers import number_words

WIDTH, HEIGHT = 580, 290
# Treatments carry their name up to this many, then their number alone.
MOST_NAMED = 4
# Of more than this many only some numbers are written, the newest among them.
MOST_NUMBERED = 16
# In the last part of the picture a name stands left of its mark.
LATE = 0.85


@dataclass(frozen=True, kw_only=True)
class Score:
    """One score on one day."""

    day: date
    value: Decimal


@dataclass(frozen=True, kw_only=True)
class BandPoint:
    """The published course on one day, in the units of the measure."""

    day: date
    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True, kw_only=True)
class Band:
    """A published course; `words` name it in the table and the description."""

    words: str
    points: tuple[BandPoint, ...]


@dataclass(frozen=True, kw_only=True)
class Course:
    """What a course chart shows. `gaps` are first and last days without entries.

    `first_number`: which treatment of all the first one shown is.
    """

    title: str
    measure: str
    low: Decimal
    high: Decimal
    higher_is_worse: bool
    scores: tuple[Score, ...]
    injections: tuple[date, ...] = ()
    first_number: int = 1
    band: Band | None = None
    gaps: tuple[tuple[date, date], ...] = ()


def better_words(higher_is_worse: bool) -> str:
    """Which end of the scale is the good one, as a sentence."""
    return _("Lower is better.") if higher_is_worse else _("Higher is better.")


def better_mark(higher_is_worse: bool) -> str:
    """The same beside an axis."""
    return _("↓ lower is better") if higher_is_worse else _("↑ higher is better")


def no_entries(until: str) -> str:
    """The line of the table for a stretch without entries."""
    return _("No entries until %(day)s") % {"day": until}


def describe(course: Course) -> str:
    """What the picture shows, for those who do not see it."""
    parts = [f"{course.measure}.", better_words(course.higher_is_worse)]
    if course.scores:
        first, last = course.scores[0], course.scores[-1]
        parts.append(
            ngettext(
                "%(number)s score, from %(first)s on %(since)s to %(last)s on %(until)s.",
                "%(number)s scores, from %(first)s on %(since)s to %(last)s on %(until)s.",
                len(course.scores),
            )
            % {
                "number": len(course.scores),
                "first": number_words(first.value),
                "since": day_words(first.day),
                "last": number_words(last.value),
                "until": day_words(last.day),
            }
        )
    else:
        parts.append(_("No score yet."))
    if course.injections:
        days = ", ".join(map(day_words, course.injections))
        parts.append(_("Treatments on %(days)s.") % {"days": days})
    if course.band:
        parts.append(_("Band: %(words)s.") % {"words": course.band.words})
    return " ".join(parts)


def _days(course: Course) -> list[date]:
    days = [score.day for score in course.scores] + list(course.injections)
    days += [point.day for point in course.band.points] if course.band else []
    return sorted(days)


def _x(course: Course) -> alt.X:
    days = _days(course)
    edge = timedelta(days=3)
    scale = alt.Scale(domain=[str(days[0] - edge), str(days[-1] + edge)]) if days else alt.Undefined
    axis = alt.Axis(format="%-d %b %y", tickCount=6, grid=False, labelOverlap=True, labelSeparation=10)
    return alt.X("day:T", title=None, scale=scale, axis=axis)


def _title(course: Course) -> str:
    return f"{course.measure}   {better_mark(course.higher_is_worse)}"


def _y(course: Course) -> alt.Y:
    scale = alt.Scale(domain=[float(course.low), float(course.high)], nice=False)
    return alt.Y("value:Q", title=_title(course), scale=scale, axis=alt.Axis(tickCount=6))


def _rows(rows: list[dict[str, object]]) -> alt.InlineData:
    return alt.InlineData(values=rows)


def _gaps(course: Course) -> alt.Chart:
    rows: list[dict[str, object]] = [{"day": str(first), "end": str(last)} for first, last in course.gaps]
    picture: alt.Chart = alt.Chart(_rows(rows)).mark_rect(color=GAP).encode(x=_x(course), x2="end:T")
    return picture


def _band(course: Course, band: Band) -> list[alt.Chart]:
    rows: list[dict[str, object]] = [
        {"day": str(p.day), "value": float(p.middle), "low": float(p.low), "high": float(p.high)}
        for p in band.points
    ]
    base = alt.Chart(_rows(rows)).encode(x=_x(course))
    area = base.mark_area(color=BAND, interpolate="monotone").encode(
        y=alt.Y("low:Q", title=_title(course)), y2="high:Q"
    )
    middle = base.mark_line(color=MAIN, strokeDash=[2, 5], strokeWidth=1.5, interpolate="monotone")
    return [area, middle.encode(y=_y(course))]


def _injections(course: Course) -> list[alt.Chart]:
    named = len(course.injections) <= MOST_NAMED
    last = course.first_number + len(course.injections) - 1
    step = -(-len(course.injections) // MOST_NUMBERED)
    rows: list[dict[str, object]] = [
        {"day": str(day), "words": _name(number, named=named, is_shown=(last - number) % step == 0)}
        for number, day in enumerate(course.injections, course.first_number)
    ]
    days = _days(course)
    turn = days[0] + (days[-1] - days[0]) * LATE
    early = [row for row, day in zip(rows, course.injections, strict=True) if day <= turn]
    late = [row for row, day in zip(rows, course.injections, strict=True) if day > turn]
    rule = alt.Chart(_rows(rows)).mark_rule(color=SECOND, strokeWidth=2, strokeDash=[6, 3])
    marks: alt.Chart = rule.encode(x=_x(course))
    return [marks, _names(course, early, "left"), _names(course, late, "right")]


def _name(number: int, *, named: bool, is_shown: bool) -> str:
    """The name of a treatment at its mark; of very many only every so many-th has one."""
    if named:
        return _treatment(number)
    return str(number) if is_shown else ""


def _treatment(number: int) -> str:
    return _("Treatment %(number)s") % {"number": number}


def _names(course: Course, rows: list[dict[str, object]], side: Literal["left", "right"]) -> alt.Chart:
    away = 6 if side == "left" else -6
    words = alt.Chart(_rows(rows)).mark_text(
        align=side, dx=away, dy=-HEIGHT // 2 - 19, color=SECOND, fontWeight=600
    )
    named: alt.Chart = words.encode(x=_x(course), text="words:N")
    return named


def _scores(course: Course) -> list[alt.Chart]:
    rows: list[dict[str, object]] = [
        {"day": str(score.day), "value": float(score.value)} for score in course.scores
    ]
    base = alt.Chart(_rows(rows)).encode(x=_x(course), y=_y(course))
    line = base.mark_line(color=MAIN)
    dots = base.mark_point(color=MAIN, fill=PAPER, size=70, strokeWidth=2.5, opacity=1)
    last = alt.Chart(_rows(rows[-1:])).encode(x=_x(course), y=_y(course))
    words = last.mark_text(align="center", dy=-16, color=INK, fontWeight=700, fontSize=17)
    return [line, dots, words.encode(text=alt.Text("value:Q", format="~r"))]


def _table(course: Course) -> tuple[tuple[str, ...], ...]:
    events = [
        (score.day, 0, (day_words(score.day), number_words(score.value), "")) for score in course.scores
    ]
    events += [
        (day, -1, (day_words(day), "", _treatment(number)))
        for number, day in enumerate(course.injections, course.first_number)
    ]
    events += [(first, 1, (day_words(first), "", no_entries(day_words(last)))) for first, last in course.gaps]
    return tuple(row for _day, _order, row in sorted(events))


def _legend(course: Course) -> tuple[Key, ...]:
    keys = [Key(mark="line", words=_("Own scores"))] if course.scores else []
    keys += [Key(mark="band", words=course.band.words)] if course.band else []
    keys += [Key(mark="treatment", words=_("Treatment"))] if course.injections else []
    keys += [Key(mark="gap", words=_("No entries"))] if course.gaps else []
    return tuple(keys)


def course_chart(course: Course) -> Chart:
    """The course as a picture with its table, in the language of the page."""
    return _chart(course, get_language() or "")


@lru_cache(maxsize=256)
def _chart(course: Course, _language: str) -> Chart:
    layers = [_gaps(course)] if course.gaps else []
    layers += _band(course, course.band) if course.band else []
    layers += _injections(course) if course.injections else []
    layers += _scores(course)
    spec = compose(layers, width=WIDTH, height=HEIGHT)
    words = describe(course)
    return Chart(
        title=course.title,
        description=words,
        drawing=draw(spec, title=course.title, description=words),
        columns=(_("Day"), course.measure, _("Event")),
        rows=_table(course),
        legend=_legend(course),
    )

"""Temperatures over time with the range that is allowed, the readings outside it marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

import altair as alt

from masseter.ui.charts.draw import BAND, MAIN, SECOND, Chart, Key, compose, draw

WIDTH, HEIGHT = 580, 260
MOST_POINTS = 400  # of more readings the coldest and the warmest of each stretch are drawn
ROOM = Decimal(2)  # degrees above and below


@dataclass(frozen=True, kw_only=True)
class Degree:
    """One temperature at one local time."""

    at: datetime
    celsius: Decimal


@dataclass(frozen=True, kw_only=True)
class DayRow:
    """One day in the table: how many readings, the coldest, the warmest, minutes outside."""

    day: str
    readings: int
    lowest: Decimal
    highest: Decimal
    outside: str


@lru_cache(maxsize=64)
def temperature_chart(
    *,
    title: str,
    degrees: tuple[Degree, ...],
    low: Decimal | None,
    high: Decimal | None,
    days: tuple[DayRow, ...],
) -> Chart:
    """A line over the allowed band; each reading outside is a red triangle as well."""
    words = describe(degrees, low, high)
    is_out = any(_is_out(each.celsius, low, high) for each in degrees)
    spec = compose(_layers(degrees, low, high), width=WIDTH, height=HEIGHT)
    return Chart(
        title=title,
        description=words,
        drawing=draw(spec, title=title, description=words),
        columns=("Day", "Readings", "Coldest, °C", "Warmest, °C", "Outside"),
        rows=tuple(
            (row.day, str(row.readings), str(row.lowest), str(row.highest), row.outside) for row in days
        ),
        legend=(
            Key(mark="line", words="Temperature"),
            Key(mark="band", words=f"Allowed: {span_words(low, high)}"),
            *([Key(mark="treatment", words="Outside, with a triangle")] if is_out else []),
        ),
    )


def _layers(degrees: Sequence[Degree], low: Decimal | None, high: Decimal | None) -> list[alt.Chart]:
    """The band, the line and the triangles."""
    drawn = thinned(degrees)
    values = [each.celsius for each in degrees] + [each for each in (low, high) if each is not None]
    floor, top = min(values, default=Decimal(0)) - ROOM, max(values, default=Decimal(10)) + ROOM
    scale = alt.Scale(domain=[float(floor), float(top)], nice=False)
    y = alt.Y("value:Q", title="°C", scale=scale, axis=alt.Axis(tickCount=6))
    x = alt.X("at:T", title=None, axis=alt.Axis(tickCount=6, format="%-d %b", labelOverlap=True))
    rows = [{"at": _plain(each.at), "value": float(each.celsius)} for each in drawn]
    out = [
        {"at": _plain(each.at), "value": float(each.celsius)}
        for each in drawn
        if _is_out(each.celsius, low, high)
    ]
    band = [{"low": float(floor if low is None else low), "high": float(top if high is None else high)}]
    return [
        alt.Chart(alt.InlineData(values=band))
        .mark_rect(color=BAND, opacity=0.7)
        .encode(y=alt.Y("low:Q", scale=scale), y2="high:Q"),
        alt.Chart(alt.InlineData(values=rows)).mark_line(color=MAIN).encode(x=x, y=y),
        alt.Chart(alt.InlineData(values=out))
        .mark_point(color=SECOND, fill=SECOND, shape="triangle-up", size=60, opacity=1)
        .encode(x=x, y=y),
    ]


def thinned(degrees: Sequence[Degree]) -> list[Degree]:
    """At most so many readings that they can be told apart: of each stretch its coldest and its warmest."""
    if len(degrees) <= MOST_POINTS:
        return list(degrees)
    length = -(-len(degrees) * 2 // MOST_POINTS)
    kept: list[Degree] = []
    for begin in range(0, len(degrees), length):
        part = degrees[begin : begin + length]
        both = {min(part, key=_celsius), max(part, key=_celsius)}
        kept.extend(sorted(both, key=lambda each: each.at))
    return kept


def describe(degrees: Iterable[Degree], low: Decimal | None, high: Decimal | None) -> str:
    """The picture in a sentence."""
    values = [each.celsius for each in degrees]
    if not values:
        return "No reading in this time."
    out = sum(_is_out(each, low, high) for each in values)
    return (
        f"{len(values)} readings from {min(values)} to {max(values)} °C; allowed {span_words(low, high)}; "
        f"{out or 'none'} outside."
    )


def span_words(low: Decimal | None, high: Decimal | None) -> str:
    """A range in words."""
    if low is not None and high is not None:
        return f"{low:f} to {high:f} °C".replace("-", "−")
    if high is not None:
        return f"at most {high:f} °C".replace("-", "−")
    return f"at least {low:f} °C".replace("-", "−") if low is not None else "no range known"


def _celsius(each: Degree) -> Decimal:
    return each.celsius


def _is_out(celsius: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is not None and celsius < low) or (high is not None and celsius > high)


def _plain(at: datetime) -> str:
    # Local time without its zone: the picture shows the clinic's clock wherever it is drawn.
    return at.replace(tzinfo=None, microsecond=0).isoformat()

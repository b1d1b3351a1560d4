"""Bars for a comparison, and a small line that fits into a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import altair as alt

from masseter.ui.charts.draw import INK, MAIN, SECOND, Chart, compose, draw

WIDTH, BAR = 420, 34
# Room at the right for the printed value.
ROOM = 1.18
SPARK_WIDTH, SPARK_HEIGHT = 120, 32


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar; `words` are printed at its end instead of the bare value."""

    label: str
    value: Decimal
    words: str = ""

    @property
    def printed(self) -> str:
        return self.words or str(self.value)


@lru_cache(maxsize=256)
def bars_chart(*, title: str, measure: str, bars: tuple[Bar, ...]) -> Chart:
    """Horizontal bars in the given order, each with its value printed."""
    rows = [{"label": bar.label, "value": float(bar.value), "words": bar.printed} for bar in bars]
    most = float(max((bar.value for bar in bars), default=Decimal(1))) or 1.0
    scale = alt.Scale(domain=[0, most * ROOM], nice=False)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False, labelLimit=240)),
        x=alt.X("value:Q", title=measure, scale=scale, axis=alt.Axis(tickCount=5)),
    )
    columns = base.mark_bar(color=MAIN, cornerRadiusEnd=5, height=BAR - 14)
    words = base.mark_text(align="left", dx=7, color=INK, fontWeight=600).encode(text="words:N")
    spec = compose([columns, words], width=WIDTH, height=BAR * max(len(bars), 1))
    description = f"{measure}: " + ", ".join(f"{bar.label} {bar.printed}" for bar in bars) + "."
    return Chart(
        title=title,
        description=description,
        drawing=draw(spec, title=title, description=description),
        columns=("", measure),
        rows=tuple((bar.label, bar.printed) for bar in bars),
    )


@lru_cache(maxsize=512)
def spark(*, title: str, values: tuple[Decimal, ...]) -> Chart:
    """A line without axes, its last value marked."""
    rows = [{"place": place, "value": float(value)} for place, value in enumerate(values)]
    edge = max(len(rows) - 1, 1)
    x = alt.X("place:Q", axis=None, scale=alt.Scale(domain=[0, edge]))
    y = alt.Y("value:Q", axis=None, scale=alt.Scale(zero=False))
    line = alt.Chart(alt.InlineData(values=rows)).mark_line(color=MAIN).encode(x=x, y=y)
    last = alt.Chart(alt.InlineData(values=rows[-1:])).encode(x=x, y=y)
    dot = last.mark_point(color=SECOND, fill=SECOND, size=40, opacity=1)
    spec = compose([line, dot], width=SPARK_WIDTH, height=SPARK_HEIGHT)
    words = f"from {values[0]} to {values[-1]}" if values else "no value yet"
    return Chart(
        title=title,
        description=words,
        drawing=draw(spec, title=title, description=words),
        columns=("Place", "Value"),
        rows=tuple((str(place), str(value)) for place, value in enumerate(values, 1)),
    )

"""Bars for a comparison, and a small line that fits into a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import altair as alt

from masseter.ui.charts.draw import INK, MAIN, SECOND, Chart, config, draw

WIDTH, BAR = 560, 34
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
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(domain=False, ticks=False, labelLimit=240)),
        x=alt.X("value:Q", title=measure, axis=alt.Axis(tickCount=5)),
    )
    columns = base.mark_bar(color=MAIN, cornerRadiusEnd=5, height=BAR - 14)
    words = base.mark_text(align="left", dx=7, color=INK, fontWeight=600).encode(text="words:N")
    size = {"width": WIDTH, "height": BAR * max(len(bars), 1)}
    picture = alt.layer(columns, words).properties(**size).configure(**config())
    description = f"{measure}: " + ", ".join(f"{bar.label} {bar.printed}" for bar in bars) + "."
    return Chart(
        title=title,
        description=description,
        drawing=draw(picture.to_dict(validate=False), title=title, description=description),
        columns=("", measure),
        rows=tuple((bar.label, bar.printed) for bar in bars),
    )


@lru_cache(maxsize=512)
def spark(*, title: str, values: tuple[Decimal, ...]) -> Chart:
    """A line without axes, its last value marked."""
    rows = [{"place": place, "value": float(value)} for place, value in enumerate(values)]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("place:Q", axis=None), y=alt.Y("value:Q", axis=None, scale=alt.Scale(zero=False))
    )
    last = base.transform_filter(alt.datum.place == len(rows) - 1).mark_point(
        color=SECOND, fill=SECOND, size=40, opacity=1
    )
    picture = alt.layer(base.mark_line(color=MAIN), last)
    picture = picture.properties(width=SPARK_WIDTH, height=SPARK_HEIGHT).configure(**config())
    words = "from {} to {}".format(values[0], values[-1]) if values else "no value yet"
    return Chart(
        title=title,
        description=words,
        drawing=draw(picture.to_dict(validate=False), title=title, description=words),
        columns=("Place", "Value"),
        rows=tuple((str(place), str(value)) for place, value in enumerate(values, 1)),
    )

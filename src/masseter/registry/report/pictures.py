"""The charts of a report: the course after a treatment, what is kept of it, and clinics beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np

from masseter.registry.report.document import number
from masseter.registry.report.funnel import Z95, Z998, Funnel, limits
from masseter.ui.charts.draw import BAND, INK, MAIN, SECOND, SOFT, Chart, compose, draw

WIDTH, HEIGHT = 620, 300
STEPS = 60  # of a limit's curve


def _chart(title: str, description: str, layers: Sequence[alt.Chart]) -> Chart:
    spec = compose(layers, width=WIDTH, height=HEIGHT)
    drawing = draw(spec, title=title, description=description)
    return Chart(title=title, description=description, drawing=drawing, columns=(), rows=())


def _data(rows: list[dict[str, Any]]) -> alt.Chart:  # Any: what JSON holds
    return alt.Chart(alt.InlineData(values=rows))


def course_chart(lines: Sequence[tuple[float, float, float, float]]) -> Chart:
    """Scores as percent of the baseline. Lines: week since the treatment, quartile, median, quartile."""
    rows = [
        {"week": week, "low": 100 * low, "middle": 100 * half, "high": 100 * high}
        for week, low, half, high in lines
    ]
    x = alt.X("week:Q", title="Weeks since the treatment")
    title = "Percent of the baseline"
    band = _data(rows).mark_area(color=BAND).encode(x=x, y=alt.Y("low:Q", title=title), y2=alt.Y2("high:Q"))
    line = _data(rows).mark_line(color=MAIN).encode(x=x, y=alt.Y("middle:Q", title=title))
    points = (
        _data(rows).mark_point(color=MAIN, fill=MAIN, opacity=1, size=36).encode(x=x, y=alt.Y("middle:Q"))
    )
    told = ", ".join(f"week {number(week)}: {number(100 * half)}" for week, _low, half, _high in lines)
    return _chart(
        "Scores after a treatment", f"Median percent of the baseline. {told}.", [band, line, points]
    )


def kept_chart(curve: Sequence[tuple[float, float]]) -> Chart:
    """Share of cycles that still have half of their best benefit, by day."""
    rows = [{"day": 0.0, "share": 100.0}, *({"day": day, "share": 100 * share} for day, share in curve)]
    x = alt.X("day:Q", title="Days since the treatment")
    y = alt.Y("share:Q", title="Percent that keep half", scale=alt.Scale(domain=[0, 100]))
    line = _data(rows).mark_line(color=MAIN, interpolate="step-after").encode(x=x, y=y)
    last = rows[-1]
    told = f"From 100 percent on day 0 to {number(last['share'])} percent on day {number(last['day'])}."
    return _chart("Cycles that still have half of their best benefit", told, [line])


def funnel_chart(found: Funnel) -> Chart:
    """Rate of each clinic after case mix against its patients, between the limits."""
    most = max(place.patients for place in found.places)
    sizes = np.unique(np.linspace(1, most * 1.05, STEPS).round(2))
    edges = [
        {
            "patients": float(size),
            **{
                name: 100 * limits(found.rate, float(size), z)[side]  # type: ignore[arg-type]  # a size between
                for name, z, side in (("a", Z95, 0), ("b", Z95, 1), ("c", Z998, 0), ("d", Z998, 1))
            },
        }
        for size in sizes
    ]
    x = alt.X("patients:Q", title="Patients whose first cycle could be judged")
    y_title = "Percent who responded, after case mix"
    lines = [
        _data(edges)
        .mark_line(color=SOFT, strokeDash=[6, 4] if name in "ab" else [1, 0], strokeWidth=1.5)
        .encode(x=x, y=alt.Y(f"{name}:Q", title=y_title, scale=alt.Scale(domain=[0, 100])))
        for name in "abcd"
    ]
    mean = [{"patients": 1.0, "rate": 100 * found.rate}, {"patients": most * 1.05, "rate": 100 * found.rate}]
    middle = _data(mean).mark_line(color=INK, strokeWidth=1.5).encode(x=x, y=alt.Y("rate:Q", title=y_title))
    rows = [{"patients": one.patients, "rate": 100 * one.rate, "out": one.standing} for one in found.places]
    shape = alt.Shape("out:N", legend=None)
    colour = alt.condition(alt.datum.out == "inside", alt.value(MAIN), alt.value(SECOND))
    dots = (
        _data(rows)
        .mark_point(filled=True, size=70, opacity=1)
        .encode(x=x, y=alt.Y("rate:Q", title=y_title), shape=shape, color=colour)
    )
    outside = sum(one.standing != "inside" for one in found.places)
    told = (
        f"{len(found.places)} clinics about {number(100 * found.rate)} percent; {outside} lie beyond the 95 "
        "percent limit. Dashed lines are the 95 percent limits, full lines those of 99.8 percent."
    )
    return _chart("Clinics beside each other", told, [*lines, middle, dots])

"""The score of every day under the cycles: a line with the treatments as marks and one cycle shaded.

Drawn here and not by Vega: the page moves the shade from cycle to cycle and has to know where they lie.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT = 960, 190
LEFT, RIGHT, TOP, BOTTOM = 60, 20, 30, 34
MOST_NUMBERS = 24  # more would lie on each other
LEAST_WIDTH = 6.0
MANY_SCORES = 60  # from then on their dots are small


@dataclass(frozen=True, kw_only=True)
class Point:
    """One score."""

    day: date
    value: Decimal


@dataclass(frozen=True, kw_only=True)
class Span:
    """Where a cycle lies in the picture."""

    x: float
    width: float


@dataclass(frozen=True, kw_only=True)
class Strip:
    """The picture without its shade, and where each cycle lies in it."""

    title: str
    words: str
    drawing: str
    spans: tuple[Span, ...]

    def svg(self, shown: int) -> SafeString:
        """The picture with one cycle shaded, by its place in the row."""
        span = self.spans[shown]
        shade = (
            f'<rect data-strip-shade x="{span.x:.1f}" y="{TOP - 10}" width="{span.width:.1f}" rx="4" '
            f'height="{HEIGHT - TOP - BOTTOM + 20}" fill="var(--chart-band)" stroke="var(--chart-main)"/>'
        )
        words = escape(f"{self.title}. {self.words}")
        return mark_safe(
            f'<svg class="y-strip" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-label="{words}" focusable="false">{shade}{self.drawing}</svg>'
        )


def strip(
    *,
    title: str,
    low: Decimal,
    high: Decimal,
    scores: tuple[Point, ...],
    treatments: tuple[date, ...],
    until: date,
    lower_is_better: bool,
) -> Strip:
    """The picture of a measure over all cycles; `treatments` in order, `until` the end of the last cycle."""
    days = [*treatments, *(score.day for score in scores), until]
    first, last = min(days), max(days)
    top = max((score.value for score in scores), default=high)
    bounds = (low, max(top, low + 1) if top < high / 2 or high <= low else high)
    xs = {day: _x(day, first, last) for day in days}
    ends = [*treatments[1:], last]
    spans = tuple(
        Span(x=xs[start], width=max(_x(end, first, last) - xs[start], LEAST_WIDTH))
        for start, end in zip(treatments, ends, strict=True)
    )
    better = "lower is better" if lower_is_better else "higher is better"
    pieces = [
        _axis(bounds, better),
        "".join(_treatment(xs[day], number, len(treatments)) for number, day in enumerate(treatments, 1)),
        _line([(xs[score.day], _y(score.value, bounds)) for score in scores]),
    ]
    words = f"{len(scores)} scores over {len(treatments)} cycles, {better}."
    return Strip(title=title, words=words, drawing="".join(pieces), spans=spans)


def _x(day: date, first: date, last: date) -> float:
    whole = max((last - first).days, 1)
    return LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / whole


def _y(value: Decimal, bounds: tuple[Decimal, Decimal]) -> float:
    low, high = bounds
    return TOP + (HEIGHT - TOP - BOTTOM) * float((high - value) / (high - low))


def _axis(bounds: tuple[Decimal, Decimal], better: str) -> str:
    marks = "".join(
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_y(value, bounds):.1f}" y2="{_y(value, bounds):.1f}" '
        f'stroke="var(--chart-line)"/><text x="{LEFT - 8}" y="{_y(value, bounds) + 5:.1f}" text-anchor="end" '
        f'font-size="15" fill="var(--chart-soft)">{value:f}</text>'
        for value in bounds
    )
    return f'{marks}<text x="{LEFT}" y="{TOP - 14}" font-size="15" fill="var(--chart-soft)">{better}</text>'


def _treatment(x: float, number: int, count: int) -> str:
    every = -(-count // MOST_NUMBERS)
    text = (
        f'<text x="{x:.1f}" y="{HEIGHT - 10}" text-anchor="middle" font-size="15" fill="var(--chart-ink)">'
        f"{number}</text>"
        if number == 1 or number % every == 0
        else ""
    )
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="var(--chart-second)" '
        f'stroke-dasharray="4 4"/>{text}'
    )


def _line(points: list[tuple[float, float]]) -> str:
    if not points:
        return ""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    radius = 2.5 if len(points) > MANY_SCORES else 4
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="var(--chart-main)"/>' for x, y in points
    )
    return f'<polyline points="{path}" fill="none" stroke="var(--chart-main)" stroke-width="2.5"/>{dots}'

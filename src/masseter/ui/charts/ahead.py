"""All cycles of a course laid over each other by the days since their treatment, and what is likely to come.

Drawn here and not by Vega: it is new with every score, and the page must not wait for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.html import escape
from django.utils.translation import gettext as _

from masseter.core.results.forecast import DayBand, Forecast
from masseter.ui.charts.ahead_words import Lap, Line, Overlay, describe, legend, rows, runs
from masseter.ui.charts.course import better_mark
from masseter.ui.charts.draw import GAP, INK, LINE, MAIN, PAPER, SECOND, SOFT, THIRD, Chart
from masseter.ui.languages.numbers import apart, number_words

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 58, 18, 62, 48
CYCLE_DAYS = 112  # what the picture shows at least
TICK_DAYS, WIDE_TICKS = 14, 150
MOST_EARLIER = 7
LETTER = 8.5  # how wide a letter of a name is, about
NEAR_DAYS = 20  # two names on the axis that are nearer would touch
# Of each band: how thick it is laid on, and how its edge is dashed.
BANDS = (("nearly_all", "0.10", "1 5"), ("most", "0.16", "7 4"), ("half", "0.24", ""))


def overlay_chart(shown: Overlay) -> Chart:
    """The cycles as a picture with its table: earlier ones thin, this one bold, the forecast in bands."""
    words = describe(shown)
    inside = "".join(
        [
            "".join(_shade(first, last, shown) for first, last in shown.gaps),
            _frame(shown),
            *(_bands(shown, shown.forecast.bands) if shown.forecast is not None else ()),
            *_earlier(shown.laps[:-1][-MOST_EARLIER:], shown),
            _running(shown),
            _marks(shown),
        ]
    )
    mark = hashlib.sha256(f"{inside}{shown.title}{words}".encode()).hexdigest()[:10]
    drawing = (
        f'<svg role="img" aria-labelledby="t{mark} d{mark}" focusable="false" style="--chart-width:{WIDTH}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" xmlns="http://www.w3.org/2000/svg"><title id="t{mark}">'
        f'{escape(shown.title)}</title><desc id="d{mark}">{escape(words)}</desc>{inside}</svg>'
    )
    return Chart(
        title=shown.title,
        description=words,
        drawing=drawing,
        columns=(_("Day"), shown.measure, _("What")),
        rows=tuple(rows(shown)),
        legend=legend(shown),
    )


def _end(shown: Overlay) -> int:
    """The last day of the picture."""
    days = [CYCLE_DAYS]
    if shown.forecast is not None and shown.forecast.bands:
        days.append(shown.forecast.bands[-1].day)
    if shown.earliest is not None and shown.draws_earliest:
        days.append((shown.earliest - shown.given_on).days + 4)
    return max(days)


def _x(day: float, shown: Overlay) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * day / _end(shown)


def _y(value: Decimal, shown: Overlay) -> float:
    inside = min(max(value, shown.low), shown.high)
    return TOP + (HEIGHT - TOP - BOTTOM) * float((shown.high - inside) / (shown.high - shown.low))


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", colour: str = SOFT, bold: bool = False
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="15" fill="{colour}" '
        f'stroke="{PAPER}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"{weight}>'
        f"{escape(apart(words))}</text>"
    )


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str, dash: str = "", width: float = 1) -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
        f'stroke-width="{width}"{dashed}/>'
    )


def _frame(shown: Overlay) -> str:
    """Axes, the scale's ends, the level before the first treatment."""
    floor = HEIGHT - BOTTOM
    end, step = _end(shown), TICK_DAYS if _end(shown) <= WIDE_TICKS else 2 * TICK_DAYS
    parts = [
        _stroke(_x(day, shown), floor, _x(day, shown), floor + 5, SOFT)
        + _text(_x(day, shown), floor + 21, str(day), anchor="middle")
        for day in range(0, end + 1, step)
    ]
    for value in (shown.low, (shown.low + shown.high) / 2, shown.high):
        y = _y(value, shown)
        parts.append(
            _stroke(LEFT, y, WIDTH - RIGHT, y, LINE)
            + _text(LEFT - 8, y + 5, number_words(value), anchor="end")
        )
    parts.append(_text(LEFT, 16, f"{shown.measure}   {better_mark(shown.higher_is_worse)}"))
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(_text(middle, HEIGHT - 6, _("Days since the treatment"), anchor="middle"))
    if shown.baseline is not None:
        y = _y(shown.baseline, shown)
        parts.append(_stroke(LEFT, y, WIDTH - RIGHT, y, SOFT, "2 6", 1.5))
    return "".join(parts)


def _shade(first: int, last: int, shown: Overlay) -> str:
    x, until = _x(max(first - 0.5, 0), shown), _x(last + 0.5, shown)
    return (
        f'<rect x="{x:.1f}" y="{TOP}" width="{max(until - x, 2):.1f}" height="{HEIGHT - TOP - BOTTOM}" '
        f'fill="{GAP}"/>'
    )


def _bands(shown: Overlay, bands: Sequence[DayBand]) -> Iterable[str]:
    """Each band as an area with a dashed edge of its own, and the middle."""
    if not bands:
        return
    for name, thick, dash in BANDS:
        low = [(band.day, getattr(band, name)[0]) for band in bands]
        high = [(band.day, getattr(band, name)[1]) for band in bands]
        area = _path([*high, *reversed(low)], shown)
        yield f'<polygon points="{area}" fill="{MAIN}" fill-opacity="{thick}"/>'
        yield from (_poly(edge, shown, dash=dash, width="1") for edge in (low, high))
    yield _poly([(band.day, band.middle) for band in bands], shown, dash="3 4", width="2.5")


def _path(points: Line, shown: Overlay) -> str:
    return " ".join(f"{_x(day, shown):.1f},{_y(value, shown):.1f}" for day, value in points)


def _poly(points: Line, shown: Overlay, *, dash: str = "", width: str = "2.5", colour: str = MAIN) -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<polyline points="{_path(points, shown)}" fill="none" stroke="{colour}" stroke-width="{width}" '
        f'stroke-linejoin="round"{dashed}/>'
    )


def _inside(points: Line, shown: Overlay) -> list[tuple[int, Decimal]]:
    return [(day, value) for day, value in points if 0 <= day <= _end(shown)]


def _earlier(laps: Sequence[Lap], shown: Overlay) -> Iterable[str]:
    """Earlier cycles: thin lines, with their numbers before them; those that begin at one place share it."""
    starts: dict[tuple[int, Decimal], list[int]] = {}
    for lap in laps:
        points = _inside(lap.scores, shown)
        if points:
            yield _poly(points, shown, width="1.3", colour=SOFT)
            starts.setdefault(points[0], []).append(lap.number)
    for (day, value), numbers in starts.items():
        words, x, y = runs(numbers), _x(day, shown) - 8, _y(value, shown)
        if x - LETTER * len(words) > LEFT:
            yield _text(x, y + 5, words, anchor="end")
        else:  # too near to the axis: above the line, or below it at the top of the scale
            yield _text(LEFT + 5, y - 9 if y - 9 > TOP + 12 else y + 20, words)


def _running(shown: Overlay) -> str:
    points = _inside(shown.laps[-1].scores, shown) if shown.laps else []
    dots = "".join(
        f'<circle cx="{_x(day, shown):.1f}" cy="{_y(value, shown):.1f}" r="4.5" fill="{PAPER}" '
        f'stroke="{MAIN}" stroke-width="2.5"/>'
        for day, value in points
    )
    return (_poly(points, shown) if points else "") + dots


def _marks(shown: Overlay) -> str:
    """Today, the span of the wear-off above the picture, and the earliest next date."""
    floor, parts = HEIGHT - BOTTOM, []
    if 0 <= shown.today <= _end(shown):
        x = _x(shown.today, shown)
        parts.append(_stroke(x, TOP, x, floor, INK, "", 1))
        near_end = _x(_end(shown), shown) - x < LETTER * len(_("today")) + 8
        side = ("end", -5) if near_end else ("start", 5)
        parts.append(_text(x + side[1], floor - 34, _("today"), anchor=side[0], colour=INK))
    if (told := shown.wearing) is not None:
        first, middle, last = (
            _x(min((day - shown.given_on).days, _end(shown)), shown)
            for day in (told.wear_off.first, told.wear_off.middle, told.wear_off.last)
        )
        parts.append(_stroke(first, TOP - 12, last, TOP - 12, THIRD, "", 4))
        parts += [_stroke(x, TOP - 18, x, TOP - 6, THIRD, "", 2) for x in (first, middle, last)]
        is_told = told.worn_off_on is not None
        name = _("worn off") if is_told else _("likely to wear off")
        parts.append(_text(min(first, WIDTH - 190), TOP - 24, name, colour=THIRD, bold=True))
        parts += [] if is_told else _turns(told, shown)
    if shown.earliest is not None and shown.draws_earliest:
        x = _x((shown.earliest - shown.given_on).days, shown)
        parts.append(_stroke(x, TOP - 4, x, floor, SECOND, "6 3", 2))
    return "".join(parts)


def _turns(told: Forecast, shown: Overlay) -> Iterable[str]:
    """On the axis: where half of the part that wears off is there, and where the best is to be expected."""
    floor = HEIGHT - BOTTOM
    onset, best = ((day - shown.given_on).days for day in (told.onset_on, told.best_on))
    for day, words, up in (
        (onset, _("half there"), 8),
        (best, _("best"), 8 if best - onset > NEAR_DAYS else 24),
    ):
        x = _x(day, shown)
        yield f'<path d="M{x - 5:.1f} {floor} h10 l-5 -9 z" fill="{THIRD}"/>'
        yield _text(x + 8, floor - up + 3, words, colour=THIRD)

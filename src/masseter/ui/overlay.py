"""All cycles over each other as a picture, with the forecast where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from masseter.core.results.forecast import Forecast
from masseter.core.results.gaps import days_without_entries
from masseter.journey.results.forecasts import cycles_by_day
from masseter.journey.results.models import DiaryEntry
from masseter.journey.results.queries import CourseOf, covered_days
from masseter.ui.charts.ahead import CYCLE_DAYS, overlay_chart
from masseter.ui.charts.ahead_words import Lap, Overlay
from masseter.ui.charts.draw import Chart
from masseter.ui.courses import SHORTEST_GAP_DAYS, measure_words


def overlay_of(
    course: CourseOf,
    diary: Sequence[DiaryEntry],
    *,
    title: str,
    today: date,
    forecast: Forecast | None,
    earliest: date | None,
) -> Chart | None:
    """All cycles over each other with what is likely to come; None before the first treatment."""
    if not course.treatments:
        return None
    given, instrument = course.treatments[-1], course.instrument
    laps = cycles_by_day(course, diary)
    return overlay_chart(
        Overlay(
            title=title,
            measure=measure_words(instrument),
            low=instrument.low,
            high=instrument.high,
            higher_is_worse=instrument.higher_is_worse,
            given_on=given,
            laps=tuple(Lap(number=number, scores=scores) for number, scores in enumerate(laps, 1)),
            baseline=None if course.baseline is None else course.baseline.total,
            today=(today - given).days,
            gaps=_gaps(course, diary, given, today),
            forecast=forecast,
            earliest=earliest,
        )
    )


def _gaps(
    course: CourseOf, diary: Sequence[DiaryEntry], given: date, today: date
) -> tuple[tuple[int, int], ...]:
    last = min(today, given + timedelta(days=CYCLE_DAYS))
    written = covered_days(diary, course.instrument.diary_field)
    found = days_without_entries(
        written, first=given + timedelta(days=1), last=last, at_least=SHORTEST_GAP_DAYS
    )
    return tuple(((first - given).days, (end - given).days) for first, end in found)

"""A forecast in words and as a picture, for clinic and patient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from masseter.core.follow_up.ahead import PlannedAhead
from masseter.core.results.forecast import Days, Forecast
from masseter.core.results.gaps import days_without_entries
from masseter.core.results.response import Response
from masseter.journey.results.forecasts import cycles_by_day
from masseter.journey.results.models import DiaryEntry
from masseter.journey.results.queries import CourseOf, covered_days
from masseter.knowledge.model import Source
from masseter.knowledge.translations import LANGUAGES
from masseter.ui.charts.ahead import CYCLE_DAYS, overlay_chart
from masseter.ui.charts.ahead_words import Lap, Overlay
from masseter.ui.charts.draw import Chart
from masseter.ui.courses import SHORTEST_GAP_DAYS, measure_words
from masseter.ui.languages.days import day_words
from masseter.ui.languages.told import told
from masseter.ui.symptoms import sources_of

POPULATION = "population estimate"
NO_EFFECT = _(
    "It tells the change since the treatment and the part of it that wears off; how much of that is the "
    "toxin's doing a record without placebo cannot show."
)
WHY_NONE = {
    "no_curve": (
        "No forecast: nobody has published how this measure goes over time in this condition, and no curve "
        "has been fitted to the clinic's own data."
    ),
    "no_baseline": "Too little data to say: there is no score from before the first treatment.",
    "too_long_ago": "No forecast: the last treatment is too long ago.",
    "preparing": "The forecast is being prepared. Open this page again in a minute.",
}
PLAIN_WHY_NONE = {
    "no_curve": _("Nobody has published how it goes over time for your condition, so nothing is forecast."),
    "no_baseline": _(
        "There is too little data to say what comes next: no score is from before your treatment."
    ),
    "too_long_ago": _("Your last treatment is too long ago to say what comes next."),
    "preparing": _("What is likely to come is being worked out. Open this page again in a minute."),
}


@dataclass(frozen=True, kw_only=True)
class ForecastWords:
    """A forecast as a page tells it: the sentence that matters most, what follows, and what it rests on."""

    lead: str
    lines: list[str]
    is_population: bool
    basis: str
    sources: list[Source]
    sure: str


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


def forecast_words(
    forecast: Forecast,
    *,
    plan: PlannedAhead,
    earliest: date | None,
    response: Response,
    unit: str,
    today: date,
) -> ForecastWords:
    """A forecast for the clinic."""
    lead = wear_off_words(forecast.wear_off, today, is_population=forecast.is_population)
    if earliest is not None:
        lead += f"; the earliest next date is {day_words(earliest)}"
    lines = [*_course_lines(forecast, today), _part_line(forecast, unit)]
    if forecast.best_on >= today:
        lines += _chance_lines(forecast, response)
    lines += _plan_lines(forecast, plan, earliest, today)
    return ForecastWords(
        lead=f"{lead}.",
        lines=[*lines, *_next_line(forecast)],
        is_population=forecast.is_population,
        basis=_basis(forecast),
        sources=sources_of(forecast.curve.evidence.sources),
        sure=forecast.curve.evidence.sure,
    )


def plain_forecast(forecast: Forecast, *, earliest: date | None, today: date) -> ForecastWords:
    """A forecast for the patient: the same days, fewer numbers, and what nobody can promise."""
    lines = [] if earliest is None else [_earliest_line(earliest)]
    if forecast.is_population:
        lines.append(
            gettext("So far this is how it goes for people with your condition, not yet your own pattern.")
        )
    lines += _course_lines(forecast, today)
    if forecast.wears_off.low <= 0:
        lines.append(gettext("It may be that little of the change wears off, or nothing."))
    lines += [
        gettext("Writing down how you are next week would make these days more exact by about %(days)s.")
        % {"days": _so_many(narrows)}
        for narrows in [forecast.next_narrows_days]
        if narrows
    ]
    lines.append(
        gettext("These days are likely, not certain: for two of ten people it comes earlier or later.")
    )
    return ForecastWords(
        lead=f"{wear_off_words(forecast.wear_off, today, is_population=forecast.is_population)}.",
        lines=lines,
        is_population=forecast.is_population,
        basis=_basis(forecast),
        sources=sources_of(forecast.curve.evidence.sources),
        sure=forecast.curve.evidence.sure,
    )


def _earliest_line(day: date) -> str:
    return gettext("The earliest day for another treatment is %(day)s.") % {"day": day_words(day)}


def wear_off_words(days: Days, today: date, *, is_population: bool) -> str:
    """'Likely to wear off between 2 and 20 March 2027', or that it has; of this person only where known."""
    if days.middle < today:
        span = span_words(days.first, days.last)
        if is_population:
            words = gettext("In most people with this condition it has worn off by now, likely days %(days)s")
        else:
            words = gettext("Has probably worn off by now, likely days %(days)s")
        return words % {"days": span}
    span = span_words(days.first, days.last, "and")
    return gettext("Likely to wear off between %(days)s") % {"days": span}


def span_words(first: date, last: date, joint: str = "to") -> str:
    """'2 to 20 March 2027': what both days share is said once."""
    if get_language() in LANGUAGES:
        # What may be left out differs from language to language.
        return f"{day_words(first)} – {day_words(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} {joint} {day_words(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} {joint} {day_words(last)}"
    return f"{day_words(first)} {joint} {day_words(last)}"


def _course_lines(forecast: Forecast, today: date) -> list[str]:
    onset, best = forecast.onset_on, forecast.best_on
    if best < today:
        return [gettext("Best about %(day)s.") % {"day": day_words(best)}]
    if onset < today:
        return [gettext("Best about %(day)s.") % {"day": day_words(best)}]
    begins = gettext("Half of the part that wears off is there about %(half)s; best about %(best)s.")
    return [begins % {"half": day_words(onset), "best": day_words(best)}]


def _part_line(forecast: Forecast, unit: str) -> str:
    part = forecast.wears_off
    text = (
        f"The part that wears off: about {part.middle} {unit} at its best, eight of ten between {part.low} "
    )
    text = text.replace("-", "−") + f"and {part.high}."
    return text + (" There may be nothing that wears off." if part.low <= 0 else "")


def _chance_lines(forecast: Forecast, response: Response) -> list[str]:
    """Only of a fall that has not been seen in this cycle yet."""
    reached = (
        response.best.percent if response.best is not None and response.best.percent is not None else None
    )
    open_ = [one for one in forecast.chances if reached is None or reached < one.fall]
    if not open_:
        return []
    told = "; ".join(f"{one.fall:f} % or more: {_of_100(one.percent)}" for one in open_)
    return [f"Chance that the level at its best is better than the baseline by {told}."]


def _of_100(percent: int) -> str:
    if percent < 1:
        return "less than 1 of 100"
    return "more than 99 of 100" if percent > 99 else f"{percent} of 100"


def _plan_lines(forecast: Forecast, plan: PlannedAhead, earliest: date | None, today: date) -> list[str]:
    lines = []
    if forecast.wear_off.first > today:
        lines.append(f"Plan the review by {day_words(plan.review_by)}, before the wear-off becomes likely.")
    else:
        lines.append("The days in which it is likely to wear off have begun: plan the review now.")
    if earliest is not None and plan.waits_days > 0:
        lines.append(
            f"Half is likely to be gone {_so_many(plan.waits_days)} before the earliest date: plan a review "
            "or other relief for that time, never an earlier treatment."
        )
    elif plan.treat_from is not None:
        lines.append(
            f"By the forecast alone, another treatment makes sense from {day_words(plan.treat_from)}."
        )
    return lines


def _next_line(forecast: Forecast) -> list[str]:
    narrows = forecast.next_narrows_days
    if narrows is None:
        return []
    if narrows == 0:
        return [f"One entry more next week would hardly narrow the {_so_many(forecast.width_days)}."]
    return [
        f"One entry more next week is expected to narrow the {_so_many(forecast.width_days)} by {narrows}."
    ]


def _basis(forecast: Forecast) -> str:
    many, curve = forecast.scores_used, forecast.curve
    scores = ngettext(
        "From %(number)s own score or week of diary and the curve ‘%(curve)s’.",
        "From %(number)s own scores or weeks of diary and the curve ‘%(curve)s’.",
        many,
    ) % {"number": many, "curve": told(curve.title)}
    return f"{scores} {told(curve.words.text)} {NO_EFFECT}"


def _so_many(days: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


def _gaps(
    course: CourseOf, diary: Sequence[DiaryEntry], given: date, today: date
) -> tuple[tuple[int, int], ...]:
    last = min(today, given + timedelta(days=CYCLE_DAYS))
    written = covered_days(diary, course.instrument.diary_field)
    found = days_without_entries(
        written, first=given + timedelta(days=1), last=last, at_least=SHORTEST_GAP_DAYS
    )
    return tuple(((first - given).days, (end - given).days) for first, end in found)

"""What is likely to come, on the results page: forecast, picture, and the question of a lost response."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from masseter.core.findings import Finding
from masseter.core.follow_up.ahead import plan_ahead
from masseter.core.results.forecast import Forecast, NoForecast
from masseter.journey.consult.models import Case
from masseter.journey.follow_up.due_days import due_of
from masseter.journey.follow_up.queries import last_given
from masseter.journey.ground.actor import Actor
from masseter.journey.results.forecasts import forecast_of, lost_response
from masseter.journey.results.models import DiaryEntry, WearOffTold
from masseter.journey.results.queries import CourseOf, response_in
from masseter.knowledge.load import load
from masseter.knowledge.model import Source
from masseter.ui.charts.draw import Chart
from masseter.ui.forecast import WHY_NONE, ForecastWords, earliest_words, forecast_words
from masseter.ui.overlay import overlay_of
from masseter.ui.symptoms import sources_of


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One thing to look at when a treatment does worse than forecast."""

    title: str
    text: str
    sources: list[Source]
    sure: str


@dataclass(frozen=True, kw_only=True)
class Lost:
    """The question of a lost response with what can explain it; a clinician decides."""

    sentence: str
    sources: list[Source]
    sure: str
    causes: list[Cause]


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """What the page shows; `why_none` where nothing is forecast. `unknown_toxin`: days it knows not of."""

    chart: Chart | None
    words: ForecastWords | None
    why_none: str
    lost: Lost | None
    unknown_toxin: list[date]


def ahead_of(
    by: Actor,
    case: Case,
    course: CourseOf,
    diary: Sequence[DiaryEntry],
    said: Sequence[WearOffTold],
    today: date,
) -> Ahead | None:
    """What is likely to come of the running cycle; None before the first treatment."""
    if not course.treatments:
        return None
    told = forecast_of(case, course, today=today, diary=diary, said=said)
    due = due_of(by, case, last_given(by, case))
    earliest = due.earliest if due is not None else None
    forecast = told if isinstance(told, Forecast) else None
    words = None
    if forecast is not None:
        words = forecast_words(
            forecast,
            plan=plan_ahead(forecast.wear_off, due, today=today),
            earliest=earliest,
            response=response_in(case, course),
            unit=course.instrument.unit,
            today=today,
        )
    since = {reason.given_on for reason in due.reasons} if due is not None else set()
    return Ahead(
        chart=overlay_of(
            course,
            diary,
            title=f"{course.instrument.name}: this cycle over the earlier ones",
            today=today,
            forecast=forecast,
            earliest=earliest,
        ),
        words=words,
        why_none=_why_none(told, earliest, today) if isinstance(told, NoForecast) else "",
        lost=lost_of(case, course, forecast),
        unknown_toxin=sorted(day for day in since if day > course.treatments[-1]),
    )


def _why_none(told: NoForecast, earliest: date | None, today: date) -> str:
    """Why nothing is forecast, and the next date all the same."""
    why = WHY_NONE.get(told.code, "")
    if earliest is None:
        return why
    return f"{why} The {earliest_words(earliest, today)}."


def lost_of(case: Case, course: CourseOf, forecast: Forecast | None) -> Lost | None:
    """The question of a lost response, where the scores of this cycle raise it."""
    found = lost_response(case, course, forecast) if forecast is not None else None
    return _lost(found) if found is not None else None


def _lost(found: Finding) -> Lost:
    rules = load().practice.forecast
    causes = rules.causes if rules is not None else ()
    return Lost(
        sentence=found.sentence,
        sources=sources_of(found.sources),
        sure=found.sure,
        causes=[
            Cause(
                title=each.title,
                text=each.text,
                sources=sources_of(each.evidence.sources),
                sure=each.evidence.sure,
            )
            for each in causes
        ],
    )

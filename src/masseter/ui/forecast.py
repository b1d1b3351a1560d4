"""A forecast in words, for clinic and patient."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from masseter.core.follow_up.ahead import PlannedAhead
from masseter.core.results.forecast import Days, Forecast
from masseter.core.results.response import Response
from masseter.knowledge.model import Source
from masseter.knowledge.translations import LANGUAGES
from masseter.ui.languages.days import day_words
from masseter.ui.languages.told import told
from masseter.ui.symptoms import sources_of
from masseter.ui.wear_offs import since_words

REVIEW_NOW = "Plan the review now."
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
    "no_room": (
        "Too little data to say: the score before the first treatment was already the best that this measure "
        "can tell."
    ),
    "too_long_ago": "No forecast: the last treatment is too long ago.",
    "preparing": "The forecast is being prepared. Open this page again in a minute.",
}
FROM_OTHERS = (
    "The curve is put together from publications and wide; none was fitted to the clinic's own data."
)
PLAIN_FROM_OTHERS = _(
    "The days come from published studies, not from patients of this clinic, so their span is wide."
)
PLAIN_WHY_NONE = {
    "no_curve": _("Nobody has published how it goes over time for your condition, so nothing is forecast."),
    "no_baseline": _(
        "There is too little data to say what comes next: no score is from before your treatment."
    ),
    "no_room": _(
        "There is too little data to say what comes next: the score before your treatment was already the "
        "best that there is."
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
    is_uncertain: bool
    basis: str
    sources: list[Source]
    sure: str


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
    lead = _lead(forecast, today)
    if earliest is not None:
        lead += f"; the {earliest_words(earliest, today)}"
    lines = _course_lines(forecast, today) if forecast.shows_wear_off else []
    if forecast.still_on is not None and forecast.shows_wear_off:
        lines.append(
            f"The patient said on {day_words(forecast.still_on)} that it still works; curve and scores would "
            "put the wear-off before that day."
        )
    lines.append(_part_line(forecast, unit))
    if forecast.best_on >= today and forecast.worn_off_on is None and not forecast.never_helped:
        lines += _chance_lines(forecast, response)
    if forecast.never_helped:
        lines.append(REVIEW_NOW)
    elif forecast.shows_wear_off:
        lines += _plan_lines(forecast, plan, earliest, today)
    return ForecastWords(
        lead=f"{lead}.",
        lines=[*lines, *_next_line(forecast), *([FROM_OTHERS] if forecast.curve.fit is None else [])],
        is_population=forecast.is_population and forecast.shows_wear_off,
        is_uncertain=forecast.is_uncertain and forecast.shows_wear_off,
        basis=_basis(forecast),
        sources=sources_of(forecast.curve.evidence.sources),
        sure=forecast.curve.evidence.sure,
    )


def plain_forecast(forecast: Forecast, *, earliest: date | None, today: date) -> ForecastWords:
    """A forecast for the patient: the same days, fewer numbers, and what nobody can promise."""
    lines = [] if earliest is None else [plain_earliest(earliest, today)]
    if forecast.shows_wear_off:
        lines += _plain_lines(forecast, today)
    return ForecastWords(
        lead=f"{_lead(forecast, today, is_own=True)}.",
        lines=lines,
        is_population=forecast.is_population and forecast.shows_wear_off,
        is_uncertain=forecast.is_uncertain and forecast.shows_wear_off,
        basis=_basis(forecast),
        sources=sources_of(forecast.curve.evidence.sources),
        sure=forecast.curve.evidence.sure,
    )


def _plain_lines(forecast: Forecast, today: date) -> list[str]:
    lines = []
    if forecast.is_population:
        lines.append(
            gettext("So far this is how it goes for people with your condition, not yet your own pattern.")
        )
    lines += _course_lines(forecast, today)
    if forecast.worn_off_on is not None:
        return lines
    if forecast.still_on is not None:
        told_so = gettext(
            "You told us on %(day)s that it still works; what you wrote down looks as if it wore off before."
        )
        lines.append(told_so % {"day": day_words(forecast.still_on)})
    if forecast.wears_off.low <= 0:
        lines.append(gettext("It may be that little of the change wears off, or nothing."))
    if narrows := forecast.next_narrows_days:
        more = gettext(
            "Writing down how you are next week would make these days more exact by about %(days)s."
        )
        lines.append(more % {"days": _so_many(narrows)})
    certain = gettext("These days are likely, not certain: for two of ten people it comes earlier or later.")
    return [*lines, certain, *([str(PLAIN_FROM_OTHERS)] if forecast.curve.fit is None else [])]


def plain_earliest(day: date, today: date) -> str:
    """From when on another treatment may be given, for the patient."""
    if day <= today:
        words = gettext(
            "The time that has to lie between treatments has been over since %(day)s; the clinic decides "
            "with you whether another one makes sense."
        )
    else:
        words = gettext("The earliest day for another treatment is %(day)s.")
    return words % {"day": day_words(day)}


def earliest_words(day: date, today: date) -> str:
    """The same for the clinic: 'earliest next date is 14 March 2027'."""
    return f"earliest next date {'was' if day < today else 'is'} {day_words(day)}"


def _lead(forecast: Forecast, today: date, *, is_own: bool = False) -> str:
    """The sentence that matters most; `is_own`: told to the patient."""
    if forecast.worn_off_on is not None:
        day = since_words(forecast.worn_off_on, forecast.worn_off_told_on or forecast.worn_off_on)
        if is_own:
            return gettext("Worn off since about %(day)s, as you told us") % {"day": day}
        return f"Worn off since about {day}, by the patient’s own word"
    if forecast.never_helped:
        return (
            gettext("You told us that it never helped")
            if is_own
            else "By the patient’s own word it never helped"
        )
    if not forecast.shows_wear_off:
        return gettext("So far no part of the change looks like one that wears off, so no day is given")
    return wear_off_words(forecast.wear_off, today, is_population=forecast.is_population)


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
    onset, best, over = forecast.onset_on, forecast.best_on, forecast.worn_off_on
    if over is not None and best >= over:
        return []  # the curve knows of no best before the end that was told
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
    if forecast.worn_off_on is not None:
        lines.append(REVIEW_NOW)
    elif forecast.wear_off.first > today:
        lines.append(f"Plan the review by {day_words(plan.review_by)}, before the wear-off becomes likely.")
    else:
        lines.append("The days in which it is likely to wear off have begun: plan the review now.")
    if earliest is not None and plan.waits_days > 0 and forecast.worn_off_on is not None:
        lines.append(
            "The earliest next date is still to come: a review or other relief bridges the time until then, "
            "never an earlier treatment."
        )
    elif earliest is not None and plan.waits_days > 0:
        lines.append(
            f"Half of it is likely to be gone {_so_many(plan.waits_days)} before the earliest next date: a "
            "review or other relief bridges that time, never an earlier treatment."
        )
    elif plan.treat_from == today:
        lines.append("The interval is over: the review decides whether another treatment makes sense.")
    elif plan.treat_from is not None:
        lines.append(
            f"By the forecast alone, another treatment makes sense from {day_words(plan.treat_from)}."
        )
    return lines


def _next_line(forecast: Forecast) -> list[str]:
    narrows = forecast.next_narrows_days
    if narrows is None or not forecast.shows_wear_off or forecast.worn_off_on is not None:
        return []
    span = f"the span of {_so_many(forecast.width_days)}"
    if narrows == 0:
        return [f"One entry more next week would hardly narrow {span}."]
    return [f"One entry more next week is expected to narrow {span} by {_so_many(narrows)}."]


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

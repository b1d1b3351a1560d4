"""The forecast beside a review, and the wear-off of those on the recall list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from masseter.clinic.results.ahead import Lost, lost_of
from masseter.core.follow_up.ahead import plan_ahead
from masseter.core.results.forecast import NoForecast, WearOff
from masseter.journey.consult.models import Case
from masseter.journey.follow_up.due_days import RecallDay
from masseter.journey.follow_up.queries import AtReview
from masseter.journey.ground.actor import Actor
from masseter.journey.results.forecasts import forecast_of, wear_offs_of
from masseter.journey.results.queries import response_in
from masseter.ui.forecast import WHY_NONE, ForecastWords, forecast_words


@dataclass(frozen=True, kw_only=True)
class ReviewAhead:
    """What a review is told of the days to come; `why_none` where nothing is forecast."""

    words: ForecastWords | None
    why_none: str
    lost: Lost | None


def review_ahead(case: Case, seen: AtReview, today: date) -> ReviewAhead | None:
    """The forecast of the main measure; None before the first treatment."""
    course, due = seen.course, seen.due
    if not course.treatments:
        return None
    told = forecast_of(case, course, today=today, diary=seen.diary, asks_next=False)
    if isinstance(told, NoForecast):
        return ReviewAhead(words=None, why_none=WHY_NONE.get(told.code, ""), lost=None)
    words = forecast_words(
        told,
        plan=plan_ahead(told.wear_off, due, today=today),
        earliest=due.earliest if due is not None else None,
        response=response_in(case, course),
        unit=course.instrument.unit,
        today=today,
    )
    return ReviewAhead(words=words, why_none="", lost=lost_of(case, course, told))


def by_wear_off(
    by: Actor, waiting: Collection[RecallDay], today: date
) -> tuple[list[RecallDay], dict[int, WearOff]]:
    """Those who wait by the day on which it is likely to have worn off, and that day by case.

    Where nothing is forecast, or a look after a pause is due, the day of the recall counts.
    """
    found = wear_offs_of(by, [one.recall.case for one in waiting], today=today)
    ordered = sorted(waiting, key=lambda one: (_counts(one, found), one.recall.pk))
    return ordered, found


def _counts(one: RecallDay, found: dict[int, WearOff]) -> date:
    review = one.recall.review
    is_look = review is not None and review.decision == "pause"
    wear_off = None if is_look else found.get(one.recall.case_id)
    return one.due_on if wear_off is None else wear_off.days.middle

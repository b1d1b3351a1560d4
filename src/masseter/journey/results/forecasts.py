"""The forecast of a case, from its record and the curves of knowledge."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Sum

from masseter.core.answers import Answer
from masseter.core.findings import Finding
from masseter.core.results.curves import curve_for
from masseter.core.results.cycles import judge_cycle
from masseter.core.results.forecast import Forecast, NoForecast, WearOff, worse_than_forecast
from masseter.journey.consult.models import Case
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.results.diary import diary_rules
from masseter.journey.results.forecast.reading import (
    LATEST_DAYS,
    Dose,
    Record,
    Told,
    shares,
    told_ends,
    told_scores,
)
from masseter.journey.results.models import DiaryEntry, Score, WearOffTold
from masseter.journey.results.queries import CourseOf, course_of, diary_of, diary_values, main_instrument
from masseter.journey.results.wear_offs import said_of, standing_of
from masseter.knowledge.load import load
from masseter.knowledge.model import ForecastRules


class Kernels:
    """Whether the machine code of the model is at hand, so that no page waits for the compiler.

    A server begins with `prepare`; other programs never call it and wait where they need it.
    """

    def __init__(self) -> None:
        self._prepared: threading.Event | None = None

    def prepare(self) -> threading.Thread:
        """Compile in a process of its own, where it is in nobody's way, then load, beside the pages."""
        self._prepared = threading.Event()
        thread = threading.Thread(target=self._prepare, name="forecast kernels", daemon=True)
        thread.start()
        return thread

    def are_ready(self) -> bool:
        return self._prepared is None or self._prepared.is_set()

    def _prepare(self) -> None:
        subprocess.run([sys.executable, "-m", "masseter.response.ready"], check=False)
        from masseter.response.ready import make_ready

        make_ready()
        if self._prepared is not None:
            self._prepared.set()


KERNELS = Kernels()


def forecast_of(
    case: Case,
    course: CourseOf,
    *,
    today: date,
    diary: Sequence[DiaryEntry] | None = None,
    said: Sequence[WearOffTold] | None = None,
    for_patient: bool = False,
    asks_next: bool = True,
) -> Forecast | NoForecast:
    """The forecast of the running cycle on one measure, or why there is none.

    `for_patient`: only from a curve that may be shown to one. `asks_next`: also what one entry more tells.
    """
    rows = diary_of(case) if diary is None else diary
    answers = said_of(case) if said is None else said
    doses = _doses([case], case.clinic.zone)[case.pk]
    record = _record(case, course, rows, doses, answers, today, for_patient=for_patient)
    return record if isinstance(record, NoForecast) else _make(record, today, asks_next=asks_next)


def wear_offs_of(by: Actor, cases: Collection[Case], *, today: date) -> dict[int, WearOff]:
    """The wear-off of each case that has a forecast on its main measure; four questions in all.

    Left out where nothing shows that wears off. None as long as the model is being prepared.
    """
    if not KERNELS.are_ready():
        return {}
    # Brings the compiler along, as in `_make`.
    from masseter.journey.results.forecast.making import wear_off_alone

    doses = _doses(cases, by.zone)
    scores, diaries = defaultdict[int, list[Score]](list), defaultdict[int, list[DiaryEntry]](list)
    for score in Score.objects.filter(case__in=cases, withdrawn_at=None).order_by("day"):
        scores[score.case_id].append(score)
    for entry in DiaryEntry.objects.filter(case__in=cases).order_by("day"):
        diaries[entry.case_id].append(entry)
    said = defaultdict[int, list[WearOffTold]](list)
    for told in WearOffTold.objects.filter(case__in=cases).order_by("day", "pk"):
        said[told.case_id].append(told)
    found = {}
    for case in cases:
        days, diary = tuple(sorted({one.day for one in doses[case.pk]})), diaries[case.pk]
        course = course_of(
            case, main_instrument(case), today=today, scores=scores[case.pk], diary=diary, treatments=days
        )
        record = _record(case, course, diary, doses[case.pk], said[case.pk], today)
        if isinstance(record, Record):
            wears = wear_off_alone(record, _rules())
            if wears is not None:
                found[case.pk] = wears
    return found


def cycles_by_day(
    course: CourseOf, diary: Sequence[DiaryEntry]
) -> tuple[tuple[tuple[int, Decimal], ...], ...]:
    """Of each cycle, the oldest first, its scores by day since its treatment, as the forecast reads them.

    The diary counts week by week, and a score stands in the middle of the days that it speaks of.
    """
    scores = _told(course, diary, course.treatments)
    found = []
    for number, given in enumerate(course.treatments):
        begins = (given - course.treatments[0]).days
        rest = course.treatments[number + 1 : number + 2]
        ends = (rest[0] - course.treatments[0]).days if rest else None
        found.append(
            tuple(
                (round(one.at - begins), Decimal(str(round(one.value, 1))))
                for one in scores
                if begins < one.at and (ends is None or one.at <= ends)
            )
        )
    return tuple(found)


def lost_response(case: Case, course: CourseOf, forecast: Forecast) -> Finding | None:
    """Whether this treatment does worse than earlier ones that worked let expect."""
    condition = load().conditions[case.condition]
    has_responded = any(
        judge_cycle(condition=condition, instrument=course.instrument, cycle=cycle).responded is Answer.MET
        for cycle in course.cycles[:-1]
    )
    return worse_than_forecast(forecast.against, _rules(), has_responded=has_responded)


def _make(record: Record, today: date, *, asks_next: bool) -> Forecast | NoForecast:
    if not KERNELS.are_ready():
        return NoForecast(code="preparing")
    # Brings the compiler along, which programs without a forecast need not load.
    from masseter.journey.results.forecast.making import make

    return make(record, _rules(), today=today, asks_next=asks_next)


def _record(
    case: Case,
    course: CourseOf,
    diary: Sequence[DiaryEntry],
    doses: Sequence[Dose],
    said: Sequence[WearOffTold],
    today: date,
    *,
    for_patient: bool = False,
) -> Record | NoForecast:
    known, instrument = load(), course.instrument
    curve = curve_for(
        known.curves.values(), condition=case.condition, measure=instrument.code, for_patient=for_patient
    )
    if curve is None:
        return NoForecast(code="no_curve")
    given = sorted({one.day for one in doses if one.day <= today})
    if not given:
        return NoForecast(code="no_treatment")
    if course.baseline is None:
        return NoForecast(code="no_baseline")
    if course.baseline.total == (instrument.low if instrument.higher_is_worse else instrument.high):
        return NoForecast(code="no_room")
    if (today - given[-1]).days > LATEST_DAYS:
        return NoForecast(code="too_long_ago")
    standing = standing_of(said, given)
    return Record(
        instrument=instrument,
        curve=curve,
        baseline=course.baseline.total,
        responds_at=known.conditions[case.condition].response_percent.value,
        doses=shares([one for one in doses if one.day <= today], curve),
        scores=_told(course, diary, given),
        ends=told_ends(standing, given[0], float(diary_rules().wear_off_told.value)),
        never_helped=any(one.never_helped for one in standing if one.treated_on == given[-1]),
    )


def _told(course: CourseOf, diary: Sequence[DiaryEntry], given: Sequence[date]) -> list[Told]:
    """Entered scores and the diary as the model takes them."""
    likeness = load().practice.likeness_of_days
    if likeness is None:
        raise LookupError("knowledge does not say how alike the days of a diary are")
    entered = [one for one in course.scores if not one.from_diary]
    values = diary_values(course.instrument, diary, given)
    return told_scores(course.instrument, entered, values, given, float(likeness.value))


def _doses(cases: Collection[Case], zone: str) -> dict[int, list[Dose]]:
    """What was really given in each case, by local day."""
    local = ZoneInfo(zone)
    given = Treatment.objects.filter(case__in=cases, signed_at__isnull=False, superseded_by=None)
    rows = given.annotate(units=Sum("points__units")).order_by("given_at", "pk")
    found: dict[int, list[Dose]] = {case.pk: [] for case in cases}
    for case_id, at, product, units in rows.values_list("case_id", "given_at", "product", "units"):
        day = at.astimezone(local).date()
        found[case_id].append(Dose(day=day, product=product, units=units or Decimal(0)))
    return found


def _rules() -> ForecastRules:
    rules = load().practice.forecast
    if rules is None:
        raise LookupError("knowledge has no rules of the forecast")
    return rules

"""One measure over all cycles: the picture with its published band, and the response in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext

from masseter.core.answers import Answer
from masseter.core.results.band import score_left
from masseter.core.results.cycles import judge_cycle
from masseter.core.results.gaps import days_without_entries
from masseter.core.results.response import Change, Response
from masseter.journey.results.models import DiaryEntry
from masseter.journey.results.queries import CourseOf, covered_days
from masseter.knowledge.load import load
from masseter.knowledge.model import Condition, Instrument, ResponseBand, Source
from masseter.ui.charts.course import Band, BandPoint, Course, Score, course_chart
from masseter.ui.charts.draw import Chart
from masseter.ui.languages.days import day_words
from masseter.ui.languages.lists import comma_sign
from masseter.ui.languages.numbers import number_words
from masseter.ui.languages.told import in_words, told
from masseter.ui.symptoms import sources_of

RECENT_CYCLES = 8
SHORTEST_GAP_DAYS = 7  # a shorter one would not be seen in the picture
ANSWER_WORDS = {Answer.MET: "yes", Answer.NOT_MET: "no", Answer.UNKNOWN: "not known yet"}


@dataclass(frozen=True, kw_only=True)
class BandNote:
    """What stands under a chart that shows a published course."""

    title: str
    words: str
    sources: list[Source]
    sure: str


def band_for(condition: str, instrument: Instrument) -> ResponseBand | None:
    """The published course of a condition on this measure, if there is one."""
    bands = load().response_bands.values()
    fits = (band for band in bands if band.condition == condition and band.measure == instrument.code)
    return next((band for band in fits if band.points), None)


def lacks_band(condition: str, instrument: Instrument) -> bool:
    """No course over time was published for this condition on this measure."""
    return band_for(condition, instrument) is None


def band_note(condition: str, course: CourseOf) -> BandNote | None:
    """Where the band of a chart comes from; None where no band is drawn."""
    band = band_for(condition, course.instrument)
    if band is None or course.baseline is None or not course.treatments:
        return None
    return BandNote(
        title=band.title,
        words=told(band.words.text),
        sources=sources_of(band.evidence.sources),
        sure=band.evidence.sure,
    )


def chart_of(
    condition: str,
    course: CourseOf,
    *,
    title: str,
    recent: bool,
    today: date,
    diary: Sequence[DiaryEntry] = (),
) -> Chart | None:
    """The picture of a course; `recent` shows the last cycles only. None where there is nothing to draw.

    `diary`: where one is kept, stretches up to `today` without an entry are shaded.
    """
    if not course.scores:
        return None
    treatments = course.treatments[-RECENT_CYCLES:] if recent else course.treatments
    is_cut = recent and len(course.treatments) > RECENT_CYCLES
    scores = [one for one in course.scores if not is_cut or one.day >= treatments[0]]
    instrument, band = course.instrument, _band(condition, course)
    course_days = [one.day for one in band.points] if band else []
    first_number = len(course.treatments) - len(treatments) + 1
    shown = [*(one.day for one in scores), *treatments, *course_days]
    return course_chart(
        Course(
            title=title,
            measure=measure_words(instrument),
            low=instrument.low,
            high=instrument.high,
            higher_is_worse=instrument.higher_is_worse,
            scores=tuple(Score(day=one.day, value=one.total) for one in scores),
            injections=treatments,
            first_number=first_number,
            band=band,
            gaps=_gaps(instrument, diary, min(shown), min(max(shown), today)),
        )
    )


def measure_words(instrument: Instrument) -> str:
    """What the axis of a measure says."""
    return f"{told(instrument.short_name)} ({told(instrument.unit)})"


def _gaps(
    instrument: Instrument, diary: Sequence[DiaryEntry], first: date, last: date
) -> tuple[tuple[date, date], ...]:
    """Days without what the measure is counted from; any entry counts for one that is asked otherwise."""
    written = covered_days(diary, instrument.diary_field)
    return days_without_entries(written, first=first, last=last, at_least=SHORTEST_GAP_DAYS)


def _band(condition: str, course: CourseOf) -> Band | None:
    band = band_for(condition, course.instrument)
    if band is None or course.baseline is None or not course.treatments:
        return None
    return Band(
        words=gettext("Published course, not your forecast"),
        points=_points(band, course.treatments[-1], course.baseline.total),
    )


def _points(band: ResponseBand, given: date, baseline: Decimal) -> tuple[BandPoint, ...]:
    days = sorted({point.day for point in band.points})
    left = [score_left(band, day, baseline=baseline) for day in days]
    return tuple(
        BandPoint(day=given + timedelta(days=one.day), low=one.low, middle=one.middle, high=one.high)
        for one in left
    )


@dataclass(frozen=True, kw_only=True)
class CycleRow:
    """One cycle in the table beside the chart."""

    number: int
    given_on: date
    best: str
    latest: str
    responded: str


def cycle_rows(condition: Condition, course: CourseOf) -> list[CycleRow]:
    """The cycles in words, the newest first."""
    rows = []
    for number, (given, cycle) in enumerate(zip(course.treatments, course.cycles, strict=True), 1):
        judged = judge_cycle(condition=condition, instrument=course.instrument, cycle=cycle)
        rows.append(
            CycleRow(
                number=number,
                given_on=given,
                best=_change_words(judged.response.best),
                latest=_change_words(judged.response.latest),
                responded=ANSWER_WORDS[judged.responded],
            )
        )
    return rows[::-1]


def plain_response(instrument: Instrument, response: Response) -> list[str]:
    """The response in sentences for the patient."""
    if response.baseline is None:
        return [gettext("There is no score from before your treatment, so a change cannot be told yet.")]
    unit = told(instrument.unit)
    before = gettext("Before the treatment: %(value)s.") % {
        "value": f"{number_words(response.baseline)} {unit}"
    }
    if response.best is None or response.latest is None:
        return [f"{before} {gettext('There is no score after it yet.')}"]
    said = [before, gettext("At best: %(value)s.") % {"value": _on_day(response.best, unit)}]
    if response.latest != response.best:
        said.append(gettext("Last: %(value)s.") % {"value": _on_day(response.latest, unit)})
    return said


def _on_day(change: Change, unit: str) -> str:
    named = {"value": f"{number_words(change.total)} {unit}", "day": change.day}
    return gettext("%(value)s, on day %(day)s") % named + _share(change)


def latest_words(course: CourseOf) -> str:
    """The newest score of a course, or that there is none."""
    if not course.scores:
        return gettext("no score yet")
    newest = course.scores[-1]
    value = f"{number_words(newest.total)} {told(course.instrument.unit)}"
    return gettext("%(value)s on %(day)s") % {"value": value, "day": day_words(newest.day)}


def window_words(course: CourseOf) -> str:
    """How far the diary of the last 28 days goes; empty for measures that are not counted from it."""
    return in_words(course.windows[-1].reason) if course.windows else ""


def share_words(change: Change | None) -> str:
    """The change in words: '20 % worse'; empty where there are no percents of the baseline."""
    if change is None or change.percent is None:
        return ""
    if change.percent == 0:
        return gettext("unchanged")
    size = abs(change.percent)
    shown = Decimal(int(size)) if size == int(size) else size
    words = gettext("%(share)s better") if change.percent > 0 else gettext("%(share)s worse")
    return words % {"share": f"{number_words(shown)}\u00a0%"}  # never parted at the end of a line


def _change_words(change: Change | None) -> str:
    return "–" if change is None else f"{change.total} on day {change.day}{_share(change)}"


def _share(change: Change) -> str:
    words = share_words(change)
    return f"{comma_sign()} {words}" if words else ""

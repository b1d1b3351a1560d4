"""Results in words: the instruments of a case, its scores, its diary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from masseter.core.results.diary import window
from masseter.journey.consult.models import Case
from masseter.journey.results.diary import FIELDS, DiaryField, fields_of
from masseter.journey.results.models import DiaryEntry, Score
from masseter.journey.results.queries import CourseOf, course_of, covered_days, plain_number
from masseter.knowledge.load import load
from masseter.ui.courses import latest_words, window_words


@dataclass(frozen=True, kw_only=True)
class InstrumentRow:
    """One instrument of the condition: its newest score and whether its picture is shown."""

    code: str
    name: str
    latest: str
    hint: str
    is_main: bool
    is_shown: bool
    has_scores: bool
    asked_of: str


def courses_of(
    case: Case, scores: list[Score], diary: list[DiaryEntry], treatments: tuple[date, ...], today: date
) -> dict[str, CourseOf]:
    """The course of every instrument of the condition, the main measure first."""
    knowledge = load()
    condition = knowledge.conditions[case.condition]
    codes = sorted(condition.instruments, key=lambda code: code != condition.main_measure)
    return {
        code: course_of(
            case,
            knowledge.instruments[code],
            today=today,
            scores=scores,
            diary=diary,
            treatments=treatments,
        )
        for code in codes
    }


def instrument_rows(case: Case, courses: dict[str, CourseOf], shown: str) -> list[InstrumentRow]:
    """The instruments in words, in the order of their courses."""
    main = load().conditions[case.condition].main_measure
    return [
        InstrumentRow(
            code=code,
            name=course.instrument.name,
            latest=latest_words(course),
            hint=window_words(course),
            is_main=code == main,
            is_shown=code == shown,
            has_scores=bool(course.scores),
            asked_of=course.instrument.asked_of,
        )
        for code, course in courses.items()
    ]


@dataclass(frozen=True, kw_only=True)
class ScoreRow:
    """One score in the table of all scores."""

    pk: int
    name: str
    day: date
    value: str
    marks: str
    by: str


def score_rows(scores: Iterable[Score]) -> list[ScoreRow]:
    """Scores in words, in the order given."""
    return [_score_row(score) for score in scores]


def _score_row(score: Score) -> ScoreRow:
    instrument = load().instruments[score.instrument]
    marks = [
        words
        for words, holds in (("baseline", score.is_baseline), ("missing items filled", score.is_prorated))
        if holds
    ]
    return ScoreRow(
        pk=score.pk,
        name=instrument.short_name,
        day=score.day,
        value=f"{plain_number(score.value)} {instrument.unit}",
        marks=", ".join(marks),
        by=f"{score.by_name} ({score.get_entered_by_display().lower()})",
    )


@dataclass(frozen=True, kw_only=True)
class DiaryTable:
    """The last 28 days of the diary, the newest first, and how many of them have an entry."""

    labels: list[str]
    rows: list[tuple[str, date | None, list[str]]]
    recorded: int


def diary_table(case: Case, diary: Iterable[DiaryEntry], today: date) -> DiaryTable:
    """The diary of the last 28 days as a table."""
    days, entries = set(window(today)), list(diary)
    own = fields_of(load().conditions[case.condition])
    told = {code for entry in entries for code in entry.values} | {field.code for field in own}
    fields = [field for code, field in FIELDS.items() if code in told]
    shown = [entry for entry in entries if entry.day in days]
    shown.sort(key=lambda entry: (entry.day, entry.covers_days), reverse=True)
    rows = [
        (
            _span_words(entry, case.clinic.zone),
            entry.day if entry.covers_days == 1 else None,
            [_value_words(field, entry) for field in fields],
        )
        for entry in shown
    ]
    recorded = len(days & covered_days(entries))
    return DiaryTable(labels=[field.label for field in fields], rows=rows, recorded=recorded)


def _span_words(entry: DiaryEntry, zone: str) -> str:
    """The day or week, and what makes it weigh less: filled in later, or a device's clock that was wrong."""
    day = f"{entry.day.day} {entry.day:%b}"
    said = [day if entry.covers_days == 1 else f"Week to {day}"]
    if entry.is_day_unsure:
        said.append("day uncertain: the device’s clock was wrong")
    elif entry.entered_by == "patient" and entry.written_at is not None:
        late = (entry.written_at.astimezone(ZoneInfo(zone)).date() - entry.day).days
        said += [f"{late} {'day' if late == 1 else 'days'} later"] if late > 0 else []
    return ", ".join(said)


def _value_words(field: DiaryField, entry: DiaryEntry) -> str:
    value = entry.values.get(field.code)
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)

"""Reading the diary and the scores, and what they say together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from masseter.core.results.course import (
    DatedScore,
    baseline_score,
    diary_course,
    merge_course,
    split_cycles,
)
from masseter.core.results.cycles import Cycle
from masseter.core.results.diary import DiaryScore, Written, spread
from masseter.core.results.response import Response, respond
from masseter.journey.consult.models import Case
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.inject.models import Treatment
from masseter.journey.results.diary import FIELDS, as_core
from masseter.journey.results.models import DiaryChoice, DiaryEntry, DiarySent, Score
from masseter.knowledge.load import load
from masseter.knowledge.model import Instrument


@dataclass(frozen=True, kw_only=True)
class CourseOf:
    """One instrument over the whole case: scores, the windows of the diary, treatments, cycles."""

    instrument: Instrument
    scores: tuple[DatedScore, ...]
    windows: tuple[DiaryScore, ...]
    treatments: tuple[date, ...]
    baseline: DatedScore | None
    cycles: tuple[Cycle, ...]


def treatment_days(case: Case) -> tuple[date, ...]:
    """The local days of the treatments of a case, the oldest first."""
    zone = ZoneInfo(case.clinic.zone)
    given = Treatment.objects.filter(case=case, signed_at__isnull=False, superseded_by=None)
    return tuple(
        at.astimezone(zone).date() for at in given.order_by("given_at").values_list("given_at", flat=True)
    )


def scores_of(case: Case, instrument: str) -> list[Score]:
    """The scores of an instrument that stand, by day."""
    return list(Score.objects.filter(case=case, instrument=instrument, withdrawn_at=None).order_by("day"))


def all_scores_of(case: Case) -> list[Score]:
    """Every score of a case that stands, the newest first."""
    return list(Score.objects.filter(case=case, withdrawn_at=None).order_by("-day", "instrument"))


def score_of(by: Actor, score_id: int) -> Score:
    """One score.

    Raises: NotHere.
    """
    scores = Score.objects.filter(clinic_id=by.clinic_id, pk=score_id)
    if by.patient_id is not None:
        scores = scores.filter(patient_id=by.patient_id)
    found = scores.select_related("case__patient", "patient").first()
    if found is None:
        raise NotHere("There is no such score.")
    return found


def diary_of(case: Case) -> list[DiaryEntry]:
    """The diary of a case, day by day."""
    return list(DiaryEntry.objects.filter(case=case).order_by("day"))


def entry_of(case: Case, day: date, covers_days: int = 1) -> DiaryEntry | None:
    """What the diary has for a day, or for the days that end with it."""
    return DiaryEntry.objects.filter(case=case, day=day, covers_days=covers_days).first()


def newest_entry(case: Case) -> DiaryEntry | None:
    """The newest entry of the diary; its span is how the patient keeps it."""
    return DiaryEntry.objects.filter(case=case).order_by("-day", "-covers_days").first()


def chosen_of(case: Case) -> list[str] | None:
    """The symptoms that the person chose for the diary of a case; None where they chose none."""
    found = DiaryChoice.objects.filter(case=case).values_list("symptoms", flat=True).first()
    return None if found is None else [str(code) for code in found]


def was_sent(by: Actor, key: UUID) -> bool:
    """An entry with this key of a device was taken before."""
    return DiarySent.objects.filter(clinic_id=by.clinic_id, key=key).exists()


def covered_days(rows: Iterable[DiaryEntry], field: str = "") -> set[date]:
    """The days that the diary speaks of; `field`: those on which it says something of it."""
    told = [row for row in rows if not field or row.values.get(field) is not None]
    return {row.day - timedelta(days=back) for row in told for back in range(row.covers_days)}


def course_of(
    case: Case,
    instrument: Instrument,
    *,
    today: date,
    scores: list[Score] | None = None,
    diary: list[DiaryEntry] | None = None,
    treatments: tuple[date, ...] | None = None,
) -> CourseOf:
    """One instrument over all cycles; rows already read may be handed in."""
    days = treatment_days(case) if treatments is None else treatments
    rows = scores_of(case, instrument.code) if scores is None else scores
    entered = [
        DatedScore(day=row.day, total=plain_number(row.value), is_baseline=row.is_baseline)
        for row in rows
        if row.instrument == instrument.code
    ]
    windows = _windows(case, instrument, days, today, diary)
    merged = merge_course(entered, windows)
    return CourseOf(
        instrument=instrument,
        scores=merged,
        windows=windows,
        treatments=days,
        baseline=baseline_score(merged, days[0] if days else None),
        cycles=split_cycles(merged, days),
    )


def main_instrument(case: Case) -> Instrument:
    """The instrument on which the response of a case is judged."""
    return load().instruments[load().conditions[case.condition].main_measure]


def response_of(case: Case, *, today: date) -> Response:
    """The response in the running cycle, on the main measure."""
    return response_in(case, course_of(case, main_instrument(case), today=today))


def response_in(case: Case, course: CourseOf) -> Response:
    """The response of the last cycle of a course."""
    last = course.cycles[-1] if course.cycles else Cycle(baseline=_level(course))
    return respond(
        instrument=course.instrument,
        baseline=last.baseline,
        scores=last.scores,
        condition=load().conditions[case.condition],
    )


def plain_number(value: Decimal) -> Decimal:
    """A stored number without zeros at its end: 20.0000 is 20."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _level(course: CourseOf) -> Decimal | None:
    return None if course.baseline is None else course.baseline.total


def diary_values(
    instrument: Instrument, rows: Iterable[DiaryEntry], treatments: Iterable[date]
) -> dict[date, bool | Decimal]:
    """What the diary says day by day of what an instrument is counted from; empty for one that is entered."""
    if instrument.source_of_score == "entered":
        return {}
    field = FIELDS[instrument.diary_field]
    written = (
        Written(day=row.day, covers_days=row.covers_days, value=as_core(field, row.values.get(field.code)))
        for row in rows
    )
    return spread(written, treatments)


def _windows(
    case: Case,
    instrument: Instrument,
    treatments: tuple[date, ...],
    today: date,
    diary: list[DiaryEntry] | None,
) -> tuple[DiaryScore, ...]:
    if instrument.source_of_score == "entered":
        return ()
    rows = diary_of(case) if diary is None else diary
    return diary_course(instrument, diary_values(instrument, rows, treatments), treatments, today)

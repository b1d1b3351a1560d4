"""What a clinic has on record of those who agreed to the registry, as the hiding takes it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Model, QuerySet

from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.models import Case, ElsewhereTreatment
from masseter.journey.consult.standing_consents import patients_in_the_registry
from masseter.journey.inject.models import GivenPoint, Treatment
from masseter.journey.people.models import Patient
from masseter.journey.recover.models import AdverseEvent
from masseter.journey.results.models import DiaryEntry, Score, WearOffTold
from masseter.journey.results.queries import course_of
from masseter.journey.results.wear_offs import standing_of
from masseter.knowledge.load import load
from masseter.knowledge.model import Instrument
from masseter.registry.hiding import Event, Given, Person, WearOff

CHUNK = 200  # patients whose rows are read together
BEFORE_DAYS = 28  # how long before the first treatment a score may lie, but for the marked baseline
R = TypeVar("R", bound=Model)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a release is about: the condition, and the last day that counts."""

    condition: str
    cut: date


@dataclass(frozen=True, kw_only=True)
class Consented:
    """One patient with the number of their record, for the audit trail; or why their course cannot go."""

    number: int
    person: Person | None
    why: str = ""


def people_of(clinic: Clinic, asked: Asked) -> Iterator[Consented]:
    """Those of a clinic whose consent stands and who have a case of the condition.

    Published cases are nobody's and stay out. Needs the clinic's scope.
    """
    wanted = sorted(patients_in_the_registry(clinic.pk))
    for begin in range(0, len(wanted), CHUNK):
        patients = Patient.objects.filter(
            pk__in=wanted[begin : begin + CHUNK], merged_into=None, is_published_case=False
        )
        yield from _chunk(clinic, asked, list(patients.order_by("pk")))


def _chunk(clinic: Clinic, asked: Asked, patients: list[Patient]) -> Iterator[Consented]:
    cases = Case.objects.filter(patient__in=patients, condition=asked.condition).select_related("clinic")
    by_patient = _grouped(cases, "patient_id")
    of_cases = {"case__in": [case for found in by_patient.values() for case in found]}
    given = Treatment.objects.filter(**of_cases, signed_at__isnull=False, superseded_by=None)
    rows = _Rows(
        zone=ZoneInfo(clinic.zone),
        cut=asked.cut,
        treatments=_grouped(given.order_by("given_at", "pk"), "patient_id"),
        points=_grouped(GivenPoint.objects.filter(treatment__in=given).order_by("pk"), "treatment_id"),
        scores=_grouped(Score.objects.filter(**of_cases, withdrawn_at=None).order_by("day", "pk"), "case_id"),
        diary=_grouped(DiaryEntry.objects.filter(**of_cases).order_by("day", "pk"), "case_id"),
        events=_grouped(AdverseEvent.objects.filter(**of_cases).order_by("started_on", "pk"), "patient_id"),
        wear_offs=_grouped(WearOffTold.objects.filter(**of_cases).order_by("day", "pk"), "patient_id"),
        elsewhere=_grouped(
            ElsewhereTreatment.objects.filter(patient__in=patients, withdrawn_at=None), "patient_id"
        ),
    )
    for patient in patients:
        if by_patient[patient.pk]:
            yield _consented(clinic, patient, by_patient[patient.pk], rows)


@dataclass(frozen=True, kw_only=True)
class _Rows:
    """The rows of a chunk, by patient, by treatment or by case."""

    zone: ZoneInfo
    cut: date
    treatments: dict[int, list[Treatment]]
    points: dict[int, list[GivenPoint]]
    scores: dict[int, list[Score]]
    diary: dict[int, list[DiaryEntry]]
    events: dict[int, list[AdverseEvent]]
    wear_offs: dict[int, list[WearOffTold]]
    elsewhere: dict[int, list[ElsewhereTreatment]]


def _grouped(rows: QuerySet[R], by: str) -> dict[int, list[R]]:
    found: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        found[getattr(row, by)].append(row)
    return found


def _consented(clinic: Clinic, patient: Patient, cases: Sequence[Case], rows: _Rows) -> Consented:
    by_day = _days(rows.treatments[patient.pk], rows)
    if not by_day:
        return Consented(number=patient.pk, person=None, why="not treated")
    if any(len({one.product for one in found}) > 1 for found in by_day.values()):
        return Consented(number=patient.pk, person=None, why="two products on one day")
    treatments = tuple(
        _given(day, found[0].product, [point for one in found for point in rows.points[one.pk]])
        for day, found in sorted(by_day.items())
    )
    scores = _scores(cases, treatments, rows)
    if not scores:
        return Consented(number=patient.pk, person=None, why="without a score of the main measure")
    return Consented(number=patient.pk, person=_person(clinic, patient, treatments, scores, rows))


def _person(
    clinic: Clinic,
    patient: Patient,
    treatments: tuple[Given, ...],
    scores: tuple[tuple[date, float, float | None], ...],
    rows: _Rows,
) -> Person:
    first, born = treatments[0].day, patient.birth_date
    before = any(one.given_on <= first for one in rows.elsewhere[patient.pk])
    # Slug and time of founding tell clinics of different installations apart, numbers of records do not.
    place = (clinic.slug, clinic.created_at.isoformat())
    return Person(
        key=(*place, str(patient.pk)),
        clinic="\x1f".join(place),
        sex=patient.sex,
        age=None if born is None else years_between(born, first),
        had_toxin_before=before,
        treatments=treatments,
        scores=scores,
        events=tuple(
            Event(day=one.started_on, effect=one.effect, severity=one.severity, is_serious=one.is_serious)
            for one in rows.events[patient.pk]
            if one.started_on <= rows.cut
        ),
        wear_offs=tuple(_wear_offs(patient, treatments, rows)),
    )


def _wear_offs(patient: Patient, treatments: Sequence[Given], rows: _Rows) -> Iterator[WearOff]:
    """What stands of the end of each cycle, as it was said up to the cut."""
    said = [one for one in rows.wear_offs[patient.pk] if one.day <= rows.cut]
    for one in standing_of(said, [each.day for each in treatments]):
        if one.still_on is not None:
            yield WearOff(day=one.still_on, treated_on=one.treated_on, is_worn_off=False, since=one.still_on)
        if one.worn_off_on is not None and one.worn_off_told_on is not None:
            yield WearOff(
                day=one.worn_off_told_on,
                treated_on=one.treated_on,
                is_worn_off=True,
                since=one.worn_off_on,
            )


def _days(given: Sequence[Treatment], rows: _Rows) -> dict[date, list[Treatment]]:
    """The treatments up to the cut by their local day: half plans of one day are one treatment."""
    by_day: dict[date, list[Treatment]] = defaultdict(list)
    for one in given:
        day = one.given_at.astimezone(rows.zone).date()
        if day <= rows.cut:
            by_day[day].append(one)
    return by_day


def _given(day: date, product: str, points: Sequence[GivenPoint]) -> Given:
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for point in points:
        sums[point.site, point.side] += point.units
    spread = tuple((site, side, float(units)) for (site, side), units in sorted(sums.items()))
    return Given(day=day, product=product, units=float(sum(sums.values())), points=spread)


def _scores(
    cases: Sequence[Case], treatments: Sequence[Given], rows: _Rows
) -> tuple[tuple[date, float, float | None], ...]:
    """Scores of the main measure up to the cut: entered, or counted from the diary with its observed days."""
    instrument = measure_of(cases[0].condition)
    days, found = tuple(each.day for each in treatments), dict[date, tuple[float, float | None]]()
    for case in cases:
        course = course_of(
            case,
            instrument,
            today=rows.cut,
            scores=[one for one in rows.scores[case.pk] if one.day <= rows.cut],
            diary=[one for one in rows.diary[case.pk] if one.day <= rows.cut],
            treatments=days,
        )
        observed = {window.until: float(window.recorded) for window in course.windows}
        for score in course.scores:
            is_near = (days[0] - score.day).days <= BEFORE_DAYS
            if is_near or score == course.baseline:
                told = observed[score.day] if score.from_diary else None
                found.setdefault(score.day, (float(score.total), told))
    return tuple((day, value, told) for day, (value, told) in sorted(found.items()))


def years_between(born: date, day: date) -> int:
    """Age in full years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def measure_of(condition: str) -> Instrument:
    """The instrument on which a condition is judged."""
    return load().instruments[load().conditions[condition].main_measure]

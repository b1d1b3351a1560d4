"""What makes no sense within a patient, or between two: refused or reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from masseter.registry.mapping import Mapping
from masseter.registry.patients import MOST_LINES, Course, Patient, Score, Treatment
from masseter.registry.problems import Refusal
from masseter.registry.timing import odd_days

COPIED = 4  # so many scores on the same days that are all alike are no chance
STEP_ERROR = 1e-6  # of a step: what decimals lose
SMALL_UNIT = 0.1  # a patient never above this share of the scale, where others are: another unit?


@dataclass(kw_only=True)
class Checked:
    """What would be taken, what is refused, and what someone should look at."""

    courses: list[Course] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    reports: list[Refusal] = field(default_factory=list)


def check_patients(patients: Iterable[Patient], mapping: Mapping) -> Checked:
    """Check each patient, then all together."""
    checked = Checked()
    for patient in patients:
        _patient(patient, mapping, checked)
    _copies(checked)
    _units(checked, mapping)
    _steps(checked, mapping)
    checked.reports.extend(odd_days(checked.courses, mapping.condition, mapping.measure.key))
    return checked


def _patient(patient: Patient, mapping: Mapping, checked: Checked) -> None:
    if patient.lines > MOST_LINES:
        return  # refused when it was read
    if patient.spoilt_by:
        why = f"the whole patient: without line {patient.spoilt_by}, a treatment may be lacking"
        checked.refusals.append(_of(patient, why))
        return
    if not patient.treatments:
        checked.refusals.append(
            _of(patient, "no treatment is on record; a placebo is a treatment with 0 units")
        )
        return
    treatments = sorted(patient.treatments, key=lambda each: each.day)
    products = {each.product for each in treatments if each.units > 0}
    for before, after in pairwise(treatments):
        if before.day == after.day:
            checked.refusals.append(Refusal(line=after.line, column="", why=_twice(before, after)))
            return
    if len(products) > 1:
        checked.reports.append(_of(patient, f"changed product: {', '.join(sorted(products))}"))
    first = treatments[0].day
    scores = _scores(patient, first, mapping, checked)
    if not scores:
        checked.refusals.append(_of(patient, "no score is left to take"))
        return
    moved = tuple(replace(each, day=each.day - first) for each in treatments)
    checked.courses.append(Course(patient=patient, scores=scores, treatments=moved))


def _twice(before: Treatment, after: Treatment) -> str:
    """Why two treatments on one day are not taken, and what the mapping could say."""
    if before.product != after.product:
        return f"two products in one cycle (line {before.line}: {before.product})"
    if before.source != after.source:
        why = f"two treatments on one day (line {before.line})"
        return f"{why}: columns that add up belong into one list of 'units'"
    if before.units == after.units:
        return (
            f"the same treatment as on line {before.line}: one or two? Say 'again: same' where lines "
            "repeat it, 'again: more' where they add up"
        )
    return f"two treatments on one day (line {before.line}): where lines add up, say 'again: more'"


def _scores(patient: Patient, first: float, mapping: Mapping, checked: Checked) -> tuple[Score, ...]:
    """The scores that can be taken, on the clock of the first treatment."""
    by_day: dict[float, list[Score]] = defaultdict(list)
    for score in patient.scores:
        by_day[score.day - first].append(score)
    taken = []
    for day, scores in sorted(by_day.items()):
        if day < -mapping.baseline_days:
            why = f"{-day:g} days before the first treatment: a baseline is at most "
            why += f"{mapping.baseline_days:g} unless 'baseline_days' says more"
            checked.refusals.extend(Refusal(line=each.line, column="", why=why) for each in scores)
        elif len({each.value for each in scores}) > 1:
            lines = ", ".join(str(each.line) for each in scores)
            why = f"different scores of one day (lines {lines}): which one holds is not known"
            checked.refusals.extend(Refusal(line=each.line, column="", why=why) for each in scores)
        else:
            again = f"the same score of the same day as line {scores[0].line}"
            checked.refusals.extend(Refusal(line=each.line, column="", why=again) for each in scores[1:])
            taken.append(replace(scores[0], day=day))
    return tuple(taken)


def _copies(checked: Checked) -> None:
    """Two patients with the same scores on the same days."""
    seen: dict[tuple[tuple[float, float], ...], Course] = {}
    for course in checked.courses:
        if len(course.scores) < COPIED or len({each.value for each in course.scores}) == 1:
            continue
        shape = tuple((each.day, each.value) for each in course.scores)
        other = seen.setdefault(shape, course)
        if other is not course:
            why = f"all scores are those of the patient of line {other.patient.first_line}: copied?"
            checked.reports.append(_of(course.patient, why))


def _units(checked: Checked, mapping: Mapping) -> None:
    """Patients whose scores never leave the lowest tenth, while others' do: perhaps another unit."""
    scale = mapping.measure
    line = scale.low + SMALL_UNIT * (scale.high - scale.low)
    low = [one for one in checked.courses if all(each.value <= line for each in one.scores)]
    if low and len(low) == len(checked.courses):
        why = f"no score of anybody is above {line:g} of {scale.high:g}: is this the scale?"
        checked.reports.append(Refusal(line=0, column="measure", why=why, where="mapping"))
    elif low:
        for course in low:
            why = f"no score is above {line:g} of {scale.high:g}: measured in another unit?"
            checked.reports.append(_of(course.patient, why))


def _steps(checked: Checked, mapping: Mapping) -> None:
    """Scores between two steps of the scale: a wrong step would be taken for rounding that was not done."""
    scale = mapping.measure
    values = [scale.taken(each.value) for course in checked.courses for each in course.scores]
    if scale.step:
        places = [(value - scale.low) / scale.step for value in values]
        between = sum(abs(place - round(place)) > STEP_ERROR for place in places)
        if between:
            why = f"{between} of {len(places)} scores lie between steps of {scale.step:g}"
            why += ": is the step another, or 0?"
            checked.reports.append(Refusal(line=0, column="measure.step", why=why, where="mapping"))


def _of(patient: Patient, why: str) -> Refusal:
    return Refusal(line=patient.first_line, column="", why=why)

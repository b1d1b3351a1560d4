"""What the days of treatments and scores look like, all patients together: nothing is refused here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from masseter.registry.patients import Course
from masseter.registry.problems import Refusal, plural
from masseter.registry.report.rules import rules_for

LATE_DAYS = 2 * 365.25  # a score so long after the last treatment: rather a wrong date


def odd_days(courses: Iterable[Course], condition: str, measure: str) -> Iterator[Refusal]:
    """Treatments that follow fast, days that are all days of treatment, no baseline, late scores."""
    found = list(courses)
    yield from _fast(found, condition, measure)
    always = [one.patient.first_line for one in found if _is_always_treated(one)]
    yield from _told(always, "patient", "treated on every day that has a score: is one treatment repeated?")
    without = [one.patient.first_line for one in found if one.scores[0].day > 0]
    yield from _told(without, "patient", "without a score before the first treatment or on its day")
    late = [
        score.line for one in found for score in one.scores if score.day > one.treatments[-1].day + LATE_DAYS
    ]
    yield from _told(late, "score", "more than two years after the last treatment: is a date wrong?")


def _fast(courses: list[Course], condition: str, measure: str) -> Iterator[Refusal]:
    rules = rules_for(condition, measure)
    gaps = [
        (after.day - before.day, after.line)
        for one in courses
        for before, after in pairwise(one.treatments)
        if after.day - before.day < rules.interval_days
    ]
    if gaps:
        days, line = min(gaps)
        whose = "" if rules.is_own else ", the longest of ours"
        why = f"sooner after the one before than the usual {rules.interval_days:g} days{whose}"
        why = f"{plural(len(gaps), 'treatment')} {why}: here after {days:g}"
        yield Refusal(line=line, column="", why=why)


def _is_always_treated(course: Course) -> bool:
    days = {score.day for score in course.scores}
    return len(days) > 1 and days <= {each.day for each in course.treatments}


def _told(lines: list[int], what: str, why: str) -> Iterator[Refusal]:
    if lines:
        yield Refusal(line=min(lines), column="", why=f"{plural(len(lines), what)} {why}")

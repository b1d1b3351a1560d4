"""The grade of a graded scale, from its parts and its days."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from masseter.knowledge.model import Grading, Instrument, Step

TEN = 10
NO_PAIN, LOW, HIGH = 0, 1, 2  # the lower three grades by name of the scale; the upper ones are its steps


def grade_of(instrument: Instrument, grading: Grading, given: Mapping[str, Decimal]) -> int:
    """The grade: by the points of disability where there are enough of them, else by the intensity.

    `given` holds an answer for every item. Nobody with days lost is called free of pain for answering
    nought to the intensity.
    """
    interference = _part(instrument, grading.interference, given)
    disability = points_of(grading.interference_points, interference)
    disability += points_of(grading.day_points, Fraction(given[grading.days]))
    upper = points_of(grading.grades, Fraction(disability))
    if upper:
        return int(upper)
    intensity = _part(instrument, grading.intensity, given)
    if intensity >= Fraction(grading.high_intensity):
        return HIGH
    return LOW if intensity or disability else NO_PAIN


def points_of(steps: tuple[Step, ...], value: Fraction) -> Decimal:
    """The points of the highest step that is reached; none below the first."""
    reached = [step for step in steps if Fraction(step.at_least) <= value]
    return max(reached, key=lambda step: step.at_least).points if reached else Decimal(0)


def _part(instrument: Instrument, code: str, given: Mapping[str, Decimal]) -> Fraction:
    items = next(part.items for part in instrument.parts if part.code == code)
    return Fraction(sum(given[item] for item in items)) * TEN / len(items)

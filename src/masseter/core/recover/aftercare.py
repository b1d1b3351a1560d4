"""The advice for one day after a treatment."""

from __future__ import annotations

from masseter.knowledge.model import Aftercare, Condition, Knowledge


class DayBeforeTreatment(ValueError):
    """A day before the treatment was asked for."""


def check_day(day: int) -> None:
    """Accept a day counted from the treatment, which is day 0.

    Raises: DayBeforeTreatment for a negative one.
    """
    if day < 0:
        raise DayBeforeTreatment("The day lies before the treatment.")


def advice_for(*, knowledge: Knowledge, condition: Condition, day: int) -> tuple[Aftercare, ...]:
    """The advice in force on a day, both ends of its days included, in the order in which it began.

    Raises: DayBeforeTreatment for a negative day.
    """
    check_day(day)
    in_force = (
        advice
        for advice in knowledge.aftercare
        if advice.from_day <= day <= advice.to_day
        and (not advice.conditions or condition.code in advice.conditions)
    )
    return tuple(sorted(in_force, key=lambda advice: (advice.from_day, advice.to_day, advice.code)))

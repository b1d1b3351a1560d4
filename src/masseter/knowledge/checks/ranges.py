"""No range ends below its start, and no number lies outside what holds it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from masseter.knowledge.checks.walk import blocks, problem
from masseter.knowledge.model import (
    Accuracy,
    Adjustment,
    Aftercare,
    Band,
    BillingCode,
    ExcipientAmount,
    Excursion,
    Figure,
    Indication,
    Instrument,
    Item,
    Keeping,
    Knowledge,
    ObservationType,
    OverallRate,
    Range,
    Rate,
    ResponseBand,
    ResponsePoint,
    SymptomRule,
)
from masseter.knowledge.problems import Problem

_FULL = 100


def check_ranges(knowledge: Knowledge) -> Iterator[Problem]:
    """Ranges that contradict themselves."""
    for place, block in blocks(knowledge):
        if sentence := _fault(block):
            yield problem(place, sentence)


def _fault(block: object) -> str:
    match block:
        case Range() | Band() | Item() | Instrument() if block.low > block.high:
            return f"low {block.low} is above high {block.high}"
        case ResponsePoint() if not block.low <= block.middle <= block.high:
            return "low, middle and high must rise"
        case Adjustment() if (block.keep_percent is not None) != (block.does == "keep_share"):
            return "keep_percent belongs to the kind keep_share, and to no other"
        case Adjustment() if block.keep_percent and not 0 < block.keep_percent.value < _FULL:
            return "the share that is kept lies between 0 and 100 percent"
        case Adjustment() if block.points and not block.sites:
            return "points are those of sites, which are not named"
        case ResponseBand() if [point.day for point in block.points] != sorted({p.day for p in block.points}):
            return "the days of the points must rise"
        case Aftercare() if block.from_day > block.to_day:
            return "from_day is after to_day"
        case SymptomRule() if _reversed_days(block):
            return "from_day is after to_day"
        case Keeping() | Excursion() if _reversed(block.low_c, block.high_c):
            return f"low {block.low_c} °C is above high {block.high_c} °C"
        case Indication() if _reversed(block.min_age, block.max_age):
            return f"min_age {block.min_age} is above max_age {block.max_age}"
        case ExcipientAmount() if block.value <= 0:
            return "an amount is above zero"
        case Accuracy() if not (0 <= block.sensitivity <= 1 and 0 <= block.specificity <= 1):
            return "a sensitivity or specificity lies between 0 and 1"
        case BillingCode() if block.units <= 0:
            return "a billing unit is above zero"
        case Rate() | OverallRate() if not 0 <= block.percent <= _FULL:
            return "a percentage lies between 0 and 100"
        case Figure() if not all(0 <= each <= _FULL for each in (block.of_100, block.against or 0)):
            return "so many of 100 lies between 0 and 100"
        case ObservationType():
            return _observation_fault(block)
    return ""


def _reversed(low: Decimal | int | None, high: Decimal | int | None) -> bool:
    return low is not None and high is not None and low > high


def _reversed_days(rule: SymptomRule) -> bool:
    return rule.from_day is not None and rule.to_day is not None and rule.from_day > rule.to_day


def _observation_fault(observation: ObservationType) -> str:
    is_number = observation.kind in ("integer", "decimal")
    if is_number and (observation.low is None or observation.high is None or not observation.unit):
        return "a number needs a unit and plausible limits low and high"
    if observation.low is not None and observation.high is not None and observation.low > observation.high:
        return f"low {observation.low} is above high {observation.high}"
    if (observation.kind in ("choice", "choices")) != bool(observation.choices):
        return "choices are needed for the kinds choice and choices, and for no other"
    if "derived" in observation.asked_in and len(observation.asked_in) > 1:
        return "a derived observation is computed and never asked"
    is_for_patients = {"self_check", "intake", "symptom_check"}.intersection(observation.asked_in)
    return (
        "a patient is asked this, so it needs a question"
        if is_for_patients and not observation.question
        else ""
    )

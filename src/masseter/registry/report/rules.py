"""The published numbers that a report judges by: thresholds, windows and intervals, from knowledge."""

from __future__ import annotations

from dataclasses import dataclass

from masseter.knowledge.load import load
from masseter.knowledge.model import Instrument
from masseter.registry.shapes import TURNED


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What counts as a response, when it is looked for, and how far apart treatments should be.

    `is_own`: the condition is one of ours. Otherwise the numbers are the most cautious of all conditions: the
    largest threshold, the longest interval, the widest window. `is_turned`: values were turned about between
    the ends of the scale, so that shares of them depend on where the ends lie.
    """

    condition: str
    measure: str
    is_own: bool
    is_turned: bool
    response_percent: float
    window: tuple[float, float]
    interval_days: float


def rules_for(condition: str, measure: str) -> Rules:
    """The rules of a condition and its measure."""
    known = load()
    own = known.conditions.get(condition)
    judged = [own] if own is not None else list(known.conditions.values())
    bands = [
        one for one in known.response_bands.values() if (one.condition, one.measure) == (condition, measure)
    ]
    bands = bands or [one for one in known.response_bands.values() if one.condition == condition]
    bands = bands or list(known.response_bands.values())
    instrument = known.instruments.get(measure)
    return Rules(
        condition=own.name if own is not None else condition,
        measure=_name(instrument, measure),
        is_own=own is not None,
        is_turned=measure.endswith(TURNED),
        response_percent=max(float(one.response_percent.value) for one in judged),
        window=(
            min(float(one.peak_days.low) for one in bands),
            max(float(one.peak_days.high) for one in bands),
        ),
        interval_days=max(float(one.interval_days.value) for one in judged),
    )


def _name(instrument: Instrument | None, measure: str) -> str:
    return instrument.name if instrument is not None else measure

"""From plain values to the facts that actions take, with warning signs answered 'no' where that is meant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from masseter.core.facts import Observation
from masseter.core.reading import read_facts
from masseter.knowledge.model import Knowledge, ObservationType

QUIET_GROUPS = ("flag_",)


class WrongAnswer(AssertionError):
    """An answer of the demo's data file does not fit its question."""


def facts_from(
    values: Mapping[str, Any],  # Any: values as a person would type them
    *,
    condition: str,
    knowledge: Knowledge,
    today: date,
    asked_in: frozenset[str],
    reported_by: str,
    quiet: bool = True,
) -> dict[str, Observation]:
    """The facts that one form would give: those of the values that it asks; where `quiet`, no warning sign.

    Raises: WrongAnswer.
    """
    told: dict[str, object] = {}
    for code, type_ in knowledge.observations.items():
        if not asked_in & set(type_.asked_in) or not _belongs(type_, condition):
            continue
        if code in values:
            told[code] = _typed(values[code])
        elif quiet and code.startswith(QUIET_GROUPS):
            told[code] = "no"
    reading = read_facts(told, types=knowledge.observations, today=today, reported_by=reported_by)
    if reading.problems:
        raise WrongAnswer("; ".join(str(problem) for problem in reading.problems))
    return dict(reading.facts)


def _belongs(type_: ObservationType, condition: str) -> bool:
    return not type_.conditions or condition in type_.conditions


def _typed(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return [str(each) for each in value]
    return str(value)

"""Instruments: items, scoring, bands, thresholds, grades, alarms."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from masseter.knowledge.model.grounds import Code, Evidence, SourceOfScore, Text
from masseter.knowledge.model.observations import Choice


@dataclass(frozen=True, kw_only=True)
class Item:
    code: str
    label: str
    low: Decimal
    high: Decimal
    choices: tuple[Choice, ...] = ()
    weights: tuple[Decimal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Band:
    low: Decimal
    high: Decimal
    label: str


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """A published change that matters: `percent` or `points` of fall (or rise where higher is better)."""

    kind: Literal["percent", "points"]
    value: Decimal
    meaning: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """An answer that needs a person at once, whatever the total: it raises a warning sign.

    `observation` is the yes-or-no observation that an answer of at least `at_least` to `item` stands for.
    """

    item: str
    at_least: Decimal
    observation: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a questionnaire that has a score of its own, from all of its items."""

    code: str
    name: str
    items: tuple[str, ...]
    method: Literal["sum", "mean", "mean_times_ten"]
    evidence: Evidence
    max_missing: int = 0
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Step:
    """From `at_least` on, so many `points`; the highest step that is reached counts."""

    at_least: Decimal
    points: Decimal


@dataclass(frozen=True, kw_only=True)
class Grading:
    """How a graded scale is read: points of interference and of days lost, then intensity.

    `intensity` and `interference` are parts, `days` an item. Steps of the sum of the points are the upper
    grades; below them grade 2 from `high_intensity` on, grade 1 for any pain, grade 0 for none.
    """

    intensity: str
    interference: str
    days: str
    interference_points: tuple[Step, ...]
    day_points: tuple[Step, ...]
    grades: tuple[Step, ...]
    high_intensity: Decimal
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class UnscoredMeasure:
    """A measure that publications use and that is not scored here, with the reason why not."""

    code: str
    name: str
    conditions: tuple[str, ...]
    measures: str
    why_not: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """A questionnaire or scale. `total_only`: its wording is licensed, so only the total is entered.

    `measures_change`: its answer is itself a change since the treatment, so it has no baseline.
    `tells` is the observation that takes its total. `on_request`: a clinician asks for it; it is not
    among the questionnaires that every patient finds.
    """

    code: str
    name: str
    short_name: str
    measures: str
    higher_is_worse: bool
    low: Decimal
    high: Decimal
    unit: str
    step: Decimal
    method: Literal["single", "sum", "mean", "mean_times_ten", "weighted_sum", "graded"]
    max_missing: int
    total_only: bool
    asked_of: Literal["patient", "clinician"]
    recall: str
    licence: Text
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    thresholds: tuple[Threshold, ...]
    evidence: Evidence
    source_of_score: SourceOfScore = "entered"
    diary_field: str = ""
    measures_change: bool = False
    codes: tuple[Code, ...] = ()
    parts: tuple[Part, ...] = ()
    grading: Grading | None = None
    alarms: tuple[Alarm, ...] = ()
    tells: str = ""
    on_request: bool = False

    @property
    def only_from_diary(self) -> bool:
        """It is counted from the diary, and entered by hand only from a diary on paper."""
        return self.source_of_score in ("diary_days_per_28", "diary_mean")

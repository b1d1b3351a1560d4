"""Time courses with numbers: what a population does after an injection, from which one person is forecast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from masseter.knowledge.model.grounds import Evidence, Text, Value

CurveKind = Literal["literature", "fitted"]


@dataclass(frozen=True, kw_only=True)
class Between:
    """The mean over people, and the standard deviation by which they differ from it."""

    mean: Value
    spread: Value


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How many of 100 lay inside a band that was said to hold so many, once it was stretched.

    `stretch`: by how much, in standard deviations for one.
    """

    promised: Decimal
    found: Decimal
    stretch: Decimal = Decimal(1)


@dataclass(frozen=True, kw_only=True)
class DoseGroup:
    """How forecasts held in people of one dose group, whose bands have a stretch of their own.

    Doses above `above` and up to `up_to`, as shares of the reference dose; without `up_to`, all above.
    """

    above: Decimal
    people: int
    coverage: tuple[Coverage, ...]
    wear_off_coverage: tuple[Coverage, ...] = ()
    up_to: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class ReferenceDose:
    """The dose of a product that counted as one in a fit."""

    product: str
    units: Decimal


@dataclass(frozen=True, kw_only=True)
class CurveFit:
    """Which data a fitted curve comes from, and how its forecasts held in people it had not seen.

    `data_hash`, `code_hash`: of the data set and of the program that fitted it. `wear_off_error_days`: mean
    absolute error of the wear-off date. `is_calibrated`: the verdict of the fit's report; without it no
    patient sees the curve. A product without a reference dose counts by a person's own first dose of it.
    `dose_groups`: those with enough people for bands of their own; everybody else has those of all.
    """

    data_cut: date
    data_hash: str
    code_hash: str
    patients: int
    cycles: int
    coverage: tuple[Coverage, ...]
    wear_off_coverage: tuple[Coverage, ...]
    wear_off_error_days: Decimal
    is_calibrated: bool
    reference_doses: tuple[ReferenceDose, ...] = ()
    dose_groups: tuple[DoseGroup, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ResponseCurve:
    """The parameters of the time course of one measure in one condition.

    `literature`: put together from publications, wide; `fitted`: from a registry's own data, with `fit`.
    Sizes are in the units of the measure; the changes `non_specific` and `benefit` are negative where a
    fall is good. The three correlations are between people. `wear_off_weeks` is the median, over people, of
    the week in which half of the best benefit is left, `wear_off_spread` the standard deviation of its
    logarithm; `cycle_size` and `cycle_weeks` say how much one cycle of a person differs from the next.
    `drift` stays alike for `drift_weeks`; `noise` is new in every score. `stretch`: how much slower long
    durations fade, 0 to 1; `unlikeness`: how much more one person's scores scatter than another's.
    `odds_of_nothing`: that a person has nothing that wears off; left out where nobody knows.

    Formula: docs/explanation/response-model.md.
    """

    key: str
    version: int
    kind: CurveKind
    condition: str
    measure: str
    title: str
    words: Text
    baseline: Between
    non_specific: Between
    benefit: Between
    baseline_and_non_specific: Value
    baseline_and_benefit: Value
    non_specific_and_benefit: Value
    wear_off_weeks: Value
    wear_off_spread: Value
    rise_weeks: Value
    steepness_weeks: Value
    carry_over_weeks: Value
    dose_exponent: Value
    learn_weeks: Value
    fade_per_week: Value
    growth: Value
    drift: Value
    drift_weeks: Value
    noise: Value
    cycle_size: Value
    cycle_weeks: Value
    stretch: Value
    unlikeness: Value
    evidence: Evidence
    odds_of_nothing: Value | None = None
    fit: CurveFit | None = None


@dataclass(frozen=True, kw_only=True)
class PossibleCause:
    """One thing to look at when a treatment does worse than was to be expected."""

    code: str
    title: str
    text: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class ForecastRules:
    """When a forecast says nothing personal, and when a treatment does worse than forecast.

    `population_percent`: from this share of the spread among people on, a record has not narrowed a person's
    own wear-off date; it is the population's as long as its middle lies less than `moved_percent` of that
    spread from theirs, else it is uncertain. `worse_percent`: a score counts as worse where fewer of 100 were
    expected to be so bad; `worse_scores` of them in a row raise the question. `unsure_percent`: below this
    chance of a response it is said that there may be nothing to wear off. `causes` are looked through before
    antibodies are blamed.
    """

    population_percent: Value
    moved_percent: Value
    worse_percent: Value
    worse_scores: Value
    unsure_percent: Value
    worse: Text
    causes: tuple[PossibleCause, ...]

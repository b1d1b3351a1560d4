"""Curves can be computed with: sizes above nought, people who can exist, and the report of a fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from masseter.knowledge.checks.walk import problem
from masseter.knowledge.model import CurveFit, Instrument, Knowledge, ResponseCurve
from masseter.knowledge.problems import Problem

PROMISED = [Decimal(50), Decimal(80), Decimal(95)]
# The model integrates durations over a grid; a median outside it could not be represented.
SHORTEST_WEEKS, LONGEST_WEEKS = 3, 34
_ABOVE_NOUGHT = (
    "wear_off_weeks",
    "wear_off_spread",
    "rise_weeks",
    "steepness_weeks",
    "carry_over_weeks",
    "learn_weeks",
    "drift",
    "drift_weeks",
    "noise",
    "cycle_size",
    "cycle_weeks",
)
_NEVER_BELOW = ("fade_per_week", "dose_exponent", "unlikeness")
_SIZES = ("drift", "noise", "cycle_size")


def check_curves(knowledge: Knowledge) -> Iterator[Problem]:
    """Faults of every curve, and two of the same kind for one measure of one condition."""
    for key, curve in knowledge.curves.items():
        place = f"curves/{key}.yaml#"
        yield from _numbers(place, curve)
        yield from _people(place, curve)
        yield from _fit(place, curve)
        if (instrument := knowledge.instruments.get(curve.measure)) is not None:
            yield from _measure(place, curve, instrument)
    kinds = Counter((one.condition, one.measure, one.kind) for one in knowledge.curves.values())
    for (condition, measure, kind), count in kinds.items():
        if count > 1:
            yield problem("curves#", f"{condition} has {count} curves of {measure} that are {kind}")


def _numbers(place: str, curve: ResponseCurve) -> Iterator[Problem]:
    for name in _ABOVE_NOUGHT:
        if getattr(curve, name).value <= 0:
            yield problem(f"{place}{name}", "this is above zero")
    for name in _NEVER_BELOW:
        if getattr(curve, name).value < 0:
            yield problem(f"{place}{name}", "this is never below zero")
    if curve.odds_of_nothing is not None and curve.odds_of_nothing.value < 0:
        yield problem(f"{place}odds_of_nothing", "this is never below zero")
    if not SHORTEST_WEEKS < curve.wear_off_weeks.value < LONGEST_WEEKS:
        yield problem(f"{place}wear_off_weeks", f"it lies between {SHORTEST_WEEKS} and {LONGEST_WEEKS} weeks")


def _people(place: str, curve: ResponseCurve) -> Iterator[Problem]:
    """Spreads above nought and correlations that can hold together: their matrix is positive definite."""
    for name in ("baseline", "non_specific", "benefit"):
        if getattr(curve, name).spread.value <= 0:
            yield problem(f"{place}{name}.spread", "this is above zero")
    a, b, c = (
        one.value
        for one in (
            curve.baseline_and_non_specific,
            curve.baseline_and_benefit,
            curve.non_specific_and_benefit,
        )
    )
    if max(abs(a), abs(b), abs(c)) >= 1 or 1 + 2 * a * b * c - a * a - b * b - c * c <= 0:
        yield problem(f"{place}baseline_and_non_specific", "the three correlations cannot hold together")


def _measure(place: str, curve: ResponseCurve, instrument: Instrument) -> Iterator[Problem]:
    if not instrument.low <= curve.baseline.mean.value <= instrument.high:
        yield problem(f"{place}baseline.mean", f"it is off the scale of {instrument.code}")
    if (curve.benefit.mean.value < 0) != instrument.higher_is_worse:
        yield problem(f"{place}benefit.mean", "a benefit goes the way that is better")
    sizes = [getattr(curve, name) for name in _SIZES]
    for pair in (curve.baseline, curve.non_specific, curve.benefit):
        sizes += [pair.mean, pair.spread]
    if any(one.unit != instrument.unit for one in sizes):
        yield problem(place, f"sizes are in {instrument.unit}, as {instrument.code} is")


def _fit(place: str, curve: ResponseCurve) -> Iterator[Problem]:
    if (curve.kind == "fitted") != (curve.fit is not None):
        yield problem(f"{place}fit", "a fitted curve tells its fit, and no other has one")
    elif curve.fit is not None:
        yield from _report(f"{place}fit", curve.fit)


def _report(place: str, fit: CurveFit) -> Iterator[Problem]:
    if [one.promised for one in fit.coverage] != PROMISED:
        yield problem(f"{place}.coverage", "the report tells the bands of 50, 80 and 95, in this order")
    if not fit.wear_off_coverage:
        yield problem(f"{place}.wear_off_coverage", "the report tells how often wear-off came as said")
    if fit.patients < 1 or fit.cycles < fit.patients:
        yield problem(f"{place}.cycles", "every patient has a cycle")
    if any(one.units <= 0 for one in fit.reference_doses):
        yield problem(f"{place}.reference_doses", "a dose is above zero")
    yield from _dose_groups(f"{place}.dose_groups", fit)
    if not fit.data_hash or not fit.code_hash:
        yield problem(f"{place}.data_hash", "the data and the program are named by their hashes")


def _dose_groups(place: str, fit: CurveFit) -> Iterator[Problem]:
    reached = Decimal(0)
    for number, group in enumerate(fit.dose_groups):
        where = f"{place}.{number}"
        if group.above < reached or (group.up_to is not None and group.up_to <= group.above):
            yield problem(f"{where}.above", "the groups go from the lowest dose up and do not overlap")
        reached = group.up_to if group.up_to is not None else Decimal("Infinity")
        for told in (group.coverage, group.wear_off_coverage or group.coverage):
            if [one.promised for one in told] != PROMISED:
                yield problem(
                    f"{where}.coverage", "the report tells the bands of 50, 80 and 95, in this order"
                )
        if any(one.stretch <= 0 for one in group.coverage + group.wear_off_coverage):
            yield problem(f"{where}.stretch", "a stretch is above zero")

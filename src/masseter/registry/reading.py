"""From lines of text to visits and treatments, each cell checked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from masseter.registry.mapping import Mapping, TimeUnit
from masseter.registry.problems import Refusal
from masseter.registry.table import Line

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
MOST_LINES = 5_000  # of one patient: forty years of two entries a week, and more


@dataclass(frozen=True, kw_only=True)
class Score:
    """One score. `day`: on the patient's own clock until it is moved to the first treatment."""

    line: int
    day: float
    value: float
    observed_days: float | None = None


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """What was given on one day; `line` of the file."""

    line: int
    day: float
    product: str
    units: float


@dataclass(kw_only=True)
class Patient:
    """All lines of one patient."""

    key: tuple[str, ...]
    first_line: int
    known: dict[str, str]
    lines: int = 0
    scores: list[Score] = field(default_factory=list)
    treatments: list[Treatment] = field(default_factory=list)


class Reader:
    """Reads lines one by one; keeps the patients, every refusal, and how many lines there were."""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.patients: dict[tuple[str, ...], Patient] = {}
        self.refusals: list[Refusal] = []
        self.lines = 0

    def read(self, lines: Iterable[Line]) -> None:
        """Take in the lines."""
        for line in lines:
            self.lines += 1
            self._line(line)

    def _line(self, line: Line) -> None:
        key = tuple(line.cells[name] for name in self.mapping.patient)
        if any(self._is_missing(part) for part in key):
            self._refuse(line, self.mapping.patient[0], "no patient is named")
            return
        known = self._known(line)
        patient = self.patients.setdefault(key, Patient(key=key, first_line=line.number, known=known))
        patient.lines += 1
        if patient.lines == MOST_LINES + 1:
            self._refuse(line, self.mapping.patient[0], f"more than {MOST_LINES} lines of one patient")
        if patient.lines > MOST_LINES:
            return
        if known != patient.known:
            self._refuse(line, "", f"says other things about the patient than line {patient.first_line}")
            return
        self._scores(line, patient)
        self._treatments(line, patient)

    def _known(self, line: Line) -> dict[str, str]:
        return {name: line.cells[column] for name, column in self.mapping.known.items()}

    def _scores(self, line: Line, patient: Patient) -> None:
        for each in self.mapping.visit_columns:
            self._score(line, patient, each.column, each.day, 1.0, None)
        visits = self.mapping.visits
        if visits is None or self._is_missing(line.cells[visits.score]):
            return
        day = self._time(line, visits.time, visits.unit)
        factor, observed = 1.0, None
        if visits.unit_column:
            unit = line.cells[visits.unit_column]
            if unit not in visits.units:
                self._refuse(line, visits.unit_column, f"'{unit}' is none of the units of the mapping")
                return
            factor = visits.units[unit]
        if visits.observed_days and not self._is_missing(line.cells[visits.observed_days]):
            observed = self._number(line, visits.observed_days)
        if day is not None:
            self._score(line, patient, visits.score, day, factor, observed)

    def _score(
        self, line: Line, patient: Patient, column: str, day: float, factor: float, observed: float | None
    ) -> None:
        if self._is_missing(line.cells[column]):
            return
        value, scale = self._number(line, column), self.mapping.measure
        if value is None:
            return
        value *= factor
        if not scale.low <= value <= scale.high:
            self._refuse(
                line, column, f"{value:g} lies outside the scale from {scale.low:g} to {scale.high:g}"
            )
            return
        patient.scores.append(Score(line=line.number, day=day, value=value, observed_days=observed))

    def _treatments(self, line: Line, patient: Patient) -> None:
        given, arms = self.mapping.given, self.mapping.arms
        if arms is not None:
            name = line.cells[arms.column]
            if name not in arms.arms:
                self._refuse(line, arms.column, f"'{name}' is none of the arms of the mapping")
                return
            arm = arms.arms[name]
            treatment = Treatment(line=line.number, day=arms.day, product=arm.product, units=arm.units)
            self._give(line, patient, treatment, arms.column)
        if given is None or self._is_missing(line.cells[given.units]):
            return
        units = self._number(line, given.units)
        visits = self.mapping.visits
        time, unit = (given.time, given.unit) if given.time or visits is None else (visits.time, visits.unit)
        day = self._time(line, time, unit)
        product = given.one_product or line.cells[given.product]
        if units is not None and day is not None:
            treatment = Treatment(line=line.number, day=day, product=product, units=units)
            self._give(line, patient, treatment, given.units)

    def _give(self, line: Line, patient: Patient, treatment: Treatment, column: str) -> None:
        if treatment.units < 0:
            self._refuse(line, column, "a dose below nought")
        elif treatment.units > 0 and treatment.product not in self.mapping.reference_units:
            self._refuse(line, column, f"the mapping has no reference dose of '{treatment.product}'")
        elif not any(_same(treatment, other) for other in patient.treatments):
            patient.treatments.append(treatment)

    def _time(self, line: Line, column: str, unit: TimeUnit) -> float | None:
        if unit == "date":
            try:
                return float(date.fromisoformat(line.cells[column]).toordinal())
            except ValueError:
                self._refuse(line, column, f"'{line.cells[column]}' is no day like 2026-01-31")
                return None
        value = self._number(line, column)
        return None if value is None else self.mapping.days(value, unit)

    def _number(self, line: Line, column: str) -> float | None:
        text = line.cells[column]
        plain = text.replace(",", ".") if self.mapping.decimal_comma else text
        if not NUMBER.fullmatch(plain):
            comma = "," in text and not self.mapping.decimal_comma
            hint = "; for decimal commas say 'decimal_comma: true'" if comma else ""
            self._refuse(line, column, f"'{text[:40]}' is no plain number{hint}")
            return None
        return float(plain)

    def _is_missing(self, text: str) -> bool:
        return text in self.mapping.missing

    def _refuse(self, line: Line, column: str, why: str) -> None:
        self.refusals.append(Refusal(line=line.number, column=column, why=why))


def _same(one: Treatment, other: Treatment) -> bool:
    return (one.day, one.product, one.units) == (other.day, other.product, other.units)

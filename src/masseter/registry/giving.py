"""What a line tells of treatments: by the arm of a trial, or in columns of its own."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from masseter.registry.asking import Asking
from masseter.registry.mapping import Mapping
from masseter.registry.patients import Patient, Treatment
from masseter.registry.problems import Refusal, plural
from masseter.registry.shapes import PLACEBO, Again, Given, Session
from masseter.registry.table import Line


class Giving:
    """Reads the treatments of lines. What is refused spoils the patient: cycles would be wrong without it.

    `untaken`: lines that tell half of a treatment, by what is wrong; `passed`: of each patient, lines with
    units that `only` passes over.
    """

    def __init__(self, mapping: Mapping, ask: Asking) -> None:
        self.mapping = mapping
        self.ask = ask
        self.untaken: dict[str, list[int]] = {}
        self.passed: dict[tuple[str, ...], list[int]] = {}

    def read(self, line: Line, patient: Patient) -> None:
        """Take in what a line tells of treatments."""
        raised = self.ask.raised
        self._arm(line, patient)
        for source, given in enumerate(self.mapping.given):
            if self.ask.has(line, given.when):
                self._given(line, patient, given, source)
        if self.ask.raised > raised:
            patient.spoil(line.number)

    def _leave(self, line: Line, what: str) -> None:
        self.untaken.setdefault(what, []).append(line.number)

    def pass_over(self, line: Line) -> None:
        """Note units on a line that `only` passes over."""
        told = (one for one in self.mapping.given if self.ask.has(line, one.when))
        cells = [column for one in told for column in one.units if not self.ask.is_missing(line, column)]
        if any(self.ask.cells.find(line.cells[column], ("0",)) is None for column in cells):
            key = tuple(line.cells[name] for name in self.mapping.patient)
            self.passed.setdefault(key, []).append(line.number)

    def reports(self, taken: Container[tuple[str, ...]]) -> Iterator[Refusal]:
        """Units of which nothing was taken. `taken`: the patients of whom other lines are."""
        for what, lines in self.untaken.items():
            why = f"{plural(len(lines), 'line')} {what}: was nothing given?"
            yield Refusal(line=lines[0], column="", why=why)
        passed = [line for key, lines in self.passed.items() if key in taken for line in lines]
        if passed:
            why = f"{plural(len(passed), 'line')} with units that 'only' passes over, of patients who are "
            why += "taken: where they count, choose scores by 'when' under 'visits'"
            yield Refusal(line=min(passed), column="", why=why)

    def _arm(self, line: Line, patient: Patient) -> None:
        arms = self.mapping.arms
        if arms is None or not self.ask.has(line, arms.when):
            return
        if self.ask.is_missing(line, arms.column, arms.arms):
            if arms.time and not self.ask.is_missing(line, arms.time):
                self._leave(line, "with a time of treatment and without an arm")
            return
        name = self.ask.name(line, arms.column, arms.arms, "arms")
        if name is None:
            return
        for day in self._days(line, arms):
            told = Treatment(
                line=line.number, day=day, product=arms.arms[name].product, units=arms.arms[name].units
            )
            self._give(line, patient, arms.column, told, "same")

    def _given(self, line: Line, patient: Patient, given: Given, source: int) -> None:
        product = self._product(line, given)
        units = 0.0 if product == PLACEBO and given.is_told_apart else self._units(line, given)
        if units is None:
            return
        column = given.units[0] if given.units else given.time or given.product
        if units == 0 and given.zero == "none" and product != PLACEBO:
            return
        if product is None:
            if self.ask.is_missing(line, given.product, given.products):
                self.ask.refuse(line, given.product, "units of no product")
            return
        if units == 0 and product in self.mapping.reference_units:
            if not given.zero:
                why = f"0 units of {product}: say 'zero: placebo' where that is a dummy, "
                self.ask.refuse(line, column, f"{why}'zero: none' where nothing was injected")
                return
            product = PLACEBO
        elif units == 0 and product == line.cells.get(given.product) != PLACEBO:
            why = f"0 units of '{product}', of which the mapping has no reference dose: a placebo? "
            self.ask.refuse(line, given.product, f"{why}Say so under 'products'")
            return
        if units and given.units and given.time and self.ask.is_missing(line, given.time):
            self._leave(line, "with units and without a time of treatment")
        for day in self._days(line, given):
            told = Treatment(line=line.number, day=day, product=product, units=units, source=source)
            self._give(line, patient, column, told, given.again)

    def _product(self, line: Line, given: Given) -> str | None:
        """The product of a line; none where the cell is empty or says what nobody explained."""
        if given.one_product:
            return given.one_product
        if self.ask.is_missing(line, given.product, given.products):
            return None
        text = line.cells[given.product]
        if not given.products:
            return text
        name = self.ask.name(line, given.product, given.products, "products")
        return None if name is None else given.products[name]

    def _units(self, line: Line, given: Given) -> float | None:
        """All units of a line; none where it gave nothing, or what it gave is refused."""
        if given.one_dose is not None:
            return given.one_dose
        told = [column for column in given.units if not self.ask.is_missing(line, column)]
        if not told:
            if given.time and not self.ask.is_missing(line, given.time):
                why = f"a treatment without units, at a time under '{given.time}'"
                self.ask.refuse(line, given.units[0], why)
            elif given.when:
                self._leave(line, "without units where 'when' tells of a treatment")
            return None
        for column in given.units:
            if column not in told and line.cells[column]:
                why = f"'{line.cells[column]}' beside units in another column: only an empty cell is 0 there"
                self.ask.refuse(line, column, why)
                return None
        found = [number for column in told if (number := self.ask.number(line, column)) is not None]
        return sum(found) * given.multiply if len(found) == len(told) else None

    def _days(self, line: Line, session: Session) -> Iterator[float]:
        """The days of treatment: those of the mapping, that of a column, or that of the line's own visit."""
        visits = self.mapping.visits
        day: float | None = None
        if session.days:
            yield from session.days
        elif session.time:
            if not self.ask.is_missing(line, session.time):
                day = self.ask.time(line, session.time, session.unit, "a treatment")
        elif visits is not None and visits.days:
            name = self.ask.name(line, visits.time, visits.days, "visits")
            day = visits.days[name] if name is not None else None
            if name is not None and day is None:
                self.ask.refuse(line, visits.time, "a treatment at a visit that the mapping gives no day")
        elif visits is not None:
            day = self.ask.time(line, visits.time, visits.unit or "days", "a treatment")
        if day is not None:
            yield day

    def _give(self, line: Line, patient: Patient, column: str, told: Treatment, again: Again) -> None:
        """Add a treatment, or what `again` says of one that was told before."""
        treatment = replace(told, units=0.0) if told.product == PLACEBO else told
        if treatment.units < 0:
            self.ask.refuse(line, column, "a dose below nought")
        elif treatment.units > 0 and treatment.product not in self.mapping.reference_units:
            self.ask.refuse(line, column, f"the mapping has no reference dose of '{treatment.product}'")
        else:
            patient.give(treatment, again)

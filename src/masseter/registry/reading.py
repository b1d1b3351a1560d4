"""From lines of text to visits and treatments, each cell checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from masseter.registry.cells import CODE, BadCell, Cells
from masseter.registry.mapping import Mapping
from masseter.registry.patients import MOST_LINES, Patient, Score, Treatment
from masseter.registry.problems import Refusal
from masseter.registry.shapes import PLACEBO, Given, Session, TimeUnit
from masseter.registry.table import Line


class Reader:
    """Reads lines one by one; keeps the patients, every refusal, and how many lines there were.

    `passed_over`: lines that are not among those that the mapping asks for. `seen`: names of arms and visits.
    """

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.cells = Cells(mapping)
        self.patients: dict[tuple[str, ...], Patient] = {}
        self.refusals: list[Refusal] = []
        self.lines = 0
        self.passed_over = 0
        self.seen: set[str] = set()

    def read(self, lines: Iterable[Line]) -> None:
        """Take in the lines."""
        for line in self._filled(lines):
            self.lines += 1
            if self._has(line, self.mapping.only):
                self._line(line)
            else:
                self.passed_over += 1

    def unused(self) -> list[Refusal]:
        """What the mapping names and no line has: perhaps written otherwise."""
        arms, visits = self.mapping.arms, self.mapping.visits
        named = [(arms.column, name) for name in arms.arms] if arms is not None else []
        named += [(visits.time, name) for name in visits.days] if visits is not None else []
        return [
            Refusal(line=0, column=column, why=f"no line has '{name}', which the mapping names")
            for column, name in named
            if name not in self.seen
        ]

    def _filled(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The lines, empty cells of the columns to be filled down as in the line above."""
        above: dict[str, str] = {}
        for line in lines:
            told = {name: line.cells[name] or above.get(name, "") for name in self.mapping.fill_down}
            above = told
            yield Line(number=line.number, cells=line.cells | told) if told else line

    def _has(self, line: Line, asked: dict[str, list[str]]) -> bool:
        """Whether a line has one of the words in every column named."""
        for column, names in asked.items():
            try:
                self.cells.name(line.cells[column], names, "words")
            except BadCell:
                return False
        return True

    def _line(self, line: Line) -> None:
        key = tuple(line.cells[name] for name in self.mapping.patient)
        if any(self.cells.is_blank(part) for part in key):
            why = "no patient is named; where cells were merged, name their columns under 'fill_down'"
            self._refuse(line, self.mapping.patient[0], why)
            return
        known = self._known(line)
        patient = self.patients.setdefault(key, Patient(key=key, first_line=line.number, known=known))
        patient.lines += 1
        if patient.lines == MOST_LINES + 1:
            self._refuse(line, self.mapping.patient[0], f"more than {MOST_LINES} lines of one patient")
        if patient.lines > MOST_LINES:
            return
        other = [name for name, said in known.items() if said and patient.known[name] not in ("", said)]
        if other:
            why = f"says other things about the patient than line {patient.first_line}: {', '.join(other)}"
            self._refuse(line, "", why)
            return
        patient.known.update({name: said for name, said in known.items() if said})
        self._scores(line, patient)
        self._treatments(line, patient)

    def _known(self, line: Line) -> dict[str, str]:
        """What is known about the patient; empty where this line does not say."""
        cells = {name: line.cells[column] for name, column in self.mapping.known.items()}
        return {name: "" if self.cells.is_missing(text) else text for name, text in cells.items()}

    def _scores(self, line: Line, patient: Patient) -> None:
        for each in self.mapping.visit_columns:
            if not self._is_missing(line, each.column):
                day = self._time(line, each.time, each.unit) if each.time else each.day
                self._score(line, patient, each.column, day, 1.0, None)
        visits = self.mapping.visits
        if visits is None or self._is_missing(line, visits.score):
            return
        if visits.days and self._visit(line) is None:
            return
        day = self._visit(line) if visits.days else self._time(line, visits.time, visits.unit or "days")
        factor, observed = 1.0, None
        if visits.unit_column:
            unit = self._name(line, visits.unit_column, visits.units, "units")
            if unit is None:
                return
            factor = visits.units[unit]
        if visits.observed_days and not self._is_missing(line, visits.observed_days):
            observed = self._number(line, visits.observed_days)
        self._score(line, patient, visits.score, day, factor, observed)

    def _score(
        self,
        line: Line,
        patient: Patient,
        column: str,
        day: float | None,
        factor: float,
        observed: float | None,
    ) -> None:
        scale = self.mapping.measure
        value = scale.words.get(line.cells[column])
        value = self._number(line, column) if value is None else value
        if value is None or day is None:
            return
        code = "; if it stands for nothing, name it under 'missing'" if CODE.fullmatch(f"{value:g}") else ""
        value *= factor
        if not scale.low <= value <= scale.high:
            why = f"{value:g} lies outside the scale from {scale.low:g} to {scale.high:g}{code}"
            self._refuse(line, column, why)
            return
        taken = scale.taken(value)
        patient.scores.append(Score(line=line.number, day=day, value=taken, observed_days=observed))

    def _treatments(self, line: Line, patient: Patient) -> None:
        arms = self.mapping.arms
        if arms is not None and self._has(line, arms.when) and not self._is_missing(line, arms.column):
            name = self._name(line, arms.column, arms.arms, "arms")
            if name is not None:
                for day in self._days(line, arms):
                    arm = arms.arms[name]
                    self._give(line, patient, arms.column, day, arm.product, arm.units)
        for given in self.mapping.given:
            if self._has(line, given.when):
                self._given(line, patient, given)

    def _given(self, line: Line, patient: Patient, given: Given) -> None:
        product = self._product(line, given)
        units = 0.0 if product == PLACEBO and given.is_told_apart else self._units(line, given)
        if units is None:
            return
        column = given.units[0] if given.units else given.time or given.product
        if product is None:
            if self._is_missing(line, given.product):
                self._refuse(line, given.product, "units of no product")
            return
        if units == 0 and product in self.mapping.reference_units:
            if not given.zero:
                why = f"0 units of {product}: say 'zero: placebo' where that is a dummy, "
                self._refuse(line, column, f"{why}'zero: none' where nothing was injected")
            if given.zero != PLACEBO:
                return
            product = PLACEBO
        for day in self._days(line, given):
            self._give(line, patient, column, day, product, units)

    def _product(self, line: Line, given: Given) -> str | None:
        """The product of a line; none where the cell is empty or says what nobody explained."""
        if given.one_product:
            return given.one_product
        if self._is_missing(line, given.product):
            return None
        text = line.cells[given.product]
        if not given.products:
            return text
        name = self._name(line, given.product, given.products, "products")
        return None if name is None else given.products[name]

    def _units(self, line: Line, given: Given) -> float | None:
        """All units of a line; none where it gave nothing."""
        if given.one_dose is not None:
            return given.one_dose
        told = [column for column in given.units if not self._is_missing(line, column)]
        found = [number for column in told if (number := self._number(line, column)) is not None]
        return sum(found) * given.multiply if found and len(found) == len(told) else None

    def _days(self, line: Line, session: Session) -> Iterator[float]:
        """The days of treatment: those of the mapping, that of a column, or that of the line's own visit."""
        visits = self.mapping.visits
        day: float | None
        if session.days:
            yield from session.days
            return
        if session.time:
            if self._is_missing(line, session.time):
                return
            day = self._time(line, session.time, session.unit)
        elif visits is not None and visits.days:
            day = self._visit(line)
            if day is None and visits.days.get(line.cells[visits.time], 0) is None:
                self._refuse(line, visits.time, "a treatment at a visit that the mapping gives no day")
        elif visits is not None:
            day = self._time(line, visits.time, visits.unit or "days")
        else:
            return
        if day is not None:
            yield day

    def _give(
        self, line: Line, patient: Patient, column: str, day: float, product: str, units: float
    ) -> None:
        treatment = Treatment(
            line=line.number, day=day, product=product, units=0.0 if product == PLACEBO else units
        )
        if treatment.units < 0:
            self._refuse(line, column, "a dose below nought")
        elif treatment.units > 0 and product not in self.mapping.reference_units:
            self._refuse(line, column, f"the mapping has no reference dose of '{product}'")
        elif not any(treatment.is_same(other) for other in patient.treatments):
            patient.treatments.append(treatment)

    def _visit(self, line: Line) -> float | None:
        """The day of a named visit; none for one to be left out."""
        visits = self.mapping.visits
        name = self._name(line, visits.time, visits.days, "visits") if visits is not None else None
        return None if name is None or visits is None else visits.days[name]

    def _name(self, line: Line, column: str, names: Iterable[str], what: str) -> str | None:
        try:
            found = self.cells.name(line.cells[column], names, what)
        except BadCell as error:
            self._refuse(line, column, str(error))
            return None
        self.seen.add(found)
        return found

    def _time(self, line: Line, column: str, unit: TimeUnit) -> float | None:
        try:
            return self.cells.time(line.cells[column], unit)
        except BadCell as error:
            self._refuse(line, column, str(error))
            return None

    def _number(self, line: Line, column: str) -> float | None:
        try:
            return self.cells.number(line.cells[column])
        except BadCell as error:
            self._refuse(line, column, str(error))
            return None

    def _is_missing(self, line: Line, column: str) -> bool:
        return self.cells.is_missing(line.cells[column])

    def _refuse(self, line: Line, column: str, why: str) -> None:
        refusal = Refusal(line=line.number, column=column, why=why)
        if refusal not in self.refusals[-4:]:  # a cell that is read twice
            self.refusals.append(refusal)

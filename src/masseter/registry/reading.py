"""From lines of text to visits and treatments, each cell checked."""

from __future__ import annotations

from collections.abc import Iterable

from masseter.registry.asking import Asking
from masseter.registry.cells import CODE
from masseter.registry.filling import Filling
from masseter.registry.giving import Giving
from masseter.registry.mapping import Mapping
from masseter.registry.patients import FULL_DAYS, MOST_LINES, Patient, Score
from masseter.registry.problems import Refusal
from masseter.registry.shapes import VisitColumn, Visits
from masseter.registry.table import Line
from masseter.registry.vocabulary import Vocabulary


class Reader:
    """Reads lines one by one; keeps the patients, every refusal, and how many lines there were.

    `passed_over`: lines that are not among those that the mapping asks for.
    """

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.ask = Asking(mapping)
        self.giving = Giving(mapping, self.ask)
        self.filling = Filling(mapping)
        self.vocabulary = Vocabulary(mapping, self.ask.cells)
        self.patients: dict[tuple[str, ...], Patient] = {}
        self.lines = 0
        self.passed_over = 0

    @property
    def refusals(self) -> list[Refusal]:
        """Every refusal, once."""
        return self.ask.refusals

    def read(self, lines: Iterable[Line]) -> None:
        """Take in the lines."""
        for line, borrowed in self.filling.filled(lines):
            self.lines += 1
            self.vocabulary.note_choice(line)
            if self.ask.has(line, self.mapping.only):
                self.vocabulary.note(line)
                self._line(line, borrowed)
            else:
                self.passed_over += 1
                self.giving.pass_over(line)

    def reports(self) -> list[Refusal]:
        """What someone should look at: words that no line has, cells of another patient, units not taken."""
        return [*self.vocabulary.reports(), *self.filling.reports(), *self.giving.reports(self.patients)]

    def _line(self, line: Line, borrowed: str) -> None:
        key = tuple(line.cells[name] for name in self.mapping.patient)
        if any(self.ask.cells.is_blank(part) for part in key):
            why = "no patient is named; where cells were merged, name their columns under 'fill_down'"
            self.ask.refuse(line, self.mapping.patient[0], why)
            return
        known = self._known(line)
        patient = self.patients.setdefault(key, Patient(key=key, first_line=line.number, known=known))
        patient.lines += 1
        if patient.lines == MOST_LINES + 1:
            self.ask.refuse(line, self.mapping.patient[0], f"more than {MOST_LINES} lines of one patient")
        if patient.lines > MOST_LINES:
            return
        if borrowed:
            self.ask.refuse(line, borrowed, "empty where a patient is named: what stands above is another's")
            patient.spoil(line.number)
            return
        other = [name for name, said in known.items() if said and patient.known[name] not in ("", said)]
        if other:
            why = f"says other things about the patient than line {patient.first_line}: {', '.join(other)}"
            self.ask.refuse(line, "", why)
            patient.spoil(line.number)
            return
        patient.known.update({name: said for name, said in known.items() if said})
        self._scores(line, patient)
        self.giving.read(line, patient)

    def _known(self, line: Line) -> dict[str, str]:
        """What is known about the patient; empty where this line does not say."""
        cells = {name: line.cells[column] for name, column in self.mapping.known.items()}
        return {name: "" if self.ask.cells.is_missing(text) else text for name, text in cells.items()}

    def _scores(self, line: Line, patient: Patient) -> None:
        words = self.mapping.measure.words
        for each in self.mapping.visit_columns:
            if self.ask.has(line, each.when) and not self.ask.is_missing(line, each.column, words):
                day = self._day_of(line, each)
                self._score(line, patient, each.column, day, 1.0, None)
        visits = self.mapping.visits
        if visits is None or not self.ask.has(line, visits.when):
            return
        if self.ask.is_missing(line, visits.score, words):
            return
        day = self._day_at(line, visits)
        if day is None and visits.days:
            return
        factor, observed = 1.0, None
        if visits.unit_column:
            unit = self.ask.name(line, visits.unit_column, visits.units, "units")
            if unit is None:
                return
            factor = visits.units[unit]
        if visits.observed_days and not self.ask.is_missing(line, visits.observed_days):
            observed = self.ask.number(line, visits.observed_days)
            if observed is None or not 0 < observed <= FULL_DAYS:
                self.ask.refuse(
                    line, visits.observed_days, f"no number of days above 0 and up to {FULL_DAYS:g}"
                )
                return
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
        word = self.ask.cells.find(line.cells[column], scale.words)
        value = self.ask.number(line, column) if word is None else scale.words[word]
        if value is None or day is None:
            return
        code = "; if it stands for nothing, name it under 'missing'" if CODE.fullmatch(f"{value:g}") else ""
        value *= factor
        if not scale.low <= value <= scale.high:
            why = f"{value:g} lies outside the scale from {scale.low:g} to {scale.high:g}{code}"
            self.ask.refuse(line, column, why)
            return
        taken = scale.taken(value)
        patient.scores.append(Score(line=line.number, day=day, value=taken, observed_days=observed))

    def _day_of(self, line: Line, told: VisitColumn) -> float | None:
        """The day of a column's score; none where it is refused."""
        return self.ask.time(line, told.time, told.unit, "a score") if told.time else told.day

    def _day_at(self, line: Line, visits: Visits) -> float | None:
        """The day of a line's visit; none where it is refused, or has no day."""
        if not visits.days:
            return self.ask.time(line, visits.time, visits.unit or "days", "a score")
        name = self.ask.name(line, visits.time, visits.days, "visits")
        return None if name is None else visits.days[name]

"""Asking the cells of a line; what cannot be read is kept as a refusal."""

from __future__ import annotations

from collections.abc import Iterable

from masseter.registry.cells import BadCell, Cells
from masseter.registry.mapping import Mapping
from masseter.registry.problems import Refusal
from masseter.registry.shapes import TimeUnit
from masseter.registry.table import Line


class Asking:
    """Asks cells as a mapping says.

    `refusals`: each once; `raised`: how often anything was refused; `seen`: names of arms and visits.
    """

    def __init__(self, mapping: Mapping) -> None:
        self.cells = Cells(mapping)
        self.refusals: list[Refusal] = []
        self.raised = 0
        self.seen: set[str] = set()

    def is_missing(self, line: Line, column: str) -> bool:
        """Whether a cell stands for nothing."""
        return self.cells.is_missing(line.cells[column])

    def has(self, line: Line, asked: dict[str, list[str]]) -> bool:
        """Whether a line has one of the words in every column named."""
        for column, names in asked.items():
            try:
                self.cells.name(line.cells[column], names, "words")
            except BadCell:
                return False
        return True

    def name(self, line: Line, column: str, names: Iterable[str], what: str) -> str | None:
        """Which of the names a cell has; none, and refused, where it has none of them."""
        try:
            found = self.cells.name(line.cells[column], names, what)
        except BadCell as error:
            self.refuse(line, column, str(error))
            return None
        self.seen.add(found)
        return found

    def time(self, line: Line, column: str, unit: TimeUnit) -> float | None:
        """The time in a cell, in days; none, and refused, where there is no such time."""
        try:
            return self.cells.time(line.cells[column], unit)
        except BadCell as error:
            self.refuse(line, column, str(error))
            return None

    def number(self, line: Line, column: str) -> float | None:
        """The number in a cell; none, and refused, where there is none."""
        try:
            return self.cells.number(line.cells[column])
        except BadCell as error:
            self.refuse(line, column, str(error))
            return None

    def refuse(self, line: Line, column: str, why: str) -> None:
        """Keep a refusal."""
        self.raised += 1
        refusal = Refusal(line=line.number, column=column, why=why)
        if refusal not in self.refusals[-4:]:  # a cell that is read twice
            self.refusals.append(refusal)

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

    `refusals`: each once. `raised`: how often anything was refused.
    """

    def __init__(self, mapping: Mapping) -> None:
        self.cells = Cells(mapping)
        self.refusals: list[Refusal] = []
        self.raised = 0

    def is_missing(self, line: Line, column: str, names: Iterable[str] = ()) -> bool:
        """Whether a cell stands for nothing; one of the names that the mapping gives its words never does."""
        text = line.cells[column]
        return self.cells.is_missing(text) and self.cells.find(text, names) is None

    def has(self, line: Line, asked: dict[str, list[str]]) -> bool:
        """Whether a line has one of the words in every column named."""
        return all(self.cells.find(line.cells[column], names) is not None for column, names in asked.items())

    def name(self, line: Line, column: str, names: Iterable[str], what: str) -> str | None:
        """Which of the names a cell has; none, and refused, where it has none of them."""
        try:
            return self.cells.name(line.cells[column], names, what)
        except BadCell as error:
            self.refuse(line, column, str(error))
            return None

    def time(self, line: Line, column: str, unit: TimeUnit, what: str) -> float | None:
        """The time of `what` in a cell, in days; none, and refused, where there is no such time."""
        if self.is_missing(line, column):
            self.refuse(line, column, f"{what} without a day")
            return None
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

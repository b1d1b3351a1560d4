"""Empty cells that mean what stands above them, and when that is another patient's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from masseter.registry.mapping import Mapping
from masseter.registry.problems import Refusal
from masseter.registry.table import Line


class Filling:
    """Fills cells down, and counts those that were filled from the line of another patient."""

    def __init__(self, mapping: Mapping) -> None:
        self._patient = mapping.patient
        self._columns = mapping.fill_down
        self._lines: Counter[str] = Counter()
        self._first: dict[str, int] = {}

    def filled(self, lines: Iterable[Line]) -> Iterator[tuple[Line, str]]:
        """The lines, with the column, if any, that a line should have filled itself.

        That is one listed behind a column of the patient which the line fills: then a new patient begins.
        """
        above: dict[str, str] = {}
        for line in lines:
            told = {name: line.cells[name] or above.get(name, "") for name in self._columns}
            new = Line(number=line.number, cells=line.cells | told) if told else line
            borrowed = self._borrowed(line, new, above) if told and above else ""
            above = new.cells
            yield new, borrowed

    def _borrowed(self, line: Line, new: Line, above: dict[str, str]) -> str:
        if all(new.cells[name] == above[name] for name in self._patient):
            return ""
        begins = False
        for name in self._columns:
            if new.cells[name] and not line.cells[name]:
                if begins:
                    return name
                self._lines[name] += 1
                self._first.setdefault(name, line.number)
            begins = begins or (name in self._patient and bool(line.cells[name]))
        return ""

    def reports(self) -> list[Refusal]:
        """How many lines have a cell of the patient above."""
        return [
            Refusal(line=self._first[name], column=name, why=_why(many)) for name, many in self._lines.items()
        ]


def _why(many: int) -> str:
    lines = "this line was" if many == 1 else f"{many} lines from here on were"
    return f"{lines} filled with what stands at another patient above: does one cell stand for both?"

"""Taking a foreign table in: read, check, and write all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from masseter.registry.checking import Checked, check_patients
from masseter.registry.dataset import Manifest, write_dataset
from masseter.registry.mapping import Mapping, read_mapping
from masseter.registry.problems import CannotTake, Refusal
from masseter.registry.reading import Reader
from masseter.registry.table import read_table


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a table would give. `lines`: of the table, without the header."""

    mapping: Mapping
    lines: int
    checked: Checked

    @property
    def treatments(self) -> int:
        """Treatments that would be taken."""
        return sum(len(course.treatments) for course in self.checked.courses)

    @property
    def scores(self) -> int:
        """Scores that would be taken."""
        return sum(len(course.scores) for course in self.checked.courses)


def look_at(table: Path, mapping_file: Path) -> Look:
    """Read and check a table; nothing is written.

    Raises CannotTake where the mapping or the file as a whole cannot be used.
    """
    mapping = read_mapping(mapping_file)
    reader = Reader(mapping)
    reader.read(read_table(table, mapping))
    checked = check_patients(reader.patients.values(), mapping)
    checked.refusals = sorted([*reader.refusals, *checked.refusals], key=_place)
    checked.reports.sort(key=_place)
    return Look(mapping=mapping, lines=reader.lines, checked=checked)


def take(look: Look, folder: Path, *, leave_out_refused: bool) -> Manifest:
    """Write what was looked at as a data set.

    Raises CannotTake where something was refused and is not to be left out, and as `write_dataset` does.
    """
    if look.checked.refusals and not leave_out_refused:
        raise CannotTake(*look.checked.refusals)
    return write_dataset(folder, look.mapping, look.checked.courses)


def _place(refusal: Refusal) -> tuple[int, bool, str]:
    """Where a refusal belongs: by line, what is about one cell before what is about the line."""
    return refusal.line, not refusal.column, refusal.column

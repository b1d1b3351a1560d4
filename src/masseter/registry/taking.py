"""Taking a foreign table in: read, check, and write all of it or nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masseter.knowledge.load import load
from masseter.registry.checking import Checked, check_patients
from masseter.registry.dataset import Contents, Heading, Manifest, Row, write_dataset
from masseter.registry.mapping import Mapping, read_mapping
from masseter.registry.patients import Course
from masseter.registry.problems import CannotTake, Refusal
from masseter.registry.reading import Reader
from masseter.registry.shapes import TURNED, Measure
from masseter.registry.table import read_table


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a table would give. `lines`: of the table, without the header; `passed_over`: not asked for."""

    mapping: Mapping
    lines: int
    passed_over: int
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
    checked.reports = sorted([*checked.reports, *reader.reports(), *_words(mapping)], key=_place)
    return Look(mapping=mapping, lines=reader.lines, passed_over=reader.passed_over, checked=checked)


def take(look: Look, folder: Path, *, leave_out_refused: bool) -> Manifest:
    """Write what was looked at as a data set.

    Raises CannotTake where something was refused and is not to be left out, and as `write_dataset` does.
    """
    if look.checked.refusals and not leave_out_refused:
        raise CannotTake(*look.checked.refusals)
    mapping = look.mapping
    heading = Heading(
        name=mapping.name,
        condition=mapping.condition,
        measure=_measure(mapping.measure),
        reference_units=mapping.reference_units,
        made={"by": "import"},
    )
    return write_dataset(folder, heading, _contents(mapping, look.checked.courses))


def pseudonym(mapping: Mapping, key: tuple[str, ...]) -> str:
    """A patient's name in the data set: a hash, so that no name or number of the source goes along."""
    text = "\x1f".join((mapping.name, *key))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _measure(measure: Measure) -> dict[str, Any]:  # Any: words and numbers
    """The measure of the data set; one that was turned about has a name of its own."""
    key = f"{measure.key}{TURNED}" if measure.higher_is_better else measure.key
    return {"key": key, "low": measure.low, "high": measure.high, "step": measure.step}


def _words(mapping: Mapping) -> list[Refusal]:
    """A condition that is none of ours: perhaps written otherwise."""
    known = sorted(load().conditions)
    if mapping.condition in known:
        return []
    why = f"'{mapping.condition}' is none of ours ({', '.join(known)}): a report judges it most cautiously"
    return [Refusal(line=0, column="condition", why=why, where="mapping")]


def _contents(mapping: Mapping, courses: list[Course]) -> Contents:
    known = tuple(sorted({name for course in courses for name in course.patient.known}))
    tables: dict[str, list[Row]] = {"patients": [], "treatments": [], "scores": []}
    for course in courses:
        name, about = pseudonym(mapping, course.patient.key), course.patient.known
        tables["patients"].append((name, *(about.get(one, "") for one in known)))
        tables["treatments"] += [(name, each.day, each.product, each.units) for each in course.treatments]
        tables["scores"] += [(name, each.day, each.value, each.observed_days) for each in course.scores]
    return Contents(known=known, tables=tables)


def _place(refusal: Refusal) -> tuple[int, bool, str]:
    """Where a refusal belongs: by line, what is about one cell before what is about the line."""
    return refusal.line, not refusal.column, refusal.column

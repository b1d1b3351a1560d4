"""A data set of courses: Parquet files with a manifest of what they hold and their hashes.

| table | one row | columns |
|---|---|---|
| patients | a patient | patient (pseudonym), known_… (what else is known) |
| treatments | a treatment | patient, day, product, units |
| scores | a score | patient, day, value, observed_days (of 28, empty where it is no sum over days) |
| points | a muscle or skin area in a treatment | patient, day, site, side, units |
| events | an unwanted effect | patient, day, effect, severity, serious, after_day (of the treatment before) |
| wear_offs | what was said of the end of the effect | patient, day, after_day, worn_off, since_day |

Of a wear-off, `day` is when it was said, `since_day` since when it is over, or till when it still worked.
Days count from the patient's first treatment. A large table lies in several files, in the order of patients.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from glob import escape
from pathlib import Path
from typing import Any

import duckdb

from masseter.registry.problems import whole

FORMAT = 1
PATIENT = {"patient": "VARCHAR"}
COLUMNS = {
    "patients": PATIENT,
    "treatments": {**PATIENT, "day": "DOUBLE", "product": "VARCHAR", "units": "DOUBLE"},
    "scores": {**PATIENT, "day": "DOUBLE", "value": "DOUBLE", "observed_days": "DOUBLE"},
    "points": {**PATIENT, "day": "DOUBLE", "site": "VARCHAR", "side": "VARCHAR", "units": "DOUBLE"},
    "events": {
        **PATIENT,
        "day": "DOUBLE",
        "effect": "VARCHAR",
        "severity": "VARCHAR",
        "serious": "BOOLEAN",
        "after_day": "DOUBLE",
    },
    "wear_offs": {
        **PATIENT,
        "day": "DOUBLE",
        "after_day": "DOUBLE",
        "worn_off": "BOOLEAN",
        "since_day": "DOUBLE",
    },
}
MANIFEST = "manifest.json"
Row = tuple[Any, ...]  # Any: as the columns of its table say


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What a data set is about. `made`: how it came to be, in words and numbers that JSON can hold."""

    name: str
    condition: str
    measure: dict[str, Any]
    reference_units: dict[str, float]
    made: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Manifest(Heading):
    """What a data set holds. `files`: SHA-256 of each. A table that was not written has no rows."""

    format: int
    patients: int
    treatments: int
    scores: int
    files: dict[str, str]
    points: int = 0
    events: int = 0
    wear_offs: int = 0

    def files_of(self, table: str) -> list[str]:
        """The names of a table's files, in the order of patients."""
        return sorted(name for name in self.files if re.fullmatch(rf"{table}(-\d+)?\.parquet", name))


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The rows of a small data set. `known`: names of what is known about a patient, behind the pseudonym."""

    known: tuple[str, ...]
    tables: Mapping[str, Sequence[Row]]


def check_new(folder: Path) -> None:
    """Whether a folder can be written, before long work begins.

    Raises CannotTake where something is there already or nothing can be written there.
    """
    _work_of(folder).rmdir()


def _work_of(folder: Path) -> Path:
    """An empty folder beside one that is to be."""
    if folder.exists() or folder.is_symlink():
        raise whole(f"'{folder.name}' exists already: name a new folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise whole(f"'{folder}' cannot be written: {error.strerror}") from None


@contextmanager
def new_folder(folder: Path) -> Iterator[Path]:
    """A folder to write into that becomes `folder` when all went well, and is gone where it did not.

    Raises CannotTake where something is there already, nothing can be written there, or the disk is full.
    """
    work = _work_of(folder)
    try:
        yield work
        work.chmod(0o755)
        work.rename(folder)
    except OSError as error:
        raise whole(f"'{folder.name}' cannot be written: {error.strerror or error}") from None
    except duckdb.IOException as error:
        is_full = os.strerror(errno.ENOSPC) in str(error)
        why = os.strerror(errno.ENOSPC) if is_full else str(error).splitlines()[0]
        raise whole(f"'{folder.name}' cannot be written: {why}") from None
    finally:
        shutil.rmtree(work, ignore_errors=True)


def write_dataset(
    folder: Path,
    heading: Heading,
    contents: Contents,
    *,
    note: Callable[[Manifest], None] = lambda _manifest: None,
) -> Manifest:
    """Write a data set: all of it, or nothing.

    Patients stand in the order of their pseudonyms, which is no order. `note` is called when all is written
    and the folder is not there yet. Raises CannotTake where something is there already or nothing is to be
    written.
    """
    if not contents.tables["patients"]:
        raise whole("no patient is left to take")
    with new_folder(folder) as work:
        counts = {}
        for table, columns in COLUMNS.items():
            rows = sorted(contents.tables.get(table, ()), key=_place)
            counts[table] = len(rows)
            if table == "patients":
                columns = {**columns, **{f"known_{name}": "VARCHAR" for name in contents.known}}
            if rows:
                _write(work / f"{table}.parquet", columns, rows)
        manifest = finish(work, heading, counts)
        note(manifest)
    return manifest


def finish(work: Path, heading: Heading, counts: Mapping[str, Any]) -> Manifest:
    """Write the manifest of the tables that lie in a folder."""
    files = {file.name: hash_of(file) for file in sorted(work.glob("*.parquet"))}
    manifest = Manifest(**asdict(heading), **counts, files=files, format=FORMAT)
    (work / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2, sort_keys=True) + "\n")
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a data set, after its files were found to be what it says.

    Raises CannotTake where it is no data set, is of another format, or a file was changed or cut off.
    """
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text()))
    except (OSError, ValueError, TypeError):
        raise whole(f"'{folder.name}' is no data set: it has no manifest that can be read") from None
    if manifest.format != FORMAT:
        raise whole(f"'{folder.name}' is of format {manifest.format}; this program reads format {FORMAT}")
    for name, expected in manifest.files.items():
        file = folder / Path(name).name
        if not file.is_file() or hash_of(file) != expected:
            raise whole(f"'{name}' is not the file that the manifest describes: changed or cut off")
    return manifest


def hash_of(file: Path) -> str:
    """SHA-256 of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _place(row: Row) -> tuple[str, ...]:
    """By patient, then day, then the rest; patients have no day."""
    name, *rest = row
    day = f"{rest[0] + 1e6:020.6f}" if rest and isinstance(rest[0], float) else ""
    return (name, day, *(str(cell) for cell in rest))


def _write(file: Path, columns: dict[str, str], rows: Sequence[Row]) -> None:
    """One Parquet file; the same rows give the same bytes."""
    lines = file.with_suffix(".jsonl")
    with lines.open("w") as stream:
        for row in rows:
            stream.write(json.dumps(dict(zip(columns, row, strict=True))) + "\n")
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            table = connection.read_json(escape(str(lines)), columns=columns, format="newline_delimited")
            table.write_parquet(str(file), compression="zstd")
    finally:
        lines.unlink()

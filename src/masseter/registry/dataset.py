"""A data set of courses: Parquet files with a manifest of what they hold and their hashes."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from masseter.registry.checking import Course
from masseter.registry.mapping import Mapping
from masseter.registry.problems import whole

FORMAT = 1
TABLES = ("patients", "treatments", "scores")


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a data set holds. `files`: SHA-256 of each."""

    format: int
    name: str
    condition: str
    measure: dict[str, Any]
    reference_units: dict[str, float]
    patients: int
    treatments: int
    scores: int
    files: dict[str, str]


def pseudonym(mapping: Mapping, key: tuple[str, ...]) -> str:
    """A patient's name in the data set: a hash, so that no name or number of the source goes along."""
    text = "\x1f".join((mapping.name, *key))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write_dataset(folder: Path, mapping: Mapping, courses: list[Course]) -> Manifest:
    """Write a data set: all of it, or nothing.

    Patients stand in the order of their pseudonyms, which is no order. Raises CannotTake where something is
    there already or nothing is to be written.
    """
    if folder.exists():
        raise whole(f"'{folder.name}' exists already: name a new folder")
    if not courses:
        raise whole("no patient is left to take")
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        named = sorted(((pseudonym(mapping, each.patient.key), each) for each in courses), key=_name)
        counts = _write_tables(work, named)
        files = {f"{table}.parquet": _hash(work / f"{table}.parquet") for table in TABLES}
        manifest = Manifest(
            format=FORMAT,
            name=mapping.name,
            condition=mapping.condition,
            measure=mapping.measure.model_dump(),
            reference_units=mapping.reference_units,
            files=files,
            **counts,
        )
        (work / "manifest.json").write_text(json.dumps(asdict(manifest), indent=2, sort_keys=True) + "\n")
        work.chmod(0o755)
        work.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a data set, after its files were found to be what it says.

    Raises CannotTake where it is no data set, or a file was changed or cut off.
    """
    try:
        found = json.loads((folder / "manifest.json").read_text())
        manifest = Manifest(**found)
    except (OSError, ValueError, TypeError):
        raise whole(f"'{folder.name}' is no data set: it has no manifest that can be read") from None
    for name, expected in manifest.files.items():
        file = folder / name
        if not file.is_file() or _hash(file) != expected:
            raise whole(f"'{name}' is not the file that the manifest describes: changed or cut off")
    return manifest


def _name(pair: tuple[str, Course]) -> str:
    return pair[0]


def _write_tables(folder: Path, named: list[tuple[str, Course]]) -> dict[str, int]:
    about = sorted({name for _key, course in named for name in course.patient.known})
    patients = [(key, *(course.patient.known.get(name, "") for name in about)) for key, course in named]
    treatments = [
        (key, each.day, each.product, each.units) for key, course in named for each in course.treatments
    ]
    scores = [
        (key, each.day, each.value, each.observed_days) for key, course in named for each in course.scores
    ]
    known = {f"known_{name}": "VARCHAR" for name in about}
    _write(folder / "patients.parquet", {"patient": "VARCHAR", **known}, patients)
    given = {"patient": "VARCHAR", "day": "DOUBLE", "product": "VARCHAR", "units": "DOUBLE"}
    _write(folder / "treatments.parquet", given, treatments)
    told = {"patient": "VARCHAR", "day": "DOUBLE", "value": "DOUBLE", "observed_days": "DOUBLE"}
    _write(folder / "scores.parquet", told, scores)
    return {"patients": len(patients), "treatments": len(treatments), "scores": len(scores)}


def _write(file: Path, columns: dict[str, str], rows: list[tuple[Any, ...]]) -> None:
    """One Parquet file; the same rows give the same bytes."""
    lines = file.with_suffix(".jsonl")
    with lines.open("w") as stream:
        for row in rows:
            stream.write(json.dumps(dict(zip(columns, row, strict=True))) + "\n")
    try:
        with duckdb.connect(config={"threads": 1}) as connection:
            table = connection.read_json(str(lines), columns=columns, format="newline_delimited")
            table.write_parquet(str(file), compression="zstd")
    finally:
        lines.unlink()


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

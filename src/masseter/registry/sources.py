"""Several data sets read as one: they have to agree, and no patient may be in two of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from glob import escape
from pathlib import Path

import duckdb

from masseter.registry.dataset import COLUMNS, Manifest, read_manifest
from masseter.registry.patients import MOST_LINES
from masseter.registry.problems import CannotTake, Refusal, whole
from masseter.response.courses import Scale


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Data sets of one condition and one measure, checked. `folders` and `manifests` in the same order."""

    folders: tuple[Path, ...]
    manifests: tuple[Manifest, ...]

    @property
    def condition(self) -> str:
        return self.manifests[0].condition

    @property
    def measure(self) -> str:
        return str(self.manifests[0].measure["key"])

    @property
    def scale(self) -> Scale:
        told = self.manifests[0].measure
        return Scale(low=told["low"], high=told["high"], step=told["step"])

    @property
    def patients(self) -> int:
        return sum(manifest.patients for manifest in self.manifests)

    @property
    def reference_units(self) -> dict[str, float]:
        """The dose of each product that counts as one: the smallest that any of the data sets names."""
        names = sorted({name for manifest in self.manifests for name in manifest.reference_units})
        return {
            name: min(one.reference_units[name] for one in self.manifests if name in one.reference_units)
            for name in names
        }

    @property
    def digest(self) -> str:
        """SHA-256 over the hashes of all files: the same data in whatever order they are named."""
        return digest_of(self.manifests)

    def files(self, table: str) -> list[str]:
        """The files of a table, of all data sets."""
        return [
            str(folder / name)
            for folder, manifest in zip(self.folders, self.manifests, strict=True)
            for name in manifest.files_of(table)
        ]

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A connection with a view of each table, empty where none of the data sets has it."""
        connection = duckdb.connect()
        for table, columns in COLUMNS.items():
            files = self.files(table)
            if files:
                named = [escape(file) for file in files]  # DuckDB takes a name for a pattern
                found = connection.read_parquet(named, union_by_name=True, hive_partitioning=False)
                found.create_view(table)
            else:
                empty = ", ".join(f"NULL::{kind} AS {name}" for name, kind in columns.items())
                connection.execute(f"CREATE VIEW {table} AS SELECT {empty} WHERE false")
        return connection


def open_datasets(folders: Sequence[Path]) -> Sources:
    """Check data sets and put them beside each other.

    Raises CannotTake where one is none or was changed, they are about different things, a table lacks a
    column, or a patient is in two of them.
    """
    if not folders:
        raise whole("name at least one data set")
    # Whole paths: a worker of a cluster stands in another folder.
    places = tuple(folder.absolute() for folder in folders)
    found = Sources(folders=places, manifests=tuple(read_manifest(one) for one in places))
    first = found.manifests[0]
    for folder, manifest in zip(places, found.manifests, strict=True):
        if (manifest.condition, manifest.measure) != (first.condition, first.measure):
            raise whole(
                f"'{folder.name}' is about {manifest.condition} on {manifest.measure['key']}, "
                f"'{places[0].name}' about {first.condition} on {first.measure['key']}: "
                "only data sets of the same condition and measure go together"
            )
    _check(found)
    return found


def digest_of(manifests: Iterable[Manifest]) -> str:
    """SHA-256 over the hashes of all files of data sets, in whatever order they are named."""
    told = sorted(value for manifest in manifests for value in manifest.files.values())
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


# What no table may hold: words for a refusal, and how many lines have it.
WRONG = {
    "scores lie outside the scale": "SELECT count(*) FROM scores WHERE value IS NULL OR NOT value BETWEEN "
    "$low AND $high",
    "scores have no day": "SELECT count(*) FROM scores WHERE day IS NULL OR NOT isfinite(day)",
    "treatments have no day": "SELECT count(*) FROM treatments WHERE day IS NULL OR NOT isfinite(day)",
    "treatments have no dose, or one below nought": """
        SELECT count(*) FROM treatments WHERE units IS NULL OR NOT units BETWEEN 0 AND 1e9""",
    "answers about wear-off have no day, or one before its treatment": """
        SELECT count(*) FROM wear_offs WHERE day IS NULL OR after_day IS NULL OR worn_off IS NULL
        OR since_day IS NULL OR NOT (isfinite(day) AND after_day < since_day AND since_day <= day)""",
    "answers about wear-off are about a treatment that is not listed": """
        SELECT count(*) FROM wear_offs AS said WHERE NOT EXISTS (SELECT 1 FROM treatments AS given
        WHERE given.patient = said.patient AND given.day = said.after_day)""",
    "answers about wear-off were given after the next treatment": """
        SELECT count(*) FROM wear_offs AS said JOIN treatments AS given ON given.patient = said.patient
        WHERE given.day > said.after_day AND given.day < said.day""",
    "patients have a course and are not listed": """
        SELECT count(*) FROM (SELECT patient FROM treatments UNION SELECT patient FROM scores)
        WHERE patient NOT IN (SELECT patient FROM patients)""",
    "patients are listed and were not treated": """
        SELECT count(*) FROM patients WHERE patient NOT IN (SELECT patient FROM treatments)""",
    "patients have no score": "SELECT count(*) FROM patients WHERE patient NOT IN (SELECT patient FROM "
    "scores)",
    f"patients have more than {MOST_LINES} scores": f"""
        SELECT count(*) FROM (SELECT patient FROM scores GROUP BY patient HAVING count(*) > {MOST_LINES})""",
}


def _check(found: Sources) -> None:
    try:
        with found.connect() as connection:
            for table, columns in COLUMNS.items():
                connection.execute(f"SELECT {', '.join(columns)} FROM {table} LIMIT 0")
            told = "SELECT count(*), count(DISTINCT patient) FROM patients"
            lines, patients = connection.execute(told).fetchall()[0]
            wrong = _wrong(connection, found.scale)
    except duckdb.Error as error:
        raise whole(f"a table cannot be read: {str(error).splitlines()[0]}") from None
    if not lines:
        raise whole("nobody is in it")
    if lines != patients:
        raise whole(f"{lines - patients} patients are in more than one data set, or twice in one")
    if lines != found.patients:
        raise whole(f"the tables hold {lines} patients, the manifests say {found.patients}")
    if wrong:
        raise CannotTake(*wrong)


def _wrong(connection: duckdb.DuckDBPyConnection, scale: Scale) -> list[Refusal]:
    """Everything that makes no sense, with how often it is there."""
    found = []
    for words, text in WRONG.items():
        values = {"low": scale.low, "high": scale.high} if "$low" in text else None
        many = connection.execute(text, values).fetchall()[0][0]
        if many:
            found.append(Refusal(line=0, column="", why=f"{many} {words}"))
    return found

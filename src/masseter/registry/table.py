"""A foreign table as lines of text: CSV, tab-separated, Parquet, or records of YAML or JSON."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from glob import escape
from pathlib import Path

import duckdb

from masseter.registry.mapping import Mapping
from masseter.registry.problems import CannotTake, Refusal, whole
from masseter.registry.records_file import ENDINGS, read_records

PARQUET = b"PAR1"
SEPARATORS = ",;\t|"
PIECE = 10_000
WIDE_LETTERS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)  # how spreadsheets write 'Unicode text'
# Files of other programs, by how they begin.
OTHERS = {
    b"PK\x03\x04": "a spreadsheet or another packed file: save the sheet as CSV in UTF-8",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet: save the sheet as CSV in UTF-8",
    b"\x1f\x8b": "a packed file: unpack it first",
    b"$FL2": "a file of SPSS: write it out as CSV in UTF-8",
    b"<sta": "a file of Stata: write it out as CSV in UTF-8",
    b"RDX": "a file of R: write it out as CSV in UTF-8",
    b"%PDF": "a PDF: copy its table into a spreadsheet, and save that as CSV in UTF-8",
    b"<htm": "a web page: download the file itself",
    b"<!DO": "a web page: download the file itself",
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line. `number`: of the file, the header being 1; of Parquet, as if it had a header."""

    number: int
    cells: dict[str, str]


def read_table(file: Path, mapping: Mapping) -> Iterator[Line]:
    """The lines of a table, only the columns that the mapping names.

    Raises CannotTake for a file of another kind, with what to do, and for one that cannot be read, is empty,
    is cut off, or lacks a column.
    """
    try:
        with file.open("rb") as stream:
            start = stream.read(4)
    except OSError as error:
        raise whole(f"the file cannot be read: {error.strerror}") from None
    if not start:
        raise whole("the file is empty")
    for beginning, what in OTHERS.items():
        if start.startswith(beginning):
            raise whole(f"this is {what}")
    if file.suffix.lower() in ENDINGS:
        yield from _records(file, mapping)
        return
    wide = "utf-16" if start.startswith(WIDE_LETTERS) else "utf-8-sig"
    encoding = mapping.encoding or wide
    lines = _parquet(file, mapping) if start == PARQUET else _text(file, mapping, encoding)
    first = next(lines, None)
    if first is None:
        raise whole("the file has a header and no line below it")
    yield first
    yield from lines


def _records(file: Path, mapping: Mapping) -> Iterator[Line]:
    records = read_records(file)
    if not records:
        raise whole("the file has no record")
    _check_columns(list(records[0][1]), mapping)
    for number, cells in records:
        yield Line(number=number, cells={name: cells[_name(name)] for name in mapping.columns()})


def _name(text: str) -> str:
    """The name of a column, broken lines and double blanks being one blank."""
    return " ".join(text.split())


def _names(header: list[str]) -> list[str]:
    """The names of columns: one without a name by its place, those of one name numbered."""
    plain = [_name(text) or f"column {place}" for place, text in enumerate(header, 1)] if any(header) else []
    return [
        f"{name} #{plain[:place].count(name) + 1}" if plain.count(name) > 1 else name
        for place, name in enumerate(plain)
    ]


def _check_columns(have: list[str], mapping: Mapping) -> None:
    if not have:
        raise whole(
            "the line of the names of columns is empty: 'skip_lines' says how many lines stand above it"
        )
    lacking = []
    wanted = [_name(name) for name in mapping.columns()]
    for name in wanted:
        if f"{name} #1" in have:
            why = f"the file has this column more than once: write '{name} #1', '{name} #2' as they follow"
            lacking.append(Refusal(line=1, column=name, why=why))
        elif name not in have:
            near = get_close_matches(name, have, 1)
            hint = f"; is it '{near[0]}'?" if near else f"; it has: {', '.join(have)[:400]}"
            lacking.append(Refusal(line=1, column=name, why=f"the file has no such column{hint}"))
    if lacking:
        raise CannotTake(*lacking)


def _text(file: Path, mapping: Mapping, encoding: str) -> Iterator[Line]:
    wanted, skipped = mapping.columns(), mapping.skip_lines
    try:
        with file.open(newline="", encoding=encoding) as stream:
            for _ in range(skipped):
                stream.readline()
            start = stream.tell()
            header = stream.readline()
            stream.seek(start)
            mark = max(SEPARATORS, key=header.count)
            rows = csv.reader(stream, delimiter=mark, strict=True)
            have = _names(next(rows, []))
            _check_columns(have, mapping)
            places = {name: have.index(_name(name)) for name in wanted}
            for row in rows:
                if not any(cell.strip() for cell in row):
                    continue
                number = rows.line_num + skipped
                if len(row) != len(have):
                    why = f"{len(row)} cells under {len(have)} columns: "
                    why += "is the file cut off, or is this a note?"
                    if len(row) == len(have) + 1:
                        why += " Where each line begins with a number of its own, give that a name."
                    raise CannotTake(Refusal(line=number, column="", why=why))
                cells = {name: row[place].strip() for name, place in places.items()}
                yield Line(number=number, cells=cells)
    except UnicodeError:
        why = "save it as CSV in UTF-8, or say 'encoding: cp1252' (or another) in the mapping"
        raise whole(f"the file is not {encoding.removesuffix('-sig').upper()} text: {why}") from None
    except csv.Error as error:
        raise whole(f"the file is not a table: {error}") from None


def _parquet(file: Path, mapping: Mapping) -> Iterator[Line]:
    name = escape(str(file))  # DuckDB takes a name for a pattern
    try:
        with duckdb.connect() as connection:
            connection.execute("SET TimeZone = 'UTC'")
            columns = connection.read_parquet(name, hive_partitioning=False).columns
            have = _names(columns)
            _check_columns(have, mapping)
            wanted = mapping.columns()
            cells = [f"trim({_quoted(column)}::VARCHAR)" for column in columns]
            chosen = [cells[have.index(_name(column))] for column in wanted]
            is_empty = " AND ".join(f"coalesce({cell}, '') = ''" for cell in cells)
            text = f"SELECT {is_empty}, {', '.join(chosen)} FROM read_parquet(?, hive_partitioning = false)"
            found = connection.execute(text, [name])
            number = 1
            while rows := found.fetchmany(PIECE):
                for nothing, *row in rows:
                    number += 1
                    if not nothing:
                        told = {name: (cell or "").strip() for name, cell in zip(wanted, row, strict=True)}
                        yield Line(number=number, cells=told)
    except duckdb.Error as error:
        raise whole(f"the Parquet file cannot be read: {str(error).splitlines()[0]}") from None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

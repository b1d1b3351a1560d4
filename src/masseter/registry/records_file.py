"""A file of records, YAML or JSON, as a table: one record a line, each leaf a column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from masseter.registry.problems import whole

ENDINGS = (".yaml", ".yml", ".json")
MOST_BYTES = 20_000_000
BETWEEN = "; "  # words of a plain list


def read_records(file: Path) -> list[tuple[int, dict[str, str]]]:
    """The line of the file and the cells of each record; all have the same columns, in the order met.

    What stands deeper is named by its way there: `scores.pain.7`. A plain list is one cell; a list of records
    counts its columns from 1. Raises CannotTake for a file that is no list of records.
    """
    if file.stat().st_size > MOST_BYTES:
        raise whole(f"records of more than {MOST_BYTES // 10**6} megabytes: write them out as CSV")
    try:
        found = YAML(typ="rt").load(file.read_text(encoding="utf-8-sig"))
    except UnicodeError:
        raise whole("the file is not UTF-8 text") from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise whole(f"the file cannot be read as YAML or JSON: {error.problem} (line {line})") from None
    except YAMLError as error:
        raise whole(f"the file cannot be read as YAML or JSON: {str(error).splitlines()[0]}") from None
    if not isinstance(found, CommentedSeq) or not all(isinstance(one, CommentedMap) for one in found):
        raise whole("the file is no list of records, each with names and values")
    records = [(record.lc.line + 1, dict(_cells("", record))) for record in found]
    columns = list(dict.fromkeys(name for _line, cells in records for name in cells))
    return [(line, {name: cells.get(name, "") for name in columns}) for line, cells in records]


def _cells(way: str, value: Any) -> Iterator[tuple[str, str]]:  # Any: whatever YAML holds
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _cells(f"{way}.{name}" if way else str(name), part)
    elif isinstance(value, list) and any(isinstance(part, (Mapping, list)) for part in value):
        for place, part in enumerate(value, 1):
            yield from _cells(f"{way}.{place}", part)
    elif isinstance(value, list):
        yield way, BETWEEN.join(_text(part) for part in value)
    else:
        yield way, _text(value)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()

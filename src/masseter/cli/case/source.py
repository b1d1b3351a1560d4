"""The text of a case file as plain values, with the line on which each one stands.

YAML and JSON alike: numbers become int or Decimal from their text, never a float.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

import jiter
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from masseter.cli.case.problems import BadCase, Path, Problem

_TAG = "tag:yaml.org,2002:"
_TRUE_FALSE = {"true": True, "false": False}
_NUMBER = re.compile(r"[+-]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_MOST_VALUES = 50_000  # of one file; lists of lists by reference name millions in a few lines
_DEEPEST = 20  # levels; a case file has five, and a bomb of nested lists none that matter


class Source(NamedTuple):
    """Plain values with the line of each path; `only_line` where all of it stands on one line."""

    file: str
    values: object
    lines: dict[Path, int]
    only_line: int = 0

    def line_of(self, path: Path) -> int:
        """The line of a field, or that of the nearest block around it."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return self.only_line


def read_yaml(text: str, file: str) -> Source:
    """The values of a YAML text. Raises: BadCase."""
    yaml = YAML(typ="safe")
    try:
        node = yaml.compose(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise BadCase([_wrong(file, line, (), f"this is not YAML: {error.problem}")]) from None
    if node is None:
        raise BadCase([_wrong(file, 0, (), "the file is empty")])
    reader = _Reader(file=file)
    values = reader.read(node, ())
    if reader.problems:
        raise BadCase(reader.problems)
    return Source(file=file, values=values, lines=reader.lines)


def read_json_line(text: bytes, file: str, line: int) -> Source:
    """The values of one line of JSON. Raises: BadCase."""
    values = read_plainly(text)
    if values is None:
        return Source(file=file, values=_in_spite_of_doubts(text, file, line), lines={}, only_line=line)
    return Source(file=file, values=values, lines={}, only_line=line)


def read_plainly(text: bytes) -> dict[str, object] | None:
    """The values of a block of JSON; None where it is no such, or not each field is among them for certain.

    Each field has its colon. So where there are as many fields as colons, none was given twice.
    """
    try:
        values = jiter.from_json(text, allow_inf_nan=False, float_mode="decimal")
    except ValueError:
        return None
    if not isinstance(values, dict):
        return None
    inner = [len(each) for each in values.values() if isinstance(each, dict)]
    return values if text.count(b":") == len(values) + sum(inner) else None


def _in_spite_of_doubts(text: bytes, file: str, line: int) -> object:
    """The values of a line that the quick parser refused or was not sure of. Raises: BadCase."""
    try:
        told = text.decode("utf-8")
        return json.loads(told, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise BadCase([_wrong(file, line, (), "this is not UTF-8")]) from None
    except RecursionError:
        raise BadCase([_wrong(file, line, (), "nested too deeply")]) from None
    except ArithmeticError:
        raise BadCase([_wrong(file, line, (), "a number is too large to be read")]) from None
    except ValueError as error:
        raise BadCase([_wrong(file, line, (), f"this is not JSON: {error}")]) from None


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self.values = 0

    def read(self, node: Node, path: Path) -> object:
        self.values += 1
        if self.values > _MOST_VALUES:
            if self.values == _MOST_VALUES + 1:
                self._refuse(node, path, "the file holds too much for one case")
            return None
        self.lines[path] = node.start_mark.line + 1
        if len(path) > _DEEPEST:
            self._refuse(node, path, "nested too deeply")
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.read(item, (*path, number)) for number, item in enumerate(node.value)]
        return self._scalar(node, path) if isinstance(node, ScalarNode) else None

    def _mapping(self, node: MappingNode, path: Path) -> object:
        found: dict[str, object] = {}
        for key, value in node.value:
            inner = (*path, str(key.value))
            if not isinstance(key, ScalarNode) or key.value in found:
                self._refuse(key, inner, "this field is given twice" if key.value in found else "no field")
                continue
            found[key.value] = self.read(value, inner)
            self.lines[inner] = key.start_mark.line + 1
        return found

    def _scalar(self, node: ScalarNode, path: Path) -> object:
        try:
            return _value(node)
        except (LookupError, ValueError, ArithmeticError):
            is_day = str(node.tag) == f"{_TAG}timestamp"
            words = "this day is not in the calendar" if is_day else f"{node.value!r} cannot be read"
            self._refuse(node, path, words)
            return None

    def _refuse(self, node: Node, path: Path, sentence: str) -> None:
        self.problems.append(_wrong(self.file, node.start_mark.line + 1, path, sentence))


def _value(node: ScalarNode) -> object:
    match str(node.tag).removeprefix(_TAG):
        case "int" if not node.value.isascii():
            return node.value
        case "int":
            return int(_plain(node.value))
        case "float":
            return Decimal(_plain(node.value))
        case "bool":
            return _TRUE_FALSE[node.value.lower()]
        case "null":
            return None
        case "timestamp" if len(node.value) == len("2026-03-27"):
            return date.fromisoformat(node.value)
        case "timestamp":
            return datetime.fromisoformat(node.value)
        case _:
            return node.value


def _plain(text: str) -> str:
    """A number as all read it: no mark inside, and no zero before it, which some take for octal."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return text


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a field is given twice")
    return found


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} is not a number")


def _wrong(file: str, line: int, path: Path, sentence: str) -> Problem:
    return Problem(file=file, line=line, path=path, sentence=sentence)

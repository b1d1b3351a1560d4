"""From the files of worked cases to cases that can be asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from masseter.cli.case.problems import BadCase, Problem
from masseter.cli.case.reading import Case, read_case
from masseter.cli.case.source import Source, read_yaml
from masseter.cli.worked.shape import Worked
from masseter.knowledge.load import load

# Worked cases are tests and stand beside the program, not in it: an installed program has none.
_FOLDER = Path(__file__).resolve().parents[4] / "tests" / "spec"
_KEY = re.compile(r"\[([A-Za-z0-9, ]+)\]")


@dataclass(frozen=True, kw_only=True)
class WorkedCase:
    """A worked case with its case file read."""

    name: str
    told: Worked
    case: Case

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of the sources named in what is told."""
        return source_keys(self.told.tells)


def source_keys(text: str) -> tuple[str, ...]:
    """The keys in brackets, each once: [G4] or [G4, T24]."""
    keys = (key.strip() for named in _KEY.findall(text) for key in named.split(","))
    return tuple(dict.fromkeys(keys))


def spec_folder() -> Path | None:
    """The folder of the worked cases, where the project's own files are at hand."""
    return _FOLDER if _FOLDER.is_dir() else None


def worked_files(condition: str = "*") -> list[Path]:
    """The files of one condition's worked cases, or of all, in their order."""
    folder = spec_folder()
    return [] if folder is None else sorted(folder.glob(f"{condition}/[0-9][0-9]-*.yaml"))


def read_all(condition: str) -> Iterator[WorkedCase]:
    """The worked cases of one condition. Raises: BadCase."""
    return (read_worked(path) for path in worked_files(condition))


def read_worked(path: Path) -> WorkedCase:
    """One worked case; a field that does not belong is a fault. Raises: BadCase."""
    name = f"{path.parent.name}/{path.stem}"
    source = read_yaml(path.read_text(encoding="utf-8"), name)
    try:
        told = Worked.model_validate(source.values)
    except ValidationError as error:
        raise BadCase(
            Problem(file=name, line=source.line_of(each["loc"]), path=each["loc"], sentence=each["msg"])
            for each in error.errors()
        ) from None
    return WorkedCase(name=name, told=told, case=read_case(_inner(source, told), load()))


def _inner(source: Source, told: Worked) -> Source:
    """The case file inside, with the lines that it has in the whole file."""
    lines = {path[1:]: line for path, line in source.lines.items() if path[:1] == ("case",)}
    return Source(file=source.file, values=told.case, lines=lines)

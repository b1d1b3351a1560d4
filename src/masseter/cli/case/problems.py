"""What is wrong with a case file, each with its line and field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One fault: where it is and a sentence that helps to mend it."""

    file: str
    line: int
    path: Path
    sentence: str

    @property
    def field(self) -> str:
        """The field as it is written in the file, e.g. plan.points[2].units."""
        words = ""
        for part in self.path:
            words += f"[{part}]" if isinstance(part, int) else f".{part}" if words else part
        return words

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.field}: {self.sentence}" if self.path else f"{place}: {self.sentence}"


class BadCase(ValueError):
    """A case file that cannot be read as it stands; `problems` holds all its faults."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
